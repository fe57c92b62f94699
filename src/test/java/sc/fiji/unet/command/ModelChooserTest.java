
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.Screenshots;
import sc.fiji.unet.model.BundledModel;
import sc.fiji.unet.model.ModelCard;
import sc.fiji.unet.model.ModelPackage;

/** The card in the dialog of Segment, and the list, in a real ImageJ window. */
class ModelChooserTest {

	@TempDir
	Path folder;

	@Test
	void aModelIsDroppedOnTheListAndUsed() throws Exception {
		final Path image = Paths.get(System.getProperty("unet.project.dir", "."))
			.resolve("data/cells/images/cells09.png").toAbsolutePath();
		final Path model = folder.resolve("my nuclei.zip");
		try (ModelPackage pack = ModelPackage.open(BundledModel.file())) {
			pack.writeForDistribution(model, ModelCard.empty().withName("My nuclei")
				.withAuthor("Jane Doe"), true);
		}
		final Path own = folder.resolve(".unet/models");
		Files.createDirectories(own);
		Files.writeString(own.resolve("cut-off.zip"), "hello");
		final PlainImageJWindow.Result result = PlainImageJWindow.in(folder).with(
			EchoDialogMain.class).with(DialogPicturesMain.class).run(
				ModelChooserMain.class, Duration.ofSeconds(60), Screenshots.file(
					"installed-models"), image.toString(), model.toString());
		final String log = result.log;
		assertEquals(PlainImageJMain.DONE, result.exitCode, log);
		for (final String part : Arrays.asList("bundled: ", BundledModel.NAME,
			"Image: cells09.png", "The image will not be scaled", "dropped true",
			"told: The model 'My nuclei' is installed now", "rows 3", "chosen: ",
			"'My nuclei' by Jane Doe"))
			assertTrue(log.contains(part), part + " in " + log);
		assertFalse(log.contains("Exception"), log);
		assertEquals("My nuclei", ModelPackage.describe(own.resolve(
			"my nuclei.zip")).name());
	}
}
