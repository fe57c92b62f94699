
package sc.fiji.unet.network;

import java.io.Serializable;
import java.util.Objects;

/** How probabilities become objects. Immutable; a value of the model. */
public final class Postprocessing implements Serializable {

	private static final long serialVersionUID = 1L;

	private final double threshold;
	private final long minimumSize;
	private final int ridgeWidth;

	/**
	 * @param threshold probability (0 to 1) from which on a pixel is foreground;
	 *          networks with several classes take the most probable class instead
	 * @param minimumSize objects with fewer pixels are dropped; 0 keeps all
	 * @param ridgeWidth distance in pixels over which objects grow back into the
	 *          background that separates them from a neighbour; 0 does not grow
	 * @throws IllegalArgumentException if a value is out of range
	 */
	public Postprocessing(final double threshold, final long minimumSize,
		final int ridgeWidth)
	{
		if (!(threshold >= 0 && threshold <= 1)) throw new IllegalArgumentException(
			"Threshold " + threshold + " must lie between 0 and 1.");
		if (minimumSize < 0) throw new IllegalArgumentException("Minimum size " +
			minimumSize + " must be 0 pixels or more.");
		if (ridgeWidth < 0) throw new IllegalArgumentException("Ridge width " +
			ridgeWidth + " must be 0 pixels or more.");
		this.threshold = threshold;
		this.minimumSize = minimumSize;
		this.ridgeWidth = ridgeWidth;
	}

	/** @return threshold 0.5, every object kept, nothing grown */
	public static Postprocessing plain() {
		return new Postprocessing(0.5, 0, 0);
	}

	/** @return probability (0 to 1) from which on a pixel is foreground */
	public double threshold() {
		return threshold;
	}

	/** @return smallest object in pixels that is kept */
	public long minimumSize() {
		return minimumSize;
	}

	/**
	 * @return distance in pixels that objects grow back over a separating ridge
	 */
	public int ridgeWidth() {
		return ridgeWidth;
	}

	@Override
	public boolean equals(final Object o) {
		if (!(o instanceof Postprocessing)) return false;
		final Postprocessing p = (Postprocessing) o;
		return threshold == p.threshold && minimumSize == p.minimumSize &&
			ridgeWidth == p.ridgeWidth;
	}

	@Override
	public int hashCode() {
		return Objects.hash(threshold, minimumSize, ridgeWidth);
	}
}
