
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

import picocli.CommandLine.Option;

import sc.fiji.unet.job.PlanFile;
import sc.fiji.unet.job.StartModel;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.train.PlanBuilder;
import sc.fiji.unet.train.Preset;
import sc.fiji.unet.train.TrainingPlan;

/** Options of every command that follows a training plan. */
final class PlanOptions {

	@Option(names = "--preset",
		description = "Settings to start from: auto (what depends on images and machine is derived), fast, paper or notebook (default: auto).")
	private String preset;

	@Option(names = "--plan", paramLabel = "FILE",
		description = "Settings as JSON, or a model, whose training is then made again; other options overrule it.")
	private Path planFile;

	@Option(names = "--from", paramLabel = "MODEL.zip",
		description = "Start from the weights of this model, or of the installed one of this name: it decides on network and normalisation, whatever the channels and classes; the rest is as preset or plan.")
	private Path from;

	@Option(names = "--base",
		description = "Feature channels of the first level; each level doubles them.")
	private Integer base;

	@Option(names = "--depth", description = "Number of poolings.")
	private Integer depth;

	@Option(names = "--padding", description = "valid (as in the paper) or same.")
	private Padding padding;

	@Option(names = "--set", paramLabel = "KEY=VALUE",
		description = "Any setting of a plan file, such as learningRate=0.01 or target.border=0; may be repeated, and overrules all else.")
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
	TrainingPlan value(final UnaryOperator<PlanBuilder> options)
		throws IOException
	{
		if (preset != null && planFile != null) throw new IllegalArgumentException(
			"Give either --preset or --plan; a plan file may name its preset.");
		start = from == null ? null : StartModel.read(from);
		final UnaryOperator<TrainingPlan> change = start == null ? UnaryOperator
			.identity() : start::onto;
		final TrainingPlan before = planFile != null ? PlanFile.read(planFile,
			change) : change.apply((preset == null ? Preset.AUTO : Preset.of(preset))
				.plan());
		final PlanBuilder b = before.with(String.join(", ", network())).toBuilder();
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

	/** The options as settings, so that they are given and not derived. */
	private List<String> network() {
		final List<String> network = new ArrayList<>();
		if (base != null) network.add("network.base=" + base);
		if (depth != null) network.add("network.depth=" + depth);
		if (padding != null) network.add("network.padding=" + padding.name()
			.toLowerCase(Locale.ROOT));
		return network;
	}
}
