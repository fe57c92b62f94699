
package sc.fiji.unet.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;
import sc.fiji.unet.labeling.NearestObjects;
import sc.fiji.unet.labeling.SeparatingRidge;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Readout;

class InstanceLabelsTest {

	private static final Postprocessing PLAIN = Postprocessing.plain();

	/** Pixels as drawn: '.' background, digits the class. */
	static RandomAccessibleInterval<IntType> image(final String... lines) {
		final int[] pixels = new int[lines.length * lines[0].length()];
		for (int i = 0; i < pixels.length; i++) {
			final char c = lines[i / lines[0].length()].charAt(i % lines[0].length());
			pixels[i] = c == '.' ? 0 : c - '0';
		}
		return ArrayImgs.ints(pixels, lines[0].length(), lines.length);
	}

	static String[] draw(final RandomAccessibleInterval<IntType> image) {
		final String[] lines = new String[(int) image.dimension(1)];
		final int[] pixels = pixels(image);
		final int width = (int) image.dimension(0);
		for (int y = 0; y < lines.length; y++) {
			lines[y] = "";
			for (int x = 0; x < width; x++)
				lines[y] += pixels[y * width + x] == 0 ? "." : pixels[y * width + x];
		}
		return lines;
	}

	static int[] pixels(final RandomAccessibleInterval<IntType> image) {
		final int[] pixels = new int[(int) Intervals.numElements(image)];
		int i = 0;
		for (final IntType pixel : Views.flatIterable(image))
			pixels[i++] = pixel.get();
		return pixels;
	}

	/** Hands certain classes to the labels, in tiles of the given size. */
	static InstanceLabels label(final RandomAccessibleInterval<IntType> classMap,
		final int classes, final long tile,
		final RandomAccessibleInterval<IntType> target,
		final Postprocessing postprocessing)
	{
		final InstanceLabels labels = new InstanceLabels(target, Readout.ofClasses(
			classes), postprocessing);
		final long[] tiles = classMap.dimensionsAsLongArray();
		for (int d = 0; d < tiles.length; d++)
			tiles[d] = (tiles[d] + tile - 1) / tile;
		for (long t = 0; t < Intervals.numElements(tiles); t++) {
			final long[] min = new long[tiles.length];
			final long[] max = new long[tiles.length];
			long rest = t;
			for (int d = 0; d < tiles.length; d++) {
				min[d] = rest % tiles[d] * tile;
				max[d] = Math.min(min[d] + tile, classMap.dimension(d)) - 1;
				rest /= tiles[d];
			}
			final Interval interval = new FinalInterval(min, max);
			final float[] probabilities = new float[classes * (int) Intervals
				.numElements(interval) + 5];
			int i = 0;
			for (final IntType c : Views.flatIterable(Views.interval(classMap,
				interval)))
			{
				if (classes == 1) probabilities[i] = c.get() > 0 ? 0.9f : 0.1f;
				else probabilities[i * classes + c.get()] = 0.8f;
				i++;
			}
			labels.accept(interval, probabilities);
		}
		return labels;
	}

	static String[] labelled(final Postprocessing postprocessing,
		final String... lines)
	{
		final RandomAccessibleInterval<IntType> classMap = image(lines);
		final RandomAccessibleInterval<IntType> target = ArrayImgs.ints(classMap
			.dimensionsAsLongArray());
		label(classMap, 1, 3, target, postprocessing).finish(() -> false);
		return draw(target);
	}

	@Test
	void objectsAreNumberedInScanOrderAndMergedAcrossTiles() {
		assertArrayEquals(new String[] { "..1...22", ".11...22", "........",
			"3.3.3.4.", "33333...", "........" }, labelled(PLAIN, "..1...11",
				".11...11", "........", "1.1.1.1.", "11111...", "........"));
	}

	@Test
	void cornersDoNotJoin() {
		assertArrayEquals(new String[] { "11..", "11..", "..22", "..22" }, labelled(
			PLAIN, "11..", "11..", "..11", "..11"));
	}

