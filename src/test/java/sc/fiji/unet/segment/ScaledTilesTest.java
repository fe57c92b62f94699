
package sc.fiji.unet.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import sc.fiji.unet.data.Normalizer;
import sc.fiji.unet.network.BoxNetwork;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.UNetConfig;

class ScaledTilesTest {

	private static final double TOLERANCE = 1e-5;
	private static final Scale[] SCALES = { new Scale(0.5, 0.5), new Scale(2, 2),
		new Scale(0.37, 1.9), new Scale(3.3, 0.8) };

	private static ArrayImg<FloatType, FloatArray> copy(
		final RandomAccessibleInterval<? extends RealType<?>> image)
	{
		final ArrayImg<FloatType, FloatArray> copy = ArrayImgs.floats(image
			.dimensionsAsLongArray());
		final float[] values = copy.update(null).getCurrentStorageArray();
		int i = 0;
		for (final RealType<?> v : Views.flatIterable(image))
			values[i++] = v.getRealFloat();
		return copy;
	}

	/** The mean with triangle weights, over all pixels of the image. */
	private static double naive(final RandomAccessibleInterval<FloatType> image,
		final double x, final double y, final long c, final Scale scale)
	{
		double sum = 0;
		double weights = 0;
		for (long v = 0; v < image.dimension(1); v++)
			for (long u = 0; u < image.dimension(0); u++) {
				final double w = Math.max(0, 1 - Math.abs(u - x) * Math.min(1, scale
					.factor(0))) * Math.max(0, 1 - Math.abs(v - y) * Math.min(1, scale
						.factor(1)));
				sum += w * image.getAt(u, v, c).get();
				weights += w;
			}
		return sum / weights;
	}

	@Test
	void pixelsAreWeightedMeansOfThoseAround() {
		final ArrayImg<FloatType, FloatArray> image = TestImages.noise(3, 23, 17,
			2);
		for (final Scale scale : SCALES) {
			final RandomAccessibleInterval<? extends RealType<?>> scaled = ScaledImage
				.of(image, scale);
			assertArrayEquals(new long[] { (long) Math.ceil(23 * scale.factor(0)),
				(long) Math.ceil(17 * scale.factor(1)), 2 }, scaled
					.dimensionsAsLongArray());
			for (int j = 0; j < scaled.dimension(1); j++)
				for (int i = 0; i < scaled.dimension(0); i++)
					for (int c = 0; c < 2; c++)
						assertEquals(naive(image, Math.min(22, (i + 0.5) / scale.factor(0) -
							0.5), Math.min(16, (j + 0.5) / scale.factor(1) - 0.5), c, scale),
							scaled.getAt(i, j, c).getRealDouble(), TOLERANCE, i + ", " + j +
								" at " + scale.factor(0) + " x " + scale.factor(1));
		}
	}

	@Test
	void fineStripesBecomeGreyInsteadOfCoarseOnes() {
		final ArrayImg<FloatType, FloatArray> stripes = ArrayImgs.floats(70, 8, 1);
		for (int y = 0; y < 8; y++)
			for (int x = 0; x < 70; x += 2)
				stripes.getAt(x, y, 0).set(1);
		final Scale scale = new Scale(1 / 3.0, 1 / 3.0);
		final RandomAccessibleInterval<? extends RealType<?>> scaled = ScaledImage
			.of(stripes, scale);
		double smallest = 1;
		double largest = 0;
		for (int i = 1; i < 22; i++) {
			smallest = Math.min(smallest, scaled.getAt(i, 1, 0).getRealDouble());
			largest = Math.max(largest, scaled.getAt(i, 1, 0).getRealDouble());
		}
		// Every third pixel would be 1, 0, 1, 0, ...
		assertTrue(largest - smallest < 0.15, smallest + " to " + largest);
	}

