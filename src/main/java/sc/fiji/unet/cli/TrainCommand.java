
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.job.PlanFile;
import sc.fiji.unet.job.TrainJob;
import sc.fiji.unet.job.TrainingImages;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.train.Preset;
import sc.fiji.unet.train.TrainingLength;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.train.TrainingResult;
import sc.fiji.unet.worker.Engine;

/** Trains on folders. */
@Command(name = "train", mixinStandardHelpOptions = true, sortOptions = false, //
	description = {
		"Trains a U-Net on a folder of images and a folder of labels.", "",
		"Labels have the name of their image, with or without _mask, _masks, _label, _labels or _cp_masks. Values are",
		"either a mask (0 and another value), instances (one number an object) or classes (0, 1, 2, ...).",
		"Ctrl-C stops after the running step, writes the model so far and leaves MODEL.training to resume." }, //
	footer = { "", "Examples:",
		"  unet train --images img --labels lab --model cells.zip",
		"  unet train --images img --labels lab --model cells.zip --minutes 60 --exclude 07,12",
		"  unet train --images img --labels lab --model cells.zip --minutes 60 --resume" })
final class TrainCommand implements Callable<Integer> {

	@Option(names = "--images", required = true, paramLabel = "DIR",
		description = "Folder of the images.")
	private Path images;

	@Option(names = "--labels", required = true, paramLabel = "DIR",
		description = "Folder of the labels; may be the same.")
	private Path labels;

	@Option(names = "--model", required = true, paramLabel = "OUT.zip",
		description = "Model to write.")
	private Path model;

	@ArgGroup(exclusive = true)
	private Length length;

	/** How long to train. */
	private static final class Length {

		@Option(names = "--minutes",
			description = "Training time in minutes (default: as the preset; fast has 20).")
		private Double minutes;

		@Option(names = "--epochs",
			description = "Number of epochs instead; an epoch is 100 updates unless the plan says otherwise.")
		private Integer epochs;

		TrainingLength value() {
			return epochs != null ? TrainingLength.epochs(epochs) : TrainingLength
				.minutes(minutes);
		}
	}

	@Option(names = "--preset",
		description = "Settings to start from: fast, paper or notebook (default: fast).")
	private String preset;

	@Option(names = "--plan", paramLabel = "FILE",
		description = "Settings as JSON, or a model, whose training is then made again; other options overrule it.")
	private Path planFile;

	@Option(names = "--base",
		description = "Feature channels of the first level; each level doubles them.")
	private Integer base;

	@Option(names = "--depth", description = "Number of poolings.")
	private Integer depth;

	@Option(names = "--padding", description = "valid (as in the paper) or same.")
	private Padding padding;

	@Option(names = "--seed",
		description = "Seed of everything random (default: 1).")
	private Long seed;

	@Option(names = "--label-kind", defaultValue = "auto",
		description = "What label values mean: auto, mask, instances or classes (default ${DEFAULT-VALUE}).")
	private String labelKind;

	@Option(names = "--ignore", paramLabel = "VALUE",
		description = "Label value of pixels that count nowhere.")
	private Integer ignore;

	@Option(names = "--channels", defaultValue = "all",
		description = "Channels to use: all, or numbers such as 1,3 (default ${DEFAULT-VALUE}).")
	private String channels;

	@Option(names = "--exclude", paramLabel = "LIST", defaultValue = "",
		description = "Names of images to leave out, separated by commas.")
	private String exclude;

	@Option(names = "--validation-list", paramLabel = "LIST", defaultValue = "",
		description = "Names of images held out for validation, separated by commas.")
	private String validationList;

	@Option(names = "--validation", paramLabel = "PERCENT", defaultValue = "20",
		description = "Share of the images held out for validation without a list, in percent (default ${DEFAULT-VALUE}).")
	private double validation;

	@Option(names = "--resume",
		description = "Go on with a training that was stopped or killed.")
	private boolean resume;

	@Option(names = "--overwrite",
		description = "Replace the model, or an unfinished training, if there is one.")
	private boolean overwrite;

	@Mixin
	private ExecutionOptions execution;

	@Override
	public Integer call() throws IOException {
		TrainJob.checkTarget(model, overwrite, resume);
		final TrainingPlan plan = plan();
		final TrainJob job = new TrainJob(TrainingImages.ofFolders(images, labels,
			exclude, ChannelSelection.parse(channels)), plan, model, Engine.factory())
			.labels(LabelKind.of(labelKind), ignore == null ? OptionalInt.empty()
				: OptionalInt.of(ignore)).validation(validationList, validation / 100)
			.execution(execution.value()).resume(resume).overwrite(overwrite)
			.listener(new TrainingConsole());
		try (Interrupt interrupt = new Interrupt()) {
			return report(job.cancelled(interrupt::isRequested).run());
		}
	}

	private Integer report(final TrainingResult result) {
		if (result.status() == TrainingResult.Status.DIVERGED) {
			System.err.println("Error: " + result.message());
			return UNet.FAILED;
		}
		if (TrainJob.isTrained(result)) System.out.println("Model: " + model
			.toAbsolutePath());
		return result.status() == TrainingResult.Status.CANCELLED ? UNet.CANCELLED
			: 0;
	}

	private TrainingPlan plan() throws IOException {
		if (preset != null && planFile != null) throw new IllegalArgumentException(
			"Give either --preset or --plan; a plan file may name its preset.");
		final TrainingPlan start = planFile != null ? PlanFile.read(planFile)
			: Preset.of(preset == null ? "fast" : preset).plan();
		final TrainingPlan.Builder plan = start.toBuilder().network(network(start
			.network())).fitPatchSize();
		if (length != null) plan.length(length.value());
		if (seed != null) plan.seed(seed);
		return plan.precision(execution.precision(start.precision())).build();
	}

	private UNetConfig network(final UNetConfig start) {
		final UNetConfig.Builder network = start.toBuilder();
		if (base != null || depth != null) network.baseAndDepth(base == null ? start
			.features()[0] : base, depth == null ? start.depth() : depth).kernel(null)
			.pooling(null);
		if (padding != null) network.padding(padding);
		return network.build();
	}
}
