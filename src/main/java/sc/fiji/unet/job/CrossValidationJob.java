
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import sc.fiji.unet.data.Folds;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.LabelValues;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.imagej.Comparison;
import sc.fiji.unet.job.ObjectScores.Truth;
import sc.fiji.unet.metrics.Detection;
import sc.fiji.unet.metrics.ForegroundRestricted;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.report.CrossValidationReport;
import sc.fiji.unet.train.TrainingLength;
import sc.fiji.unet.train.TrainingListener;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.train.TrainingResult;
import sc.fiji.unet.train.TrainingResult.Status;

/**
 * Cross-validation: parts the images into folds, and trains for each a model on
 * all other images, from which those held out for validation are drawn, too.
 * Then the model is tested on the fold, which it has neither learnt from nor
 * been chosen by. What was stopped or killed can go on, in the fold that it was
 * in. Holds the images as read as long as it runs. Can be run once.
 */
public final class CrossValidationJob {

	private final TrainingInput input;
	private final TrainingPlan plan;
	private final int wanted;
	private final FoldFiles files;
	private final NetworkFactory factory;
	private ExecutionConfig execution = ExecutionConfig.auto();
	private boolean overwrite;
	private boolean resume;
	private boolean rateTest;
	/** Null for trainings from scratch. */
	private StartModel start;
	private IntFunction<TrainingListener> listeners =
		fold -> new TrainingListener()
		{};
	private Consumer<String> said = sentence -> {};
	private BooleanSupplier cancelled = () -> false;

	/**
	 * @param input what to learn from, and to test on
	 * @param plan how to train each model
	 * @param folds number of folds, 2 or more; fewer are made where there are
	 *          fewer groups of images
	 * @param folder where models and scores go; made if need be
	 */
	public CrossValidationJob(final TrainingInput input, final TrainingPlan plan,
		final int folds, final Path folder, final NetworkFactory factory)
	{
		this.input = input;
		this.plan = plan;
		wanted = folds;
		files = new FoldFiles(folder);
		this.factory = factory;
	}

	/** @param value where to compute; the precision is the plan's */
	public CrossValidationJob execution(final ExecutionConfig value) {
		execution = value;
		return this;
	}

	/** @param value whether what an earlier one has written may be replaced */
	public CrossValidationJob overwrite(final boolean value) {
		overwrite = value;
		return this;
	}

	/** @param value whether to go on with one that was not finished */
	public CrossValidationJob resume(final boolean value) {
		resume = value;
		return this;
	}

	/** @param value as {@link TrainJob#rateTest}, in each fold */
	public CrossValidationJob rateTest(final boolean value) {
		rateTest = value;
		return this;
	}

	/**
	 * @param value as {@link TrainJob#startFrom}, in each fold; it must not have
	 *          learnt from the images, or scores are too good
	 */
	public CrossValidationJob startFrom(final StartModel value) {
		start = value;
		return this;
	}

	/**
	 * @param value gives who hears of the training of a fold, from 0; messages
	 *          included
	 */
	public CrossValidationJob listeners(
		final IntFunction<TrainingListener> value)
	{
		listeners = value;
		return this;
	}

	/** @param value hears of the folds, in sentences */
	public CrossValidationJob said(final Consumer<String> value) {
		said = value;
		return this;
	}

	/** @param query asked after every batch and tile; true ends it */
	public CrossValidationJob cancelled(final BooleanSupplier query) {
		cancelled = query;
		return this;
	}

	/**
	 * Checks whether the job may write where it is told to; nothing is changed.
	 *
	 * @param folder where models and scores go
	 * @param folds number of folds
	 * @param overwrite whether what is there may be replaced
	 * @param resume whether one that was not finished is to go on
	 * @throws IllegalArgumentException if it may not; says what to do
	 * @throws IOException if the place cannot be looked at
	 */
	public static void checkTarget(final Path folder, final int folds,
		final boolean overwrite, final boolean resume) throws IOException
	{
		new FoldFiles(folder).check(folds, overwrite, resume);
	}

