
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import net.imglib2.Dimensions;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.LabelValues;
import sc.fiji.unet.imagej.ErrorPicture;
import sc.fiji.unet.job.ObjectScores.Truth;
import sc.fiji.unet.metrics.Detection;
import sc.fiji.unet.metrics.ForegroundRestricted;

/**
 * Compares results with the truth: files of two folders, or images in memory.
 * Not thread-safe.
 */
public final class EvaluateJob {

	/** Scores of objects: the columns of {@link Evaluation}, in order. */
	public static final List<String> COLUMNS = ObjectTable.COLUMNS;

	/** Receives a picture of what is right and wrong in each slice. */
	@FunctionalInterface
	public interface Pictures {

		/** @param name as in the table */
		void add(String name, ErrorPicture picture) throws IOException;
	}

	/** How far it has come. */
	@FunctionalInterface
	public interface Progress {

		/** @param name of the image that comes next */
		void image(String name, int done, int total);
	}

	/** Null where the images are in memory. */
	private final Path truthFolder;
	private final Path resultsFolder;
	private final EvaluatedImage pair;
	private LabelKind kind = LabelKind.AUTO;
	private OptionalInt ignore = OptionalInt.empty();
	private double iou = Detection.IOU;
	private boolean regions;
	private boolean thin;
	private Pictures pictures;
	private Progress progress = (name, done, total) -> {};
	private BooleanSupplier cancelled = () -> false;

	private EvaluateJob(final Path truthFolder, final Path resultsFolder,
		final EvaluatedImage pair)
	{
		this.truthFolder = truthFolder;
		this.resultsFolder = resultsFolder;
		this.pair = pair;
	}

	/**
	 * @param truth folder of true labels, masks or classes
	 * @param results folder of results, each of which needs a truth; where there
	 *          are files named NAME_labels.tif, or for classes NAME_classes.tif,
	 *          those, else all images
	 */
	public static EvaluateJob ofFolders(final Path truth, final Path results) {
		return new EvaluateJob(truth, results, null);
	}

	/**
	 * @param name of the image
	 * @param truth labels (x, y) of each slice, as stored
	 * @param result the same of the result
	 */
	public static EvaluateJob ofImages(final String name,
		final List<ArrayImg<IntType, IntArray>> truth,
		final List<ArrayImg<IntType, IntArray>> result)
	{
		return new EvaluateJob(null, null, EvaluatedImage.of(name, truth, result));
	}

	/**
	 * @param value what label values mean; AUTO unless set: a mask where there is
	 *          one value besides 0, else instances
	 * @param ignored value of true pixels that count nowhere
	 */
	public EvaluateJob labels(final LabelKind value, final OptionalInt ignored) {
		kind = Objects.requireNonNull(value);
		ignore = ignored;
		return this;
	}

	/**
	 * @param value intersection over union that a match must exceed, 0.5 (unless
	 *          set) to below 1; classes have no matches
	 */
	public EvaluateJob iou(final double value) {
		iou = value;
		return this;
	}

	/**
	 * @param value whether every region of a mask is one object, so that merges
	 *          and splits can be counted: none of its cells touch
	 */
	public EvaluateJob regionsAreObjects(final boolean value) {
		regions = value;
		return this;
	}

	/**
	 * @param value whether the background of results is thinned to lines for
	 *          V_rand and V_info, as in the challenge ISBI 2012
	 */
	public EvaluateJob thin(final boolean value) {
		thin = value;
		return this;
	}

	/** @param receiver of pictures; without one, none are made */
	public EvaluateJob pictures(final Pictures receiver) {
		pictures = receiver;
		return this;
	}

	/** @param listener told before each image */
	public EvaluateJob progress(final Progress listener) {
		progress = listener;
		return this;
	}

	/** @param query asked before each slice */
	public EvaluateJob cancelled(final BooleanSupplier query) {
		cancelled = query;
		return this;
	}

	/**
	 * Compares; blocks until done.
	 *
	 * @return a row an image and slice, and a last one for all
	 * @throws IllegalArgumentException if a result has no truth, sizes differ, or
	 *           the labels cannot be what they are said to be
	 * @throws IOException if a file cannot be read
	 * @throws CancellationException if the query says so
	 */
	public Evaluation run() throws IOException {
		final List<EvaluatedImage> pairs = pair != null ? Collections.singletonList(
			pair) : EvaluatedImage.ofFolders(truthFolder, resultsFolder, kind);
		final LabelMeaning meaning = new LabelMeaning(kind, ignore);
		return kind == LabelKind.CLASSES ? classes(pairs, meaning) : objects(pairs,
			meaning);
	}

	/** What is done with the slices of an image. */
	@FunctionalInterface
	private interface Comparison {

		void compare(String name, ArrayImg<IntType, IntArray> truth,
			ArrayImg<IntType, IntArray> result) throws IOException;
	}

