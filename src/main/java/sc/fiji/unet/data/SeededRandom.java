
package sc.fiji.unet.data;

import java.util.SplittableRandom;

/**
 * Random numbers that depend on (seed, index) only, the same on every machine.
 * Not thread-safe.
 */
final class SeededRandom {

	private static final double GAUSSIAN_DEVIATION = Math.sqrt(16 + 1 / 6.0);

	private final SplittableRandom random;

	SeededRandom(final long seed, final long index) {
		random = new SplittableRandom(hash(seed, index));
	}

	/**
	 * @return well mixed bits of the two numbers (the finaliser of SplitMix64,
	 *         twice), never negative
	 */
	static long hash(final long seed, final long index) {
		return mix(mix(seed) + 0x9e3779b97f4a7c15L * (index + 1)) >>> 1;
	}

	private static long mix(final long value) {
		long z = value + 0x9e3779b97f4a7c15L;
		z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
		z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
		return z ^ (z >>> 31);
	}

	/** @return uniform in 0 to below 1 */
	double uniform() {
		return random.nextDouble();
	}

	/** @return uniform in -range to range */
	double symmetric(final double range) {
		return (2 * random.nextDouble() - 1) * range;
	}

	/** @return uniform in 0 to below bound */
	int below(final int bound) {
		return random.nextInt(bound);
	}

	/** @return uniform in 0 to below bound */
	long below(final long bound) {
		return random.nextLong(bound);
	}

	/** @return true with the given probability */
	boolean chance(final double probability) {
		return random.nextDouble() < probability;
	}

	/**
	 * Normally distributed with mean 0 and deviation 1, within 8 deviations: the
	 * number of ones among 64 random bits, smoothed by the difference of two
	 * uniform numbers. Several times faster than the polar method, and free of
	 * logarithms that differ between machines.
	 */
	double gaussian() {
		final long bits = random.nextLong();
		final long smooth = random.nextLong();
		final double triangular = ((smooth >>> 32) - (smooth & 0xffffffffL)) *
			0x1p-32;
		return (Long.bitCount(bits) - 32 + triangular) / GAUSSIAN_DEVIATION;
	}
}
