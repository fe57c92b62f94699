
package sc.fiji.unet.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import sc.fiji.unet.data.Normalizer;
import sc.fiji.unet.network.BoxNetwork;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.Readout;
import sc.fiji.unet.network.UNetConfig;

class SegmenterTest {

	private static final double TOLERANCE = 1e-5;
	/** About the mean probability of the test images. */
	private static final double THRESHOLD = 0.66;

	private static BoxNetwork network(final int classes) {
		return new BoxNetwork(UNetConfig.builder().features(1, 1).padding(
			Padding.SAME).classes(classes).build(), 2);
	}

	private static Segmentation segment(final int classes, final TileSize tiles,
		final RandomAccessibleInterval<FloatType> image, final Interval region)
	{
		return new Segmenter(network(classes), new Postprocessing(THRESHOLD, 3, 1))
			.withTileSize(tiles).withProbabilities(true).segment(image, Normalizer.of(
				image, Preprocessing.zScore()), region, () -> false, TileProgress.NONE);
	}

	private static double[] values(
		final RandomAccessibleInterval<? extends RealType<?>> image)
	{
		final double[] values = new double[(int) Intervals.numElements(image)];
		int i = 0;
		for (final RealType<?> v : Views.flatIterable(image))
			values[i++] = v.getRealDouble();
		return values;
	}

	@Test
	void tileSizeChangesNothing() {
		for (final int classes : new int[] { 1, 3 }) {
			final ArrayImg<FloatType, FloatArray> image = TestImages.noise(4, 70, 45,
				1);
			final Interval all = OverlapTile.space(image);
			final Segmentation whole = segment(classes, TileSize.standard(), image,
				all);
			final Segmentation tiled = segment(classes, TileSize.atMost(16, 8), image,
				all);
			assertTrue(whole.objects() > 2, whole.objects() + " objects");
			assertEquals(whole.objects(), tiled.objects());
			assertArrayEquals(values(whole.labels()), values(tiled.labels()));
			final RandomAccessibleInterval<FloatType> p = tiled.probabilities().get();
			assertEquals(Math.max(1, classes - 1), p.dimension(2));
			assertArrayEquals(values(whole.probabilities().get()), values(p),
				TOLERANCE);
		}
	}

	@Test
	void probabilitiesAreThoseOfTheForegroundClasses() {
		final ArrayImg<FloatType, FloatArray> image = TestImages.noise(4, 20, 12,
			1);
		final float[] untiled = TestImages.untiled(network(3), Normalizer.of(image,
			Preprocessing.zScore()).apply(image));
		final RandomAccessibleInterval<FloatType> p = segment(3, TileSize
			.standard(), image, OverlapTile.space(image)).probabilities().get();
		for (int y = 0; y < 12; y++)
			for (int x = 0; x < 20; x++)
				for (int c = 1; c < 3; c++)
					assertEquals(untiled[(x + 20 * y) * 3 + c], p.getAt(x, y, c - 1)
						.get(), TOLERANCE, "class " + c + " at " + x + ", " + y);
	}

	@Test
	void regionsKeepTheirPlaceInTheImage() {
		final RandomAccessibleInterval<FloatType> image = Views.translate(TestImages
			.noise(4, 60, 40, 1), 100, 200, 0);
		final Interval region = FinalInterval.createMinSize(113, 205, 30, 20);
		final Segmentation s = segment(1, TileSize.standard(), image, region);
		assertTrue(Intervals.equals(region, s.labels()), "interval of the labels");
		final Segmentation whole = segment(1, TileSize.standard(), image,
			OverlapTile.space(image));
		assertArrayEquals(values(Views.interval(Views.hyperSlice(whole
			.probabilities().get(), 2, 0), region)), values(Views.hyperSlice(s
				.probabilities().get(), 2, 0)), TOLERANCE);
	}

	@Test
	void probabilitiesAreDroppedUnlessWanted() {
		final ArrayImg<FloatType, FloatArray> image = TestImages.noise(4, 8, 8, 1);
		final List<Long> totals = new ArrayList<>();
		final Segmentation s = new Segmenter(network(1), Postprocessing.plain())
			.withAveraging(Averaging.FLIPS).segment(image, TestImages.identity(1),
				OverlapTile.space(image), () -> false, (done, total) -> totals.add(
					total));
		assertFalse(s.probabilities().isPresent(), "probabilities were kept");
		assertEquals(2, totals.size());
		for (int label = 1; label <= s.objects(); label++)
			assertEquals(1, s.classOf(label));
		double largest = 0;
		for (final IntType v : Views.flatIterable(s.labels()))
			largest = Math.max(largest, v.get());
		assertEquals(s.objects(), largest);
	}

	/** From all that the network gave, whatever the tiles and the region. */
	@Test
	void objectsCanBeFoundAgain() {
		final ArrayImg<FloatType, FloatArray> image = TestImages.noise(4, 70, 45,
			1);
		final Normalizer normalizer = Normalizer.of(image, Preprocessing.zScore());
		final Interval region = FinalInterval.createMinSize(9, 5, 50, 37);
		final Postprocessing plain = new Postprocessing(THRESHOLD, 3, 1);
		for (final Postprocessing rule : new Postprocessing[] { plain, plain
			.withFilledHoles(true), plain.withNeck(0.1).withoutEdgeObjects(true),
			plain.withSeeds(0.7), plain.withSeeds(0.7).withNeck(0.1).withFilledHoles(
				true).withoutEdgeObjects(true) })
		{
			final OutputSink output = new OutputSink(region, 1);
			final Segmentation expected = new Segmenter(network(1), rule)
				.withTileSize(TileSize.atMost(16, 8)).withListener(output).segment(
					image, normalizer, region, () -> false, TileProgress.NONE);
			final Segmentation again = Segmentation.of(output, Readout.ofClasses(1),
				rule, () -> false);
			assertTrue(expected.objects() > 2, expected.objects() + " objects");
			assertEquals(expected.objects(), again.objects());
			assertTrue(Intervals.equals(region, again.labels()), "its place");
			assertArrayEquals(values(expected.labels()), values(again.labels()));
		}
	}
}
