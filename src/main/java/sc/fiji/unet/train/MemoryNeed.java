
package sc.fiji.unet.train;

import sc.fiji.unet.network.UNetConfig;

/**
 * How much memory a training takes, roughly: within a factor of 1.5 of what was
 * measured. What counts most is what each level has to remember of a batch
 * until the gradients have come back to it.
 */
final class MemoryNeed {

	/** Bytes that program and engine take without a network to speak of. */
	private static final double PROGRAM = 1.3e9;
	/**
	 * Numbers of 4 bytes that a level keeps for each of its feature channels and
	 * pixels, so many that the sum is that of three trainings on two cores in
	 * bfloat16, or up to a fifth more.
	 */
	private static final double PER_FEATURE = 12;
	/** Weights, their average, gradient, and two values of the optimiser. */
	private static final double PER_WEIGHT = 5;

	private MemoryNeed() {}

	/**
	 * @param network architecture
	 * @param patch size x, y[, z] in pixels of what it sees at once
	 * @param batch number of patches in a batch
	 * @return bytes
	 */
	static double bytes(final UNetConfig network, final long[] patch,
		final int batch)
	{
		double pixels = batch;
		for (final long side : patch)
			pixels *= side;
		double activations = 0;
		double weights = 0;
		final int[] features = network.features();
		for (int l = 0; l < features.length; l++) {
			activations += pixels * features[l];
			final double kernel = product(network.kernel(l));
			weights += 4 * kernel * features[l] * features[l];
			if (l < network.depth()) pixels /= product(network.pooling(l));
		}
		return PROGRAM + 4 * (PER_FEATURE * activations + PER_WEIGHT * weights);
	}

	private static double product(final int[] values) {
		double product = 1;
		for (final int value : values)
			product *= value;
		return product;
	}
}