	private Evaluation objects(final List<EvaluatedImage> pairs,
		final LabelMeaning meaning) throws IOException
	{
		final ObjectTable table = new ObjectTable(regions);
		for (int i = 0; i < pairs.size(); i++) {
			progress.image(pairs.get(i).name(), i, pairs.size());
			final List<ArrayImg<IntType, IntArray>> truth = meaning.withoutIgnored(
				pairs.get(i).truth());
			meaning.checkMeaning(pairs.get(i).name(), truth);
			final Truth objects = meaning.objects(truth);
			compare(pairs.get(i).name(), meaning.instances(truth), meaning.instances(
				pairs.get(i).result()), (name, expected, actual) -> add(name, objects,
					expected, actual, table));
		}
		return table.evaluation().withRemarks(remarks(table, pairs.size()));
	}

	private void add(final String name, final Truth objects,
		final ArrayImg<IntType, IntArray> truth,
		final ArrayImg<IntType, IntArray> result, final ObjectTable table)
		throws IOException
	{
		final ObjectScores scores = ObjectScores.of(name, objects, truth, result,
			iou);
		table.add(scores, thin ? ForegroundRestricted.ofThinned(truth, result)
			: ForegroundRestricted.of(truth, result));
		if (pictures != null) pictures.add(name, ErrorPicture.ofObjects(truth,
			ObjectScores.objects(objects, truth, result), scores.errors()));
	}

	private List<String> remarks(final ObjectTable table, final int files) {
		final List<String> remarks = new ArrayList<>();
		remarks.add(ScoreRemarks.sampleSize(table.images().size(), files));
		remarks.addAll(ScoreRemarks.spread(table));
		remarks.add(ScoreRemarks.countError(table));
		remarks.addAll(ScoreRemarks.trivial(table));
		if (iou != Detection.IOU) remarks.add(
			"F1 and AP count matches with an intersection over union above " + iou +
				".");
		if (thin) remarks.add(
			"V_rand and V_info are those of results whose background was thinned.");
		remarks.addAll(ScoreRemarks.ignored(table.mean(ObjectScores::ignored)));
		if (regions) return remarks;
		ScoreRemarks.masks(table).forEach(sentence -> remarks.add(sentence +
			" Where no cells touch in the mask, write regions=true (--regions)."));
		return remarks;
	}

	/** Classes have no objects, and no borders. */
	private void checkThatAllCount() {
		final List<String> idle = new ArrayList<>();
		if (iou != Detection.IOU) idle.add("iou " + iou);
		if (regions) idle.add("regions");
		if (thin) idle.add("thin");
		if (!idle.isEmpty()) throw new IllegalArgumentException(String.join(", ",
			idle) +
			" would be without effect, since the labels are classes, which are scored pixel by pixel; leave it out, or say what the labels are (labelkind, --label-kind).");
	}

	private Evaluation classes(final List<EvaluatedImage> pairs,
		final LabelMeaning meaning) throws IOException
	{
		checkThatAllCount();
		final int[] values = classValues(pairs, meaning);
		final List<String> names = Arrays.stream(values).mapToObj(Integer::toString)
			.collect(Collectors.toList());
		final ClassTable table = new ClassTable(names);
		for (int i = 0; i < pairs.size(); i++) {
			progress.image(pairs.get(i).name(), i, pairs.size());
			compare(pairs.get(i).name(), LabelMeaning.indices(meaning.withoutIgnored(
				pairs.get(i).truth()), values), LabelMeaning.indices(pairs.get(i)
					.result(), values), (name, expected, actual) -> {
						table.add(name, expected, actual);
						if (pictures != null) pictures.add(name, ErrorPicture.ofClasses(
							expected, actual, names));
					});
		}
		return table.evaluation().withRemarks(List.of(ScoreRemarks.sampleSize(table
			.images().size(), pairs.size()))).withRemarks(ScoreRemarks.ofClasses(
				table)).withRemarks(List.of(background(values[0])));
	}

	/** @return values that occur in truth or results, ascending */
	private int[] classValues(final List<EvaluatedImage> pairs,
		final LabelMeaning meaning) throws IOException
	{
		final TreeSet<Integer> values = new TreeSet<>();
		for (final EvaluatedImage images : pairs) {
			checkCancelled();
			meaning.addValues(images, values);
		}
		if (values.size() > LabelValues.CLASS_LIMIT)
			throw new IllegalArgumentException("Truth and results have " + values
				.size() + " different values, more than " + LabelValues.CLASS_LIMIT +
				" classes; write labelkind=instances (--label-kind instances) if they number objects.");
		return values.stream().mapToInt(Integer::intValue).toArray();
	}

	/** The means leave the background out, so it matters which class it is. */
	private static String background(final int value) {
		if (value == 0) return "The class of value 0 is the background.";
		return "The value 0 occurs in no image, so the class of the smallest value, " +
			value +
			", was taken for the background, and is in no mean. If it is none, use the scores of each class.";
	}

	private void compare(final String name,
		final List<ArrayImg<IntType, IntArray>> truth,
		final List<ArrayImg<IntType, IntArray>> result, final Comparison what)
		throws IOException
	{
		checkSizes(name, truth, result, "result");
		for (int i = 0; i < truth.size(); i++) {
			checkCancelled();
			what.compare(truth.size() == 1 ? name : name + "-" + (i + 1), truth.get(
				i), result.get(i));
		}
	}

	private void checkCancelled() {
		if (cancelled.getAsBoolean()) throw new CancellationException(
			"The evaluation was cancelled.");
	}

	static void checkSizes(final String name,
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
}
