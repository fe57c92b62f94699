
package sc.fiji.unet.imagej;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ColorProcessor;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Collects the pictures of {@link Comparison}s as the slices of one RGB stack,
 * as many as memory should be spent on. Not thread-safe.
 */
public final class ComparisonStack {

	/** Pixels in the stack, at most, unless it has a single slice: 256 MB. */
	private static final long MOST_PIXELS = 1L << 26;

	private final String title;
	private final long mostPixels;
	private final List<ColorProcessor> pictures = new ArrayList<>();
	/** Of all, drawn or not. */
	private final List<String> labels = new ArrayList<>();
	private int width;
	private int height;
	private boolean full;

	/** @param title of the image */
	public ComparisonStack(final String title) {
		this(title, MOST_PIXELS);
	}

	ComparisonStack(final String title, final long mostPixels) {
		this.title = title;
		this.mostPixels = mostPixels;
	}

	/**
	 * Adds a slice, with name and scores as its label, or once there is no room
	 * for it notes these alone.
	 */
	public void add(final Comparison comparison) {
		labels.add(comparison.name() + ": " + comparison.scores());
		if (full) return;
		final ColorProcessor picture = new ColorProcessor(comparison.picture());
		final int w = Math.max(width, picture.getWidth());
		final int h = Math.max(height, picture.getHeight());
		full = !pictures.isEmpty() && (pictures.size() + 1L) * w * h > mostPixels;
		if (full) return;
		pictures.add(picture);
		width = w;
		height = h;
	}

	/** @return number of comparisons so far, shown or not */
	public int size() {
		return labels.size();
	}

	/**
	 * @return nothing if all comparisons are shown; else how many are, and the
	 *         scores of all
	 */
	public List<String> omissions() {
		if (!full) return Collections.emptyList();
		final List<String> sentences = new ArrayList<>();
		sentences.add("Of " + labels.size() + " images the first " + pictures
			.size() + " are shown in '" + title +
			"', because pictures of more would fill the memory. The scores of all:");
		sentences.addAll(labels);
		return sentences;
	}

	/**
	 * @return the stack, as wide and high as its largest picture, which holds the
	 *         pixels of this object; null if there is none
	 */
	public ImagePlus image() {
		if (pictures.isEmpty()) return null;
		final ImageStack stack = new ImageStack(width, height);
		for (int i = 0; i < pictures.size(); i++) {
			// One of another size is let go before the next is made.
			pictures.set(i, onCanvas(pictures.get(i)));
			stack.addSlice(labels.get(i), pictures.get(i));
		}
		return new ImagePlus(title, stack);
	}

	private ColorProcessor onCanvas(final ColorProcessor picture) {
		if (picture.getWidth() == width && picture.getHeight() == height)
			return picture;
		final ColorProcessor canvas = new ColorProcessor(width, height);
		canvas.setColor(Color.WHITE);
		canvas.fill();
		canvas.insert(picture, 0, 0);
		return canvas;
	}
}
