
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.unet.imagej.Comparison;
import sc.fiji.unet.metrics.ClassScores;
import sc.fiji.unet.report.ScoredImage;

/** Scores of classes, pixel by pixel. Not thread-safe. */
final class HeldOutClasses extends HeldOutScores {

	private final ClassTable table;

	/** @param names of the classes, background first, two or more */
	HeldOutClasses(final List<String> names) {
		table = new ClassTable(names);
	}

	@Override
	Map<String, Double> scores(final Comparison comparison) {
		table.add(comparison.name(), comparison.truth(), comparison.prediction());
		return scores(table.images().get(table.images().size() - 1));
	}

	private Map<String, Double> scores(final ClassScores image) {
		final Map<String, Double> scores = new LinkedHashMap<>();
		scores.put("IoU (foreground)", image.foreground().iou(1));
		for (int c = 1; c < table.names().size(); c++)
			scores.put("IoU " + table.names().get(c), image.iou(c));
		return scores;
	}

	@Override
	Map<String, String> further(final int image) {
		return further(table.images().get(image));
	}

	private Map<String, String> further(final ClassScores image) {
		final int most = table.all().mostFrequent();
		return errors(image.pixelError(), "all " + table.names().get(most), image
			.pixelErrorOfAll(most));
	}

	@Override
	ScoredImage all() {
		return together(table.images().size(), scores(table.all()), further(table
			.all()));
	}

	@Override
	List<String> notes() {
		final List<String> notes = new ArrayList<>(ScoreRemarks.ofClasses(table));
		notes.add(
			"IoU: intersection over union of the pixels of all foreground classes together, and of those of each class; - where a class is neither in the truth nor in the prediction. The last line is of the pixels of all images together.");
		return notes;
	}
}
