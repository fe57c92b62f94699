
package sc.fiji.unet.command;

import ij.ImagePlus;

import java.io.File;

import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.command.ContextCommand;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.task.Task;
import org.scijava.task.TaskService;
import org.scijava.widget.Button;

/**
 * A command with parameters of every kind, for tests of what surrounds the real
 * ones. Adds {@code amount} to every pixel.
 */
@Plugin(type = Command.class, menuPath = "Plugins>U-Net>Echo")
public class EchoCommand extends ContextCommand {

	/** What the last run was given. */
	static volatile EchoCommand last;

	@Parameter
	private StatusService statusService;

	@Parameter
	private TaskService taskService;

	@Parameter(label = "Image", persist = false)
	private ImagePlus input;

	@Parameter(label = "Model", persist = false, callback = "describe")
	String model;

	@Parameter(visibility = ItemVisibility.MESSAGE, required = false,
		persist = false)
	private String card = "No model yet";

	@Parameter(label = "Double the amount", callback = "twice", required = false,
		persist = false)
	private Button doubling;

	@Parameter(label = "Folder", style = "directory", required = false,
		persist = false)
	File folder;

	@Parameter(label = "Averaging", choices = { "none", "flips" },
		persist = false)
	String averaging = "none";

	@Parameter(label = "Amount (grey levels)", min = "0", max = "100",
		persist = false)
	int amount = 1;

	@Parameter(label = "Sigma (px)", min = "0.5", persist = false)
	double sigmapx = 5;

	@Parameter(label = "Verbose", persist = false)
	boolean verbose;

	/** fail, give up, bug, wait */
	@Parameter(label = "Behaviour", required = false, persist = false)
	String behave = "";

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus output;

	@SuppressWarnings("unused")
	private void describe() {
		card = "Model " + model + " has " + model.length() + " letters";
	}

	@SuppressWarnings("unused")
	private void twice() {
		amount *= 2;
	}

	@Override
	public void run() {
		last = this;
		final Task task = taskService.createTask("Echo");
		task.setProgressMaximum(100);
		task.start();
		statusService.showStatus(1, 2, "Echoing " + model);
		try {
			behave(task);
		}
		finally {
			task.finish();
		}
		if (isCanceled()) return;
		output = input.duplicate();
		output.setTitle("Echo of " + input.getTitle());
		output.getProcessor().add(amount);
	}

	private void behave(final Task task) {
		if (behave.equals("fail")) throw new IllegalArgumentException(
			"The echo failed. Speak louder.");
		if (behave.equals("give up")) cancel("No echo here. Go to the mountains.");
		if (behave.equals("bug")) throw new NullPointerException();
		while (behave.equals("wait") && !task.isCanceled())
			task.setProgressValue(task.getProgressValue() + 1);
	}
}
