
package sc.fiji.unet.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An image held out, with what the network made of it. Immutable.
 */
public final class ScoredImage {

	/** Further column that stands above the pictures, too. */
	public static final String COUNT_ERROR = "Count error";

	private final String name;
	private final Map<String, Double> scores;
	private final Map<String, String> further;
	private final Map<String, BufferedImage> pictures;

	/**
	 * @param name of the image
	 * @param scores name of each score to its value, higher being better; images
	 *          are ranked by the first, those that are equal by the next
	 * @param further name of each further column of the table to what stands
	 *          there, such as "38 / 40"; may be empty
	 * @param pictures caption of each picture to the picture, from left to right;
	 *          empty if there are none
	 */
	public ScoredImage(final String name, final Map<String, Double> scores,
		final Map<String, String> further,
		final Map<String, BufferedImage> pictures)
	{
		this.name = name;
		this.scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
		this.further = Collections.unmodifiableMap(new LinkedHashMap<>(further));
		this.pictures = Collections.unmodifiableMap(new LinkedHashMap<>(pictures));
	}

	/** @return name of the image */
	public String name() {
		return name;
	}

	/** @return name of each score to its value */
	public Map<String, Double> scores() {
		return scores;
	}

	/** @return name of each further column to what stands there */
	public Map<String, String> further() {
		return further;
	}

	/** @return the same with other further columns */
	public ScoredImage withFurther(final Map<String, String> value) {
		return new ScoredImage(name, scores, value, pictures);
	}

	/** @return caption of each picture to the picture, from left to right */
	public Map<String, BufferedImage> pictures() {
		return pictures;
	}

	/** @return the same with other pictures */
	public ScoredImage withPictures(final Map<String, BufferedImage> value) {
		return new ScoredImage(name, scores, further, value);
	}

	/**
	 * @param images in any order
	 * @param each how many of the best, and of the worst, are wanted
	 * @return those, best first; all where there are no more
	 */
	public static List<ScoredImage> bestAndWorst(final List<ScoredImage> images,
		final int each)
	{
		final List<ScoredImage> sorted = new ArrayList<>(images);
		sorted.sort((a, b) -> b.compareScores(a));
		if (sorted.size() > 2 * each) sorted.subList(each, sorted.size() - each)
			.clear();
		return sorted;
	}

	/** @return below 0 if this image has the lower scores */
	private int compareScores(final ScoredImage other) {
		for (final Map.Entry<String, Double> score : scores.entrySet()) {
			final int order = Double.compare(score.getValue(), other.scores
				.getOrDefault(score.getKey(), Double.NaN));
			if (order != 0) return order;
		}
		return 0;
	}
}