	/** The right prong goes on after it has been joined with the left one. */
	@Test
	void everyPixelOfAnObjectCountsForItsSize() {
		final String[] object = { "1.1", "111", "..1", "..1" };
		assertArrayEquals(object, labelled(new Postprocessing(0.5, 7, 0), object));
		assertArrayEquals(new String[] { "...", "...", "...", "..." }, labelled(
			new Postprocessing(0.5, 8, 0), object));
	}

	@Test
	void smallObjectsVanishAndTheRestIsNumberedWithoutGaps() {
		assertArrayEquals(new String[] { "....1", ".2..1", ".2..." }, labelled(
			new Postprocessing(0.5, 2, 0), "1...1", ".1..1", ".1..."));
	}

	@Test
	void thresholdBelongsToTheForeground() {
		final RandomAccessibleInterval<IntType> target = ArrayImgs.ints(4, 1);
		final InstanceLabels labels = new InstanceLabels(target, Readout.ofClasses(
			1), new Postprocessing(0.25, 0, 0));
		labels.accept(target, new float[] { 0.25f, 0.2f, Float.NaN, 1 });
		assertEquals(2, labels.finish(() -> false));
		assertArrayEquals(new int[] { 1, 0, 0, 2 }, pixels(target));
	}

	@Test
	void touchingClassesAreObjectsOfTheirOwn() {
		final RandomAccessibleInterval<IntType> classMap = image("1122", "1.12",
			"..22");
		final RandomAccessibleInterval<IntType> target = ArrayImgs.ints(4, 3);
		final InstanceLabels labels = label(classMap, 3, 2, target, PLAIN);
		assertEquals(3, labels.finish(() -> false));
		assertArrayEquals(new String[] { "1122", "1.32", "..22" }, draw(target));
		assertEquals(1, labels.classOf(1));
		assertEquals(2, labels.classOf(2));
		assertEquals(1, labels.classOf(3));
	}

	@Test
	void objectsGrowOverTheRidgeBetweenThemOnly() {
		final String[] grown = labelled(new Postprocessing(0.5, 0, 1), "11.11",
			"11.11", ".....", "11...");
		for (final int y : new int[] { 0, 1 })
			assertTrue(grown[y].matches("11[12]22"), grown[y]);
		assertTrue(grown[2].matches("[13][13]..."), grown[2]);
		assertEquals("33...", grown[3]);
	}

	@Test
	void growthUndoesTheSeparatingRidge() {
		for (int width = 1; width <= 3; width++)
			for (final long seed : new long[] { 1, 2 }) {
				final RandomAccessibleInterval<IntType> cells = cells(seed, 40, 40);
				final RandomAccessibleInterval<IntType> target = ArrayImgs.ints(40, 40);
				label(SeparatingRidge.separate(cells, width), 1, 11, target,
					new Postprocessing(0.5, 0, width)).finish(() -> false);
				int background = 0;
				for (final int pixel : pixels(target))
					background += pixel == 0 ? 1 : 0;
				int ridge = 0;
				for (final int pixel : pixels(SeparatingRidge.separate(cells, width)))
					ridge += pixel == 0 ? 1 : 0;
				// Where three cells meet the ridge is wider than elsewhere.
				assertTrue(background <= 0.1 * ridge, background + " of " + ridge +
					" pixels of ridge are left, width " + width + ", seed " + seed);
			}
	}

	/** Labels of the nearest of 6 points: cells that fill the image. */
	private static RandomAccessibleInterval<IntType> cells(final long seed,
		final long... size)
	{
		final RandomAccessibleInterval<IntType> points = ArrayImgs.ints(size);
		final Random random = new Random(seed);
		for (int i = 1; i <= 6; i++)
			points.getAt(random.nextInt((int) size[0]), random.nextInt((int) size[1]))
				.set(i);
		return ArrayImgs.ints(NearestObjects.of(points).nearest(), size);
	}

	@Test
	void anyTilesGiveWhatOnePieceGives() {
		for (final long[] size : new long[][] { { 37, 23 }, { 1, 40 }, { 40, 1 }, {
			9, 11, 7 } })
			for (final double density : new double[] { 0.4, 0.6 }) {
				final RandomAccessibleInterval<IntType> classMap = ArrayImgs.ints(size);
				final Random random = new Random(3);
				for (final IntType pixel : Views.flatIterable(classMap))
					pixel.set(random.nextDouble() > density ? 0 : 1 + random.nextInt(2));
				final int[] expected = pixels(ConnectedComponents.ofEqualValues(
					classMap, Connectivity.FACES));
				for (final long tile : new long[] { 1, 5, 8, 100 }) {
					final RandomAccessibleInterval<IntType> target = new CellImgFactory<>(
						new IntType(), 6).create(size);
					label(classMap, 3, tile, target, PLAIN).finish(() -> false);
					assertArrayEquals(expected, pixels(target), size.length +
						"-D in tiles of " + tile);
				}
			}
	}