	/** @return the summary for people, which is written last */
	public Path page() {
		return files.page();
	}

	/**
	 * Trains and tests; blocks until done.
	 *
	 * @throws IllegalArgumentException if images, labels or settings cannot be
	 *           used, or files are in the way; nothing has been started then
	 * @throws CancellationException if it was cancelled; it can be resumed
	 * @throws IOException if a file cannot be read or written, or a training
	 *           diverges
	 * @throws sc.fiji.unet.network.NetworkException if the engine fails
	 */
	public CrossValidation run() throws IOException {
		files.check(wanted, overwrite, resume);
		final Folds folds = input.folds(wanted);
		final LabelValues labels = check(folds);
		final List<String> about = new ArrayList<>(input.images().warnings());
		about.add(labels.sentence());
		about.addAll(folds.sentences());
		about.addAll(cautions(labels));
		if (start != null) about.add(
			"Every training starts from a model; if that has learnt from any of these images, scores are too good.");
		about.add(length(folds));
		about.forEach(said);
		files.begin(description(folds, labels), folds.size(), resume);
		for (int fold = 0; fold < folds.size(); fold++)
			if (!files.isTested(fold)) run(fold, folds, labels);
		final CrossValidation result = CrossValidation.read(scores(folds.size()));
		FoldFiles.write(files.table(), result.toCsv());
		FoldFiles.write(files.page(), page(result, folds, about));
		said.accept(result.summary());
		return result;
	}

	private List<String> cautions(final LabelValues labels) {
		final List<String> cautions = new ArrayList<>();
		cautions.add(ScoreRemarks.sampleSize(input.images().samples().size(), input
			.images().files(input.images().samples().stream().map(RawSample::name)
				.collect(Collectors.toList()))));
		if (input.ignored().isPresent()) cautions.add("Pixels " + (input.images()
			.areDrawn() ? "" : "of label " + input.ignored().getAsInt() + " ") +
			"are ignored: false positives outside annotations not counted.");
		if (labels.kind() == LabelKind.MASK) cautions.add(
			"The truth is a mask: cells that touch are one region in it, so SEG, F1 and counts are of regions.");
		return cautions;
	}

	private List<Path> scores(final int folds) {
		return IntStream.range(0, folds).mapToObj(files::scores).collect(Collectors
			.toList());
	}

	/** What would fail in a late fold is to fail before the first one. */
	private LabelValues check(final Folds folds) {
		if (plan.network().outputSize() != null) throw new IllegalArgumentException(
			"The network resizes its output, so it cannot be tested on whole images; leave network.outputSize out of the plan.");
		final TrainingSet all = input.prepare(plan);
		for (int fold = 0; fold < folds.size(); fold++) {
			checkCancelled();
			final TrainingSet part = part(fold, folds, all.labels()).prepare(plan);
			final boolean classes = all.labels().kind() == LabelKind.CLASSES;
			if (classes && !Arrays.equals(all.labels().values(), part.labels()
				.values()) || all.plan().network().channels() != part.plan().network()
					.channels()) throw new IllegalArgumentException("Without fold " +
						(fold + 1) + " (" + String.join(", ", folds.test(fold)) +
						") the images have not all classes, or not all channels, so that these could not be learnt; use fewer folds, or other groups (groupby=none, --group-by none).");
		}
		return all.labels();
	}

	private TrainingInput part(final int fold, final Folds folds,
		final LabelValues labels)
	{
		return input.only(folds.rest(fold), labels.kind());
	}

	private String length(final Folds folds) {
		final TrainingLength length = plan.length();
		final int n = folds.size();
		return n + " folds of " + folds.sizes() + " images: " + n + " trainings" +
			(length.isTimed() ? " of " + time(length.minutes()) + " each" : "") +
			", one after the other" + (length.isTimed() ? ", about " + time(n * length
				.minutes()) + " in all" : "") + ", and some time to test the models.";
	}

	private static String time(final double minutes) {
		return minutes < 60 ? String.format(Locale.ROOT, "%.1f", minutes)
			.replaceFirst("\\.0$", "") + " min" : Seconds.inWords(60 * minutes);
	}

