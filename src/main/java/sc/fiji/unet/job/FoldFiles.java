
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import sc.fiji.unet.imagej.TrainingFiles;
import sc.fiji.unet.imagej.WholeFile;
import sc.fiji.unet.train.Trainer;

/** The files of a cross-validation in their folder. Immutable. */
final class FoldFiles {

	private static final String OVERWRITE =
		"choose another folder, or allow overwriting (overwrite=true, --overwrite).";

	private final Path folder;

	FoldFiles(final Path folder) {
		this.folder = folder.toAbsolutePath();
	}

	/** @return what is validated, to be recognised when it goes on */
	Path state() {
		return folder.resolve("cross-validation.txt");
	}

	/** @return a row a fold, mean and standard deviation */
	Path table() {
		return folder.resolve("cross-validation.csv");
	}

	/** @return the same for people */
	Path page() {
		return folder.resolve("cross-validation.html");
	}

	/** @param fold from 0 */
	Path model(final int fold) {
		return folder.resolve("fold" + (fold + 1) + ".zip");
	}

	/** @param fold from 0 */
	Path scores(final int fold) {
		return folder.resolve("fold" + (fold + 1) + "_scores.csv");
	}

	/** @return whether the model of a fold has been tested */
	boolean isTested(final int fold) {
		return Files.exists(scores(fold));
	}

	/** @return whether the training of a fold can go on */
	boolean isUnfinished(final int fold) throws IOException {
		return Trainer.isResumable(TrainJob.training(model(fold)));
	}

	/** @return whether the training of a fold has come to its end */
	boolean isTrained(final int fold) throws IOException {
		return Files.exists(model(fold)) && !isUnfinished(fold);
	}

	/** @return whether there is a cross-validation to go on with */
	boolean isBegun() {
		return Files.exists(state());
	}

	/**
	 * Checks whether everything may be written; nothing is changed.
	 *
	 * @throws IllegalArgumentException if it may not; says what to do
	 * @throws IOException if the place cannot be looked at
	 */
	void check(final int folds, final boolean overwrite, final boolean resume)
		throws IOException
	{
		if (Files.exists(folder) && !Files.isDirectory(folder))
			throw new IllegalArgumentException("'" + folder +
				"' is a file; give the name of a folder for the cross-validation.");
		final boolean goesOn = resume && isBegun();
		if (!goesOn && !overwrite) checkFree(folds);
		for (int fold = 0; fold < folds; fold++)
			if (!goesOn || !isTested(fold) && !isTrained(fold)) TrainJob.checkTarget(
				model(fold), overwrite, goesOn);
	}

	private void checkFree(final int folds) {
		if (isBegun()) throw new IllegalArgumentException(Files.exists(page())
			? "Folder '" + folder + "' holds a cross-validation already; " + OVERWRITE
			: "An unfinished cross-validation lies in '" + folder +
				"'; go on with it (resume=true, --resume), " + OVERWRITE);
		final List<Path> files = new ArrayList<>(Arrays.asList(table(), page()));
		for (int fold = 0; fold < folds; fold++)
			files.add(scores(fold));
		for (final Path file : files)
			if (Files.exists(file)) throw new IllegalArgumentException("'" + file +
				"' exists already; " + OVERWRITE);
	}

	/**
	 * Begins anew, or goes on with what was begun.
	 *
	 * @param description what is validated, line by line
	 * @param folds number of folds
	 * @throws IllegalArgumentException if something else was begun; says what
	 *           differs
	 */
	void begin(final List<String> description, final int folds,
		final boolean resume) throws IOException
	{
		if (resume && isBegun()) {
			checkSame(Files.readAllLines(state(), StandardCharsets.UTF_8),
				description);
			return;
		}
		Files.createDirectories(folder);
		clear(folds);
		write(state(), String.join("\n", description) + "\n");
	}

	private void checkSame(final List<String> before, final List<String> now) {
		for (int i = 0; i < Math.max(before.size(), now.size()); i++) {
			final String then = i < before.size() ? before.get(i).trim() : "";
			final String today = i < now.size() ? now.get(i).trim() : "";
			if (!then.equals(today)) throw new IllegalArgumentException(
				"The cross-validation in '" + folder +
					"' cannot go on with other images or settings: it has \"" + then +
					"\", now \"" + today + "\". Use the same again, or " + OVERWRITE);
		}
	}

	/**
	 * A model of before would be taken for one of now. There may have been more
	 * folds then.
	 */
	private void clear(final int folds) throws IOException {
		Files.deleteIfExists(state());
		Files.deleteIfExists(table());
		Files.deleteIfExists(page());
		for (int fold = 0; fold < folds || Files.exists(model(fold)) || isTested(
			fold); fold++)
		{
			Trainer.discard(TrainJob.training(model(fold)));
			Files.deleteIfExists(scores(fold));
			Files.deleteIfExists(model(fold));
			Files.deleteIfExists(ReportWriter.file(model(fold)));
			for (final Path file : TrainingFiles.of(model(fold)))
				Files.deleteIfExists(file);
		}
	}

	/** Writes a text whole, in the place of one that is there. */
	static void write(final Path file, final String text) throws IOException {
		WholeFile.write(file, true, out -> out.write(text.getBytes(
			StandardCharsets.UTF_8)));
	}
}
