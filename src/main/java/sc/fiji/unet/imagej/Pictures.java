
package sc.fiji.unet.imagej;

import ij.gui.Roi;
import ij.gui.ShapeRoi;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Pictures of results for people: the image in grey, stretched from its darkest
 * to its brightest values, with the outline of every object in a colour of its
 * own. Small images are enlarged by a whole factor, so that outlines can be
 * told apart. Needs no display.
 */
public final class Pictures {

	/** Share of the pixels that are shown black, and white. */
	private static final double SATURATED = 0.003;
	/**
	 * Images are enlarged until their longer side has at least so many pixels.
	 */
	private static final int READABLE = 512;
	private static final int GAP = 8;
	/** Width of outlines, as a share of the longer side of a picture. */
	static final double LINE = 1.0 / 400;

	private Pictures() {}

	/**
	 * @param image grey values (x, y, c); several channels are averaged
	 * @return the image in grey, enlarged where it is small
	 */
	public static BufferedImage grey(
		final ArrayImg<FloatType, FloatArray> image)
	{
		final int width = (int) image.dimension(0);
		final int height = (int) image.dimension(1);
		final float[] values = mean(image);
		final float[] range = range(values);
		final BufferedImage picture = new BufferedImage(width, height,
			BufferedImage.TYPE_INT_RGB);
		for (int i = 0; i < values.length; i++) {
			final float relative = (values[i] - range[0]) / (range[1] - range[0]);
			final int grey = Math.round(255 * Math.max(0, Math.min(1, relative)));
			picture.setRGB(i % width, i / width, grey * 0x10101);
		}
		return enlarge(picture);
	}

	/**
	 * @param image grey values (x, y, c); several channels are averaged
	 * @param labels objects (x, y); 0 or less = background
	 * @return the image in grey with the outlines of the objects, enlarged where
	 *         it is small
	 * @throws IllegalArgumentException if image and labels differ in size
	 */
	public static BufferedImage overlay(
		final ArrayImg<FloatType, FloatArray> image,
		final ArrayImg<IntType, IntArray> labels)
	{
		return overlay(image, labels, ObjectColours::of, LINE);
	}

	/**
	 * @param image grey values (x, y, c); several channels are averaged
	 * @param labels objects (x, y); 0 or less = background
	 * @param classOf class of each object, by its label
	 * @param classes names of the foreground classes
	 * @return the image in grey with the outlines of the objects, a colour a
	 *         class, and a legend below; enlarged where it is small
	 * @throws IllegalArgumentException if image and labels differ in size
	 */
	static BufferedImage overlay(final ArrayImg<FloatType, FloatArray> image,
		final ArrayImg<IntType, IntArray> labels, final IntFunction<String> classOf,
		final List<String> classes)
	{
		final BufferedImage picture = overlay(image, labels, label -> ClassColours
			.of(1 + classes.indexOf(classOf.apply(label))), LINE);
		final Legend legend = new Legend();
		for (int c = 0; c < classes.size(); c++)
			legend.add(classes.get(c), ClassColours.of(c + 1));
		return legend.below(picture);
	}

	/**
	 * @param colours colour of each label
	 * @param line width of the outlines, as a share of the longer side
	 */
	static BufferedImage overlay(final ArrayImg<FloatType, FloatArray> image,
		final ArrayImg<IntType, IntArray> labels, final IntFunction<Color> colours,
		final double line)
	{
		if (image.dimension(0) != labels.dimension(0) || image.dimension(
			1) != labels.dimension(1)) throw new IllegalArgumentException("Image " +
				size(image.dimensionsAsLongArray()) + " and labels " + size(labels
					.dimensionsAsLongArray()) + " must be of one size.");
		final BufferedImage picture = grey(image);
		outline(picture, labels, colours, line);
		return picture;
	}

