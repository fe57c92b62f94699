
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.task.event.TaskEvent;

/** Evaluate Segmentation through SciJava, without windows. */
public class EvaluateSegmentationTest {

	private static final int SIZE = 40;

	@TempDir
	Path folder;

	/** Called back by a macro. */
	private static Callable<CommandModule> call;
	private static CommandModule called;

	private static CommandModule run(final Object... inputs) throws Exception {
		try (Context context = new Context()) {
			return context.getService(CommandService.class).run(
				EvaluateSegmentation.class, true, inputs).get();
		}
	}

	/** Closes an image when the work begins, as a person may. */
	private static CommandModule runClosing(final ImagePlus image,
		final Object... inputs) throws Exception
	{
		try (Context context = new Context()) {
			final Object closing = new Object() {

				@EventHandler
				void onEvent(final TaskEvent event) {
					if (("Evaluating " + image.getTitle()).equals(event.getTask()
						.getStatusMessage())) image.close();
				}
			};
			// SciJava holds its listeners weakly.
			final List<?> held = context.getService(EventService.class).subscribe(
				closing);
			final CommandModule module = context.getService(CommandService.class).run(
				EvaluateSegmentation.class, true, inputs).get();
			assertFalse(held.isEmpty());
			assertNull(WindowManager.getImage(image.getTitle()), "still open");
			return module;
		}
	}

	/** Two boxes that touch, of these values. */
	private static ByteProcessor boxes(final int first, final int second) {
		final ByteProcessor boxes = new ByteProcessor(SIZE, SIZE);
		boxes.setValue(first);
		boxes.fillRect(4, 4, 10, 10);
		boxes.setValue(second);
		boxes.fillRect(14, 4, 10, 10);
		return boxes;
	}

	private File folder(final String name, final int first, final int second) {
		final File sub = folder.resolve(name).toFile();
		assertTrue(sub.isDirectory() || sub.mkdir(), name);
		for (final String image : Arrays.asList("a", "b"))
			IJ.saveAsTiff(new ImagePlus(image, boxes(first, second)), new File(sub,
				image + ".tif").toString());
		return sub;
	}

	@Test
	void comparesTwoFolders() throws Exception {
		final File csv = folder.resolve("scores.csv").toFile();
		final Object[] inputs = { "truth", folder("truth", 1, 2), "results", folder(
			"results", 5, 5), "csv", csv };
		final CommandModule module = run(inputs);
		assertFalse(module.isCanceled(), module.getCancelReason());
		final ResultsTable table = (ResultsTable) module.getOutput("table");
		assertEquals(3, table.size());
		assertEquals("all", table.getLabel(2));
		assertEquals(2, table.getValue("merges", 2));
		assertEquals(0, table.getValue("F1", 2));
		final ImagePlus errors = (ImagePlus) module.getOutput("errorImage");
		assertEquals(2, errors.getStackSize());
		assertEquals("results errors", errors.getTitle());
		assertEquals(ImagePlus.COLOR_RGB, errors.getType());
		final List<String> lines = Files.readAllLines(csv.toPath());
		assertEquals(4, lines.size(), lines.toString());
		final CommandModule again = run(inputs);
		assertTrue(again.isCanceled() && again.getCancelReason().contains(
			"overwrite=true"), again.getCancelReason());
	}

	@Test
	void thePictureMayBeLeftOut() throws Exception {
		final CommandModule module = run("truth", folder("truth", 1, 2), "results",
			folder("results", 5, 6), "picture", false);
		assertFalse(module.isCanceled(), module.getCancelReason());
		assertNull(module.getOutput("errorImage"));
	}

	@Test
	void valuesAndFoldersAreChecked() throws Exception {
		final File truth = folder("truth", 1, 2);
		final File none = folder.resolve("none").toFile();
		for (final Object[] wrong : new Object[][] { { "iou", 0.3, "iou=0.3" }, {
			"labelkind", "cells", "labelkind=cells" }, { "ignore", "x", "ignore=x" },
			{ "results", none, "none" }, { "data", "Open images",
				"no open image with the title" }, { "csv", new File(none, "scores.csv"),
					"no folder" }, { "csv", truth, "is a folder" } })
		{
			final CommandModule module = run("truth", truth, "results", wrong[0]
				.equals("results") ? wrong[1] : truth, wrong[0], wrong[1]);
			assertTrue(module.isCanceled() && module.getCancelReason().contains(
				wrong[2].toString()), wrong[0] + ": " + module.getCancelReason());
		}
	}

	/** What a macro hands over: titles of images that need not have a window. */
	public static String callBack() throws Exception {
		called = call.call();
		return "";
	}

	@Test
	void comparesOpenImagesThatMayBeClosedAndChangesNone() throws Exception {
		final ImagePlus[] open = { new ImagePlus("my truth", boxes(100, 200)),
			new ImagePlus("found", boxes(100, 0)) };
		call = () -> {
			for (final ImagePlus image : open)
				image.show();
			try {
				return runClosing(open[1], "data", "Open images", "truth", new File(
					"my truth"), "results", new File("found"), "labelkind", "classes");
			}
			finally {
				for (final ImagePlus image : open)
					image.close();
			}
		};
		final byte[] before = ((byte[]) open[0].getProcessor().getPixels()).clone();
		IJ.runMacro("setBatchMode(true); call('" + getClass().getName() +
			".callBack'); setBatchMode(false);");
		WindowManager.setTempCurrentImage(null);
		assertFalse(called.isCanceled(), called.getCancelReason());
		final ResultsTable table = (ResultsTable) called.getOutput("table");
		assertEquals(1, table.getValue("IoU_100", 0));
		assertEquals(0, table.getValue("IoU_200", 1));
		assertEquals(0.5, table.getValue("mean_IoU", 1));
		final ImagePlus errors = (ImagePlus) called.getOutput("errorImage");
		assertEquals("found errors", errors.getTitle());
		assertEquals(0xffffff, errors.getProcessor().get(20, 8) & 0xffffff,
			"background in the place of a class");
		assertTrue(Arrays.equals(before, (byte[]) open[0].getProcessor()
			.getPixels()));
	}
}
