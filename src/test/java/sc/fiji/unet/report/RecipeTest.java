
package sc.fiji.unet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Collections;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Precision;

/** What makes a training again, written so that it is understood. */
@DisabledOnOs(OS.WINDOWS)
class RecipeTest {

	private static final String CPU = "CPU, 8 threads, float32";

	private static Provenance folders(final String images) {
		return Provenance.folders(Paths.get(images), Paths.get("/l"), "", "all")
			.withLabels(LabelKind.MASK, OptionalInt.empty()).withHeldOut(Arrays
				.asList("a", "b"), 2, 0.07, true);
	}

	private static Recipe recipe(final Provenance images, final String device) {
		return recipe(images, device, ExecutionConfig.auto());
	}

	private static Recipe recipe(final Provenance images, final String device,
		final ExecutionConfig execution)
	{
		final Path model = Paths.get("/m/cells.zip");
		return new Recipe(images, model, -3, device, execution);
	}

	@Test
	void everyWordThatCountsIsThere() {
		final Recipe recipe = recipe(folders("/i"), CPU);
		assertEquals(
			"run(\"Train U-Net\", \"data=Folder images=/i labels=/l labelkind=mask validation=7 plan=/m/cells.zip minutes=0 seed=-3 model=/m/cells-again.zip device=cpu\");",
			recipe.macro().get());
		assertEquals(
			"bin/unet train --images /i --labels /l --label-kind mask --validation-list a,b --plan /m/cells.zip --model /m/cells-again.zip --device cpu --precision float32 --threads 8",
			recipe.commandLine().get());
		assertTrue(recipe.isExact());
	}

	@Test
	void roisAreNamedByWhereTheyAreAndWhatTheyMean() {
		final Recipe files = recipe(Provenance.rois(Paths.get("/my set"), "", "all",
			"ignored", 2.5).withLabels(LabelKind.MASK, OptionalInt.of(-1)), CPU);
		assertTrue(files.macro().get().contains(
			"\"data=Folder images=[/my set] unannotated=ignored pointradius=2.5 labelkind=mask validation="),
			files.macro().get());
		assertTrue(files.commandLine().get().contains(
			" --images '/my set' --unannotated ignored --point-radius 2.5 --label-kind mask --"),
			files.commandLine().get());
		final Recipe open = recipe(Provenance.openRois("", "all", "background", 3),
			CPU);
		assertTrue(open.macro().get().contains(
			"\"data=[Open images with ROIs] unannotated=background pointradius=3 labelkind="),
			open.macro().get());
		assertFalse(open.commandLine().isPresent());
	}

	@Test
	void theSeriesIsNamedIfItIsNotTheFirst() {
		final Recipe recipe = recipe(folders("/i").withSeries(3).without(Arrays
			.asList("b")), CPU);
		assertTrue(recipe.commandLine().get().contains(" --series 3 "), recipe
			.commandLine().get());
		assertTrue(recipe(folders("/i").withSeries(2), CPU).macro().get().contains(
			" series=2 "));
		assertFalse(recipe(folders("/i"), CPU).macro().get().contains("series"));
	}

	@Test
	void theModelThatTheTrainingStartedFromIsNamed() {
		final Recipe recipe = recipe(folders("/i").withStart(
			"/my models/nuclei.zip"), CPU);
		assertTrue(recipe.macro().get().contains(
			" plan=/m/cells.zip from=[/my models/nuclei.zip] minutes=0 "), recipe
				.macro().get());
		assertTrue(recipe.commandLine().get().contains(
			" --plan /m/cells.zip --from '/my models/nuclei.zip' --model "), recipe
				.commandLine().get());
		assertTrue(recipe(folders("/i").withStart("/a [1"), CPU).whyNoMacro()
			.contains("brackets"));
	}

	@Test
	void namesAreQuotedAsShellAndMacroNeedIt() {
		final Recipe recipe = recipe(folders("/Anna's \"best\" $cells"), CPU);
		assertTrue(recipe.commandLine().get().contains(
			"--images '/Anna'\\''s \"best\" $cells' "), recipe.commandLine().get());
		assertTrue(recipe.macro().get().contains(
			"images=[/Anna's \\\"best\\\" $cells] "), recipe.macro().get());
		assertTrue(recipe(folders("/a [1]"), CPU).macro().get().contains(
			"images=[/a [1]] "));
	}

	@Test
	void looseBracketsCannotStandInAMacro() {
		for (final String name : new String[] { "/a [1", "/a 1]", "/]a[ b" }) {
			final Recipe recipe = recipe(folders(name), CPU);
			assertFalse(recipe.macro().isPresent(), name);
			assertTrue(recipe.whyNoMacro().contains("brackets"), name);
			assertTrue(recipe.commandLine().isPresent());
		}
	}

	@Test
	void negativeIgnoredValueIsNoOption() {
		final Recipe recipe = recipe(folders("/i").withLabels(LabelKind.CLASSES,
			OptionalInt.of(-1)), CPU);
		assertTrue(recipe.commandLine().get().contains(" --ignore=-1 "));
		assertTrue(recipe.macro().get().contains(" ignore=-1 "));
	}

	@Test
	void aGpuIsNamedAndPromisesNothing() {
		final Recipe recipe = recipe(folders("/i"), "GPU:1, float32");
		assertFalse(recipe.isExact());
		assertTrue(recipe.macro().get().contains("device=gpu:1"));
		assertTrue(recipe.commandLine().get().endsWith(
			"--device gpu:1 --precision float32"));
	}

	@Test
	void whatOnlyTheCommandLineCanSayIsLeftToIt() {
		assertTrue(recipe(folders("/i"), CPU, new ExecutionConfig("cpu",
			Precision.AUTO, 3)).whyNoMacro().contains("threads"));
		assertTrue(recipe(Provenance.folders(Paths.get("/i"), Paths.get("/l"),
			"x, y", "all"), CPU).whyNoMacro().contains("leave images out"));
		assertTrue(recipe(Provenance.folders(Paths.get("/i"), Paths.get("/l"),
			"x, y", "1,3"), CPU).commandLine().get().contains(
				"--channels 1,3 --exclude 'x, y' --validation 0"));
	}

	@Test
	void openStacksAreKnownByTheirTitles() {
		final Recipe recipe = recipe(Provenance.stacks("my cells.tif", "labels",
			"2").withHeldOut(Collections.emptyList(), 0, 0, true), CPU);
		assertTrue(recipe.macro().get().contains(
			"data=[Open stacks] images=[my cells.tif] labels=labels labelkind=auto channels=2 validation=0 "),
			recipe.macro().get());
		assertFalse(recipe.commandLine().isPresent());
	}
}
