
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

import sc.fiji.unet.job.ObjectScores.Truth;
import sc.fiji.unet.metrics.Detection;
import sc.fiji.unet.metrics.ForegroundRestricted;
import sc.fiji.unet.metrics.Seg;

/** Scores of objects, image by image, and of all together. Not thread-safe. */
final class ObjectTable {

	/** Names of the scores, in order. */
	static final List<String> COLUMNS = Collections.unmodifiableList(Arrays
		.asList("pixel_error", "trivial_error", "IoU", "V_rand", "V_info", "SEG",
			"F1", "count_error_percent", "AP", "objects_true", "objects_found",
			"count_error", "merges", "splits"));

	private final boolean regionsAreObjects;
	private final List<ObjectScores> images = new ArrayList<>();
	/** Of each image. */
	private final List<ForegroundRestricted> topologies = new ArrayList<>();

	/**
	 * @param regionsAreObjects whether every region of a mask is one object, so
	 *          that merges and splits can be counted
	 */
	ObjectTable(final boolean regionsAreObjects) {
		this.regionsAreObjects = regionsAreObjects;
	}

	/** Adds an image without V_rand and V_info. */
	void add(final ObjectScores scores) {
		add(scores, new ForegroundRestricted(Double.NaN, Double.NaN));
	}

	void add(final ObjectScores scores, final ForegroundRestricted topology) {
		images.add(scores);
		topologies.add(topology);
	}

	/** @return scores of the images so far, in order */
	List<ObjectScores> images() {
		return Collections.unmodifiableList(images);
	}

	/** @return V_rand and V_info of each image; NaN where they were not asked */
	List<ForegroundRestricted> topologies() {
		return Collections.unmodifiableList(topologies);
	}

	/**
	 * @return whether an image's objects are regions of a mask, which may be
	 *         several cells each. One region of one value is an object where
	 *         other images have objects
	 */
	boolean isMask(final ObjectScores image) {
		if (regionsAreObjects) return false;
		return image.meaning() == Truth.REGIONS || image
			.meaning() == Truth.UNKNOWN && images.stream().noneMatch(i -> i
				.meaning() == Truth.OBJECTS);
	}

	/** @return objects of all images together */
	Detection detections() {
		return images.stream().map(ObjectScores::detection).reduce(Detection::plus)
			.get();
	}

	/** @return true objects of all images together */
	Seg seg() {
		return images.stream().map(ObjectScores::seg).reduce(Seg::plus).get();
	}

	/** @return mean over the images that have the value; NaN if none has */
	double mean(final ToDoubleFunction<ObjectScores> value) {
		return mean(images, value);
	}

	private static <T> double mean(final List<T> images,
		final ToDoubleFunction<T> value)
	{
		return images.stream().mapToDouble(value).filter(v -> !Double.isNaN(v))
			.average().orElse(Double.NaN);
	}

	/**
	 * @return whether calling everything foreground makes fewer errors than
	 *         calling everything background
	 */
	boolean isMostlyForeground() {
		return mean(ObjectScores::allBackground) > 0.5;
	}

	/** @return pixel error of the better of these two answers, for all images */
	double trivialError(final ObjectScores image) {
		return isMostlyForeground() ? 1 - image.allBackground() : image
			.allBackground();
	}

	/**
	 * @return the rows so far, at least one, and one of all: objects together,
	 *         other scores averaged over the rows that have one
	 */
	Evaluation evaluation() {
		final List<Evaluation.Row> rows = new ArrayList<>();
		double merges = 0;
		double splits = 0;
		int withErrors = 0;
		for (int i = 0; i < images.size(); i++) {
			final ObjectScores image = images.get(i);
			final boolean mask = isMask(image);
			if (!mask) {
				merges += image.errors().merges();
				splits += image.errors().splits();
				withErrors++;
			}
			rows.add(row(image.name(), new double[] { image.pixelError(),
				trivialError(image), image.overlap(), topologies.get(i).vRand(),
				topologies.get(i).vInfo() }, image.seg(), image.detection(), mask
					? Double.NaN : image.errors().merges(), mask ? Double.NaN : image
						.errors().splits()));
		}
		if (withErrors == 0) merges = splits = Double.NaN;
		rows.add(row(Evaluation.ALL, new double[] { mean(ObjectScores::pixelError),
			mean(this::trivialError), mean(ObjectScores::overlap), mean(topologies,
				ForegroundRestricted::vRand), mean(topologies,
					ForegroundRestricted::vInfo) }, seg(), detections(), merges, splits));
		return new Evaluation(COLUMNS, rows);
	}

	/** @param pixels the scores that are not of objects */
	private static Evaluation.Row row(final String name, final double[] pixels,
		final Seg seg, final Detection detection, final double merges,
		final double splits)
	{
		final double[] values = Arrays.copyOf(pixels, COLUMNS.size());
		final double[] objects = { seg.score(), detection.f1(), 100 * detection
			.relativeCountError(), detection.averagePrecision(), detection
				.trueObjects(), detection.foundObjects(), detection.countError(),
			merges, splits };
		System.arraycopy(objects, 0, values, pixels.length, objects.length);
		return new Evaluation.Row(name, values);
	}
}
