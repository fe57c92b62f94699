
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import sc.fiji.unet.data.FilePairs;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.InputImages;
import sc.fiji.unet.imagej.LabelFile;

/** Truth and result of the same image, opened each time they are asked for. */
abstract class EvaluatedImage {

	private static final String LABELS = "_labels";
	private static final String CLASSES = "_classes";

	private final String name;

	private EvaluatedImage(final String name) {
		this.name = name;
	}

	/** @return what the image is called */
	final String name() {
		return name;
	}

	/** @return labels (x, y) of each slice */
	abstract List<ArrayImg<IntType, IntArray>> truth() throws IOException;

	/** @return labels (x, y) of each slice */
	abstract List<ArrayImg<IntType, IntArray>> result() throws IOException;

	/** @return an image in memory */
	static EvaluatedImage of(final String name,
		final List<ArrayImg<IntType, IntArray>> truth,
		final List<ArrayImg<IntType, IntArray>> result)
	{
		return new EvaluatedImage(name) {

			@Override
			List<ArrayImg<IntType, IntArray>> truth() {
				return truth;
			}

			@Override
			List<ArrayImg<IntType, IntArray>> result() {
				return result;
			}
		};
	}

	/**
	 * @param truth folder of true labels; those without a result are passed over
	 * @param results folder of results
	 * @param kind what labels mean, which decides whose files are taken
	 * @throws IllegalArgumentException if a result has no truth, or a folder no
	 *           image
	 */
	static List<EvaluatedImage> ofFolders(final Path truth, final Path results,
		final LabelKind kind) throws IOException
	{
		final List<Path> labels = labelFiles(results, kind);
		final List<Path> truths = withResult(files(truth), labels);
		checkTruth(labels, truths, truth);
		return FilePairs.of(truths, labels).pairs().stream().map(
			EvaluatedImage::ofFiles).collect(Collectors.toList());
	}

	private static void checkTruth(final List<Path> results,
		final List<Path> truths, final Path folder)
	{
		final List<String> known = truths.stream().map(FilePairs::key).collect(
			Collectors.toList());
		final List<String> missing = results.stream().filter(r -> !known.contains(
			FilePairs.key(r))).map(r -> r.getFileName().toString()).collect(Collectors
				.toList());
		if (!missing.isEmpty()) throw new IllegalArgumentException(
			"There is no truth in '" + folder + "' for " + String.join(", ",
				missing) + "; it must have the same name, " + FilePairs.key(results
					.stream().filter(r -> !known.contains(FilePairs.key(r))).findFirst()
					.get()) + " for the first one. Add it, or take these results away.");
	}

	private static EvaluatedImage ofFiles(final FilePairs.Pair files) {
		return new EvaluatedImage(files.name()) {

			@Override
			List<ArrayImg<IntType, IntArray>> truth() throws IOException {
				return LabelFile.open(files.image()).slices();
			}

			@Override
			List<ArrayImg<IntType, IntArray>> result() throws IOException {
				return LabelFile.open(files.labels()).slices();
			}
		};
	}

	private static List<Path> labelFiles(final Path folder, final LabelKind kind)
		throws IOException
	{
		final List<Path> all = files(folder);
		final String ending = kind == LabelKind.CLASSES ? CLASSES : LABELS;
		final List<Path> labels = all.stream().filter(f -> FilePairs.stem(f)
			.endsWith(ending)).collect(Collectors.toList());
		return labels.isEmpty() ? all : labels;
	}

	/** @return the images of a folder, our pictures of them aside */
	static List<Path> files(final Path folder) throws IOException {
		return FilePairs.list(folder, new InputImages());
	}

	/** Only some of the true labels may have been segmented. */
	private static List<Path> withResult(final List<Path> truths,
		final List<Path> results)
	{
		final List<String> keys = results.stream().map(FilePairs::key).collect(
			Collectors.toList());
		return truths.stream().filter(t -> keys.contains(FilePairs.key(t))).collect(
			Collectors.toList());
	}
}