	@Test
	void withoutAScaleTheImageIsTheSame() {
		final ArrayImg<FloatType, FloatArray> image = TestImages.noise(3, 5, 5, 1);
		assertSame(image, ScaledImage.of(image, Scale.NONE));
		assertThrows(IllegalArgumentException.class, () -> new Scale(1, 0));
		assertThrows(IllegalArgumentException.class, () -> ScaledImage.of(Views
			.translate(image, 3, 0, 0), new Scale(2, 2)));
	}

	private static BoxNetwork network(final int classes, final Padding padding) {
		return new BoxNetwork(UNetConfig.builder().features(1, 1).padding(padding)
			.classes(classes).build(), 2);
	}

	/** All in one piece, and then interpolated by the formula. */
	private static double[] untiled(final int classes, final Padding padding,
		final ArrayImg<FloatType, FloatArray> image, final Scale scale)
	{
		final ArrayImg<FloatType, FloatArray> scaled = copy(ScaledImage.of(image,
			scale));
		final float[] p = TestImages.untiled(network(classes, padding), normalizer(
			image, scale).apply(scaled));
		final int w = (int) scaled.dimension(0);
		final int h = (int) scaled.dimension(1);
		final double[] result = new double[(int) (classes * image.dimension(0) *
			image.dimension(1))];
		int i = 0;
		for (int y = 0; y < image.dimension(1); y++)
			for (int x = 0; x < image.dimension(0); x++)
				for (int c = 0; c < classes; c++) {
					final double u = clamp((x + 0.5) * scale.factor(0) - 0.5, w - 1);
					final double v = clamp((y + 0.5) * scale.factor(1) - 0.5, h - 1);
					double sum = 0;
					for (int b = 0; b < h; b++)
						for (int a = 0; a < w; a++)
							sum += Math.max(0, 1 - Math.abs(a - u)) * Math.max(0, 1 - Math
								.abs(b - v)) * p[(b * w + a) * classes + c];
					result[i++] = sum;
				}
		return result;
	}

	private static double clamp(final double value, final double most) {
		return Math.max(0, Math.min(most, value));
	}

	private static Normalizer normalizer(
		final ArrayImg<FloatType, FloatArray> image, final Scale scale)
	{
		return Normalizer.of(ScaledImage.of(image, scale), Preprocessing.zScore());
	}

	private static double[] tiled(final int classes, final Padding padding,
		final TileSize size, final ArrayImg<FloatType, FloatArray> image,
		final Scale scale, final Interval region)
	{
		final double[] result = new double[(int) (classes * Intervals.numElements(
			region))];
		Arrays.fill(result, Double.NaN);
		final long[] tiles = new long[2];
		new ScaledTiles(new OverlapTile(network(classes, padding), size,
			Averaging.NONE), scale).compute(image, normalizer(image, scale), region, (
				tile, p) -> {
				int i = 0;
				for (long y = tile.min(1); y <= tile.max(1); y++)
					for (long x = tile.min(0); x <= tile.max(0); x++)
						for (int c = 0; c < classes; c++) {
							final int at = (int) (((y - region.min(1)) * region.dimension(0) +
								x - region.min(0)) * classes + c);
							assertTrue(Double.isNaN(result[at]), "given twice");
							result[at] = p[i++];
						}
			}, () -> false, (done, total) -> {
				tiles[0] = done;
				tiles[1] = total;
			});
		assertEquals(tiles[1], tiles[0], "progress at the end");
		return result;
	}

	@Test
	void tilesAreThoseOfTheWholeImageInOnePiece() {
		final ArrayImg<FloatType, FloatArray> image = TestImages.noise(4, 61, 45,
			1);
		final Interval all = OverlapTile.space(image);
		for (final Scale scale : SCALES)
			for (final Padding padding : Padding.values()) {
				final double[] expected = untiled(3, padding, image, scale);
				for (final TileSize size : new TileSize[] { TileSize.standard(),
					TileSize.atMost(16, 8), TileSize.atMost(2, 2) })
					assertArrayEquals(expected, tiled(3, padding, size, image, scale,
						all), TOLERANCE, padding + " " + scale.factor(0));
			}
	}

