
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.imagej.ObjectsFile;
import sc.fiji.unet.imagej.ResultKind;
import sc.fiji.unet.imagej.SummaryFile;
import sc.fiji.unet.job.ExistingResults.Plan;
import sc.fiji.unet.model.InstalledModels;
import sc.fiji.unet.model.ModelCard;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.network.NetworkLostException;

/**
 * Segments images one after the other, with one network, and writes the results
 * of each when it is done. An image that cannot be used does not keep the
 * others from it. What was stopped or killed goes on with
 * {@link Existing#SKIP}. Can be run once.
 */
public final class FolderJob {

	private final FolderTask task;
	private final NetworkFactory factory;
	private BooleanSupplier cancelled = () -> false;
	private FolderListener listener = new FolderListener() {};

	/** Set when the job runs. */
	private Path model;
	private Set<ResultKind> kinds;
	private Map<String, String> settings;
	private ResultRecords records;
	/** Null where no tables are wanted. */
	private SummaryFile summary;
	private ExistingResults there;
	private FolderReport report;
	/** Null while there is no network. */
	private SegmentJob network;
	/** Image that the last network died of; null if it did not. */
	private String lostAt;

	/** @param task what to do */
	public FolderJob(final FolderTask task, final NetworkFactory factory) {
		this.task = task;
		this.factory = factory;
	}

	/** @param query asked for each image and each tile; true ends the job */
	public FolderJob cancelled(final BooleanSupplier query) {
		cancelled = query;
		return this;
	}

	/** @param value hears how it goes */
	public FolderJob listener(final FolderListener value) {
		listener = value;
		return this;
	}

	/**
	 * Segments the images. Blocks until done. Once the first image is begun, a
	 * report is written in any case.
	 *
	 * @throws IllegalArgumentException if something cannot be meant, or is in the
	 *           way; nothing has been written then
	 * @throws IOException if the model cannot be used, or the records of the
	 *           results not be read or written
	 * @throws NetworkLostException if the process that computes died at two
	 *           images in a row
	 * @throws CancellationException if {@code cancelled} says so
	 */
	public FolderResult run() throws IOException {
		final FolderImages found = FolderImages.find(task);
		model = InstalledModels.here().find(task.model()).path();
		final ModelDescription description = ModelPackage.describe(model);
		task.settings().check(description);
		kinds = task.results(description);
		settings = settings(description);
		if (!found.passedOver().isEmpty()) listener.message("Passed over: " + String
			.join(", ", found.passedOver()) + ".");
		report = new FolderReport(task, settings, kinds, found.images().size());
		try {
			look(found);
			if (there.plans().values().stream().anyMatch(plan -> plan != Plan.NONE))
				open();
			Files.createDirectories(task.output());
			try (FolderLock lock = FolderLock.of(task.output(), listener::message)) {
				// Anew: until now another program may have written results.
				look(found);
				there.sentences().forEach(listener::message);
				return segmentAndReport(found);
			}
		}
		finally {
			close();
		}
	}

	/** Reads what is there already; writes nothing. */
	private void look(final FolderImages found) throws IOException {
		records = ResultRecords.read(task.output());
		final boolean overwrite = task.existing() == Existing.OVERWRITE;
		if (kinds.contains(ResultKind.TABLE)) {
			ObjectsFile.check(task.output(), overwrite);
			summary = SummaryFile.in(task.output(), overwrite);
		}
		there = new ExistingResults(found.images(), records, task.output(),
			settings, kinds, summary, task.existing());
	}

	/** All that makes results the same or not. */
	private Map<String, String> settings(final ModelDescription description)
		throws IOException
	{
		final Map<String, String> all = new LinkedHashMap<>();
		all.put("model", description.name());
		all.put("modelSha256", ModelPackage.sha256(model));
		all.putAll(task.settings().texts());
		all.put("precision", task.precision());
		return all;
	}

	private FolderResult segmentAndReport(final FolderImages found)
		throws IOException
	{
		try {
			found.unreadable().forEach(this::fail);
			segmentAll(there.plans());
			writeObjects();
		}
		catch (final CancellationException e) {
			reportEnd("cancelled", "", e);
			throw e;
		}
		catch (final IOException | RuntimeException | Error e) {
			reportEnd("stopped", Failure.sentence(e), e);
			throw e;
		}
		report.write(task.output(), "finished", "");
		return report.result();
	}

