
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;

import java.awt.EventQueue;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.model.BundledModel;
import sc.fiji.unet.model.ModelCard;
import sc.fiji.unet.model.ModelPackage;

/** What a dialog says of a model and of the image beside it. */
class ModelLookTest {

	@TempDir
	Path folder;

	private final List<String> said = new CopyOnWriteArrayList<>();
	private final ModelLook look = new ModelLook(said::add);

	private String last() {
		return said.get(said.size() - 1).replace("<br>", " ");
	}

	private static ModelLook.Beside image(final String channels) {
		return new ModelLook.Beside(IJ.createImage("i", "8-bit ramp", 64, 64, 1),
			channels, 0);
	}

	@Test
	void theCardComesFirstAndThenWhatIsToBeKnownOfTheImage() {
		look.at(null, null);
		assertTrue(last().startsWith("<html>Model '" + BundledModel.NAME + "' by "),
			last());
		assertFalse(last().contains("The image"), last());
		look.at(null, image("all"));
		assertTrue(last().contains("The image will not be scaled"), last());
		look.at(null, image("2"));
		assertTrue(last().contains("SHA-256") && last().contains(
			"There is no channel 2"), last());
	}

	@Test
	void whatIsWrongWithAModelIsASentence() {
		look.at(new File("nobody's"), image("all"));
		assertTrue(last().contains("There is no model 'nobody's'"), last());
		look.at(new File("pom.xml").getAbsoluteFile(), null);
		assertTrue(last().contains("pom.xml is no zip archive"), last());
	}

	@Test
	void namesAreNoMarkup() throws Exception {
		final Path model = folder.resolve("m.zip");
		try (ModelPackage pack = ModelPackage.open(BundledModel.file())) {
			pack.writeForDistribution(model, ModelCard.empty().withName("<b>R&D</b>"),
				false);
		}
		look.at(model.toFile(), null);
		assertTrue(last().contains("&lt;b&gt;R&amp;D&lt;/b&gt;"), last());
	}

	/** An image on a slow disk must not hold up the dialog. */
	@Test
	void whatTakesLongIsSaidLater() throws Exception {
		final CountDownLatch disk = new CountDownLatch(1);
		final ImagePlus slow = new ImagePlus("slow", IJ.createImage("i",
			"8-bit ramp", 64, 64, 1).getStack())
		{

			@Override
			public ImageStack getStack() {
				if (Thread.currentThread().getName().startsWith("Look")) await(disk);
				return super.getStack();
			}
		};
		EventQueue.invokeAndWait(() -> look.at(null, new ModelLook.Beside(slow,
			"all", 0)));
		assertEquals("Reading the model...", last());
		disk.countDown();
		for (int i = 0; i < 100 && said.size() == 1; i++)
			Thread.sleep(50);
		assertTrue(last().contains("SHA-256"), last());
		assertEquals(2, said.size());
	}

	private static void await(final CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (final InterruptedException e) {
			throw new IllegalStateException(e);
		}
	}
}
