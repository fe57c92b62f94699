
package sc.fiji.unet.imagej;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.NetworkView;
import sc.fiji.unet.data.ObjectSizes;
import sc.fiji.unet.data.Sample;

/**
 * Pictures of what a network sees and is to answer, all with the same greys and
 * colours, so that they can be compared. Ignored pixels are striped. Immutable.
 */
final class Panels {

	/** One picture and what it shows. Immutable. */
	static final class Panel {

		final BufferedImage picture;
		final String caption;
		/** Explains its colours; null if there is nothing to explain. */
		final ColourScale scale;
		/** Whether a part is striped. */
		final boolean striped;

		Panel(final BufferedImage picture, final String caption,
			final ColourScale scale, final boolean striped)
		{
			this.striped = striped;
			this.picture = picture;
			this.caption = caption;
			this.scale = scale;
		}
	}

	/** What lies outside of what the network answers for. */
	static final Color OUTSIDE = new Color(0xd8d8d8);
	static final Color FRAME = new Color(0x00d8ff);
	private static final int STRIPE = 3;
	private static final int[] STRIPES = { 0xf0f0f0, 0x8c8c8c };
	private static final int WHITE = 0xffffff;

	/** Of background, foreground or its inside, and border of objects. */
	private static final int[] SHADES = { 0, WHITE, 0x808080 };

	private final LabelKind kind;
	private final ColourScale greys;
	private final ColourScale patchGreys;
	private final ColourScale heat;

	/**
	 * @param kind what the labels are
	 * @param greys of the images
	 * @param patchGreys of the patches
	 * @param heat of the weights
	 */
	Panels(final LabelKind kind, final ColourScale greys,
		final ColourScale patchGreys, final ColourScale heat)
	{
		this.kind = kind;
		this.greys = greys;
		this.patchGreys = patchGreys;
		this.heat = heat;
	}

	ColourScale greys() {
		return greys;
	}

	ColourScale patchGreys() {
		return patchGreys;
	}

	ColourScale heat() {
		return heat;
	}

	/**
	 * @param view of a whole image
	 * @param side pixels that the longer side of each picture has
	 * @return image, labels, weights, their border term, and outlines of the
	 *         labels on the image
	 */
	List<Panel> ofImage(final NetworkView view, final int side) {
		final Sample sample = view.sample();
		final int[] labels = array(sample.labels());
		final Size size = new Size(sample.size(), side);
		final Ignored ignored = new Ignored(labels.length, (int) sample.size()[0],
			p -> labels[p] == Sample.IGNORE);
		final BufferedImage grey = size.fit(grey(view.image(), greys));
		final Panel outlines = ignored.panel(size.fit(grey(view.image(), greys)),
			"outlines of the labels", greys);
		Pictures.outline(outlines.picture, ObjectSizes.objects(sample, kind),
			kind == LabelKind.CLASSES ? ClassColours::of : ObjectColours::of,
			Pictures.LINE);
		return Arrays.asList(new Panel(grey, "image", greys, false), ignored.panel(
			size.fit(picture(sample.labels(), i -> colour(labels[i]))), labels(),
			null), ignored.panel(size.fit(heat(view.weights())), "weights", heat),
			ignored.panel(size.fit(heat(view.border())), "border term of the weights",
				heat), outlines);
	}

	private String labels() {
		return kind == LabelKind.MASK ? "mask" : kind == LabelKind.CLASSES
			? "classes" : "labels";
	}

	/**
	 * @param view of a patch
	 * @param side pixels that the longer side of each picture has
	 * @return image, target and weights; the latter two lie where the network
	 *         answers for, which the image has in a frame if it is a part of it
	 */
	List<Panel> ofPatch(final NetworkView view, final int side) {
		final long[] input = Arrays.copyOf(view.image().dimensionsAsLongArray(), 2);
		final Size size = new Size(input, side);
		final BufferedImage grey = size.fit(grey(view.image(), patchGreys));
		final Rectangle middle = size.middle(view.region());
		if (!Arrays.equals(input, view.region())) frame(grey, middle);
		final int[] classes = array(view.targets());
		final float[] weights = values(view.weights());
		final Ignored ignored = new Ignored(weights.length, (int) view.targets()
			.dimension(0), p -> weights[p] == 0);
		final Panel target = ignored.panel(Size.scale(picture(view.targets(),
			i -> kind == LabelKind.CLASSES ? colour(classes[i]) : SHADES[classes[i]]),
			middle.width, middle.height), "target", null);
		final Panel weight = ignored.panel(Size.scale(heat(view.weights()),
			middle.width, middle.height), "weights", heat);
		return Arrays.asList(new Panel(grey, "image", patchGreys, false), size
			.place(target, middle), size.place(weight, middle));
	}

	private int colour(final int label) {
		if (label <= 0) return 0;
		final Color colour = kind == LabelKind.MASK ? Color.WHITE
			: kind == LabelKind.CLASSES ? ClassColours.of(label) : ObjectColours.of(
				label);
		return colour.getRGB() & WHITE;
	}