	/** What must be the same for one that goes on. */
	private List<String> description(final Folds folds,
		final LabelValues labels)
	{
		final List<String> lines = new ArrayList<>(Arrays.asList(
			"U-Net for Fiji: cross-validation", "labels " + labels.kind() + (input
				.ignored().isPresent() ? ", ignored " + input.ignored().getAsInt()
					: ""), input.validation() + (rateTest ? ", learning rate tested"
						: "")));
		for (int fold = 0; fold < folds.size(); fold++)
			lines.add("fold " + (fold + 1) + ": " + String.join(", ", folds.test(
				fold)));
		lines.addAll(Arrays.asList(plan.toJson().split("\\R")));
		return lines;
	}

	private void run(final int fold, final Folds folds, final LabelValues labels)
		throws IOException
	{
		final String name = "Fold " + (fold + 1) + " of " + folds.size();
		checkCancelled();
		if (!files.isTrained(fold)) {
			said.accept(name + ": training without " + String.join(", ", folds.test(
				fold)) + ".");
			train(fold, part(fold, folds, labels));
		}
		checkCancelled();
		final Evaluation evaluation = test(fold, folds, labels);
		FoldFiles.write(files.scores(fold), evaluation.toCsv());
		said.accept(name + ": " + CrossValidation.read(Arrays.asList(files.scores(
			fold))).scores(0) + " on " + folds.test(fold).size() +
			" images that the model has not seen.");
	}

	private void train(final int fold, final TrainingInput part)
		throws IOException
	{
		final TrainJob job = new TrainJob(part, plan, files.model(fold), factory)
			.execution(execution).overwrite(overwrite).resume(files.isUnfinished(
				fold)).rateTest(rateTest).startFrom(start).listener(listeners.apply(
					fold)).cancelled(cancelled).discarded(cancelled);
		final TrainingResult result = job.run();
		if (result.status() == Status.DIVERGED) throw new IOException("Fold " +
			(fold + 1) + ": " + result.message());
		if (!job.isWritten()) checkCancelled();
	}

	private void checkCancelled() {
		if (cancelled.getAsBoolean()) throw new CancellationException(
			"The cross-validation was stopped; it can go on (resume=true, --resume).");
	}

	private Evaluation test(final int fold, final Folds folds,
		final LabelValues labels) throws IOException
	{
		final ObjectTable objects = new ObjectTable(false);
		final boolean classes = labels.kind() == LabelKind.CLASSES;
		final ClassTable table = new ClassTable(Arrays.stream(labels.values())
			.mapToObj(Integer::toString).collect(Collectors.toList()));
		try (CompareJob job = CompareJob.open(files.model(fold), factory,
			execution))
		{
			job.run(input.images(), folds.test(fold), labels.kind(), input.ignored(),
				cancelled, c -> {
					if (classes) table.add(c.name(), c.truth(), c.prediction());
					else add(c, labels.kind() == LabelKind.MASK, objects);
				});
		}
		return classes ? table.evaluation() : objects.evaluation();
	}

	private static void add(final Comparison image, final boolean mask,
		final ObjectTable table)
	{
		table.add(ObjectScores.of(image.name(), mask ? Truth.REGIONS
			: Truth.OBJECTS, image.objects(), image.prediction(), Detection.IOU),
			ForegroundRestricted.of(image.objects(), image.prediction()));
	}

	private String page(final CrossValidation result, final Folds folds,
		final List<String> about)
	{
		final CrossValidationReport report = new CrossValidationReport(result
			.summary(), about, result.scores().values());
		final int[] columns = result.scores().keySet().stream().mapToInt(result
			.columns()::indexOf).toArray();
		for (final Evaluation.Row row : result.rows()) {
			final double[] values = row.values();
			report.row(row.name(), Arrays.stream(columns).mapToDouble(c -> values[c])
				.toArray());
		}
		for (int fold = 0; fold < folds.size(); fold++)
			report.fold(files.model(fold).getFileName().toString().replace(".zip",
				""), folds.test(fold));
		return report.toHtml();
	}
}
