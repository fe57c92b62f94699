
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
	 * @throws IllegalArgumentException if there are none, or a result has no
	 *           truth
	 */
	public static BestThreshold run(final Path truth, final Path results)
		throws IOException
	{
		final List<Path> probabilities = EvaluateJob.files(results).stream().filter(
			f -> FilePairs.stem(f).endsWith(PROBABILITY)).collect(Collectors
				.toList());
		final List<ArrayImg<IntType, IntArray>> truths = new ArrayList<>();
		final List<ArrayImg<FloatType, FloatArray>> images = new ArrayList<>();
		for (final Path file : probabilities) {
			final String name = FilePairs.stem(file).replaceFirst(PROBABILITY + "$",
				"");
			final Path expected = EvaluateJob.files(truth).stream().filter(
				f -> FilePairs.key(f).equals(name)).findFirst().orElseThrow(
					() -> new IllegalArgumentException("There is no truth for " + file +
						"; it should be called " + name + "."));
			final List<ArrayImg<IntType, IntArray>> labels = LabelFile.open(expected)
				.slices();
			final List<ArrayImg<FloatType, FloatArray>> found = slices(file);
			EvaluateJob.checkSizes(name, labels, found, "probability");
			truths.addAll(labels);
			images.addAll(found);
		}
		if (images.isEmpty()) throw new IllegalArgumentException(
			"There is no file NAME" + PROBABILITY + ".tif in '" + results +
				"'; write them with 'segment'.");
		return BestThreshold.of(truths, images, BestThreshold.grid(THRESHOLDS),
			true);
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
