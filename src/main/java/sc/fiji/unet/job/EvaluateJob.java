
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import net.imglib2.Dimensions;
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
import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;
import sc.fiji.unet.metrics.BestThreshold;
import sc.fiji.unet.metrics.Detection;
import sc.fiji.unet.metrics.ForegroundRestricted;
import sc.fiji.unet.metrics.IoU;
import sc.fiji.unet.metrics.PixelError;
import sc.fiji.unet.metrics.Seg;

/** Compares label files with the truth. */
public final class EvaluateJob {

	/** What {@link Row#values()} holds, in order. */
	public static final List<String> COLUMNS = Arrays.asList("pixel_error", "IoU",
		"V_rand", "V_info", "SEG", "AP", "F1", "objects_true", "objects_found",
		"count_error");

	private static final String PROBABILITY = "_probability";
	private static final int THRESHOLDS = 39;

	private EvaluateJob() {}

	/** The scores of an image, or of all. */
	public static final class Row {

		private final String name;
		private final double[] values;

		private Row(final String name, final double... values) {
			this.name = name;
			this.values = values;
		}

		/** @return name of the image, or "all" */
		public String name() {
			return name;
		}

		/** @return values of {@link #COLUMNS}; a copy */
		public double[] values() {
			return values.clone();
		}

		/** @return value of one of {@link #COLUMNS} */
		public double value(final String column) {
			return values[COLUMNS.indexOf(column)];
		}
	}

	/**
	 * Evaluates all pairs of two folders.
	 *
	 * @param truth folder of true labels or masks
	 * @param results folder of results; where there are files named
	 *          NAME_labels.tif, those, else all images
	 * @return a row an image and slice, and a last one for all: detections and
	 *         objects summed up, other scores averaged over the rows that have
	 *         one
	 * @throws IllegalArgumentException if a result has no truth, or sizes differ
	 */
	public static List<Row> run(final Path truth, final Path results)
		throws IOException
	{
		final List<Path> labels = labelFiles(results);
		final List<Path> truths = withResult(files(truth), labels);
		final List<Row> rows = new ArrayList<>();
		Detection detections = null;
		Seg seg = null;
		for (final FilePairs.Pair pair : FilePairs.of(truths, labels).pairs()) {
			final List<ArrayImg<IntType, IntArray>> expected = objects(pair.image());
			final List<ArrayImg<IntType, IntArray>> actual = objects(pair.labels());
			checkSizes(pair.name(), expected, actual, "result");
			for (int i = 0; i < expected.size(); i++) {
				final Detection detection = Detection.of(expected.get(i), actual.get(
					i));
				final Seg overlap = Seg.of(expected.get(i), actual.get(i));
				detections = detections == null ? detection : detections.plus(
					detection);
				seg = seg == null ? overlap : seg.plus(overlap);
				rows.add(row(expected.size() == 1 ? pair.name() : pair.name() + "-" +
					(i + 1), expected.get(i), actual.get(i), detection, overlap));
			}
		}
		rows.add(all(rows, detections, seg));
		return rows;
	}

	private static void checkSizes(final String name,
		final List<? extends Dimensions> truth,
		final List<? extends Dimensions> result, final String what)
	{
		if (truth.size() != result.size()) throw new IllegalArgumentException("'" +
			name + "' has " + truth.size() + " slices in the truth, but " + result
				.size() + " in the " + what + "; they must be equal.");
		final String expected = size(truth.get(0));
		final String actual = size(result.get(0));
		if (!expected.equals(actual)) throw new IllegalArgumentException("'" +
			name + "' has " + expected + " pixels in the truth, but " + actual +
			" in the " + what +
			"; they must be equal. Compare results with the truth of the same image.");
	}

