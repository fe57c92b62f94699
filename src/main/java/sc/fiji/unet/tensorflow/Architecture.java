
package sc.fiji.unet.tensorflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import sc.fiji.unet.network.UNetConfig;

/**
 * The parameters of a U-Net by name, in order from input to output. Pure
 * arithmetic, without TensorFlow.
 */
final class Architecture {

	/** Names of a convolution's parts below its own name. */
	static final String KERNEL = "/kernel";
	static final String BIAS = "/bias";
	static final String GAMMA = "/gamma";
	static final String BETA = "/beta";
	static final String MEAN = "/mean";
	static final String VARIANCE = "/variance";
	static final String HEAD = "head";

	private final UNetConfig config;
	private final List<Parameter> parameters = new ArrayList<>();

	/** One array of numbers that belongs to the network. */
	static final class Parameter {

		final String name;
		/** TensorFlow's order: y, x, in, out for kernels. */
		final long[] shape;
		/** Standard deviation of the initial normal distribution; 0 = constant. */
		final double deviation;
		/** Initial value where {@link #deviation} is 0. */
		final double constant;
		/**
		 * Learned by gradient; the others follow the data (batch normalisation).
		 */
		final boolean learned;

		private Parameter(final String name, final double deviation,
			final double constant, final boolean learned, final long... shape)
		{
			this.name = name;
			this.shape = shape;
			this.deviation = deviation;
			this.constant = constant;
			this.learned = learned;
		}

		long size() {
			long product = 1;
			for (final long s : shape)
				product *= s;
			return product;
		}
	}

	Architecture(final UNetConfig config) {
		this.config = config;
		final int[] features = config.features();
		for (int l = 0; l <= config.depth(); l++)
			addPair(down(l), l, l == 0 ? config.channels() : features[l - 1],
				features[l]);
		for (int l = config.depth() - 1; l >= 0; l--) {
			addUpConvolution(up(l), l, features[l + 1], features[l]);
			addPair(up(l), l, 2 * features[l], features[l]);
		}
		addConvolution(HEAD, ones(), features[0], config.classes(), false);
	}

	/** @return name of the level's part in the contracting path */
	static String down(final int level) {
		return "level" + level + "/down";
	}

	/** @return name of the level's part in the expanding path */
	static String up(final int level) {
		return "level" + level + "/up";
	}

	/** @return all parameters, in order from input to output */
	List<Parameter> parameters() {
		return Collections.unmodifiableList(parameters);
	}

	/**
	 * @return number of convolutional layers, up-convolutions and head included
	 */
	int convolutions() {
		int count = 0;
		for (final Parameter p : parameters)
			if (p.name.endsWith(KERNEL)) count++;
		return count;
	}

	/** @return number of learned values */
	long learnedValues() {
		long count = 0;
		for (final Parameter p : parameters)
			if (p.learned) count += p.size();
		return count;
	}

	private void addPair(final String block, final int level, final int in,
		final int out)
	{
		addConvolution(block + "/conv1", config.kernel(level), in, out, config
			.batchNormalization());
		addConvolution(block + "/conv2", config.kernel(level), out, out, config
			.batchNormalization());
	}

	private void addConvolution(final String name, final int[] kernel,
		final int in, final int out, final boolean normalized)
	{
		long fanIn = in;
		for (final int k : kernel)
			fanIn *= k;
		addKernel(name, kernel, fanIn, in, out);
		if (normalized) {
			parameters.add(new Parameter(name + GAMMA, 0, 1, true, out));
			parameters.add(new Parameter(name + BETA, 0, 0, true, out));
			parameters.add(new Parameter(name + MEAN, 0, 0, false, out));
			parameters.add(new Parameter(name + VARIANCE, 0, 1, false, out));
		}
		else parameters.add(new Parameter(name + BIAS, 0, 0, true, out));
	}

	/**
	 * Kernel and stride are equal, so each output pixel sees each input channel
	 * once: fan-in = in.
	 */
	private void addUpConvolution(final String block, final int level,
		final int in, final int out)
	{
		final String name = block + "/upconv";
		addKernel(name, config.pooling(level), in, out, in);
		parameters.add(new Parameter(name + BIAS, 0, 0, true, out));
	}

	private void addKernel(final String name, final int[] kernel,
		final long fanIn, final int third, final int fourth)
	{
		final long[] shape = new long[kernel.length + 2];
		for (int d = 0; d < kernel.length; d++)
			shape[kernel.length - 1 - d] = kernel[d];
		shape[kernel.length] = third;
		shape[kernel.length + 1] = fourth;
		parameters.add(new Parameter(name + KERNEL, Math.sqrt(2.0 / fanIn), 0, true,
			shape));
	}

	private int[] ones() {
		final int[] kernel = new int[config.dimensions()];
		Arrays.fill(kernel, 1);
		return kernel;
	}
}
