
package sc.fiji.unet.command;

import ij.IJ;

import java.io.File;
import java.io.IOException;
import java.util.Locale;
import java.util.function.UnaryOperator;

import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.plugin.Parameter;

import sc.fiji.unet.data.GroupRule;
import sc.fiji.unet.job.PlanFile;
import sc.fiji.unet.job.PreviewJob;
import sc.fiji.unet.job.StartModel;
import sc.fiji.unet.job.ThisMachine;
import sc.fiji.unet.job.TrainingImages;
import sc.fiji.unet.job.TrainingInput;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.train.Machine;
import sc.fiji.unet.train.Preset;
import sc.fiji.unet.train.TrainingLength;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.worker.Engine;

/** A command that is given images with labels, and how to learn from them. */
abstract class TrainingCommand extends LabelledImagesCommand {

	@Parameter(label = "Held out for validation (% of images)", min = "0",
		max = "90", persist = false)
	private double validation = 20;

	@Parameter(label = "Series of images (auto, none, or beginnings of names)",
		persist = false)
	private String groupby = "auto";

	@Parameter(label = "Preset", choices = { "auto", "fast", "paper",
		"notebook" }, persist = false)
	private String preset = "auto";

	@Parameter(label = "Plan file or model (empty: preset)", style = "open",
		required = false, persist = false)
	private File plan;

	@Parameter(label = "Start from model (.zip; empty: from scratch)",
		style = "open", required = false, persist = false)
	private File from;

	@Parameter(label = "Other settings (key: value, ...)", required = false,
		persist = false)
	private String settings = "";

	@Parameter(label = "Seed", persist = false)
	private long seed = 1;

	/** Null until settings are asked for, and without a model. */
	private StartModel startModel;

	private final DataLook look = new DataLook("Training data", cancelled -> {
		checkEntered();
		final TrainingPlan entered = settings();
		return new PreviewJob(input(openImages(cancelled)), entered).machine(
			this::machine);
	});

	/** @return the machine to train on */
	final Machine machine() {
		return ThisMachine.facts(Engine.factory(), execution());
	}

	/** @return where to compute */
	ExecutionConfig execution() {
		return ExecutionConfig.auto();
	}

	/** What the button <i>Check data</i> of a dialog calls by name. */
	final void checkData() {
		look.check();
	}

	/** What the button <i>Preview</i> of a dialog calls by name. */
	final void previewData() {
		look.preview();
	}

	/** Called when the dialog is closed: nobody waits for an answer any more. */
	final void endLook() {
		look.end();
	}

	/** Other fields of the dialog may still be empty. */
	private void checkEntered() {
		new CommandInputs(new CommandModule(new CommandInfo(getClass()), this))
			.checkValues();
		checkImagesEntered();
	}

	/** @return the plan, for any images; single settings overrule all else */
	final TrainingPlan settings() throws IOException {
		// In Fiji a macro would take "seed=3" within them for the key of its own.
		if (settings.indexOf('=') >= 0) throw new IllegalArgumentException(
			"settings=[" + settings +
				"] has an equals sign; write key: value and commas between several, such as learningRate: 0.01, target.border: 0.");
		startModel = from == null || from.getPath().isEmpty() ? null : StartModel
			.read(from.toPath());
		final TrainingPlan entered = start().with(settings);
		StartModel.check(startModel, entered);
		return entered;
	}

	/** @return model to start from, once there are settings; null: none */
	final StartModel startModel() {
		return startModel;
	}

	/** @return the plan without the single settings */
	TrainingPlan start() throws IOException {
		final UnaryOperator<TrainingPlan> change = startModel == null
			? UnaryOperator.identity() : startModel::onto;
		final TrainingPlan start = plan == null || plan.getPath().isEmpty() ? change
			.apply(Preset.of(preset).plan()) : PlanFile.read(plan.toPath(), change);
		if (start.length().isReplay() && start.seed() != seed) IJ.log(
			"The training that the plan comes from had the seed " + start.seed() +
				", but here it is " + seed + "; write seed=" + start.seed() +
				" to make the same network again.");
		return start.toBuilder().seed(seed).build();
	}

	/**
	 * @param start what the plan says
	 * @param minutes training time; 0 leaves the plan as it is
	 * @return the plan with this length
	 */
	final TrainingPlan withMinutes(final TrainingPlan start,
		final double minutes)
	{
		if (minutes == 0) return start;
		final TrainingLength own = start.length();
		final boolean same = own.isTimed() && own.minutes() == minutes;
		if (!same && plan != null && !plan.getPath().isEmpty()) IJ.log(
			"The training takes " + ParameterText.format(minutes) +
				" minutes, not what the plan says; write minutes=0 to go by the plan.");
		return start.toBuilder().length(TrainingLength.minutes(minutes)).build();
	}

	/**
	 * @param seconds NaN while they are not known
	 * @return the end of a line of progress, empty if they are not known
	 */
	static String timeLeft(final double seconds) {
		return Double.isNaN(seconds) ? "" : String.format(Locale.ROOT,
			", %.0f min left", Math.ceil(seconds / 60));
	}

	/** @return the images, opened */
	final TrainingInput input() throws IOException {
		// Before minutes go into opening.
		GroupRule.parse(groupby);
		return input(openImages());
	}

	private TrainingInput input(final TrainingImages opened) {
		return TrainingInput.of(opened).withLabels(labelKind(), ignored())
			.withValidation("", validation / 100).withGroups(GroupRule.parse(
				groupby));
	}
}