	@Test
	void growthGoesToTheNearestOfTwoObjectsNearEnough() {
		for (final long[] size : new long[][] { { 30, 20 }, { 12, 10, 8 } })
			for (int width = 1; width <= 3; width++) {
				final RandomAccessibleInterval<IntType> target = ArrayImgs.ints(size);
				final Random random = new Random(width);
				for (final IntType pixel : Views.flatIterable(target))
					pixel.set(random.nextInt(30) > 0 ? 0 : 1 + random.nextInt(5));
				final NearestObjects distances = NearestObjects.of(target);
				final int[] before = pixels(target);
				new RidgeGrowth(target, width).run(() -> {});
				final int[] after = pixels(target);
				final double reach = 1 + width * Math.sqrt(size.length) + 1e-3;
				for (int i = 0; i < before.length; i++) {
					final float first = distances.first()[i];
					final float second = distances.second()[i];
					final String what = size.length + "-D, width " + width + ", pixel " +
						i + ", distances " + first + " and " + second;
					if (before[i] > 0) assertEquals(before[i], after[i], what);
					else if (first + second > reach) assertEquals(0, after[i], what);
					else if (first < second) assertEquals(distances.nearest()[i],
						after[i], what);
					else assertTrue(after[i] > 0, what);
				}
			}
	}

	@Test
	void growthInBlocksIsGrowthInOnePiece() {
		// wider than one block of 1024; labels near the seam must not differ
		final RandomAccessibleInterval<IntType> cells = ArrayImgs.ints(1100, 30);
		final Random random = new Random(9);
		for (int i = 1; i <= 300; i++)
			cells.getAt(random.nextInt(1100), random.nextInt(30)).set(i);
		final RandomAccessibleInterval<IntType> whole = ArrayImgs.ints(1100, 30);
		final RandomAccessibleInterval<IntType> part = ArrayImgs.ints(200, 30);
		int i = 0;
		final int[] pixels = pixels(cells);
		for (final IntType pixel : Views.flatIterable(whole))
			pixel.set(pixels[i++]);
		for (int y = 0; y < 30; y++)
			for (int x = 0; x < 200; x++)
				part.getAt(x, y).set(pixels[900 + x + 1100 * y]);
		new RidgeGrowth(whole, 2).run(() -> {});
		new RidgeGrowth(part, 2).run(() -> {});
		int grown = 0;
		for (int y = 0; y < 30; y++)
			for (int x = 10; x < 200; x++) {
				final int label = whole.getAt(900 + x, y).get();
				assertEquals(part.getAt(x, y).get(), label, "at " + x + ", " + y);
				if (label != pixels[900 + x + 1100 * y]) grown++;
			}
		assertTrue(grown > 20, "only " + grown + " pixels have grown");
	}

	@Test
	void imagesFullOfForegroundOrBackgroundWork() {
		assertArrayEquals(new String[] { "111", "111" }, labelled(
			new Postprocessing(0.5, 3, 2), "111", "111"));
		assertArrayEquals(new String[] { "...", "..." }, labelled(
			new Postprocessing(0.5, 3, 2), "...", "..."));
	}

	@Test
	void cancelStopsIt() {
		final InstanceLabels labels = new InstanceLabels(ArrayImgs.ints(9, 9),
			Readout.ofClasses(1), PLAIN);
		assertThrows(CancellationException.class, () -> labels.finish(() -> true));
	}