	/**
	 * Draws the outlines of objects into a picture of the image that they are in,
	 * of any size.
	 *
	 * @param line width of the outlines, as a share of the longer side
	 */
	static void outline(final BufferedImage picture,
		final ArrayImg<IntType, IntArray> labels, final IntFunction<Color> colours,
		final double line)
	{
		final double scale = (double) picture.getWidth() / labels.dimension(0);
		final float width = (float) Math.max(1.5, line * Math.max(picture
			.getWidth(), picture.getHeight()));
		final Graphics2D g = picture.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING,
			RenderingHints.VALUE_ANTIALIAS_ON);
		// Drawn twice as wide and clipped: a line lies within its own object.
		g.setStroke(new BasicStroke(2 * width));
		for (final Roi roi : LabelRois.toRois(labels, "")) {
			final Shape shape = shape(roi, scale);
			g.setClip(shape);
			g.setColor(colours.apply(LabelRois.label(roi)));
			g.draw(shape);
		}
		g.dispose();
	}

	private static String size(final long[] size) {
		return size[0] + " x " + size[1];
	}

	/** @return outline of a ROI in an enlarged picture */
	static Shape shape(final Roi roi, final double scale) {
		final AffineTransform transform = AffineTransform.getScaleInstance(scale,
			scale);
		transform.translate(roi.getXBase(), roi.getYBase());
		final ShapeRoi shape = roi instanceof ShapeRoi ? (ShapeRoi) roi
			: new ShapeRoi(roi);
		return transform.createTransformedShape(shape.getShape());
	}

	/**
	 * @param pictures of the same height
	 * @param captions one for each picture; left out on machines without fonts
	 * @return the pictures in a row on white, each under its caption
	 */
	public static BufferedImage sideBySide(final List<BufferedImage> pictures,
		final List<String> captions)
	{
		if (pictures.size() != captions.size()) throw new IllegalArgumentException(
			pictures.size() + " pictures cannot have " + captions.size() +
				" captions.");
		final int height = pictures.stream().mapToInt(BufferedImage::getHeight)
			.max().orElse(0);
		final int width = pictures.stream().mapToInt(p -> p.getWidth() + GAP)
			.sum() + GAP;
		final int head = Math.max(20, height / 16);
		final BufferedImage row = new BufferedImage(width, head + height + GAP,
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = row.createGraphics();
		g.setColor(Color.WHITE);
		g.fillRect(0, 0, row.getWidth(), row.getHeight());
		int x = GAP;
		for (int i = 0; i < pictures.size(); i++) {
			g.drawImage(pictures.get(i), x, head, null);
			Legend.write(g, captions.get(i), x, head * 3 / 4, head * 5 / 8);
			x += pictures.get(i).getWidth() + GAP;
		}
		g.dispose();
		return row;
	}

	/**
	 * @param probabilities (x, y, class), 0 to 1
	 * @return the probabilities from black to white, or, of several classes, from
	 *         black to the colour of each; enlarged where they are small
	 */
	static BufferedImage probabilities(
		final ArrayImg<FloatType, FloatArray> probabilities)
	{
		final int width = (int) probabilities.dimension(0);
		final int height = (int) probabilities.dimension(1);
		final int classes = (int) probabilities.dimension(2);
		final float[] values = probabilities.update(null).getCurrentStorageArray();
		final BufferedImage picture = new BufferedImage(width, height,
			BufferedImage.TYPE_INT_RGB);
		final float[] rgb = new float[3];
		for (int i = 0; i < width * height; i++) {
			Arrays.fill(rgb, 0);
			for (int c = 0; c < classes; c++)
				add(values[c * width * height + i], classes == 1 ? Color.WHITE
					: ClassColours.of(c + 1), rgb);
			picture.setRGB(i % width, i / width, new Color(Math.min(1, rgb[0]), Math
				.min(1, rgb[1]), Math.min(1, rgb[2])).getRGB());
		}
		return enlarge(picture);
	}

	private static void add(final float probability, final Color colour,
		final float[] rgb)
	{
		final float[] part = colour.getRGBColorComponents(null);
		for (int k = 0; k < rgb.length; k++)
			// Damaged networks answer NaN, which is black here.
			if (probability > 0) rgb[k] += probability * part[k];
	}

	/**
	 * @param longest pixels that the longer side may have
	 * @return the picture, smaller if it is larger
	 */
	static BufferedImage within(final int longest, final BufferedImage picture) {
		final double scale = (double) longest / Math.max(picture.getWidth(), picture
			.getHeight());
		if (scale >= 1) return picture;
		final int width = Math.max(1, (int) Math.round(scale * picture.getWidth()));
		final int height = Math.max(1, (int) Math.round(scale * picture
			.getHeight()));
		final BufferedImage small = new BufferedImage(width, height,
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = small.createGraphics();
		g.drawImage(picture.getScaledInstance(width, height,
			Image.SCALE_AREA_AVERAGING), 0, 0, null);
		g.dispose();
		return small;
	}

	/** @return the picture enlarged by a whole factor, if it is small */
	static BufferedImage enlarge(final BufferedImage picture) {
		final int longer = Math.max(picture.getWidth(), picture.getHeight());
		final int factor = (READABLE + longer - 1) / longer;
		if (factor <= 1) return picture;
		final BufferedImage large = new BufferedImage(factor * picture.getWidth(),
			factor * picture.getHeight(), picture.getType());
		final Graphics2D g = large.createGraphics();
		g.drawImage(picture, 0, 0, large.getWidth(), large.getHeight(), null);
		g.dispose();
		return large;
	}

	/** @return mean over the channels (x, y), not finite values as 0 */
	static float[] mean(final ArrayImg<FloatType, FloatArray> image) {
		final float[] values = image.update(null).getCurrentStorageArray();
		final float[] mean = new float[(int) (image.dimension(0) * image.dimension(
			1))];
		final int channels = values.length / mean.length;
		for (int i = 0; i < values.length; i++)
			if (Float.isFinite(values[i])) mean[i % mean.length] += values[i] /
				channels;
		return mean;
	}

	/** @return what is shown black and white; never equal */
	private static float[] range(final float[] values) {
		final float[] sorted = values.clone();
		Arrays.sort(sorted);
		final int cut = (int) (SATURATED * sorted.length);
		float low = sorted[cut];
		float high = sorted[sorted.length - 1 - cut];
		if (!(high > low)) {
			low = sorted[0];
			high = sorted[sorted.length - 1];
		}
		return new float[] { low, high > low ? high : low + 1 };
	}
}
