
package sc.fiji.unet.imagej;

/** What ROIs, and the pixels outside of all, stand for. Immutable. */
public final class RoiRules {

	private static final double RADIUS = 3;

	private final boolean ignoresRest;
	private final double pointRadius;

	private RoiRules(final boolean ignoresRest, final double pointRadius) {
		this.ignoresRest = ignoresRest;
		this.pointRadius = pointRadius;
	}

	/**
	 * @return pixels outside of all ROIs are background; a point is a disk with a
	 *         radius of 3 pixels
	 */
	public static RoiRules standard() {
		return new RoiRules(false, RADIUS);
	}

	/**
	 * @param value "background" or "ignored": what pixels outside of all ROIs
	 *          count as
	 * @throws IllegalArgumentException if it is neither
	 */
	public RoiRules unannotated(final String value) {
		switch (value.trim()) {
			case "background":
				return new RoiRules(false, pointRadius);
			case "ignored":
				return new RoiRules(true, pointRadius);
			default:
				throw new IllegalArgumentException("unannotated=" + value +
					" is unknown; write background or ignored.");
		}
	}

	/**
	 * @param pixels radius of the disk that a point stands for
	 * @throws IllegalArgumentException unless it is 0.5 or more
	 */
	public RoiRules pointRadius(final double pixels) {
		if (!(pixels >= 0.5 && Double.isFinite(pixels)))
			throw new IllegalArgumentException("The radius of points, " + pixels +
				", must be 0.5 pixels or more.");
		return new RoiRules(ignoresRest, pixels);
	}

	/** @return whether pixels outside of all ROIs count nowhere */
	public boolean ignoresRest() {
		return ignoresRest;
	}

	/** @return "background" or "ignored": what such pixels count as */
	public String unannotated() {
		return ignoresRest ? "ignored" : "background";
	}

	/** @return radius in pixels of the disk that a point stands for */
	public double pointRadius() {
		return pointRadius;
	}
}