	/** Why the job ended counts more than a report that cannot be written. */
	private void reportEnd(final String status, final String reason,
		final Throwable end)
	{
		try {
			report.write(task.output(), status, reason);
			// So that it has the images that are in the summary.
			writeObjects();
		}
		catch (final IOException e) {
			end.addSuppressed(e);
		}
	}

	private void writeObjects() throws IOException {
		if (summary == null) return;
		final List<Path> tables = records.tables();
		if (!tables.isEmpty()) ObjectsFile.write(task.output(), tables);
	}

	private void segmentAll(final Map<FolderImage, Plan> plans)
		throws IOException
	{
		int number = 0;
		for (final Map.Entry<FolderImage, Plan> e : plans.entrySet()) {
			if (cancelled.getAsBoolean()) throw new CancellationException();
			number++;
			if (e.getValue() == Plan.NONE) report.skipped(e.getKey().shown(), records
				.get(e.getKey()).seconds());
			else segmentIfPossible(e.getKey(), e.getValue(), number, plans.size());
		}
	}

	private void segmentIfPossible(final FolderImage image, final Plan plan,
		final int number, final int images) throws IOException
	{
		try {
			segment(image, plan, number, images);
			lostAt = null;
		}
		catch (final CancellationException e) {
			throw e;
		}
		catch (final NetworkLostException e) {
			lose(image, e);
		}
		catch (final IOException | OutOfMemoryError e) {
			fail(image.shown(), Failure.sentence(e));
		}
		catch (final RuntimeException e) {
			if (Failure.isBug(e)) throw e;
			fail(image.shown(), Failure.sentence(e));
		}
	}

	private void segment(final FolderImage image, final Plan plan,
		final int number, final int images) throws IOException
	{
		final long start = System.nanoTime();
		final String name = image.shown();
		final Set<ResultKind> missing = there.missing(image);
		final ResultRecord record = new ResultRecord(image, settings, missing);
		record.keep(records.get(image));
		final ImageInput input = ImageInput.of(ImageFiles.open(image.file(), image
			.series()), task.settings().channels());
		input.warnings().forEach(sentence -> warn(name, sentence));
		if (network == null) open();
		listener.message(name, network.scaling(input));
		final SegmentResult result = network.warnings(sentence -> warn(name,
			sentence)).run(input, cancelled, (done, tiles) -> listener.tiles(name,
				number, images, done, tiles));
		records.begin(record);
		record.written(new ImageResults(missing, summary).write(image, input,
			result, network, plan == Plan.REPLACE), seconds(start));
		records.end(record);
		report.segmented(name, record.seconds(), result.objects());
		listener.message(name, result.objects() + (result.objects() == 1 ? " object"
			: " objects"));
	}

	private static double seconds(final long start) {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) / 1000.0;
	}

	private void warn(final String image, final String sentence) {
		report.warning(image, sentence);
		listener.message(image, sentence);
	}

	private void fail(final String image, final String reason) {
		report.failed(image, reason);
		listener.failed(image, reason);
	}

	private void open() throws IOException {
		network = SegmentJob.open(model, factory, task.execution());
		task.settings().applyTo(network);
		network.probabilities(kinds.contains(ResultKind.PROBABILITIES)).classMasks(
			kinds.contains(ResultKind.CLASSES));
		report.device(network.device());
		listener.message(ModelCard.line(network.model()) + " on " + network
			.device());
	}

	private void close() {
		if (network != null) network.close();
		network = null;
	}

	/** The next image gets a new network. */
	private void lose(final FolderImage image, final NetworkLostException e) {
		close();
		fail(image.shown(), Failure.sentence(e));
		if (lostAt != null) throw new NetworkLostException(
			"The process that computes was lost at two images in a row, " + lostAt +
				" and " + image.shown() + ". " + e.getMessage() +
				" Most often memory is short: close other programs, or take smaller images out. What is done stays; go on with existing=skip or --skip-existing.",
			e);
		lostAt = image.shown();
	}
}
