
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import sc.fiji.unet.imagej.WholeFile;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.train.TrainingPlan;

/**
 * Derives what a training would do from images and machine, without training,
 * and writes it to a file on request.
 */
public final class PlanJob {

	private static final String JSON = ".json";

	private final TrainingInput input;
	private final TrainingPlan plan;
	private final NetworkFactory factory;
	private ExecutionConfig execution = ExecutionConfig.auto();
	/** Null where nothing is to be written. */
	private Path output;
	private boolean overwrite;
	/** Null for a training from scratch. */
	private StartModel start;

	/**
	 * @param input what is to be learnt from
	 * @param plan what is given, and what is left open
	 */
	public PlanJob(final TrainingInput input, final TrainingPlan plan,
		final NetworkFactory factory)
	{
		this.input = input;
		this.plan = plan;
		this.factory = factory;
	}

	/** @param value where to compute */
	public PlanJob execution(final ExecutionConfig value) {
		execution = value;
		return this;
	}

	/**
	 * @param file plan to write, ending in .json; null writes nothing
	 * @param replace whether an existing file may be replaced
	 */
	public PlanJob output(final Path file, final boolean replace) {
		output = file;
		overwrite = replace;
		return this;
	}

	/** @param value model that the training starts from; null: none */
	public PlanJob startFrom(final StartModel value) {
		start = value;
		return this;
	}

	/** The plan, with nothing left open, and what there is to say of it. */
	public static final class Result {

		private final TrainingPlan plan;
		private final List<String> sentences;

		private Result(final TrainingSet set) {
			plan = set.plan();
			final List<String> all = new ArrayList<>(set.sentences());
			all.addAll(set.reasons());
			sentences = Collections.unmodifiableList(all);
		}

		/** @return the plan to train with */
		public TrainingPlan plan() {
			return plan;
		}

		/** @return what was found in the images, and each decision's reason */
		public List<String> sentences() {
			return sentences;
		}
	}

	/**
	 * Checks, before images are opened, whether the file can be written; nothing
	 * is changed.
	 *
	 * @param file plan to write; null checks nothing
	 * @throws IllegalArgumentException if it cannot; says what to do
	 */
	public static void checkOutput(final Path file, final boolean overwrite) {
		if (file == null) return;
		if (!file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(JSON))
			throw new IllegalArgumentException("Plan file '" + file +
				"' must have a name that ends in .json.");
		final Path folder = file.toAbsolutePath().getParent();
		if (!Files.isDirectory(folder)) throw new IllegalArgumentException(
			"There is no folder '" + folder +
				"' for the plan; make it, or name another one.");
		if (!overwrite && Files.exists(file)) throw new IllegalArgumentException(
			"Plan file '" + file +
				"' exists already; choose another name, or allow overwriting (--overwrite).");
	}

	/**
	 * @throws IllegalArgumentException if images, labels or settings cannot be
	 *           used; lists what is wrong
	 * @throws IOException if the file cannot be written
	 */
	public Result run() throws IOException {
		checkOutput(output, overwrite);
		StartModel.check(start, plan);
		final Result result = new Result(input.prepare(plan, () -> ThisMachine
			.facts(factory, execution)).startingFrom(start));
		if (output != null) WholeFile.write(output, overwrite, out -> out.write(
			result.plan.toJson().getBytes(StandardCharsets.UTF_8)));
		return result;
	}
}
