
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import sc.fiji.unet.metrics.ClassScores;

/** Scores of classes, image by image, and of all together. Not thread-safe. */
final class ClassTable {

	/** Names of the first columns, in order. */
	static final List<String> COLUMNS = Arrays.asList("pixel_error",
		"trivial_error", "mean_IoU", "mean_F1");
	/** Names of the columns of a class, without its label value. */
	static final List<String> OF_CLASS = Arrays.asList("IoU_", "F1_",
		"pixel_error_");

	private final List<String> names;
	private final List<String> images = new ArrayList<>();
	private final List<ClassScores> scores = new ArrayList<>();
	private ClassScores all;
	private long pixels;
	private long ignored;

	/** @param names of the classes, background first */
	ClassTable(final List<String> names) {
		this.names = names;
	}

	/**
	 * @param truth class indices (x, y); -1 = ignored
	 * @param result class indices of the same size
	 */
	void add(final String name, final ArrayImg<IntType, IntArray> truth,
		final ArrayImg<IntType, IntArray> result)
	{
		final ClassScores image = ClassScores.of(truth, result, names.size());
		images.add(name);
		for (final int label : truth.update(null).getCurrentStorageArray()) {
			pixels++;
			if (label < 0) ignored++;
		}
		scores.add(image);
		all = all == null ? image : all.plus(image);
	}

	/** @return scores of all pixels together */
	ClassScores all() {
		return all;
	}

	/** @return of each image, in order */
	List<ClassScores> images() {
		return Collections.unmodifiableList(scores);
	}

	/** @return names of the classes, background first */
	List<String> names() {
		return names;
	}

	/** @return share (0 to 1) of the pixels that is ignored */
	double ignored() {
		return (double) ignored / pixels;
	}

	private Evaluation.Row row(final String name, final ClassScores image) {
		final int first = COLUMNS.size();
		final double[] values = new double[first + OF_CLASS.size() * names.size()];
		values[0] = image.pixelError();
		values[1] = image.pixelErrorOfAll(all.mostFrequent());
		values[2] = image.meanIoU();
		values[3] = image.meanF1();
		for (int c = 0; c < names.size(); c++) {
			values[first + OF_CLASS.size() * c] = image.iou(c);
			values[first + OF_CLASS.size() * c + 1] = image.f1(c);
			values[first + OF_CLASS.size() * c + 2] = image.pixelError(c);
		}
		return new Evaluation.Row(name, values);
	}

	/** @return the rows so far, at least one, and one of all pixels together */
	Evaluation evaluation() {
		final List<String> columns = new ArrayList<>(COLUMNS);
		for (final String name : names)
			for (final String score : OF_CLASS)
				columns.add(score + name);
		final List<Evaluation.Row> rows = new ArrayList<>();
		for (int i = 0; i < images.size(); i++)
			rows.add(row(images.get(i), scores.get(i)));
		rows.add(row(Evaluation.ALL, all));
		return new Evaluation(columns, rows);
	}
}
