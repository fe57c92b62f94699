
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Searches the best threshold of probability files. */
public final class ThresholdJob {

	private static final String PROBABILITY = "_probability";
	private static final int THRESHOLDS = 39;

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
		for (final Map.Entry<Path, Path> files : files(truth, results).entrySet()) {
			final List<ArrayImg<IntType, IntArray>> labels = EvaluateJob
				.withoutIgnored(LabelFile.open(files.getValue()).slices(), ignore);
			final List<ArrayImg<FloatType, FloatArray>> found = slices(files
				.getKey());
			EvaluateJob.checkSizes(name(files.getKey()), labels, found,
				"probability");
			truths.addAll(labels);
			images.addAll(found);
		}
		return BestThreshold.of(truths, images, BestThreshold.grid(THRESHOLDS),
			true);
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
		final String name = name(probability);
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
