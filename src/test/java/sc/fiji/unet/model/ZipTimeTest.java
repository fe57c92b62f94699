
package sc.fiji.unet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TimeZone;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives are the same wherever they are written. */
class ZipTimeTest {

	@TempDir
	Path folder;

	private byte[] in(final String zone) throws IOException {
		final TimeZone before = TimeZone.getDefault();
		TimeZone.setDefault(TimeZone.getTimeZone(zone));
		try {
			final ByteArrayOutputStream zip = new ByteArrayOutputStream();
			Zips.zipFolder(folder, zip);
			return zip.toByteArray();
		}
		finally {
			TimeZone.setDefault(before);
		}
	}

	@Test
	void bytesAreTheSameInEveryTimeZone() throws IOException {
		Files.write(folder.resolve("weights"), new byte[100]);
		assertArrayEquals(in("UTC"), in("America/New_York"));
		assertArrayEquals(in("UTC"), in("Asia/Tokyo"));
	}
}
