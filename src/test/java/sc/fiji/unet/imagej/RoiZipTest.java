
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ij.gui.Roi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.TimeZone;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoiZipTest {

	@TempDir
	Path folder;

	private byte[] in(final String zone) throws IOException {
		final TimeZone before = TimeZone.getDefault();
		TimeZone.setDefault(TimeZone.getTimeZone(zone));
		try {
			final Path file = folder.resolve("rois.zip");
			RoiZip.write(Collections.singletonList(new Roi(1, 2, 3, 4)), file, true);
			return Files.readAllBytes(file);
		}
		finally {
			TimeZone.setDefault(before);
		}
	}

	@Test
	void bytesAreTheSameInEveryTimeZone() throws IOException {
		assertArrayEquals(in("UTC"), in("America/New_York"));
		assertArrayEquals(in("UTC"), in("Asia/Tokyo"));
	}
}
