
package sc.fiji.unet.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.Comparison;
import sc.fiji.unet.report.ScoredImage;

/** Scores of the images held out, for the report. Not thread-safe. */
abstract class HeldOutScores {

	/**
	 * @param kind what labels mean: mask, instances or classes
	 * @param classes names of the classes, background first
	 */
	static HeldOutScores of(final LabelKind kind, final List<String> classes) {
		return kind == LabelKind.CLASSES ? new HeldOutClasses(classes)
			: new HeldOutObjects(kind);
	}

	/** @return the scores of an image, without the further columns */
	final ScoredImage add(final Comparison comparison) {
		return new ScoredImage(comparison.name(), scores(comparison), Collections
			.emptyMap(), Collections.emptyMap());
	}

	/** Adds an image; returns the scores that images are ranked by. */
	abstract Map<String, Double> scores(Comparison comparison);

	/**
	 * To be asked when all images are there.
	 *
	 * @param image number of an image, from 0
	 * @return the further columns
	 */
	abstract Map<String, String> further(int image);

	/** @return all images together */
	abstract ScoredImage all();

	/** @return what the scores mean, in sentences */
	abstract List<String> notes();

	static ScoredImage together(final int images,
		final Map<String, Double> scores, final Map<String, String> further)
	{
		return new ScoredImage("All " + images + " together", scores, further,
			Collections.emptyMap());
	}

	/** @param trivial what the other error is of, such as "all background" */
	static Map<String, String> errors(final double error, final String trivial,
		final double trivialError)
	{
		final Map<String, String> columns = new LinkedHashMap<>();
		columns.put("Pixel error", number(error));
		columns.put("Pixel error of " + trivial, number(trivialError));
		return columns;
	}

	private static String number(final double value) {
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f",
			value);
	}
}
