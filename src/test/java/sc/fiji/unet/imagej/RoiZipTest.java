
package sc.fiji.unet.imagej;

import ij.gui.Roi;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.TimeZones;

class RoiZipTest {

	@TempDir
	Path folder;

	@Test
	void bytesAreTheSameInEveryTimeZone() throws Exception {
		final Path file = folder.resolve("rois.zip");
		TimeZones.assertSameEverywhere(() -> {
			RoiZip.write(Collections.singletonList(new Roi(1, 2, 3, 4)), file, true);
			return Files.readAllBytes(file);
		});
	}
}
