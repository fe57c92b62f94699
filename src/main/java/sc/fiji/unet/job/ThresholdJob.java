
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.data.FilePairs;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.imagej.LabelFile;
import sc.fiji.unet.metrics.BestThreshold;
import sc.fiji.unet.metrics.ForegroundRestricted;
import sc.fiji.unet.metrics.PixelError;

/** Scores probability files at a threshold, or searches the best one. */
public final class ThresholdJob {

	private static final String PROBABILITY = "_probability";
	private static final int THRESHOLDS = 39;
	private static final List<String> COLUMNS = Arrays.asList("pixel_error",
		"V_rand", "V_info");

	private ThresholdJob() {}

	/**
	 * Searches the threshold of the probabilities that gives the best V_rand,
	 * with the background between cells thinned (Arganda-Carreras et al. 2015).
	 *
	 * @param truth folder of true labels or masks
	 * @param results folder with files NAME_probability.tif of one foreground
	 *          class
	 * @param ignore value of true pixels that count nowhere
	 * @throws IllegalArgumentException if there are none, or a result has no
	 *           truth
	 */
	public static BestThreshold run(final Path truth, final Path results,
		final OptionalInt ignore) throws IOException
	{
		final List<ArrayImg<IntType, IntArray>> truths = new ArrayList<>();
		final List<ArrayImg<FloatType, FloatArray>> images = new ArrayList<>();
		for (final Map.Entry<Path, Path> files : files(truth, results).entrySet())
			each(files.getKey(), files.getValue(), ignore, (name, labels, found) -> {
				truths.add(labels);
				images.add(found);
			});
		return BestThreshold.of(truths, images, BestThreshold.grid(THRESHOLDS),
			true);
	}

	/**
	 * Scores the probabilities at a threshold that was chosen on other images.
	 *
	 * @param threshold probability from which on a pixel is cell, 0 to 1
	 * @return pixel error, and V_rand and V_info with the background between
	 *         cells thinned: a row an image and slice, and a last one with means
	 * @throws IllegalArgumentException as {@link #run}, or if the threshold is
	 *           out of range
	 */
	public static Evaluation score(final Path truth, final Path results,
		final double threshold, final OptionalInt ignore) throws IOException
	{
		checkThreshold(threshold);
		final List<Evaluation.Row> rows = new ArrayList<>();
		final Map<Path, Path> all = files(truth, results);
		for (final Map.Entry<Path, Path> files : all.entrySet())
			each(files.getKey(), files.getValue(), ignore, (name, labels, found) -> {
				final ArrayImg<IntType, IntArray> cells = BestThreshold.mask(found,
					threshold);
				final ForegroundRestricted topology = ForegroundRestricted.ofThinned(
					labels, cells);
				rows.add(new Evaluation.Row(name, PixelError.ofMasks(labels, cells),
					topology.vRand(), topology.vInfo()));
			});
		final List<String> remarks = List.of(ScoreRemarks.sampleSize(rows.size(),
			all.size()));
		rows.add(mean(rows));
		return new Evaluation(COLUMNS, rows).withRemarks(remarks);
	}

	private static Evaluation.Row mean(final List<Evaluation.Row> rows) {
		final double[] means = new double[COLUMNS.size()];
		Arrays.setAll(means, i -> rows.stream().mapToDouble(row -> row.values()[i])
			.filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN));
		return new Evaluation.Row(Evaluation.ALL, means);
	}

	/** @throws IllegalArgumentException if it is not in 0 to 1 */
	public static void checkThreshold(final double threshold) {
		if (!(threshold >= 0 && threshold <= 1)) throw new IllegalArgumentException(
			"Threshold " + threshold +
				" must be a probability, 0 to 1; search it on validation images with --best-threshold.");
	}

	/** What is done with the slices of an image. */
	@FunctionalInterface
	private interface Slices {

		void add(String name, ArrayImg<IntType, IntArray> truth,
			ArrayImg<FloatType, FloatArray> probability);
	}

	private static void each(final Path probability, final Path truth,
		final OptionalInt ignore, final Slices what) throws IOException
	{
		final List<ArrayImg<IntType, IntArray>> labels = LabelMeaning
			.withoutIgnored(LabelFile.open(truth).slices(), ignore);
		final List<ArrayImg<FloatType, FloatArray>> found = slices(probability);
		final String name = name(probability);
		EvaluateJob.checkSizes(name, labels, found, "probability");
		for (int i = 0; i < labels.size(); i++)
			what.add(labels.size() == 1 ? name : name + "-" + (i + 1), labels.get(i),
				found.get(i));
	}

	/**
	 * Whether every probability file has a truth, without opening any.
	 *
	 * @throws IllegalArgumentException as {@link #run}
	 */
	public static void check(final Path truth, final Path results)
		throws IOException
	{
		files(truth, results);
	}

	/** @return probability files, at least one, each with its truth */
	private static Map<Path, Path> files(final Path truth, final Path results)
		throws IOException
	{
		final Map<Path, Path> files = new LinkedHashMap<>();
		for (final Path file : EvaluatedImage.files(results))
			if (FilePairs.stem(file).endsWith(PROBABILITY)) files.put(file, truthOf(
				file, truth));
		if (files.isEmpty()) throw new IllegalArgumentException(
			"There is no file NAME" + PROBABILITY + ".tif in '" + results +
				"'; write them with 'segment'.");
		return files;
	}

	private static Path truthOf(final Path probability, final Path folder)
		throws IOException
	{
		final String name = FilePairs.keyOf(name(probability));
		return EvaluatedImage.files(folder).stream().filter(f -> FilePairs.key(f)
			.equals(name)).findFirst().orElseThrow(() -> new IllegalArgumentException(
				"There is no truth for " + probability + "; it should be called " +
					name + "."));
	}

	private static String name(final Path probability) {
		return FilePairs.stem(probability).replaceFirst(PROBABILITY + "$", "");
	}

	private static List<ArrayImg<FloatType, FloatArray>> slices(final Path file)
		throws IOException
	{
		final ImageInput input = ImageInput.of(ImageFiles.open(file),
			ChannelSelection.all());
		if (input.channels() > 1) throw new IllegalArgumentException("'" + file +
			"' has the probabilities of " + input.channels() +
			" classes; a best threshold there is for one class alone. Leave it out.");
		return input.planes().stream().map(plane -> ArrayImgs.floats(plane.update(
			null).getCurrentStorageArray(), plane.dimension(0), plane.dimension(1)))
			.collect(Collectors.toList());
	}
}
