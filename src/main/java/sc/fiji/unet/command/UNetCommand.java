
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.gui.ImageWindow;
import ij.macro.Interpreter;

import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.io.File;
import java.io.IOException;
import java.util.concurrent.CancellationException;

import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.task.Task;
import org.scijava.task.TaskService;

import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.job.Failure;
import sc.fiji.unet.worker.Engine;

/**
 * A command whose errors reach the user as one sentence, and whose work shows
 * as a task that can be cancelled.
 */
abstract class UNetCommand extends ContextCommand {

	/**
	 * Name of the button in each dialog that opens the documentation. Commands
	 * have it each themselves: SciJava shows what is inherited first, and this
	 * belongs last.
	 */
	static final String HELP = "help";

	/** Pixels between two windows. */
	private static final int GAP = 8;

	@Parameter
	private TaskService taskService;

	@Parameter
	private LogService log;

	private Task task;

	/**
	 * Does the work.
	 *
	 * @throws IllegalArgumentException if a value cannot be used; the message is
	 *           for the user
	 * @throws IOException if a file cannot be read or written; likewise
	 */
	abstract void execute() throws IOException;

	@Override
	public final void run() {
		final CommandInfo info = new CommandInfo(getClass());
		task = taskService.createTask(info.getTitle());
		task.start();
		Engine.listen(IJ::log, log::warn, log::debug);
		try {
			checkInputs(info);
			execute();
		}
		catch (final CancellationException e) {
			cancel("");
		}
		catch (final IOException | OutOfMemoryError e) {
			cancel(Failure.sentence(e));
		}
		catch (final RuntimeException e) {
			// Of a bug SciJava writes the trace to the log.
			if (Failure.isBug(e)) throw e;
			cancel(Failure.sentence(e));
		}
		finally {
			task.finish();
		}
	}

	/** SciJava checks neither choices nor ranges, whoever gives the values. */
	private void checkInputs(final CommandInfo info) {
		final CommandInputs inputs = new CommandInputs(new CommandModule(info,
			this));
		inputs.checkValues();
		inputs.checkComplete();
	}

	/** What the button <i>Help</i> of a dialog calls by name. */
	final void help() {
		DocumentationPage.of(new CommandInfo(getClass()).getTitle()).open();
	}

	/** @return whether the user wants an end */
	final boolean isStopRequested() {
		return isCanceled() || task.isCanceled();
	}

	/**
	 * Shows how far the work has come.
	 *
	 * @param total 0 while it is unknown
	 */
	final void progress(final String what, final long done, final long total) {
		task.setStatusMessage(what);
		if (total <= 0) return;
		task.setProgressMaximum(total);
		task.setProgressValue(done);
	}

	/**
	 * @param title of an open image; of a path the last name counts
	 * @throws IllegalArgumentException if no image has it
	 */
	static final ImagePlus open(final File title) {
		final ImagePlus image = WindowManager.getImage(title.getName());
		if (image == null) throw new IllegalArgumentException(
			"There is no open image with the title '" + title.getName() +
				"'; open it, or take images from a folder (data=Folder).");
		ImageInput.warnings(image).forEach(IJ::log);
		return image;
	}

	/** @return whether there is an ImageJ to show a window beside */
	static final boolean hasWindows() {
		return !GraphicsEnvironment.isHeadless() && IJ.getInstance() != null &&
			!Interpreter.isBatchMode();
	}

	/** @return whether a person enters the values, not a macro or a script */
	static final boolean hasDialog() {
		return hasWindows() && !IJ.isMacro() && Macro.getOptions() == null;
	}

	/**
	 * Has ImageJ open the next window to the right of an image's, if there is
	 * room, so that a result does not hide what it belongs to. To be called when
	 * there will be a next window.
	 */
	static final void placeNextBeside(final ImagePlus image) {
		final ImageWindow window = image.getWindow();
		if (window == null || Interpreter.isBatchMode()) return;
		final Rectangle bounds = window.getBounds();
		final int x = bounds.x + bounds.width + GAP;
		if (x + bounds.width <= IJ.getScreenSize().width) ImageWindow
			.setNextLocation(x, bounds.y);
	}
}
