
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import sc.fiji.unet.metrics.ClassScores;

/** Scores of classes, image by image, and of all together. Not thread-safe. */
final class ClassTable {

	/** Names of the first columns, in order. */
	static final List<String> COLUMNS = Arrays.asList("pixel_error", "mean_IoU",
		"mean_F1");
	/** Names of the columns of a class, without its label value. */
	static final List<String> OF_CLASS = Arrays.asList("IoU_", "F1_",
		"pixel_error_");

	private final List<String> names;
	private final List<Evaluation.Row> rows = new ArrayList<>();
	private ClassScores all;

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
		final ClassScores scores = ClassScores.of(truth, result, names.size());
		rows.add(row(name, scores));
		all = all == null ? scores : all.plus(scores);
	}

	private Evaluation.Row row(final String name, final ClassScores scores) {
		final int first = COLUMNS.size();
		final double[] values = new double[first + OF_CLASS.size() * names.size()];
		values[0] = scores.pixelError();
		values[1] = scores.meanIoU();
		values[2] = scores.meanF1();
		for (int c = 0; c < names.size(); c++) {
			values[first + OF_CLASS.size() * c] = scores.iou(c);
			values[first + OF_CLASS.size() * c + 1] = scores.f1(c);
			values[first + OF_CLASS.size() * c + 2] = scores.pixelError(c);
		}
		return new Evaluation.Row(name, values);
	}

	/** @return the rows so far, at least one, and one of all pixels together */
	Evaluation evaluation() {
		final List<String> columns = new ArrayList<>(COLUMNS);
		for (final String name : names)
			for (final String score : OF_CLASS)
				columns.add(score + name);
		final List<Evaluation.Row> rowsOfAll = new ArrayList<>(rows);
		rowsOfAll.add(row(Evaluation.ALL, all));
		return new Evaluation(columns, rowsOfAll);
	}
}
