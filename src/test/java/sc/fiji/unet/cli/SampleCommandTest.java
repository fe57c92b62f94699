
package sc.fiji.unet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.job.IsbiServer;

/** The download of ISBI 2012 on the command line. */
class SampleCommandTest {

	@TempDir
	Path folder;

	@Test
	void theStackIsDownloadedWhenItsTermsAreAccepted() throws IOException {
		final byte[] archive = IsbiServer.madeUp(folder);
		try (IsbiServer server = IsbiServer.of(archive)) {
			IsbiServer.trust(archive);
			assertEquals(UNet.WRONG_INPUT, UNet.run("sample", "--isbi", "--output",
				folder.toString()));
			assertEquals(0, server.requests());
			assertEquals(0, UNet.run("sample", "--isbi", "--accept-terms", "--output",
				folder.toString()));
			assertTrue(Files.exists(folder.resolve("isbi2012/images/isbi2012.tif")));
			assertEquals(0, UNet.run("sample", "--isbi", "--output", folder
				.toString()), "it is there");
			assertEquals(1, server.requests());
		}
	}

	@Test
	void whatCannotBeDownloadedFails() throws IOException {
		try (IsbiServer server = IsbiServer.of(new byte[9])) {
			assertEquals(UNet.FAILED, UNet.run("sample", "--isbi", "--accept-terms",
				"--output", folder.toString()));
		}
	}

	@Test
	void aSeriesIsANumberFromOne() {
		assertEquals(UNet.WRONG_INPUT, UNet.run("train", "--images", folder
			.toString(), "--labels", folder.toString(), "--model", folder.resolve(
				"m.zip").toString(), "--series", "0"));
		assertEquals(UNet.WRONG_INPUT, UNet.run("segment", "--output", folder
			.toString(), "--series", "none", folder.toString()));
	}
}
