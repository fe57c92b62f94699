
package sc.fiji.unet.imagej;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import sc.fiji.unet.data.FilePairs;

/**
 * Which files of a folder are taken for images: all that can be opened, but for
 * the pictures that this plugin draws for people. Those of an image NAME, or of
 * its slices NAME-1, NAME-2, ..., are {@code NAME_errors.png} and
 * {@code NAME_comparison.png} where NAME itself lies beside them, and
 * {@code NAME_overlay.png} beside {@code NAME_rois.zip}; that of a training is
 * {@code NAME_training.png} beside its table. Asks each folder once; to be used
 * for one look at it.
 */
public final class InputImages implements Predicate<Path> {

	/** Ending of the picture of right and wrong. */
	public static final String ERRORS = "_errors.png";
	/** Ending of the picture of prediction and truth. */
	public static final String COMPARISON = "_comparison.png";
	private static final String OVERLAY = "_overlay.png";
	private static final String ROIS = "_rois.zip";
	private static final List<String> BESIDE_IMAGES = Arrays.asList(ERRORS,
		COMPARISON);

	/** What images are called, without ending and extension, by folder. */
	private final Map<Path, Set<String>> names = new HashMap<>();

	/**
	 * @return whether the file is an image by its name, and no picture of ours
	 * @throws UncheckedIOException if its folder cannot be read
	 */
	@Override
	public boolean test(final Path file) {
		return ImageFormats.isImage(file) && !TrainingFiles.isPicture(file) &&
			!isOverlay(file) && !isBesideItsImage(file);
	}

	private static boolean isOverlay(final Path file) {
		final String name = file.getFileName().toString();
		return name.endsWith(OVERLAY) && Files.exists(file.resolveSibling(
			withoutEnding(name, OVERLAY) + ROIS));
	}

	private boolean isBesideItsImage(final Path file) {
		final String name = file.getFileName().toString();
		for (final String ending : BESIDE_IMAGES)
			if (name.endsWith(ending)) {
				final String image = withoutEnding(name, ending);
				final Set<String> there = names.computeIfAbsent(file.toAbsolutePath()
					.getParent(), InputImages::names);
				return there.contains(key(image)) || there.contains(key(image
					.replaceFirst("-[0-9]+$", "")));
			}
		return false;
	}

	private static String withoutEnding(final String name, final String ending) {
		return name.substring(0, name.length() - ending.length());
	}

	/** Truth and result of an image may end differently. */
	private static String key(final String stem) {
		return FilePairs.key(Path.of(stem + ".tif"));
	}

	private static Set<String> names(final Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(file -> ImageFormats.isImage(file) && BESIDE_IMAGES
				.stream().noneMatch(file.getFileName().toString()::endsWith)).map(
					FilePairs::key).collect(Collectors.toSet());
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
