
package sc.fiji.unet.imagej;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import sc.fiji.unet.data.FilePairs;
import sc.fiji.unet.data.NameList;
import sc.fiji.unet.data.NaturalOrder;

/** The images of a folder with their ROIs. */
public final class AnnotatedFiles {

	private AnnotatedFiles() {}

	/**
	 * Opens all images of a folder but results of a segmentation, see
	 * {@link AnnotatedImage#open}.
	 *
	 * @param exclude names to leave out, separated by commas; may be empty
	 * @param series which series of each file, from 1
	 * @param warnings hears what the user may not expect of an image
	 * @param cancelled asked before each image
	 * @return images in natural order of their names; some may have no ROI
	 * @throws IOException if the folder cannot be read
	 * @throws IllegalArgumentException if it is no folder or holds no image, or
	 *           files cannot be opened; lists them all
	 */
	public static List<AnnotatedImage> open(final Path folder,
		final String exclude, final int series, final Consumer<String> warnings,
		final BooleanSupplier cancelled) throws IOException
	{
		final List<AnnotatedImage> images = new ArrayList<>();
		final List<String> problems = new ArrayList<>();
		for (final Path file : files(folder, exclude)) {
			if (cancelled.getAsBoolean()) throw new CancellationException(
				"Opening the images was cancelled.");
			try {
				final AnnotatedImage image = AnnotatedImage.open(file, series);
				if (!image.rois().isEmpty()) ImageInput.warnings(image.image()).forEach(
					warnings);
				images.add(image);
			}
			catch (final IOException e) {
				problems.add(e.getMessage());
			}
		}
		if (!problems.isEmpty()) throw new IllegalArgumentException(
			"These files cannot be used:\n- " + String.join("\n- ", problems) +
				"\nRepair or exclude them.");
		return images;
	}

	private static List<Path> files(final Path folder, final String exclude)
		throws IOException
	{
		final List<Path> files = FilePairs.list(folder, new InputImages()).stream()
			.filter(file -> !ResultFiles.isNamedAsResult(file)).sorted(Comparator
				.comparing(FilePairs::stem, NaturalOrder.INSTANCE)).collect(Collectors
					.toList());
		final List<String> excluded = NameList.parse(exclude, files.stream().map(
			FilePairs::stem).collect(Collectors.toList()));
		files.removeIf(file -> excluded.contains(FilePairs.stem(file)));
		return files;
	}
}
