
package sc.fiji.unet.imagej;

import ij.ImagePlus;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import sc.fiji.unet.data.GreyHistogram;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.NetworkView;

/**
 * What a network will see of some training images, as a stack for ImageJ and as
 * one picture. Pictures are drawn when they are asked for; that needs fonts but
 * no display. Immutable.
 */
public final class TrainingPreview {

	/** Images have at least so many pixels along their longer side, ... */
	private static final int SMALLEST = 512;
	/** ... and at most so many. */
	private static final int LARGEST = 1024;
	/** End of the scale of the weights, at least. */
	private static final float LEAST_SCALE = 3;
	/** Share of the pixels that are shown black, and white. */
	private static final double SATURATED = 0.003;

	private final LabelKind kind;
	private final List<NetworkView> images;
	private final List<NetworkView> patches;
	private final List<GreyHistogram> histograms;

	/**
	 * @param kind what the labels are
	 * @param images whole images, two-dimensional; at least one
	 * @param patches as they are trained on; may be empty
	 * @param histograms of the images trained on, an entry a channel
	 */
	public TrainingPreview(final LabelKind kind, final List<NetworkView> images,
		final List<NetworkView> patches, final List<GreyHistogram> histograms)
	{
		this.kind = kind;
		this.images = images;
		this.patches = patches;
		this.histograms = histograms;
	}

	/**
	 * @return RGB stack, a slice a picture: image, labels, weights, border term
	 *         and outlines of each image, then image, target and weights of each
	 *         patch; labels of the slices say what they are
	 */
	public ImagePlus stack() {
		int side = SMALLEST;
		for (final NetworkView view : all())
			side = Math.max(side, longer(view));
		return PreviewStack.of(this, panels(), Math.min(side, LARGEST));
	}

	/** @return grey-level histogram of the images trained on */
	public ImagePlus histogram() {
		return HistogramPlot.of(histograms, 600, 300, 14).getImagePlus();
	}

	/**
	 * @param sentences what to know of the images
	 * @return all pictures and the histogram on one sheet, with captions
	 */
	public BufferedImage sheet(final List<String> sentences) {
		return new ContactSheet(this, panels(), sentences).draw();
	}

	List<NetworkView> images() {
		return images;
	}

	List<NetworkView> patches() {
		return patches;
	}

	List<GreyHistogram> histograms() {
		return histograms;
	}

	LabelKind kind() {
		return kind;
	}

	private List<NetworkView> all() {
		final List<NetworkView> all = new ArrayList<>(images);
		all.addAll(patches);
		return all;
	}

	private static int longer(final NetworkView view) {
		return (int) Math.max(view.image().dimension(0), view.image().dimension(1));
	}

	/** One scale for all weights, one for all images, one for all patches. */
	private Panels panels() {
		// Or a weight of 1 would shine where nothing weighs more.
		float most = LEAST_SCALE;
		for (final NetworkView view : all())
			for (final float weight : view.weights().update(null)
				.getCurrentStorageArray())
				most = Math.max(most, weight);
		return new Panels(kind, greys(images), greys(patches.isEmpty() ? images
			: patches), ColourScale.heat(most, "weight"));
	}

	/** Augmentation makes patches brighter and darker than any image. */
	private static ColourScale greys(final List<NetworkView> views) {
		double low = Double.POSITIVE_INFINITY;
		double high = Double.NEGATIVE_INFINITY;
		for (final NetworkView view : views) {
			final float[] sorted = view.image().update(null).getCurrentStorageArray()
				.clone();
			Arrays.sort(sorted);
			final int cut = (int) (SATURATED * sorted.length);
			low = Math.min(low, sorted[cut]);
			high = Math.max(high, sorted[sorted.length - 1 - cut]);
		}
		return ColourScale.grey(low, high, "normalised grey value");
	}
}
