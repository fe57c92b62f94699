
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.RatePlot;
import sc.fiji.unet.imagej.WholeFile;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.train.RateRange;
import sc.fiji.unet.train.RateRangeResult;
import sc.fiji.unet.train.RateRangeTest;
import sc.fiji.unet.train.TrainingPlan;

/**
 * The learning rate range test on images with labels, with a network that is
 * made for it and thrown away. On request it leaves the plot as PNG and, beside
 * it under the same name, the losses as CSV.
 */
public final class RangeTestJob {

	private static final String PNG = ".png";

	/** Null once it is not needed any more. */
	private TrainingInput input;
	private final TrainingPlan plan;
	private final RateRange range;
	private final NetworkFactory factory;
	/** Null for a network from scratch. */
	private StartModel start;
	private ExecutionConfig execution = ExecutionConfig.auto();
	/** Null where nothing is to be written. */
	private Path output;
	private boolean overwrite;
	private BooleanSupplier cancelled = () -> false;
	private RateRangeTest.Progress progress = (updates, total, rate, loss) -> {};
	private Consumer<String> listener = sentence -> {};

	/**
	 * @param input what to learn from
	 * @param plan what will be trained; channels, classes and the kind of labels
	 *          are taken from the images, its learning rate does not count
	 */
	public RangeTestJob(final TrainingInput input, final TrainingPlan plan,
		final RateRange range, final NetworkFactory factory)
	{
		this.input = input;
		this.plan = plan;
		this.range = range;
		this.factory = factory;
	}

	/** @param value where to compute; the precision is the plan's */
	public RangeTestJob execution(final ExecutionConfig value) {
		execution = value;
		return this;
	}

	/**
	 * @param value model that the weights come from, the one of the plan; null:
	 *          none
	 */
	public RangeTestJob startFrom(final StartModel value) {
		start = value;
		return this;
	}

	/**
	 * @param plot file to write, ending in .png; null writes nothing
	 * @param replace whether existing files may be replaced
	 */
	public RangeTestJob output(final Path plot, final boolean replace) {
		output = plot;
		overwrite = replace;
		return this;
	}

	/**
	 * @param query asked before every batch; true ends the test with what has
	 *          been found so far
	 */
	public RangeTestJob cancelled(final BooleanSupplier query) {
		cancelled = query;
		return this;
	}

	/** @param value hears of every update */
	public RangeTestJob progress(final RateRangeTest.Progress value) {
		progress = value;
		return this;
	}

	/** @param value hears what the user should know, in sentences */
	public RangeTestJob listener(final Consumer<String> value) {
		listener = value;
		return this;
	}

	/**
	 * Checks whether the files can be written; nothing is changed.
	 *
	 * @param plot file to write; null checks nothing
	 * @throws IllegalArgumentException if they cannot; says what to do
	 */
	public static void checkOutput(final Path plot, final boolean overwrite) {
		if (plot == null) return;
		if (!plot.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(PNG))
			throw new IllegalArgumentException("Plot '" + plot +
				"' must have a name that ends in .png; the table goes beside it.");
		final Path folder = plot.toAbsolutePath().getParent();
		if (!Files.isDirectory(folder)) throw new IllegalArgumentException(
			"There is no folder '" + folder +
				"' for the plot; make it, or name another one.");
		for (final Path file : new Path[] { plot, table(plot) })
			if (!overwrite && Files.exists(file)) throw new IllegalArgumentException(
				"'" + file +
					"' exists already; choose another name, or allow overwriting (overwrite=true, --overwrite).");
	}

	/** @return the file of the losses that belongs to the file of a plot */
	public static Path table(final Path plot) {
		final String name = plot.getFileName().toString();
		return plot.resolveSibling(name.substring(0, name.length() - PNG.length()) +
			".csv");
	}

	/**
	 * Tests and writes; blocks until done. Can be called once. Where there was
	 * not even a second update, nothing is written, since there is nothing to be
	 * seen.
	 *
	 * @throws IllegalArgumentException if images, labels or settings cannot be
	 *           used; nothing has been started then
	 * @throws IOException if a file cannot be read or written
	 * @throws sc.fiji.unet.network.NetworkException if the engine fails
	 */
	public RateRangeResult run() throws IOException {
		checkOutput(output, overwrite);
		StartModel.check(start, plan);
		final TrainingSet set = input.prepare(plan, () -> ThisMachine.facts(factory,
			execution)).startingFrom(start);
		// As read, the images would double the memory that the test takes.
		input = null;
		set.sentences().forEach(listener);
		set.reasons().forEach(listener);
		final RateRangeResult result = test(set);
		listener.accept(result.message());
		if (output != null && result.curve().updates() > 1) write(result);
		return result;
	}

	private RateRangeResult test(final TrainingSet set) throws IOException {
		final TrainingPlan complete = set.plan();
		try (TrainableNetwork network = factory.create(complete.network(), complete
			.optimizer(), execution.withPrecision(complete.precision()), complete
				.seed()))
		{
			listener.accept(complete.network() + " on " + network.device() + ".");
			if (start != null) start.takeOver(network);
			return new RateRangeTest(complete, network, set.samples(), range)
				.cancelled(cancelled).progress(progress).run();
		}
	}

	private void write(final RateRangeResult result) throws IOException {
		final Path table = table(output);
		WholeFile.write(table, overwrite, out -> out.write(result.curve().toCsv()
			.getBytes(StandardCharsets.UTF_8)));
		if (RatePlot.isPossible(result.curve())) {
			ImageFiles.save(RatePlot.of(result.curve()), output, overwrite);
			listener.accept("Plot and table saved: " + output.toAbsolutePath() +
				" and " + table.getFileName() + ".");
		}
		else listener.accept("Table saved: " + table.toAbsolutePath() +
			". There is no plot, because Java finds no fonts; install fontconfig and a font such as DejaVu Sans.");
	}
}
