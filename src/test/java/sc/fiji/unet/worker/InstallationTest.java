
package sc.fiji.unet.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.NetworkException;

/** What is said where the engine cannot be started. */
class InstallationTest {

	private static final List<Path> LINUX = Arrays.asList(Paths.get(
		"tensorflow-core-api-1.1.0.jar"), Paths.get(
			"tensorflow-core-native-1.1.0.jar"), Paths.get(
				"tensorflow-core-native-1.1.0-linux-x86_64.jar"));

	@Test
	void theZipOfAnotherPlatformIsNamed() {
		assertEquals(LINUX, ClassPath.checked(LINUX, "linux-x86_64"));
		final String windows = message(() -> ClassPath.checked(LINUX,
			"windows-x86_64"));
		assertTrue(windows.startsWith(
			"This computer is windows-x86_64, but U-Net is installed for another one") &&
			windows.contains("tensorflow-core-native-1.1.0-linux-x86_64.jar") &&
			windows.endsWith("unpack the zip for windows-x86_64."), windows);
		final String intel = message(() -> ClassPath.checked(LINUX,
			"macosx-x86_64"));
		assertTrue(intel.contains("There is none for Macs with an Intel processor"),
			intel);
		assertTrue(message(() -> ClassPath.checked(LINUX.subList(0, 2),
			"linux-arm64")).contains("its engine is missing"));
	}

	@Test
	void lackOfSpaceIsFoundBeforeItIsUnpacked() {
		final Path cache = Paths.get("cache");
		Launch.checkSpace(cache, 700);
		assertTrue(message(() -> Launch.checkSpace(cache, 699)).contains(
			"needs 700 MB to be unpacked, once, but at cache only 699 MB are free"));
	}

	@Test
	void aDriveThatIsNotThereIsSaid() {
		// As "Q:\\cache" on Windows, this has no folder above that exists.
		assertTrue(message(() -> Launch.space(Paths.get("no-such-drive", "cache")))
			.contains("UNET_CACHE"));
		assertTrue(Launch.space(Paths.get("none").toAbsolutePath()) > 0);
	}

	@Test
	void theEngineHasTheSameFolderForTemporaryFiles() {
		final String usual = System.getProperty("java.io.tmpdir");
		try {
			System.setProperty("java.io.tmpdir", "target");
			final List<String> command = new Launch().command();
			assertTrue(command.contains("-Djava.io.tmpdir=" + Paths.get("target")
				.toAbsolutePath()), command.toString());
		}
		finally {
			System.setProperty("java.io.tmpdir", usual);
		}
	}

	private static String message(final Runnable action) {
		return assertThrows(NetworkException.class, action::run).getMessage();
	}
}
