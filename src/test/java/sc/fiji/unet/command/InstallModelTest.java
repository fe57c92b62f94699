
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Roi;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.prefs.Preferences;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.io.IOPlugin;
import org.scijava.io.IOService;

import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.RoiZip;
import sc.fiji.unet.model.BundledModel;
import sc.fiji.unet.model.ModelCard;
import sc.fiji.unet.model.ModelFile;
import sc.fiji.unet.model.ModelPackage;

/** Models are installed, and then known by their names. */
class InstallModelTest {

	@TempDir
	Path folder;

	private String home;
	private Path own;
	private Path model;

	@BeforeEach
	void moveHome() throws IOException {
		// Java's settings stay where they are.
		Preferences.userRoot();
		home = System.getProperty("user.home");
		System.setProperty("user.home", folder.resolve("home").toString());
		own = folder.resolve("home/.unet/models");
		model = folder.resolve("my nuclei.zip");
		rename("My nuclei");
	}

	private void rename(final String name) throws IOException {
		try (ModelPackage pack = ModelPackage.open(BundledModel.file())) {
			pack.writeForDistribution(model, ModelCard.empty().withName(name), true);
		}
	}

	@AfterEach
	void moveBack() {
		System.setProperty("user.home", home);
	}

	private CommandModule install(final Object... more) throws Exception {
		final Object[] inputs = { "file", model.toFile() };
		final Object[] all = Arrays.copyOf(inputs, inputs.length + more.length);
		System.arraycopy(more, 0, all, inputs.length, more.length);
		return HeadlessCommandsTest.run(InstallModel.class, all);
	}

	@Test
	void anInstalledModelIsFoundByItsName() throws Exception {
		final ImagePlus image = ImageFiles.open(Paths.get(System.getProperty(
			"unet.project.dir", "."), "data/cells/images/cells03.png"));
		final Object[] inputs = { "image", image, "model", new File("My nuclei"),
			"device", "cpu" };
		HeadlessCommandsTest.assertRefused(HeadlessCommandsTest.run(
			SegmentImage.class, inputs), "'My nuclei'", BundledModel.NAME, own
				.toString());
		final CommandModule done = install();
		HeadlessCommandsTest.assertDone(done);
		assertTrue(done.getOutput("result").toString().contains(
			"model=[My nuclei]"), done.getOutput("result").toString());
		final CommandModule module = HeadlessCommandsTest.run(SegmentImage.class,
			inputs);
		HeadlessCommandsTest.assertDone(module);
		assertTrue(image.getOverlay().size() > 5, "outlines");
		assertEquals("", module.getInput("about"), "no work for a dialog");
	}

	@Test
	void anotherOneIsReplacedOnWish() throws Exception {
		HeadlessCommandsTest.assertDone(install());
		HeadlessCommandsTest.assertDone(install());
		rename("My other nuclei");
		HeadlessCommandsTest.assertRefused(install(), "My nuclei",
			"overwrite=true");
		HeadlessCommandsTest.assertDone(install("overwrite", true));
		assertEquals("My other nuclei", ModelPackage.describe(own.resolve(
			"my nuclei.zip")).name());
		final Path text = Files.writeString(folder.resolve("t.zip"), "hello");
		HeadlessCommandsTest.assertRefused(install("file", text.toFile()),
			"t.zip is no zip archive");
	}

	/** As Fiji does with a file that is dropped on its window. */
	@Test
	void fijiAsksThisProgramToOpenModelsAndNothingElse() throws Exception {
		final Path rois = folder.resolve("RoiSet.zip");
		RoiZip.write(Arrays.asList(new Roi(1, 2, 3, 4)), rois, false);
		final Path text = Files.writeString(folder.resolve("t.zip"), "hello");
		try (Context context = new Context()) {
			final IOService service = context.getService(IOService.class);
			final IOPlugin<?> opener = service.getOpener(model.toString());
			assertInstanceOf(ModelOpener.class, opener);
			assertTrue(opener.getInfo().is("eager"), "before ImageJ itself");
			for (final Path other : Arrays.asList(rois, text, folder, folder.resolve(
				"none.zip")))
				assertFalse(service.getOpener(other.toString()) instanceof ModelOpener,
					other.toString());
			final String said = HeadlessCommandsTest.said(() -> {
				final Object opened = service.open(model.toString());
				assertEquals("My nuclei", ((ModelFile) opened).name());
				return null;
			});
			assertTrue(said.contains("Install Model (file=["), said);
			assertFalse(Files.exists(own), "without a person nothing is installed");
		}
	}
}
