
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Plot;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;

/** The range test through SciJava, by macro, and in a window. */
class TestLearningRatesTest {

	private static final Path PROJECT = Paths.get(System.getProperty(
		"unet.project.dir", ".")).toAbsolutePath();
	private static final File IMAGES = PROJECT.resolve("data/cells/images")
		.toFile();
	private static final File LABELS = PROJECT.resolve("data/cells/labels")
		.toFile();
	private static final String PLAN =
		"{ \"network\": { \"features\": [ 4, 8, 16 ] }, \"patchSize\": [ 64 ], \"batchSize\": 4 }";

	@TempDir
	Path folder;

	private Path plan;

	@BeforeEach
	void writePlan() throws Exception {
		plan = Files.write(folder.resolve("plan.json"), PLAN.getBytes(
			StandardCharsets.UTF_8));
	}

	private CommandModule run(final Object... more) throws Exception {
		final Object[] inputs = { "images", IMAGES, "labels", LABELS, "plan", plan
			.toFile(), "device", "cpu" };
		final Object[] all = Arrays.copyOf(inputs, inputs.length + more.length);
		System.arraycopy(more, 0, all, inputs.length, more.length);
		try (Context context = new Context()) {
			return context.getService(CommandService.class).run(
				TestLearningRates.class, true, all).get();
		}
	}

	@Test
	void givesPlotAndSuggestion() throws Exception {
		final CommandModule module = run();
		assertFalse(module.isCanceled(), module.getCancelReason());
		final double rate = (Double) module.getOutput("suggestion");
		assertTrue(rate > 1e-3 && rate < 0.3, "Adam at " + rate);
		final ImagePlus plot = (ImagePlus) module.getOutput("plot");
		assertEquals("Learning rate test", plot.getTitle());
		assertNotNull(plot.getProperty(Plot.PROPERTY_KEY));
	}

	@Test
	void rangeAndFileAreChecked() throws Exception {
		refused("min=low is no number", "min", "low");
		refused("Lowest learning rate 0.0 must be", "min", "0");
		refused("Highest learning rate 1.0E-7 must be", "max", "1e-7");
		refused("must be 10 or more", "iterations", 9);
		final Path there = Files.createFile(folder.resolve("there.png"));
		refused("there.png' exists already", "output", there.toFile());
		refused("must have a name that ends in .png", "output", folder.resolve(
			"rates").toFile());
		refused("There is no plan file", "plan", new File("none.json"));
	}

	private void refused(final String part, final Object... inputs)
		throws Exception
	{
		final CommandModule module = run(inputs);
		assertTrue(module.isCanceled(), "it was done");
		assertTrue(module.getCancelReason().contains(part), module
			.getCancelReason());
		assertNull(module.getOutput("plot"));
	}

	/** Presses the button of the task after so many updates. */
	private static final class Canceller {

		private static final int UPDATES = 6;

		@EventHandler
		void onEvent(final TaskEvent event) {
			final Task task = event.getTask();
			if (task.getProgressValue() == UPDATES && !task.isCanceled()) task.cancel(
				"enough");
		}
	}

	@Test
	void aCancelledTaskKeepsWhatWasFound() throws Exception {
		final Path output = folder.resolve("rates.png");
		final Canceller canceller = new Canceller();
		try (Context context = new Context()) {
			context.getService(EventService.class).subscribe(canceller);
			final CommandModule module = context.getService(CommandService.class).run(
				TestLearningRates.class, true, "images", IMAGES, "labels", LABELS,
				"plan", plan.toFile(), "device", "cpu", "output", output.toFile())
				.get();
			final int updates = Files.readAllLines(folder.resolve("rates.csv"))
				.size() - 1;
			assertTrue(updates >= Canceller.UPDATES && updates < 50, updates +
				" updates");
			assertNotNull(module.getOutput("plot"));
			assertTrue(Double.isNaN((Double) module.getOutput("suggestion")));
			assertTrue(Files.exists(output), "the plot so far");
		}
	}

	/** In a real window the plot is a plot, and a training shows it, too. */
	@Test
	void opensAPlotWindow() throws Exception {
		final Path model = folder.resolve("model.zip");
		final String data = "images=[" + IMAGES + "] labels=[" + LABELS +
			"] plan=[" + plan + "] device=cpu ";
		final String macro = String.join("\n", Arrays.asList(
			"run('Learning Rate Range Test', '" + data + "');",
			"print('front ' + getTitle());", "Plot.getValues(x, y);",
			"print('rates ' + x.length + ' to ' + x[x.length - 1]);",
			"run('Train U-Net', '" + data +
				"minutes=0.05 rangetest=true showpredictions=false model=[" + model +
				"]');", "list = getList('image.titles');",
			"print('windows ' + list.length);"));
		final PlainImageJWindow.Result run = PlainImageJWindow.in(folder.resolve(
			"ImageJ")).runMacro(macro, Duration.ofMinutes(3), PROJECT.resolve(
				"target/screenshots/lr-test-window.png"));
		assertEquals(PlainImageJMain.DONE, run.exitCode, run.log);
		assertTrue(run.log.contains("front Learning rate test"), run.log);
		// Near the end the loss may be so large that the test stops.
		assertTrue(Pattern.compile("rates (50 to 10|4\\d to [1-9])").matcher(
			run.log).find(), run.log);
		assertTrue(run.log.contains("windows 2"), run.log);
		assertTrue(Files.exists(model), run.log);
	}
}
