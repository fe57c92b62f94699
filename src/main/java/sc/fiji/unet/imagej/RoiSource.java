
package sc.fiji.unet.imagej;

/** Where the ROIs of an image are. */
public enum RoiSource {

		/** In the overlay of the image. */
		OVERLAY("the overlay", "overlays"),
		/** In a file beside the image. */
		FILE("a ROI file", "ROI files"),
		/** In ImageJ's ROI Manager. */
		MANAGER("the ROI Manager", "the ROI Manager");

	private final String one;
	private final String several;

	RoiSource(final String one, final String several) {
		this.one = one;
		this.several = several;
	}

	/** @return in words, for an image */
	@Override
	public String toString() {
		return one;
	}

	/** @return in words, for so many images */
	String of(final int images) {
		return images == 1 ? one : several;
	}
}
