
package sc.fiji.unet.data;

import java.util.Arrays;

import sc.fiji.unet.network.ImageTrait;

/**
 * Measures the {@link ImageTrait}s of one channel, over one or several images
 * taken together. Not thread-safe.
 */
final class TraitMeter {

	/** Details of the sizes 1, 2, 4, 8 and 16 pixels are told apart. */
	private static final int LEVELS = 5;
	/** A level with a shorter side says too little, in pixels. */
	private static final int SHORTEST = 8;
	/** Power that white noise of variance 1 has at each level. */
	static final double[] NOISE_POWER = { 0.7612, 0.04222, 0.007474, 0.001724,
		0.0004227 };
	/** Levels at which lines are looked for: some pixels wide. */
	private static final int FIRST_LINES = 1;
	private static final int LAST_LINES = 2;
	/** Grey values that are kept for percentiles. */
	private static final int MOST_VALUES = 1 << 18;
	/** Keeps an image without any details from being one of fine details. */
	private static final double FAINT = 0.003;
	/** Power below which there is no structure. */
	private static final double FAINTEST = 1e-6;
	/** Diameter in pixels of discs whose details lie at level 0. */
	private static final double DISC = 2.5;

	private final long step;
	private final float[] values;
	private int stored;
	private long seen;
	private float lowest = Float.POSITIVE_INFINITY;
	private float highest = Float.NEGATIVE_INFINITY;
	private long atLowest;
	private long atHighest;
	private double differences;
	private long differenceCount;
	private final double[] power = new double[LEVELS];
	private final long[] powerCount = new long[LEVELS];
	private double signedCurvature;
	private double curvature;

	/** @param pixels how many will be added */
	TraitMeter(final long pixels) {
		// Odd, or only some columns of the usual widths would be looked at.
		step = (pixels / MOST_VALUES) | 1;
		values = new float[(int) ((pixels + step - 1) / step)];
	}

	/**
	 * @param block normalised grey values, x fastest; not changed
	 * @param width size along x in pixels
	 * @param height size along y in pixels
	 */
	void add(final float[] block, final int width, final int height) {
		for (final float value : block)
			addValue(value);
		addDifferences(block, width, height);
		float[] level = block;
		int w = width;
		int h = height;
		for (int k = 0; k < LEVELS && Math.min(w, h) >= SHORTEST; k++) {
			final float[] smooth = level.clone();
			GaussianFilter.smooth(smooth, new int[] { w, h }, 1);
			addPower(k, level, smooth);
			if (k >= FIRST_LINES && k <= LAST_LINES) addCurvature(smooth, w, h);
			level = everySecond(smooth, w, h);
			w = (w + 1) / 2;
			h = (h + 1) / 2;
		}
	}

	private void addValue(final float value) {
		if (seen++ % step == 0) values[stored++] = value;
		if (value < lowest) atLowest = 0;
		if (value > highest) atHighest = 0;
		lowest = Math.min(lowest, value);
		highest = Math.max(highest, value);
		if (value == lowest) atLowest++;
		if (value == highest) atHighest++;
	}

	/**
	 * Second differences along x of second differences along y: what varies
	 * smoothly along either axis, as edges do, vanishes. Immerkaer, "Fast Noise
	 * Variance Estimation", 1996.
	 */
	private void addDifferences(final float[] v, final int w, final int h) {
		for (int y = 1; y < h - 1; y++)
			for (int i = y * w + 1; i < y * w + w - 1; i++)
				differences += Math.abs(4 * v[i] - 2 * (v[i - 1] + v[i + 1] + v[i - w] +
					v[i + w]) + v[i - w - 1] + v[i - w + 1] + v[i + w - 1] + v[i + w +
						1]);
		differenceCount += Math.max(0L, w - 2) * Math.max(0, h - 2);
	}

	private void addPower(final int level, final float[] v,
		final float[] smooth)
	{
		double sum = 0;
		for (int i = 0; i < v.length; i++) {
			final double detail = v[i] - smooth[i];
			sum += detail * detail;
		}
		power[level] += sum;
		powerCount[level] += v.length;
	}

	/** Curvature across the direction in which a pixel is curved most. */
	private void addCurvature(final float[] v, final int w, final int h) {
		for (int y = 1; y < h - 1; y++)
			for (int i = y * w + 1; i < y * w + w - 1; i++) {
				final double xx = v[i - 1] - 2 * v[i] + v[i + 1];
				final double yy = v[i - w] - 2 * v[i] + v[i + w];
				final double xy = (v[i - w - 1] + v[i + w + 1] - v[i - w + 1] - v[i +
					w - 1]) / 4;
				final double mean = (xx + yy) / 2;
				final double most = Math.abs(mean) + Math.sqrt((xx - yy) * (xx - yy) /
					4 + xy * xy);
				curvature += most * most;
				signedCurvature += mean > 0 ? -most * most : most * most;
			}
	}

	private static float[] everySecond(final float[] v, final int w,
		final int h)
	{
		final float[] half = new float[(w + 1) / 2 * ((h + 1) / 2)];
		int to = 0;
		for (int y = 0; y < h; y += 2)
			for (int x = 0; x < w; x += 2)
				half[to++] = v[y * w + x];
		return half;
	}

	/** @return value of each trait, in the order of the traits */
	double[] values() {
		final double[] result = new double[ImageTrait.values().length];
		result[ImageTrait.NOISE.ordinal()] = noise();
		result[ImageTrait.DETAIL.ordinal()] = detail();
		result[ImageTrait.SIZE.ordinal()] = size();
		result[ImageTrait.LEVEL.ordinal()] = level();
		result[ImageTrait.LINES.ordinal()] = curvature > 0 ? signedCurvature /
			curvature : 0;
		result[ImageTrait.BRIGHTEST.ordinal()] = (double) atHighest / seen;
		result[ImageTrait.DARKEST.ordinal()] = (double) atLowest / seen;
		return result;
	}

	/** Squares of the weights add up to 36. */
	private double noise() {
		return differenceCount == 0 ? 0 : Math.sqrt(Math.PI / 2) * differences /
			differenceCount / 6;
	}

	private double detail() {
		final double faint = FAINT * FAINT;
		final double coarser = (power(1) + power(2) + power(3)) / 3;
		return Math.sqrt((power(0) + faint) / (coarser + faint));
	}

	private double size() {
		double sum = 0;
		double levels = 0;
		for (int k = 0; k < LEVELS; k++) {
			final double structure = FAINTEST + Math.max(0, power(k) -
				NOISE_POWER[k] * noise() * noise());
			sum += structure;
			levels += k * structure;
		}
		return DISC * Math.pow(2, levels / sum);
	}

	/** Levels that small images do not have are taken to be like the last. */
	private double power(final int level) {
		if (powerCount[level] > 0) return power[level] / powerCount[level];
		return level == 0 ? 0 : power(level - 1);
	}

	private double level() {
		final float[] sorted = Arrays.copyOf(values, stored);
		Arrays.sort(sorted);
		final double low = rank(sorted, 0.01);
		final double range = rank(sorted, 0.99) - low;
		return range > 0 ? (rank(sorted, 0.5) - low) / range : 0;
	}

	private static double rank(final float[] sorted, final double share) {
		return sorted[(int) Math.round(share * (sorted.length - 1))];
	}
}
