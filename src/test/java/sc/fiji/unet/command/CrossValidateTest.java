
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.measure.ResultsTable;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;

import sc.fiji.unet.ThreeClasses;

/** Cross-validation through SciJava, headless, with an engine that learns. */
class CrossValidateTest {

	private static final Path CELLS = Paths.get(System.getProperty(
		"unet.project.dir", "."), "data", "cells").toAbsolutePath();
	private static final String PLAN =
		"{ \"network\": { \"features\": [ 4, 8, 16 ] }, \"patchSize\": [ 64 ], \"batchSize\": 4, \"updates\": 40, \"updatesPerEpoch\": 20, \"learningRate\": 0.01 }";

	@TempDir
	Path folder;

	private CommandModule run(final Path data, final String kind,
		final String groups) throws Exception
	{
		final Path plan = Files.writeString(folder.resolve("plan.json"), PLAN);
		try (Context context = new Context()) {
			return context.getService(CommandService.class).run(CrossValidate.class,
				true, "images", data.resolve("images").toFile(), "labels", data.resolve(
					"labels").toFile(), "labelkind", kind, "groupby", groups, "plan", plan
						.toFile(), "minutes", 0, "folds", 2, "output", new File(folder
							.toFile(), "cv"), "device", "cpu").get();
		}
	}

	@Test
	void aTableAndASentenceComeOut() throws Exception {
		final CommandModule module = run(CELLS, "auto",
			"cells01,cells02,cells03,cells04,cells05,cells0,cells1");
		assertFalse(module.isCanceled(), module.getCancelReason());
		final ResultsTable table = (ResultsTable) module.getOutput("table");
		assertEquals(4, table.size());
		assertEquals("1", table.getLabel(0));
		assertEquals("sd", table.getLabel(3));
		assertEquals(5, table.getValue("test_images", 2));
		// All-background finds nothing of a fifth or more of the pixels.
		assertTrue(table.getValue("IoU", 2) > 0.3, "it learns: " + table.getValue(
			"IoU", 2));
		assertTrue(module.getOutput("summary").toString().endsWith(
			"over 2 folds of 5 images (mean +- standard deviation)."), module
				.getOutput("summary").toString());
		final String again = run(CELLS, "auto", "none").getCancelReason();
		assertTrue(again.contains("holds a cross-validation already") && again
			.contains("overwrite=true"), again);
	}

	@Test
	void classesHaveTheirScores() throws Exception {
		ThreeClasses.write(folder, 1, 4);
		final CommandModule module = run(folder, "classes", "none");
		assertFalse(module.isCanceled(), module.getCancelReason());
		final ResultsTable table = (ResultsTable) module.getOutput("table");
		assertTrue(table.getValue("IoU_100", 2) >= 0 && table.getValue("mean_IoU",
			2) > 0.1, "mean IoU " + table.getValue("mean_IoU", 2));
	}

	@Test
	void whatIsWrongIsSaidAtOnce() throws Exception {
		final String message = run(CELLS, "auto", "mouse").getCancelReason();
		assertTrue(message.contains("'mouse'") && message.contains("cells01"),
			message);
		assertFalse(Files.exists(folder.resolve("cv")), "nothing was written");
	}
}
