
package sc.fiji.unet.imagej;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import sc.fiji.unet.train.History;
import sc.fiji.unet.train.TrainingRecord;
import sc.fiji.unet.train.TrainingResult;

/**
 * The files that a training leaves beside its model NAME.zip:
 * {@code NAME_training.png}, its curves, and {@code NAME_training.csv}, its
 * history. They belong to the model and are written whenever it is.
 */
public final class TrainingFiles {

	private static final String PICTURE = "_training.png";
	private static final String TABLE = "_training.csv";
	private static final int WIDTH = 1200;
	private static final int HEIGHT = 480;

	private TrainingFiles() {}

	/**
	 * @param model a file ending in .zip
	 * @return the files, whether they exist or not: picture and table
	 */
	public static List<Path> of(final Path model) {
		final String name = model.getFileName().toString().replaceFirst("\\.zip$",
			"");
		return Arrays.asList(model.resolveSibling(name + PICTURE), model
			.resolveSibling(name + TABLE));
	}

	/**
	 * @param file any file
	 * @return whether it is the picture of a training, beside its table, and so
	 *         no image to train on or to segment
	 */
	public static boolean isPicture(final Path file) {
		final String name = file.getFileName().toString();
		return name.endsWith(PICTURE) && Files.exists(file.resolveSibling(name
			.substring(0, name.length() - PICTURE.length()) + TABLE));
	}

	/**
	 * @param model a file ending in .zip
	 * @return those of the files that exist and that no training has written; a
	 *         picture is taken for one's own if the table beside it is
	 * @throws IOException if they cannot be read
	 */
	public static List<Path> foreign(final Path model) throws IOException {
		final List<Path> files = of(model);
		final boolean isOwn = Files.isRegularFile(files.get(1)) && History
			.isHistory(files.get(1));
		return isOwn ? Collections.emptyList() : files.stream().filter(
			Files::exists).collect(Collectors.toList());
	}

	/**
	 * Writes both files; existing ones are replaced.
	 *
	 * @return empty, or in a sentence why there is no picture
	 * @throws IOException if a file cannot be written
	 */
	public static String write(final Path model, final TrainingRecord record,
		final TrainingResult result) throws IOException
	{
		final List<Path> files = of(model);
		WholeFile.write(files.get(1), true, out -> out.write(result.history()
			.toCsv().getBytes(StandardCharsets.UTF_8)));
		final BufferedImage picture;
		try {
			picture = TrainingCurves.picture(record, WIDTH, HEIGHT);
		}
		catch (final RuntimeException | LinkageError | InternalError e) {
			// ImageJ's plots need fonts, which Java has not in small containers.
			return "The curves of the training could not be drawn (" + e +
				"); install fonts to have '" + files.get(0).getFileName() +
				"'. Their values are in '" + files.get(1).getFileName() + "'.";
		}
		ImageFiles.save(picture, files.get(0), true);
		return "";
	}
}