	@Test
	void aRegionHasTheValuesOfTheWhole() {
		final ArrayImg<FloatType, FloatArray> image = TestImages.noise(5, 50, 40,
			1);
		final Interval region = FinalInterval.createMinSize(13, 7, 21, 9);
		for (final Scale scale : SCALES) {
			final double[] whole = untiled(1, Padding.SAME, image, scale);
			final double[] part = tiled(1, Padding.SAME, TileSize.atMost(8, 8), image,
				scale, region);
			for (int y = 0; y < 9; y++)
				for (int x = 0; x < 21; x++)
					assertEquals(whole[(y + 7) * 50 + x + 13], part[y * 21 + x],
						TOLERANCE, x + ", " + y);
		}
	}

	@Test
	void ofAVolumeThePlanesAreScaled() {
		final ArrayImg<FloatType, FloatArray> volume = TestImages.noise(6, 20, 16,
			6, 1);
		final Scale scale = new Scale(0.5, 2);
		final RandomAccessibleInterval<? extends RealType<?>> scaled = ScaledImage
			.of(volume, scale);
		assertArrayEquals(new long[] { 10, 32, 6, 1 }, scaled
			.dimensionsAsLongArray());
		final BoxNetwork network = new BoxNetwork(UNetConfig.builder().axes(
			sc.fiji.unet.network.Axes.uncalibrated(3)).features(1, 1).padding(
				Padding.SAME).build(), 2);
		final float[] expected = new float[10 * 32 * 6];
		final Normalizer normalizer = Normalizer.of(scaled, Preprocessing.zScore());
		new OverlapTile(network, TileSize.standard(), Averaging.NONE).compute(
			scaled, normalizer, OverlapTile.space(scaled), (tile, p) -> System
				.arraycopy(p, 0, expected, 0, expected.length), () -> false,
			TileProgress.NONE);
		final ArrayImg<FloatType, FloatArray> result = ArrayImgs.floats(20, 16, 6);
		new ScaledTiles(new OverlapTile(network, TileSize.atMost(4, 8, 2),
			Averaging.NONE), scale).compute(volume, normalizer, OverlapTile.space(
				volume), (tile, p) -> {
					int i = 0;
					for (final FloatType pixel : Views.flatIterable(Views.interval(result,
						tile)))
						pixel.set(p[i++]);
				}, () -> false, TileProgress.NONE);
		final RandomAccess<FloatType> pixel = result.randomAccess();
		for (int z = 0; z < 6; z++) {
			// x = 5 lies a quarter before pixel 2.5, y = 3 between 6 and 7
			pixel.setPosition(new long[] { 5, 3, z });
			final int at = z * 320;
			final double upper = 0.75 * expected[at + 60 + 2] + 0.25 * expected[at +
				60 + 3];
			final double lower = 0.75 * expected[at + 70 + 2] + 0.25 * expected[at +
				70 + 3];
			assertEquals((upper + lower) / 2, pixel.get().get(), TOLERANCE, "z " + z);
		}
	}

	@Test
	void sizesOfTheModelAreConvertedToPixelsOfTheImage() {
		final Postprocessing model = new Postprocessing(0.3, 40, 3);
		assertEquals(new Postprocessing(0.3, 160, 6), new Scale(0.5, 0.5)
			.inImagePixels(model));
		assertEquals(new Postprocessing(0.3, 3, 1), new Scale(4, 4).inImagePixels(
			model));
		assertEquals(new Postprocessing(0.3, 40, 3), Scale.NONE.inImagePixels(
			model));
		assertEquals(new Postprocessing(0.3, 160, 6).withSeeds(0.7).withNeck(0.1),
			new Scale(0.5, 0.5).inImagePixels(model.withSeeds(0.7).withNeck(0.1)));
		assertEquals(0, new Scale(0.5, 0.5).inImagePixels(Postprocessing.plain())
			.ridgeWidth());
	}
}
