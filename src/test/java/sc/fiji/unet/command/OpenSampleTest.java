
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.command.CommandModule;

import sc.fiji.unet.job.IsbiServer;

/** The samples that are no images of the project's folder data. */
class OpenSampleTest {

	private static final String ISBI = "ISBI 2012 EM stack (download)";

	@TempDir
	Path folder;

	@Test
	void nucleiAreOpenedAsTheyComeFromAMicroscope() throws Exception {
		final CommandModule module = HeadlessCommandsTest.run(OpenSample.class,
			"sample", "nuclei");
		assertFalse(module.isCanceled(), module.getCancelReason());
		final ImagePlus image = (ImagePlus) module.getOutput("image");
		assertEquals(3, image.getStackSize());
		assertNull(image.getOverlay());
		assertNull(module.getOutput("labels"));
	}

	@Test
	void theStackOfIsbiIsDownloadedAndOpenedWithItsLabels() throws Exception {
		final byte[] archive = IsbiServer.madeUp(folder);
		try (IsbiServer server = IsbiServer.of(archive)) {
			IsbiServer.trust(archive);
			for (int i = 0; i < 2; i++) {
				final CommandModule module = HeadlessCommandsTest.run(OpenSample.class,
					"sample", ISBI, "folder", folder.toFile(), "terms", "accept");
				assertFalse(module.isCanceled(), module.getCancelReason());
				final ImagePlus image = (ImagePlus) module.getOutput("image");
				final ImagePlus labels = (ImagePlus) module.getOutput("labels");
				assertEquals("isbi2012.tif", image.getTitle());
				assertEquals("isbi2012_labels.tif", labels.getTitle());
				assertEquals(30, image.getStackSize());
				assertEquals(255, labels.getStack().getProcessor(3).get(50, 40));
			}
			assertEquals(1, server.requests());
		}
	}

	@Test
	void withoutFolderOrTermsNothingIsDownloaded() throws Exception {
		try (IsbiServer server = IsbiServer.of(new byte[9])) {
			final String noFolder = HeadlessCommandsTest.run(OpenSample.class,
				"sample", ISBI, "terms", "accept", "folder", null).getCancelReason();
			assertTrue(noFolder.contains("folder=..."), noFolder);
			final String noTerms = HeadlessCommandsTest.run(OpenSample.class,
				"sample", ISBI, "folder", folder.toFile()).getCancelReason();
			assertTrue(noTerms.contains("Cardona A") && noTerms.contains(
				"terms=accept"), noTerms);
			assertEquals(0, server.requests());
		}
	}
}
