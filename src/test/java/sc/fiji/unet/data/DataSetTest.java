
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;

import ij.ImagePlus;
import ij.io.Opener;
import ij.process.ImageProcessor;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.IntensityStatistics;
import sc.fiji.unet.network.Preprocessing;

class DataSetTest {

	private static final Preprocessing PERCENTILES = Preprocessing.percentiles(1,
		99.8);

	private static DataSet of(final List<RawSample> raw, final LabelKind kind) {
		return DataSet.of(raw, kind, OptionalInt.empty(), PERCENTILES);
	}

	@Test
	void rawSamplesBecomeNormalisedSamplesWithCanonicalLabels() {
		final DataSet data = of(SyntheticSamples.cells(3, 128, 1), LabelKind.AUTO);
		assertEquals(3, data.samples().size());
		assertEquals(1, data.channels());
		assertEquals(LabelKind.INSTANCES, data.labels().kind());
		for (final Sample sample : data.samples()) {
			final IntensityStatistics statistics = ImageStatistics.of(sample.name(),
				sample.image()).intensities().get(0);
			assertEquals(0, statistics.percentiles()[2], 1e-6, "percentile 1");
			assertEquals(1, statistics.percentiles()[9], 1e-6, "percentile 99.8");
		}
		final IntensityStatistics stored = data.intensities().get(0);
		assertEquals(3 * 128 * 128, stored.count());
		assertTrue(stored.mean() > 5 && stored.mean() < 128, "grey values " + stored
			.mean() + " are those as stored");
		assertEquals("cells02", data.samples(Arrays.asList("cells02")).get(0)
			.name());
	}

	@Test
	void greyRgbImagesAndGreyImagesMix() {
		final float[] grey = new float[3 * 256];
		for (int i = 0; i < grey.length; i++)
			grey[i] = i % 256;
		final int[] labels = new int[256];
		labels[0] = 1;
		final RawSample rgb = new RawSample("rgb", ArrayImgs.floats(grey, 16, 16,
			3), ArrayImgs.ints(labels, 16, 16));
		final RawSample one = new RawSample("grey", ArrayImgs.floats(Arrays.copyOf(
			grey, 256), 16, 16, 1), ArrayImgs.ints(labels, 16, 16));
		assertEquals(1, of(Arrays.asList(rgb, one), LabelKind.AUTO).channels());
	}

	@Test
	void whatIsWrongIsNamedBeforeLabelsAreJudged() {
		final RawSample empty = new RawSample("nothing", ArrayImgs.floats(16, 16,
			1), ArrayImgs.ints(16, 16));
		final String message = assertThrows(IllegalArgumentException.class,
			() -> of(Collections.singletonList(empty), LabelKind.AUTO)).getMessage();
		assertTrue(message.contains("labels of 'nothing' are empty"), message);
	}

	@Test
	void greyValuesStoredWithAModelAreThoseOfTheImagesTrainedOn() {
		final DataSet data = of(Arrays.asList(flat("dark", "dark", 0, 10), flat(
			"bright", "bright", 200, 20), flat("brighter", "brighter", 240, 10)),
			LabelKind.AUTO);
		final IntensityStatistics training = data.intensities(Arrays.asList("dark",
			"bright")).get(0);
		assertEquals(2 * 256, training.count());
		assertEquals(0, training.percentiles()[0]);
		assertEquals(220, training.percentiles()[training.percentiles().length - 1],
			1);
		assertThrows(IllegalArgumentException.class, () -> data.intensities(Arrays
			.asList("nobody")));
		assertThrows(IllegalArgumentException.class, () -> data.samples(Arrays
			.asList("dark", "nobody")));
	}

	/** Grey values in equal numbers from least to below least + range. */
	private static RawSample flat(final String name, final String series,
		final float least, final float range)
	{
		final float[] grey = new float[256];
		final int[] labels = new int[256];
		for (int i = 0; i < 256; i++)
			grey[i] = least + range * i / 256;
		Arrays.fill(labels, 0, 50, 1);
		return new RawSample(name, series, ArrayImgs.floats(grey, 16, 16, 1),
			ArrayImgs.ints(labels, 16, 16));
	}