	/** Two or three channels in red, green and blue; else their mean. */
	private static BufferedImage grey(final ArrayImg<FloatType, FloatArray> image,
		final ColourScale scale)
	{
		final float[] values = values(image);
		final int plane = (int) (image.dimension(0) * image.dimension(1));
		final int channels = values.length / plane;
		if (channels == 2 || channels == 3) return picture(image, i -> {
			int rgb = 0;
			for (int c = 0; c < 3; c++)
				rgb = rgb << 8 | (c < channels ? scale.level(values[c * plane + i])
					: 0);
			return rgb;
		});
		final float[] mean = Pictures.mean(image);
		return picture(image, i -> scale.rgb(mean[i]));
	}

	private BufferedImage heat(final ArrayImg<FloatType, FloatArray> weights) {
		final float[] values = values(weights);
		return picture(weights, i -> heat.rgb(values[i]));
	}

	private static BufferedImage picture(final ArrayImg<?, ?> image,
		final IntUnaryOperator rgb)
	{
		final int width = (int) image.dimension(0);
		final int height = (int) image.dimension(1);
		final BufferedImage picture = new BufferedImage(width, height,
			BufferedImage.TYPE_INT_RGB);
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++)
				picture.setRGB(x, y, rgb.applyAsInt(y * width + x));
		return picture;
	}

	/** @return colour of an ignored pixel */
	static int stripe(final int x, final int y) {
		return STRIPES[(x + y) / STRIPE % 2];
	}

	private static void frame(final BufferedImage picture,
		final Rectangle middle)
	{
		final Graphics2D g = picture.createGraphics();
		g.setColor(FRAME);
		g.setStroke(new BasicStroke(2));
		g.draw(middle);
		g.dispose();
	}

	private static int[] array(final ArrayImg<IntType, IntArray> image) {
		return image.update(null).getCurrentStorageArray();
	}

	private static float[] values(final ArrayImg<FloatType, FloatArray> image) {
		return image.update(null).getCurrentStorageArray();
	}

	/** Which pixels of an image count nowhere. Immutable. */
	private static final class Ignored {

		private final int width;
		private final boolean any;
		private final IntPredicate pixels;

		/** @param width of the image */
		Ignored(final int count, final int width, final IntPredicate pixels) {
			this.width = width;
			this.pixels = pixels;
			any = IntStream.range(0, count).anyMatch(pixels);
		}

		/** Draws stripes into a picture of the image, of any size. */
		Panel panel(final BufferedImage picture, final String caption,
			final ColourScale scale)
		{
			final double pixel = (double) width / picture.getWidth();
			for (int y = 0; any && y < picture.getHeight(); y++)
				for (int x = 0; x < picture.getWidth(); x++)
					if (pixels.test((int) (y * pixel) * width + (int) (x * pixel)))
						picture.setRGB(x, y, stripe(x, y));
			return new Panel(picture, caption, scale, any);
		}
	}

	/** How an image becomes a picture of another size. Immutable. */
	private static final class Size {

		private final double scale;
		private final int width;
		private final int height;

		Size(final long[] image, final int side) {
			scale = (double) side / Math.max(image[0], image[1]);
			width = (int) Math.max(1, Math.round(scale * image[0]));
			height = (int) Math.max(1, Math.round(scale * image[1]));
		}

		BufferedImage fit(final BufferedImage picture) {
			return scale(picture, width, height);
		}

		Rectangle middle(final long[] region) {
			final int w = (int) Math.round(scale * region[0]);
			final int h = (int) Math.round(scale * region[1]);
			return new Rectangle((width - w) / 2, (height - h) / 2, w, h);
		}

		Panel place(final Panel panel, final Rectangle at) {
			final BufferedImage whole = new BufferedImage(width, height,
				BufferedImage.TYPE_INT_RGB);
			final Graphics2D g = whole.createGraphics();
			g.setColor(OUTSIDE);
			g.fillRect(0, 0, width, height);
			g.drawImage(panel.picture, at.x, at.y, null);
			g.dispose();
			return new Panel(whole, panel.caption, panel.scale, panel.striped);
		}

		/** Enlarged pixels stay squares; reduced ones are averaged. */
		static BufferedImage scale(final BufferedImage picture, final int width,
			final int height)
		{
			BufferedImage from = picture;
			// By halves, as ImageIO looks at no more than four neighbours.
			while (from.getWidth() > 2 * width && from.getHeight() > 2 * height)
				from = draw(from, from.getWidth() / 2, from.getHeight() / 2);
			return draw(from, width, height);
		}

		private static BufferedImage draw(final BufferedImage picture,
			final int width, final int height)
		{
			final BufferedImage scaled = new BufferedImage(width, height,
				BufferedImage.TYPE_INT_RGB);
			final Graphics2D g = scaled.createGraphics();
			g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, width < picture
				.getWidth() ? RenderingHints.VALUE_INTERPOLATION_BILINEAR
					: RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
			g.drawImage(picture, 0, 0, width, height, null);
			g.dispose();
			return scaled;
		}
	}
}
