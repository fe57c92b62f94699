
package sc.fiji.unet.imagej;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.ColorProcessor;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures of errors as one RGB image for ImageJ, a slice each, with the legend
 * in a strip below and the outlines of the truth in the overlay, where they can
 * be switched off. Not thread-safe.
 */
public final class ErrorStack {

	private static final int LETTERS = 12;
	/** Pixels of all pictures, unless it is a single one: 128 MB. */
	private static final long MOST_PIXELS = 1L << 25;

	private final List<String> names = new ArrayList<>();
	private final List<ErrorPicture> pictures = new ArrayList<>();
	private long pixels;
	private int omitted;

	/**
	 * Adds a picture, or counts it as omitted where there are so many that they
	 * would take too much memory.
	 *
	 * @param name of the slice
	 */
	public void add(final String name, final ErrorPicture picture) {
		pixels += (long) picture.width() * picture.height();
		if (omitted > 0 || !pictures.isEmpty() && pixels > MOST_PIXELS) {
			omitted++;
			return;
		}
		names.add(name);
		pictures.add(picture);
	}

	/** @return number of pictures that were too many */
	public int omitted() {
		return omitted;
	}

	/**
	 * @param title of the image
	 * @return an image of the size of the largest picture, smaller ones in its
	 *         upper left corner, and the legend below
	 * @throws IllegalStateException if there is no picture
	 */
	public ImagePlus toImage(final String title) {
		if (pictures.isEmpty()) throw new IllegalStateException(
			"There is no picture of errors to show.");
		final BufferedImage strip = strip();
		final int height = pictures.stream().mapToInt(ErrorPicture::height).max()
			.getAsInt();
		final ImageStack stack = new ImageStack(strip.getWidth(), height + strip
			.getHeight());
		final Overlay overlay = new Overlay();
		for (int i = 0; i < pictures.size(); i++) {
			stack.addSlice(names.get(i), slice(pictures.get(i), height, strip));
			for (final Roi roi : pictures.get(i).outlines()) {
				roi.setStrokeColor(Color.WHITE);
				if (pictures.size() > 1) roi.setPosition(i + 1);
				overlay.add(roi);
			}
		}
		final ImagePlus image = new ImagePlus(title, stack);
		if (overlay.size() > 0) image.setOverlay(overlay);
		return image;
	}

	private static ColorProcessor slice(final ErrorPicture picture,
		final int height, final BufferedImage strip)
	{
		final ColorProcessor slice = new ColorProcessor(strip.getWidth(), height +
			strip.getHeight());
		slice.setColor(Color.WHITE);
		slice.fill();
		slice.insert(new ColorProcessor(picture.width(), picture.height(), picture
			.pixels().clone()), 0, 0);
		slice.insert(new ColorProcessor(strip), 0, height);
		return slice;
	}

	/** @return the legend, as wide as the widest picture, or as it needs */
	private BufferedImage strip() {
		final Legend legend = pictures.get(0).legend();
		final Graphics2D measure = new BufferedImage(1, 1,
			BufferedImage.TYPE_INT_RGB).createGraphics();
		final int margin = LETTERS / 3;
		final int width = Math.max(pictures.stream().mapToInt(ErrorPicture::width)
			.max().getAsInt(), legend.narrowest(measure, LETTERS) + margin);
		final BufferedImage strip = new BufferedImage(width, legend.height(measure,
			width - margin, LETTERS), BufferedImage.TYPE_INT_RGB);
		measure.dispose();
		final Graphics2D g = strip.createGraphics();
		g.setColor(Color.WHITE);
		g.fillRect(0, 0, width, strip.getHeight());
		legend.draw(g, margin, 0, width - margin, LETTERS);
		g.dispose();
		return strip;
	}
}