	@Test
	void theImagesOfASeriesAreNormalisedTogetherAndOthersByThemselves() {
		final DataSet data = DataSet.of(Arrays.asList(flat("stack-1", "stack", 0,
			128), flat("other", "other", 1000, 50), flat("stack-2", "stack", 128,
				128)), LabelKind.AUTO, OptionalInt.empty(), Preprocessing.minMax());
		final float[] first = data.samples().get(0).imageArray();
		final float[] other = data.samples().get(1).imageArray();
		final float[] second = data.samples().get(2).imageArray();
		assertEquals(0, first[0], 1e-6);
		assertEquals(0.5, second[0], 0.002);
		assertEquals(1, second[255], 1e-6);
		assertEquals(0, other[0], 1e-6);
		assertEquals(1, other[255], 1e-6);
		for (int i = 0; i < 256; i++)
			assertEquals(first[i] + 0.5, second[i], 0.002, "pixel " + i);
	}

	@Test
	void slicesOfAStackAreSplitAmongThemselvesEachOnOneSide() {
		final List<RawSample> raw = new ArrayList<>();
		final List<String> names = new ArrayList<>();
		for (int i = 1; i <= 10; i++) {
			names.add("stack-" + i);
			raw.add(flat("stack-" + i, "stack", i, 10));
		}
		final DataSet data = of(raw, LabelKind.AUTO);
		final Split split = Split.byShare(names, 0.3, 1);
		final List<Sample> all = new ArrayList<>(data.samples(split.training()));
		assertEquals(7, all.size());
		all.addAll(data.samples(split.validation()));
		assertEquals(new HashSet<>(data.samples()), new HashSet<>(all));
		assertEquals(10, all.size());
	}

	@Test
	void sliceAndFileOfTheSameNameAreRefused() {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> of(Arrays.asList(flat("a-1", "a", 0, 9), flat("a-2", "a", 0, 9),
				flat("a-1", "a-1", 0, 9)), LabelKind.AUTO)).getMessage();
		assertTrue(message.contains("2 images are called 'a-1'"), message);
	}

	@Test
	void labelsOfRealDataAreGuessedRight() throws IOException {
		assertEquals(LabelKind.MASK, guess("isbi2012"));
		assertEquals(LabelKind.INSTANCES, guess("phc-u373"));
		assertEquals(LabelKind.INSTANCES, guess("dic-hela"));
		assertEquals(LabelKind.INSTANCES, guess("dsb2018-nuclei"));
		assertEquals(LabelKind.INSTANCES, guess("vol3d/stardist"));
	}

	private static LabelKind guess(final String folder) throws IOException {
		final String data = System.getProperty("unet.test.data", "");
		Assumptions.assumeTrue(!data.isEmpty(),
			"set -Dunet.test.data to the folder with real images");
		final Path set = Paths.get(data, folder.split("/"));
		final FilePairs pairs = FilePairs.ofFolders(set.resolve("images"), set
			.resolve("labels"), f -> f.toString().matches(".*\\.(tif|png)"));
		assertTrue(!pairs.pairs().isEmpty());
		final List<ArrayImg<IntType, ?>> labels = new ArrayList<>();
		for (final FilePairs.Pair pair : pairs.pairs())
			labels.add(open(pair.labels()));
		return LabelValues.of(labels, LabelKind.AUTO, OptionalInt.empty()).kind();
	}

	private static ArrayImg<IntType, ?> open(final Path file) {
		final ImagePlus image = new Opener().openImage(file.toString());
		final int plane = image.getWidth() * image.getHeight();
		final int[] values = new int[plane * image.getStackSize()];
		for (int z = 0; z < image.getStackSize(); z++) {
			final ImageProcessor slice = image.getStack().getProcessor(z + 1);
			for (int i = 0; i < plane; i++)
				values[z * plane + i] = (int) slice.getf(i);
		}
		return ArrayImgs.ints(values, image.getWidth(), image.getHeight(), image
			.getStackSize());
	}
}
