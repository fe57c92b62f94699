
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.ImageInput;

class SampleJobTest {

	private static final Path DATA = Paths.get(System.getProperty(
		"unet.project.dir", "."), "data");

	@TempDir
	Path folder;

	@Test
	void theImagesInTheProjectAreWhatTheGeneratorMakes() throws IOException {
		SampleJob.write(folder, false);
		final List<Path> files;
		try (Stream<Path> walk = Files.walk(folder)) {
			files = walk.filter(Files::isRegularFile).collect(Collectors.toList());
		}
		assertEquals(2 * (SampleJob.CELLS + SampleJob.MEMBRANES), files.size());
		for (final Path file : files) {
			final Path kept = DATA.resolve(folder.relativize(file).toString());
			assertTrue(Files.exists(kept), kept + " exists");
			assertArrayEquals(values(file), values(kept), 0, kept.toString());
		}
	}

	private static float[] values(final Path file) throws IOException {
		return ImageInput.of(ImageFiles.open(file), ChannelSelection.all()).slice(1,
			1).update(null).getCurrentStorageArray();
	}
}
