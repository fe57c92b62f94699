
package sc.fiji.unet.imagej;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ColorProcessor;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the pictures of {@link Comparison}s as the slices of one RGB stack.
 * Not thread-safe.
 */
public final class ComparisonStack {

	private final String title;
	private final List<BufferedImage> pictures = new ArrayList<>();
	private final List<String> labels = new ArrayList<>();

	/** @param title of the image */
	public ComparisonStack(final String title) {
		this.title = title;
	}

	/** Adds a slice, with name and scores as its label. */
	public void add(final Comparison comparison) {
		pictures.add(comparison.picture());
		labels.add(comparison.name() + ": " + comparison.scores());
	}

	/** @return number of slices so far */
	public int size() {
		return pictures.size();
	}

	/**
	 * @return the stack, as wide and high as its largest picture; null if there
	 *         is none
	 */
	public ImagePlus image() {
		if (pictures.isEmpty()) return null;
		final int width = pictures.stream().mapToInt(BufferedImage::getWidth).max()
			.getAsInt();
		final int height = pictures.stream().mapToInt(BufferedImage::getHeight)
			.max().getAsInt();
		final ImageStack stack = new ImageStack(width, height);
		for (int i = 0; i < pictures.size(); i++)
			stack.addSlice(labels.get(i), new ColorProcessor(onCanvas(pictures.get(i),
				width, height)));
		return new ImagePlus(title, stack);
	}

	private static BufferedImage onCanvas(final BufferedImage picture,
		final int width, final int height)
	{
		final BufferedImage canvas = new BufferedImage(width, height,
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = canvas.createGraphics();
		g.setColor(Color.WHITE);
		g.fillRect(0, 0, width, height);
		g.drawImage(picture, 0, 0, null);
		g.dispose();
		return canvas;
	}
}
