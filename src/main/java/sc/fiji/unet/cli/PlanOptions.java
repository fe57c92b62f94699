
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import picocli.CommandLine.Option;

import sc.fiji.unet.job.PlanFile;
import sc.fiji.unet.job.StartModel;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.train.Preset;
import sc.fiji.unet.train.TrainingPlan;

/** Options of every command that follows a training plan. */
final class PlanOptions {

	@Option(names = "--preset",
		description = "Settings to start from: fast, paper or notebook (default: fast).")
	private String preset;

	@Option(names = "--plan", paramLabel = "FILE",
		description = "Settings as JSON, or a model, whose training is then made again; other options overrule it.")
	private Path planFile;

	@Option(names = "--from", paramLabel = "MODEL.zip",
		description = "Start from the weights of this model: it decides on network and normalisation, whatever the channels and classes; the rest is as preset or plan.")
	private Path from;

	@Option(names = "--base",
		description = "Feature channels of the first level; each level doubles them.")
	private Integer base;

	@Option(names = "--depth", description = "Number of poolings.")
	private Integer depth;

	@Option(names = "--padding", description = "valid (as in the paper) or same.")
	private Padding padding;

	@Option(names = "--set", paramLabel = "KEY=VALUE",
		description = "Any setting of a plan file, such as learningRate=0.01 or target.w0=5; may be repeated, and overrules all else.")
	private List<String> settings = new ArrayList<>();

	/** Null until {@link #from} has been read, and without it. */
	private StartModel start;

	@Option(names = "--seed",
		description = "Seed of everything random (default: 1).")
	private Long seed;

	/**
	 * @param options of the command itself; single settings overrule them
	 * @return the plan; the patch size is made to fit the network
	 */
	TrainingPlan value(final UnaryOperator<TrainingPlan.Builder> options)
		throws IOException
	{
		if (preset != null && planFile != null) throw new IllegalArgumentException(
			"Give either --preset or --plan; a plan file may name its preset.");
		start = from == null ? null : StartModel.read(from);
		final UnaryOperator<TrainingPlan> change = start == null ? UnaryOperator
			.identity() : start::onto;
		final TrainingPlan before = planFile != null ? PlanFile.read(planFile,
			change) : change.apply(Preset.of(preset == null ? "fast" : preset)
				.plan());
		final TrainingPlan.Builder b = before.toBuilder().network(network(before
			.network())).fitPatchSize();
		if (seed != null) b.seed(seed);
		final TrainingPlan plan = options.apply(b).build().with(String.join(", ",
			settings));
		StartModel.check(start, plan);
		return plan;
	}

	/** @return model to start from, once there is a plan; null: none */
	StartModel start() {
		return start;
	}

	private UNetConfig network(final UNetConfig start) {
		final UNetConfig.Builder network = start.toBuilder();
		if (base != null || depth != null) network.baseAndDepth(base == null ? start
			.features()[0] : base, depth == null ? start.depth() : depth);
		// They are lists of one entry a level.
		if (depth != null && depth != start.depth()) network.kernel(null).pooling(
			null);
		if (padding != null) network.padding(padding);
		return network.build();
	}
}
