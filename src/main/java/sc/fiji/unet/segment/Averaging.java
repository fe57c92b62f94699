
package sc.fiji.unet.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

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
		SYMMETRIES,
		/**
		 * Predicts the tile turned by k / 7 of a full turn, k = 0 to 6. Ronneberger
		 * et al. 2015 averaged over 7 rotated versions, too; they do not name the
		 * angles.
		 */
		ROTATIONS;

	private static final int ROTATION_COUNT = 7;

	/**
	 * @param name none, flips, symmetries or rotations, in any case
	 * @throws IllegalArgumentException if it is none of these
	 */
	public static Averaging of(final String name) {
		for (final Averaging a : values())
			if (a.name().equalsIgnoreCase(name.trim())) return a;
		throw new IllegalArgumentException("averaging=" + name +
			" is not known; write " + Arrays.stream(values()).map(Averaging::toString)
				.collect(Collectors.joining(", ")) + ".");
	}

	/** @return the name in lower case, as in macros */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** @return whether x and y are mixed */
	boolean turns() {
		return this == SYMMETRIES || this == ROTATIONS;
	}

	/**
	 * @param step size x, y[, z] of a tile
	 * @return largest size x, y[, z] that is predicted for it at once
	 */
	long[] predicted(final TileGeometry geometry, final long[] step) {
		return this == ROTATIONS ? RotationPredictor.largest(geometry, step) : step;
	}

	/** @return the symmetries that are averaged over; just one for rotations */
	List<Symmetry> symmetries() {
		if (this == NONE || this == ROTATIONS) return Collections.singletonList(
			new Symmetry(false, false, false));
		final List<Symmetry> symmetries = new ArrayList<>();
		for (int i = 0; i < (this == FLIPS ? 4 : 8); i++)
			symmetries.add(new Symmetry((i & 1) > 0, (i & 2) > 0, (i & 4) > 0));
		return symmetries;
	}

	/** @param centre x, y[, z] of the pixel that stays */
	static List<Rotation> rotations(final long... centre) {
		return Rotation.evenly(ROTATION_COUNT, centre);
	}
}
