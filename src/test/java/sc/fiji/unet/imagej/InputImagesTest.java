
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.FilePairs;

class InputImagesTest {

	@TempDir
	Path folder;

	private void files(final String... names) throws IOException {
		for (final String name : names)
			Files.createFile(folder.resolve(name));
	}

	private void assertImages(final String... expected) throws IOException {
		final List<String> found = FilePairs.list(folder, new InputImages())
			.stream().map(f -> f.getFileName().toString()).collect(Collectors
				.toList());
		assertEquals(new TreeSet<>(Arrays.asList(expected)), new TreeSet<>(found));
	}

	@Test
	void picturesBesideTheirImagesAreNone() throws IOException {
		files("a.png", "a_errors.png", "a_comparison.png", "b_labels.tif",
			"b_mask_errors.png", "stack.tif", "stack-1_errors.png",
			"stack-12_comparison.png", "notes.txt");
		assertImages("a.png", "b_labels.tif", "stack.tif");
	}

	@Test
	void picturesOfOthersAreImages() throws IOException {
		files("a_errors.png", "a_comparison.png", "b.png", "b_overlay.png",
			"c_errors.tif", "b_training.png");
		assertImages("a_errors.png", "a_comparison.png", "b.png", "b_overlay.png",
			"c_errors.tif", "b_training.png");
	}

	@Test
	void thePicturesOfSegmentingAndTrainingAreNone() throws IOException {
		files("a.png", "a_overlay.png", "a_rois.zip", "model_training.png",
			"model_training.csv");
		assertImages("a.png");
	}
}
