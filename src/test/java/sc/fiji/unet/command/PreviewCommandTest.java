
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Plot;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;

/** The preview through SciJava, without windows. */
class PreviewCommandTest {

	private static final Path CELLS = Paths.get(System.getProperty(
		"unet.project.dir", "."), "data", "cells");

	@TempDir
	Path folder;

	private static CommandModule run(final Object... more) throws Exception {
		final Object[] inputs = new Object[6 + more.length];
		inputs[0] = "images";
		inputs[1] = CELLS.resolve("images").toFile();
		inputs[2] = "labels";
		inputs[3] = CELLS.resolve("labels").toFile();
		inputs[4] = "settings";
		inputs[5] = "patchSize: [64]";
		System.arraycopy(more, 0, inputs, 6, more.length);
		try (Context context = new Context()) {
			return context.getService(CommandService.class).run(
				PreviewTrainingData.class, true, inputs).get();
		}
	}

	@Test
	void givesAStackAHistogramAndOnWishAPicture() throws Exception {
		final File output = folder.resolve("cells.png").toFile();
		final PrintStream out = System.out;
		final ByteArrayOutputStream said = new ByteArrayOutputStream();
		System.setOut(new PrintStream(said, true));
		final CommandModule module;
		try {
			module = run("samples", "cells02", "output", output);
		}
		finally {
			System.setOut(out);
		}
		assertFalse(module.isCanceled(), module.getCancelReason());
		final ImagePlus stack = (ImagePlus) module.getOutput("preview");
		assertEquals(5 + 8 * 3, stack.getStackSize());
		assertEquals("cells02: image", stack.getStack().getSliceLabel(1));
		assertTrue(((ImagePlus) module.getOutput("histogram")).getProperty(
			Plot.PROPERTY_KEY) instanceof Plot, "the histogram is a plot");
		assertTrue(Files.size(output.toPath()) > 10_000);
		assertTrue(said.toString().contains("The labels are instances"), said
			.toString());
		assertTrue(said.toString().contains("8 images are trained on"), said
			.toString());
		final CommandModule again = run("output", output);
		assertTrue(again.isCanceled() && again.getCancelReason().contains(
			"overwrite=true"), again.getCancelReason());
		assertFalse(run("output", output, "overwrite", true, "samples", "1")
			.isCanceled());
	}

	/** Fiji makes such a file of <code>output=[]</code>. */
	@Test
	void anEmptyNameSavesNothing() throws Exception {
		final CommandModule module = run("samples", "1", "output", new File(""));
		assertFalse(module.isCanceled(), module.getCancelReason());
		assertTrue(module.getOutput("preview") instanceof ImagePlus);
	}

	@Test
	void whatIsWrongIsASentence() throws Exception {
		final CommandModule module = run("samples", "cells77");
		assertTrue(module.isCanceled() && module.getCancelReason().contains(
			"no image named cells77"), module.getCancelReason());
	}
}
