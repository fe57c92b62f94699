
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import sc.fiji.unet.metrics.Detection;
import sc.fiji.unet.metrics.ForegroundRestricted;
import sc.fiji.unet.metrics.IoU;
import sc.fiji.unet.metrics.ObjectErrors;
import sc.fiji.unet.metrics.PixelError;
import sc.fiji.unet.metrics.Seg;

/** Scores of objects, image by image, and of all together. Not thread-safe. */
final class ObjectTable {

	/** Names of the scores, in order. */
	static final List<String> COLUMNS = Collections.unmodifiableList(Arrays
		.asList("pixel_error", "IoU", "V_rand", "V_info", "SEG", "AP", "F1",
			"objects_true", "objects_found", "count_error", "merges", "splits"));

	private final double iou;
	private final List<Evaluation.Row> rows = new ArrayList<>();
	private Detection detections;
	private Seg seg;
	private int merges;
	private int splits;

	/** @param iou intersection over union that a match must exceed */
	ObjectTable(final double iou) {
		this.iou = iou;
	}

	/**
	 * @param truth instance labels (x, y); -1 = ignored
	 * @param result instance labels of the same size
	 * @return what is wrong with the objects
	 */
	ObjectErrors add(final String name, final ArrayImg<IntType, IntArray> truth,
		final ArrayImg<IntType, IntArray> result)
	{
		final Detection detection = Detection.of(truth, result, iou);
		final Seg overlap = Seg.of(truth, result);
		final ObjectErrors errors = ObjectErrors.of(truth, result, iou);
		final ForegroundRestricted topology = ForegroundRestricted.of(truth,
			result);
		final double[] pixels = { PixelError.ofMasks(truth, result), IoU.ofMasks(
			truth, result), topology.vRand(), topology.vInfo() };
		rows.add(new Evaluation.Row(name, values(pixels, overlap, detection, errors
			.merges(), errors.splits())));
		detections = detections == null ? detection : detections.plus(detection);
		seg = seg == null ? overlap : seg.plus(overlap);
		merges += errors.merges();
		splits += errors.splits();
		return errors;
	}

	/**
	 * @param pixels the scores that are not of objects
	 * @return values of all columns
	 */
	private static double[] values(final double[] pixels, final Seg seg,
		final Detection detection, final int merges, final int splits)
	{
		final double[] values = Arrays.copyOf(pixels, COLUMNS.size());
		final int found = detection.truePositives();
		final double[] objects = { seg.score(), detection.averagePrecision(),
			detection.f1(), found + detection.falseNegatives(), found + detection
				.falsePositives(), detection.countError(), merges, splits };
		System.arraycopy(objects, 0, values, pixels.length, objects.length);
		return values;
	}

	/**
	 * @return the rows so far, at least one, and one of all: objects together,
	 *         other scores averaged over the rows that have one
	 */
	Evaluation evaluation() {
		final double[] pixels = new double[4];
		Arrays.setAll(pixels, i -> rows.stream().mapToDouble(row -> row.values()[i])
			.filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN));
		final List<Evaluation.Row> all = new ArrayList<>(rows);
		all.add(new Evaluation.Row(Evaluation.ALL, values(pixels, seg, detections,
			merges, splits)));
		return new Evaluation(COLUMNS, all);
	}
}