	private static String size(final Dimensions image) {
		return image.dimension(0) + " x " + image.dimension(1);
	}

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
	public static BestThreshold bestThreshold(final Path truth,
		final Path results) throws IOException
	{
		final List<Path> probabilities = files(results).stream().filter(
			f -> FilePairs.stem(f).endsWith(PROBABILITY)).collect(Collectors
				.toList());
		final List<ArrayImg<IntType, IntArray>> truths = new ArrayList<>();
		final List<ArrayImg<FloatType, FloatArray>> images = new ArrayList<>();
		for (final Path file : probabilities) {
			final String name = FilePairs.stem(file).replaceFirst(PROBABILITY + "$",
				"");
			final Path expected = files(truth).stream().filter(f -> FilePairs.key(f)
				.equals(name)).findFirst().orElseThrow(
					() -> new IllegalArgumentException("There is no truth for " + file +
						"; it should be called " + name + "."));
			final List<ArrayImg<IntType, IntArray>> labels = LabelFile.open(expected)
				.slices();
			final List<ArrayImg<FloatType, FloatArray>> found = slices(file);
			checkSizes(name, labels, found, "probability");
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

	private static List<Path> labelFiles(final Path folder) throws IOException {
		final List<Path> all = files(folder);
		final List<Path> labels = all.stream().filter(f -> FilePairs.stem(f)
			.endsWith("_labels")).collect(Collectors.toList());
		return labels.isEmpty() ? all : labels;
	}

	private static List<Path> files(final Path folder) throws IOException {
		return FilePairs.list(folder, ImageFiles::hasImageName);
	}

	/** Only some of the true labels may have been segmented. */
	private static List<Path> withResult(final List<Path> truths,
		final List<Path> results)
	{
		final List<String> keys = results.stream().map(FilePairs::key).collect(
			Collectors.toList());
		return truths.stream().filter(t -> keys.contains(FilePairs.key(t))).collect(
			Collectors.toList());
	}

	/**
	 * A mask has the objects that its pixels form; so have instances, each for
	 * itself. The whole file tells which it is, since a slice of instances may
	 * hold but one.
	 */
	private static List<ArrayImg<IntType, IntArray>> objects(final Path file)
		throws IOException
	{
		final List<ArrayImg<IntType, IntArray>> slices = LabelFile.open(file)
			.slices();
		if (!isMask(slices)) return slices;
		return slices.stream().map(slice -> ConnectedComponents.ofMask(slice,
			Connectivity.FACES)).collect(Collectors.toList());
	}

	private static boolean isMask(
		final List<ArrayImg<IntType, IntArray>> slices)
	{
		return slices.stream().flatMapToInt(slice -> Arrays.stream(slice.update(
			null).getCurrentStorageArray()).filter(label -> label > 0).distinct())
			.distinct().limit(2).count() < 2;
	}

	private static Row row(final String name,
		final ArrayImg<IntType, IntArray> truth,
		final ArrayImg<IntType, IntArray> result, final Detection detection,
		final Seg seg)
	{
		final ForegroundRestricted topology = ForegroundRestricted.of(truth,
			result);
		return new Row(name, PixelError.ofMasks(truth, result), IoU.ofMasks(truth,
			result), topology.vRand(), topology.vInfo(), seg.score(), detection
				.averagePrecision(), detection.f1(), detection.truePositives() +
					detection.falseNegatives(), detection.truePositives() + detection
						.falsePositives(), detection.countError());
	}

	private static Row all(final List<Row> rows, final Detection detections,
		final Seg seg)
	{
		final double[] values = new double[COLUMNS.size()];
		Arrays.setAll(values, i -> rows.stream().mapToDouble(row -> row.values[i])
			.filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN));
		values[COLUMNS.indexOf("SEG")] = seg.score();
		values[COLUMNS.indexOf("AP")] = detections.averagePrecision();
		values[COLUMNS.indexOf("F1")] = detections.f1();
		values[COLUMNS.indexOf("objects_true")] = detections.truePositives() +
			detections.falseNegatives();
		values[COLUMNS.indexOf("objects_found")] = detections.truePositives() +
			detections.falsePositives();
		values[COLUMNS.indexOf("count_error")] = detections.countError();
		return new Row("all", values);
	}

	/** @return the rows as comma-separated values with a header */
	public static String toCsv(final List<Row> rows) {
		final StringBuilder csv = new StringBuilder("image," + String.join(",",
			COLUMNS) + "\n");
		for (final Row row : rows)
			csv.append(row.name).append(',').append(Arrays.stream(row.values)
				.mapToObj(v -> String.format(Locale.ROOT, v == Math.rint(v) && Math.abs(
					v) < 1e9 ? "%.0f" : "%.4f", v)).collect(Collectors.joining(",")))
				.append('\n');
		return csv.toString();
	}
}