	/** Probabilities in tenths, handed over line by line. */
	private static String[] grown(final Postprocessing postprocessing,
		final String... tenths)
	{
		final int width = tenths[0].length();
		final RandomAccessibleInterval<IntType> target = Views.translate(ArrayImgs
			.ints(width, tenths.length), 7, -3);
		final InstanceLabels labels = new InstanceLabels(target, Readout.ofClasses(
			1), postprocessing);
		for (int y = 0; y < tenths.length; y++) {
			final float[] line = new float[width];
			for (int x = 0; x < width; x++)
				line[x] = (tenths[y].charAt(x) - '0') / 10f;
			labels.accept(new FinalInterval(new long[] { 7, y - 3 }, new long[] { 6 +
				width, y - 3 }), line);
		}
		final int objects = labels.finish(() -> false);
		final String[] drawn = draw(target);
		assertEquals(Arrays.stream(pixels(target)).max().orElse(0), objects);
		return drawn;
	}

	@Test
	void objectsGrowFromSeedsAndMeetWhereTheProbabilityIsLowest() {
		final Postprocessing seeds = new Postprocessing(0.5, 0, 0).withSeeds(0.85);
		assertArrayEquals(new String[] { "11122.", "11122.", "......", "......" },
			grown(seeds, "997690", "876590", "000000", "777000"),
			"what has no seed vanishes");
		assertArrayEquals(new String[] { "1111", "...1", "22.1" }, grown(seeds,
			"7779", "0007", "9706"), "numbers in scan order after growth");
	}

	@Test
	void seedsArePartedAtNecksIfThatIsWished() {
		final Postprocessing seeds = new Postprocessing(0.5, 0, 0).withSeeds(0.85);
		final String[] image = { "0000000000000", "0999990999990", "0999990999990",
			"0999999999990", "0999990999990", "0999990999990", "0000000000000" };
		assertArrayEquals(new String[] { ".............", ".11111.11111.",
			".11111.11111.", ".11111111111.", ".11111.11111.", ".11111.11111.",
			"............." }, grown(seeds, image));
		final String[] parted = grown(seeds.withNeck(0.2), image);
		assertEquals(".11111.22222.", parted[1]);
		assertEquals(".11111.22222.", parted[5]);
	}

	@Test
	void objectsFromSeedsAreDroppedBySizeAfterTheyHaveGrown() {
		final Postprocessing seeds = new Postprocessing(0.5, 3, 0).withSeeds(0.85);
		assertArrayEquals(new String[] { "....111" }, grown(seeds, "9700797"));
	}

	private static final Postprocessing FILLED = PLAIN.withFilledHoles(true);

	@Test
	void holesCountForTheSizeAndSpecksInThemDoNotKeepThemOpen() {
		final String[] rings = { ".......", ".11111.", ".1...1.", ".1.1.1.",
			".1...1.", ".11111." };
		assertArrayEquals(new String[] { ".......", ".11111.", ".1...1.", ".1.2.1.",
			".1...1.", ".11111." }, labelled(FILLED, rings),
			"an object in the hole keeps it open");
		assertArrayEquals(new String[] { ".......", ".11111.", ".11111.", ".11111.",
			".11111.", ".11111." }, labelled(FILLED.withMinimumSize(2), rings),
			"one that is dropped does not");
		final String[] ring = { "111", "1.1", "111" };
		assertArrayEquals(new String[] { "111", "111", "111" }, labelled(FILLED
			.withMinimumSize(9), ring), "nine pixels with the hole");
		assertArrayEquals(new String[] { "...", "...", "..." }, labelled(PLAIN
			.withMinimumSize(9), ring), "eight without");
	}

	@Test
	void whatTouchesTheEdgeVanishesWhenItsNeighboursHaveGrown() {
		final Postprocessing ridge = new Postprocessing(0.5, 0, 1);
		final String[] pair = { "......", ".1.111", ".1.111", "......" };
		final String[] grown = labelled(ridge, pair);
		final String[] left = labelled(ridge.withoutEdgeObjects(true), pair);
		for (int y = 0; y < pair.length; y++)
			assertEquals(grown[y].replace('2', '.'), left[y]);
		assertArrayEquals(new String[] { "......", "..1...", "......" }, labelled(
			PLAIN.withoutEdgeObjects(true), "1...11", "1.1..1", "1..1.."));
		// It reaches the edge only by growing.
		assertArrayEquals(new String[] { "..", ".." }, labelled(ridge
			.withoutEdgeObjects(true), "1.", ".1"));
	}
}
