
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
	 *         objects summed up, other scores averaged
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
			final List<ArrayImg<IntType, IntArray>> expected = LabelFile.open(pair
				.image()).slices();
			final List<ArrayImg<IntType, IntArray>> actual = LabelFile.open(pair
				.labels()).slices();
			if (expected.size() != actual.size()) throw new IllegalArgumentException(
				"'" + pair.name() + "' has " + expected.size() +
					" slices in the truth, but " + actual.size() + " in the result.");
			for (int i = 0; i < expected.size(); i++) {
				final ArrayImg<IntType, IntArray> objects = objects(expected.get(i));
				final ArrayImg<IntType, IntArray> found = objects(actual.get(i));
				final Detection detection = Detection.of(objects, found);
				final Seg overlap = Seg.of(objects, found);
				detections = detections == null ? detection : detections.plus(
					detection);
				seg = seg == null ? overlap : seg.plus(overlap);
				rows.add(row(expected.size() == 1 ? pair.name() : pair.name() + "-" +
					(i + 1), objects, found, detection, overlap));
			}
		}
		rows.add(all(rows, detections, seg));
		return rows;
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
			truths.addAll(LabelFile.open(expected).slices());
			images.addAll(slices(file));
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
		final List<ArrayImg<FloatType, FloatArray>> slices = new ArrayList<>();
		for (int t = 1; t <= input.frames(); t++)
			for (int z = 1; z <= input.slices(); z++) {
				final float[] values = input.slice(z, t).update(null)
					.getCurrentStorageArray();
				final long[] size = input.slice(z, t).dimensionsAsLongArray();
				slices.add(ArrayImgs.floats(values, size[0], size[1]));
			}
		return slices;
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
	 * itself.
	 */
	private static ArrayImg<IntType, IntArray> objects(
		final ArrayImg<IntType, IntArray> labels)
	{
		return isMask(labels) ? ConnectedComponents.ofMask(labels,
			Connectivity.FACES) : labels;
	}

	private static boolean isMask(final ArrayImg<IntType, IntArray> labels) {
		int value = 0;
		for (final int label : labels.update(null).getCurrentStorageArray()) {
			if (label > 0 && value > 0 && label != value) return false;
			value = Math.max(value, label);
		}
		return true;
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
		for (final Row row : rows)
			for (int i = 0; i < values.length; i++)
				values[i] += row.values[i] / rows.size();
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
