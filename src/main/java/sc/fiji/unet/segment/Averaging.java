
package sc.fiji.unet.segment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a tile is turned into and predicted as, besides itself; the
 * probabilities are turned back and averaged. In 3-D all happens in the x-y
 * plane.
 */
public enum Averaging {

		/** Predicts once. */
		NONE,
		/** Predicts the tile and its flips along x, y and both: 4 times. */
		FLIPS,
		/** Predicts the 8 symmetries of the square: flips and right angles. */
		ROTATIONS;

	/**
	 * @param name none, flips or rotations, in any case
	 * @throws IllegalArgumentException if it is none of these
	 */
	public static Averaging of(final String name) {
		for (final Averaging a : values())
			if (a.name().equalsIgnoreCase(name.trim())) return a;
		throw new IllegalArgumentException("averaging=" + name +
			" is not known; write none, flips or rotations.");
	}

	List<Symmetry> symmetries() {
		if (this == NONE) return Collections.singletonList(new Symmetry(false,
			false, false));
		final List<Symmetry> symmetries = new ArrayList<>();
		for (int i = 0; i < (this == FLIPS ? 4 : 8); i++)
			symmetries.add(new Symmetry((i & 1) > 0, (i & 2) > 0, (i & 4) > 0));
		return symmetries;
	}
}
