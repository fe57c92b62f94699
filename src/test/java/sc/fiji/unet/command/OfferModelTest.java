
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.Screenshots;
import sc.fiji.unet.model.BundledModel;
import sc.fiji.unet.model.ModelCard;
import sc.fiji.unet.model.ModelPackage;

/** A model that is opened is installed by nobody but the person who says so. */
class OfferModelTest {

	@TempDir
	Path folder;

	@Test
	void isAskedBeforeItIsCopied() throws Exception {
		final Path model = folder.resolve("my nuclei.zip");
		try (ModelPackage pack = ModelPackage.open(BundledModel.file())) {
			pack.writeForDistribution(model, ModelCard.empty().withName("My nuclei"),
				false);
		}
		final PlainImageJWindow.Result result = PlainImageJWindow.in(folder).with(
			EchoDialogMain.class).run(OfferModelMain.class, Duration.ofMinutes(2),
				Screenshots.file("offer-model"), model.toString(), folder.resolve(
					".unet/models/my nuclei.zip").toString());
		final String log = result.log;
		assertEquals(PlainImageJMain.DONE, result.exitCode, log);
		assertTrue(log.contains("asked Install the model 'My nuclei' from"), log);
		assertTrue(log.contains("after no false"), log);
		assertTrue(log.contains("said The model 'My nuclei' is installed now"),
			log);
		assertTrue(log.contains("after yes true"), log);
		assertFalse(log.contains("Exception"), log);
	}
}
