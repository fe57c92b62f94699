
package sc.fiji.unet.data;

/** Changes the grey values of a patch, after the geometric steps. */
final class IntensityAugmentation {

	private final AugmentationConfig config;
	private final SeededRandom random;

	IntensityAugmentation(final AugmentationConfig config,
		final SeededRandom random)
	{
		this.config = config;
		this.random = random;
	}

	/**
	 * @param planes normalised grey values, channel after channel
	 * @param channels number of channels; each gets random values of its own
	 */
	void apply(final float[] planes, final int channels) {
		final int pixels = planes.length / channels;
		for (int c = 0; c < channels; c++)
			applyToChannel(planes, c * pixels, (c + 1) * pixels);
	}

	private void applyToChannel(final float[] v, final int from, final int to) {
		if (draws(Transform.LOG_CONTRAST)) stretch(v, from, to, exp(
			Transform.LOG_CONTRAST));
		if (draws(Transform.LOG_GAMMA)) gamma(v, from, to, exp(
			Transform.LOG_GAMMA));
		if (draws(Transform.NOISE)) noise(v, from, to, config.range(
			Transform.NOISE) * Math.sqrt(random.uniform()));
		if (draws(Transform.MULTIPLICATIVE_NOISE)) {
			final double range = config.range(Transform.MULTIPLICATIVE_NOISE);
			for (int i = from; i < to; i++)
				v[i] *= (float) (1 + random.symmetric(range));
		}
		final boolean contrast = draws(Transform.CONTRAST);
		final boolean brightness = config.isJoint() ? contrast : draws(
			Transform.BRIGHTNESS);
		final float factor = contrast ? (float) (1 + symmetric(Transform.CONTRAST))
			: 1;
		final float summand = brightness ? (float) symmetric(Transform.BRIGHTNESS)
			: 0;
		if (factor != 1 || summand != 0) for (int i = from; i < to; i++)
			v[i] = v[i] * factor + summand;
	}

	private boolean draws(final Transform transform) {
		return random.chance(config.probability(transform));
	}

	private double symmetric(final Transform transform) {
		return random.symmetric(config.range(transform));
	}

	private double exp(final Transform transform) {
		return StrictMath.exp(symmetric(transform));
	}

	private void noise(final float[] v, final int from, final int to,
		final double deviation)
	{
		for (int i = from; i < to; i++)
			v[i] += (float) (deviation * random.gaussian());
	}

	private static void stretch(final float[] v, final int from, final int to,
		final double factor)
	{
		double sum = 0;
		for (int i = from; i < to; i++)
			sum += v[i];
		final float constant = (float) (sum / (to - from) * (1 - factor));
		for (int i = from; i < to; i++)
			v[i] = v[i] * (float) factor + constant;
	}

	/** By table with linear interpolation: a power a pixel is slow. */
	private static void gamma(final float[] v, final int from, final int to,
		final double exponent)
	{
		float min = Float.POSITIVE_INFINITY;
		float max = Float.NEGATIVE_INFINITY;
		for (int i = from; i < to; i++) {
			min = Math.min(min, v[i]);
			max = Math.max(max, v[i]);
		}
		final float range = max - min;
		if (!(range > 0)) return;
		final int steps = 1024;
		final float[] power = new float[steps + 2];
		for (int i = 0; i < power.length; i++)
			power[i] = min + range * (float) StrictMath.pow((double) i / steps,
				exponent);
		for (int i = from; i < to; i++) {
			final float t = (v[i] - min) / range * steps;
			final int below = (int) t;
			v[i] = power[below] + (t - below) * (power[below + 1] - power[below]);
		}
	}
}
