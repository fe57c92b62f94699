
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import ij.plugin.frame.Recorder;

import java.awt.GraphicsEnvironment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.event.EventService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.ModulePreprocessor;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.widget.InputHarvester;

import sc.fiji.unet.job.Failure;

/**
 * One run of a command in plain ImageJ: parameters from a macro or a dialog,
 * progress, the Escape key, and the results in windows.
 */
final class CommandRun {

	private static final int POLL_MILLIS = 50;
	private static final String ESCAPED = "Canceled with the Escape key.";

	private final Context context;
	private final Module module;
	private final Map<String, String> options;
	private final CommandInputs inputs;
	private volatile boolean harvested;
	private boolean escaped;
	/** For the recorder; null without. */
	private volatile String line;

	/**
	 * @param options of the macro; null to ask in a dialog
	 */
	CommandRun(final Context context, final Module module,
		final Map<String, String> options)
	{
		this.context = context;
		this.module = module;
		this.options = options;
		inputs = new CommandInputs(module);
	}

	/**
	 * Runs the command and shows its results. Blocks until done.
	 *
	 * @return false if the user has canceled
	 * @throws IllegalArgumentException if a key is unknown or a value impossible
	 * @throws CommandException if the command fails or gives up, with the reason
	 */
	boolean run() throws CommandException {
		try {
			return work();
		}
		finally {
			record();
		}
	}

	private boolean work() throws CommandException {
		inputs.setImage(WindowManager.getCurrentImage());
		if (options != null) inputs.set(options);
		inputs.resolve();
		try (ImageJStatus status = new ImageJStatus(context.getService(
			EventService.class)))
		{
			await(context.getService(ModuleService.class).run(module, preprocessors(),
				Collections.emptyList()), status);
		}
		if (escaped) return false;
		if (isCanceled()) return giveUp(((Cancelable) module).getCancelReason());
		showOutputs();
		return true;
	}

	/**
	 * SciJava's own steps, with the parameters in the place where Fiji asks for
	 * them: after the command's initializers.
	 */
	private List<ModulePreprocessor> preprocessors() {
		final List<ModulePreprocessor> before = new ArrayList<>();
		final List<ModulePreprocessor> after = new ArrayList<>();
		final PluginService plugins = context.getService(PluginService.class);
		for (final PluginInfo<PreprocessorPlugin> step : plugins.getPluginsOfType(
			PreprocessorPlugin.class))
			(step.getPriority() > InputHarvester.PRIORITY ? before : after).add(
				plugins.createInstance(step));
		before.add(new Harvest());
		before.addAll(after);
		return before;
	}

	private final class Harvest extends AbstractPreprocessorPlugin {

		@Override
		public void process(final Module unused) {
			try {
				if (options == null) ask();
				else inputs.checkComplete();
			}
			catch (final IllegalArgumentException e) {
				cancel(e.getMessage());
			}
			IJ.resetEscape();
			harvested = true;
		}

		private void ask() {
			inputs.checkImage();
			final RememberedPaths paths = new RememberedPaths(inputs);
			paths.fill();
			if (module.getDelegateObject() instanceof DialogDefaults)
				((DialogDefaults) module.getDelegateObject()).setDialogDefaults();
			final boolean nothingToAsk = inputs.shown().isEmpty();
			if (nothingToAsk || new CommandDialog(inputs).show()) {
				paths.remember();
				line = line();
			}
			else {
				// Else a macro would do what was not done.
				Recorder.disableCommandRecording();
				cancel("");
			}
		}
	}

	/**
	 * ImageJ itself would put a warning below a line with other letters than
	 * those of English, with which it is no macro any more, and brackets around
	 * values that have brackets of their own.
	 *
	 * @return line that does the same again; null if nothing is to be recorded
	 */
	private String line() {
		if (!IJ.recording() || Recorder.getCommand() == null) return null;
		for (final String[] text : inputs.texts())
			if (!MacroOptions.canQuote(text[1])) return "// " + module.getInfo()
				.getTitle() + " cannot be recorded: " + text[0] +
				" has a single bracket and an apostrophe.\n";
		final String keys = inputs.texts().stream().map(text -> text[0] + "=" +
			MacroOptions.quote(text[1])).collect(Collectors.joining(" "));
		return (Recorder.scriptMode() ? "IJ." : "") + "run(\"" + module.getInfo()
			.getTitle() + "\", \"" + Recorder.fixString(keys) + "\");\n";
	}

	/**
	 * In the end, as ImageJ does, for until then it records no change of the
	 * active image. Meanwhile a person may have begun something else.
	 */
	private void record() {
		if (line == null) return;
		Recorder.recordString(line);
		if (module.getInfo().getTitle().equals(Recorder.getCommand())) Recorder
			.disableCommandRecording();
	}

	private void await(final Future<?> future, final ImageJStatus status)
		throws CommandException
	{
		while (true) {
			try {
				future.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
				return;
			}
			catch (final TimeoutException e) {
				if (harvested && !escaped && IJ.escapePressed()) cancel(status);
			}
			catch (final InterruptedException e) {
				cancel(status);
				Thread.currentThread().interrupt();
				return;
			}
			catch (final ExecutionException e) {
				if (escaped) return;
				final Throwable cause = CommandErrors.cause(e);
				throw new CommandException(Failure.sentence(cause), cause);
			}
		}
	}

	private void cancel(final ImageJStatus status) {
		escaped = true;
		IJ.showStatus("Canceling " + module.getInfo().getTitle() + "...");
		if (module instanceof Cancelable) ((Cancelable) module).cancel(ESCAPED);
		status.cancelTasks(ESCAPED);
	}

	private boolean isCanceled() {
		return module instanceof Cancelable && ((Cancelable) module).isCanceled();
	}

	private static boolean giveUp(final String reason) throws CommandException {
		if (reason == null || reason.isEmpty()) return false;
		throw new CommandException(reason, null);
	}

	private void showOutputs() {
		for (final ModuleItem<?> item : module.getInfo().outputs()) {
			final Object value = module.getOutput(item.getName());
			if (value instanceof ImagePlus) show((ImagePlus) value);
			if (value instanceof ResultsTable) ((ResultsTable) value).show(
				ParameterText.label(item));
		}
	}

	private void show(final ImagePlus image) {
		final boolean isInput = module.getInputs().values().contains(image);
		if (isInput) image.updateAndDraw();
		else if (GraphicsEnvironment.isHeadless() && !Interpreter.isBatchMode())
			WindowManager.setTempCurrentImage(image);
		else image.show();
	}
}
