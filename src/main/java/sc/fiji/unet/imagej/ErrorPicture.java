
package sc.fiji.unet.imagej;

import ij.gui.Roi;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import sc.fiji.unet.labeling.LabelPixels;
import sc.fiji.unet.metrics.ObjectErrors;
import sc.fiji.unet.metrics.ObjectErrors.Kind;

/**
 * A picture of what is right and wrong in a result, of the size of the image.
 * <p>
 * Objects: what was found is filled with a colour that says what it is, and so
 * are the missed objects of the truth where nothing was found; the outlines of
 * the truth lie over it. Classes: pixels that are right are dark, wrong ones
 * bright, in the colour of the class that was found there. Colours can be told
 * apart by the colour-blind (Okabe and Ito 2008). Needs no display.
 * </p>
 */
public final class ErrorPicture {

	private static final double DARK = 0.4;
	private static final Color IGNORED = new Color(0x505050);
	private static final Color OUTLINE = Color.WHITE;

	private final int width;
	private final int height;
	private final int[] pixels;
	private final List<Roi> outlines;
	private final Legend legend;

	private ErrorPicture(final ArrayImg<IntType, IntArray> truth,
		final ArrayImg<IntType, IntArray> result, final Colouring colouring,
		final List<Roi> outlines, final Legend legend)
	{
		final LabelPixels expected = LabelPixels.of(truth);
		final LabelPixels actual = LabelPixels.of(result);
		expected.checkSameSize(actual, "Truth and result");
		width = (int) truth.dimension(0);
		height = (int) truth.dimension(1);
		this.outlines = outlines;
		this.legend = legend;
		pixels = new int[expected.count()];
		for (int i = 0; i < pixels.length; i++) {
			final int t = expected.values()[i];
			pixels[i] = (t < 0 ? IGNORED : colouring.of(t, actual.values()[i]))
				.getRGB();
		}
	}

	/** Colour of a pixel. */
	@FunctionalInterface
	private interface Colouring {

		Color of(int truth, int result);
	}

	/**
	 * @param truth instance labels (x, y); 0 = background, -1 = ignored
	 * @param result instance labels of the same size
	 * @param errors of these two
	 */
	public static ErrorPicture ofObjects(final ArrayImg<IntType, IntArray> truth,
		final ArrayImg<IntType, IntArray> result, final ObjectErrors errors)
	{
		final Legend legend = new Legend();
		for (final Kind kind : Kind.values())
			if (kind != Kind.OUTSIDE) legend.add(name(kind), colour(kind));
		if (Arrays.stream(LabelPixels.of(truth).values()).anyMatch(t -> t < 0))
			legend.add(name(Kind.OUTSIDE), IGNORED);
		legend.add("outline: truth", Color.BLACK, OUTLINE);
		return new ErrorPicture(truth, result, (t, r) -> {
			if (r > 0) return colour(errors.ofResult(r));
			return t > 0 && errors.ofTruth(t) == Kind.MISSED ? colour(Kind.MISSED)
				: Color.BLACK;
		}, LabelRois.toRois(truth, ""), legend);
	}

	/** @return colour of the objects of a kind */
	public static Color colour(final Kind kind) {
		switch (kind) {
			case FOUND:
				return new Color(0x009E73);
			case MISSED:
				return new Color(0x56B4E9);
			case INVENTED:
				return new Color(0xD55E00);
			case MERGED:
				return new Color(0xCC79A7);
			case SPLIT:
				return new Color(0xF0E442);
			default:
				return IGNORED;
		}
	}

	private static String name(final Kind kind) {
		switch (kind) {
			case FOUND:
				return "found";
			case MISSED:
				return "missed";
			case INVENTED:
				return "false positive";
			case MERGED:
				return "merge";
			case SPLIT:
				return "split";
			default:
				return "not counted";
		}
	}

	/**
	 * @param truth class indices (x, y); 0 = background, -1 = ignored
	 * @param result class indices of the same size
	 * @param names of the classes, background first
	 */
	public static ErrorPicture ofClasses(final ArrayImg<IntType, IntArray> truth,
		final ArrayImg<IntType, IntArray> result, final List<String> names)
	{
		final Legend legend = new Legend();
		for (int c = 0; c < names.size(); c++)
			legend.add(names.get(c) + ": right / " + (c == 0 ? "missed"
				: "wrongly found"), right(c), wrong(c));
		return new ErrorPicture(truth, result, (t, r) -> t == r ? right(t) : wrong(
			r), Collections.emptyList(), legend);
	}

	private static Color right(final int index) {
		final Color colour = ClassColours.of(index);
		final IntUnaryOperator dark = v -> (int) Math.round(DARK * v);
		return new Color(dark.applyAsInt(colour.getRed()), dark.applyAsInt(colour
			.getGreen()), dark.applyAsInt(colour.getBlue()));
	}

	/** Background where it should not be is white. */
	private static Color wrong(final int index) {
		return index == 0 ? Color.WHITE : ClassColours.of(index);
	}

	/** @return width in pixels */
	int width() {
		return width;
	}

	/** @return height in pixels */
	int height() {
		return height;
	}

	/** @return colours, x fastest, as 0xRRGGBB with any alpha; not a copy */
	int[] pixels() {
		return pixels;
	}

	/** @return outlines of the true objects, without position and colour */
	List<Roi> outlines() {
		return outlines.stream().map(roi -> (Roi) roi.clone()).collect(Collectors
			.toList());
	}

	Legend legend() {
		return legend;
	}

	/**
	 * @param caption what it is a picture of
	 * @return the picture with outlines, caption and legend, enlarged where it is
	 *         small
	 */
	public BufferedImage withLegend(final String caption) {
		final BufferedImage small = new BufferedImage(width, height,
			BufferedImage.TYPE_INT_RGB);
		small.setRGB(0, 0, width, height, pixels, 0, width);
		final BufferedImage picture = Pictures.enlarge(small);
		drawOutlines(picture);
		return legend.frame(picture, caption);
	}

	private void drawOutlines(final BufferedImage picture) {
		final Graphics2D g = picture.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING,
			RenderingHints.VALUE_ANTIALIAS_ON);
		g.setColor(OUTLINE);
		g.setStroke(new BasicStroke(Math.max(1.2f, Math.max(picture.getWidth(),
			picture.getHeight()) / 500f)));
		for (final Roi roi : outlines)
			g.draw(Pictures.shape(roi, (double) picture.getWidth() / width));
		g.dispose();
	}
}
