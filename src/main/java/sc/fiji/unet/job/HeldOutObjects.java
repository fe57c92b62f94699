
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.Comparison;
import sc.fiji.unet.job.ObjectScores.Truth;
import sc.fiji.unet.metrics.Detection;
import sc.fiji.unet.metrics.Seg;
import sc.fiji.unet.report.ScoredImage;
import sc.fiji.unet.train.TaskQuality;

/** Scores of objects, or of the regions of masks. Not thread-safe. */
final class HeldOutObjects extends HeldOutScores {

	private static final String EXPLANATION =
		"F1: harmonic mean of precision and recall; an object counts as found if its intersection over union with a true one exceeds 0.5. " +
			"SEG: mean over the true objects of the intersection over union with the object that covers more than half of it, 0 without one; false positives do not lower it, so look at F1 and the counts, too. " +
			"Count error: objects found minus true ones, over the true ones. IoU: intersection over union of the foregrounds. " +
			"In the last line F1, SEG and counts are of all objects together, the other scores are means over the images.";

	private final boolean mask;
	private final ObjectTable table = new ObjectTable(false);

	HeldOutObjects(final LabelKind kind) {
		mask = kind == LabelKind.MASK;
	}

	@Override
	Map<String, Double> scores(final Comparison comparison) {
		final ObjectScores image = ObjectScores.of(comparison.name(), mask
			? Truth.REGIONS : Truth.OBJECTS, comparison.objects(), comparison
				.prediction(), Detection.IOU);
		table.add(image);
		return scores(image.detection(), image.seg(), image.overlap());
	}

	private Map<String, Double> scores(final Detection detection, final Seg seg,
		final double overlap)
	{
		final Map<String, Double> scores = new LinkedHashMap<>();
		scores.put(mask ? "F1 (regions)" : "F1 (objects)", detection.f1());
		scores.put(mask ? "SEG (regions)" : "SEG", seg.score());
		scores.put("IoU (pixels)", overlap);
		return scores;
	}

	@Override
	Map<String, String> further(final int image) {
		final ObjectScores scores = table.images().get(image);
		return further(scores.detection(), scores.pixelError(), table.trivialError(
			scores));
	}

	private Map<String, String> further(final Detection detection,
		final double error, final double trivial)
	{
		final Map<String, String> columns = new LinkedHashMap<>();
		columns.put((mask ? "Regions" : "Objects") + " found / true", detection
			.foundObjects() + " / " + detection.trueObjects());
		final double count = 100 * detection.relativeCountError();
		columns.put(ScoredImage.COUNT_ERROR, Double.isNaN(count) ? "-"
			: ScoreRemarks.percent(count));
		columns.putAll(errors(error, table.isMostlyForeground() ? "all foreground"
			: "all background", trivial));
		return columns;
	}

	@Override
	ScoredImage all() {
		return together(table.images().size(), scores(table.detections(), table
			.seg(), table.mean(ObjectScores::overlap)), further(table.detections(),
				table.mean(ObjectScores::pixelError), table.mean(table::trivialError)));
	}

	@Override
	List<String> notes() {
		final List<String> notes = new ArrayList<>(ScoreRemarks.spread(table));
		notes.add(ScoreRemarks.countError(table));
		notes.addAll(ScoreRemarks.trivial(table));
		notes.addAll(ScoreRemarks.ignored(table.mean(ObjectScores::ignored)));
		notes.addAll(ScoreRemarks.masks(table));
		notes.add(TaskQuality.explanation(mask ? LabelKind.MASK
			: LabelKind.INSTANCES) + EXPLANATION);
		return notes;
	}
}
