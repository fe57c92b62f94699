
package sc.fiji.unet.tensorflow;

import java.util.Map;

import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;

/**
 * A U-Net in nested loops, for comparison: one image [y][x][channel] at a time,
 * in double precision, as Ronneberger et al. 2015 describe it.
 */
final class NaiveUNet {

	private static final double EPSILON = 1e-3;

	private final UNetConfig config;
	private final UNetShape shape;
	/** Kernels are [y][x][in][out], flat. */
	private final Map<String, float[]> parameters;
	/**
	 * What the features at the end of the contracting path are multiplied by,
	 * [y][x][channel] flat; null for 1.
	 */
	private final float[] dropout;

	NaiveUNet(final UNetConfig config, final Map<String, float[]> parameters,
		final float[] dropout)
	{
		this.config = config;
		shape = new UNetShape(config);
		this.parameters = parameters;
		this.dropout = dropout;
	}

	double[][][] logits(final double[][][] input) {
		final int depth = config.depth();
		final double[][][][] skips = new double[depth][][][];
		double[][][] x = input;
		for (int l = 0; l < depth; l++) {
			x = pair("level" + l + "/down", l, x);
			skips[l] = x;
			x = pool(x, config.pooling(l));
		}
		x = drop(pair("level" + depth + "/down", depth, x));
		for (int l = depth - 1; l >= 0; l--) {
			final double[][][] up = upConvolve("level" + l + "/up/upconv", x, config
				.pooling(l), config.features()[l]);
			x = pair("level" + l + "/up", l, concatenate(crop(skips[l], shape.crop(l,
				0), shape.crop(l, 1)), up));
		}
		x = bias("head", convolve("head", x, new int[] { 1, 1 }));
		return config.outputSize() == null ? x : resize(x, (int) config
			.outputSize()[0], (int) config.outputSize()[1]);
	}

	/** @return sigmoid or softmax of the logits */
	double[][][] probabilities(final double[][][] input) {
		final double[][][] logits = logits(input);
		for (final double[][] row : logits)
			for (final double[] z : row) {
				if (z.length == 1) {
					z[0] = 1 / (1 + Math.exp(-z[0]));
					continue;
				}
				double sum = 0;
				for (final double v : z)
					sum += Math.exp(v);
				for (int c = 0; c < z.length; c++)
					z[c] = Math.exp(z[c]) / sum;
			}
		return logits;
	}

	private double[][][] pair(final String name, final int level,
		final double[][][] x)
	{
		return activated(name + "/conv2", level, activated(name + "/conv1", level,
			x));
	}

	private double[][][] activated(final String name, final int level,
		final double[][][] x)
	{
		final double[][][] convolved = convolve(name, x, config.kernel(level));
		final double[][][] result = config.batchNormalization() ? normalize(name,
			convolved) : bias(name, convolved);
		for (final double[][] row : result)
			for (final double[] pixel : row)
				for (int c = 0; c < pixel.length; c++)
					pixel[c] = Math.max(0, pixel[c]);
		return result;
	}

	private double[][][] convolve(final String name, final double[][][] x,
		final int[] kernel)
	{
		final float[] k = parameters.get(name + "/kernel");
		final int in = x[0][0].length;
		final int out = k.length / (kernel[0] * kernel[1] * in);
		final boolean same = config.padding() == Padding.SAME;
		final int left = same ? kernel[0] / 2 : 0;
		final int top = same ? kernel[1] / 2 : 0;
		final int height = same ? x.length : x.length - kernel[1] + 1;
		final int width = same ? x[0].length : x[0].length - kernel[0] + 1;
		final double[][][] result = new double[height][width][out];
		for (int y = 0; y < height; y++)
			for (int xx = 0; xx < width; xx++)
				for (int j = 0; j < kernel[1]; j++)
					for (int i = 0; i < kernel[0]; i++) {
						final int sy = y + j - top;
						final int sx = xx + i - left;
						if (sy < 0 || sx < 0 || sy >= x.length || sx >= x[0].length)
							continue;
						for (int c = 0; c < in; c++)
							for (int o = 0; o < out; o++)
								result[y][xx][o] += x[sy][sx][c] * k[((j * kernel[0] + i) * in +
									c) * out + o];
					}
		return result;
	}

	private double[][][] bias(final String name, final double[][][] x) {
		final float[] bias = parameters.get(name + "/bias");
		for (final double[][] row : x)
			for (final double[] pixel : row)
				for (int c = 0; c < pixel.length; c++)
					pixel[c] += bias[c];
		return x;
	}

	private double[][][] normalize(final String name, final double[][][] x) {
		final float[] gamma = parameters.get(name + "/gamma");
		final float[] beta = parameters.get(name + "/beta");
		final float[] mean = parameters.get(name + "/mean");
		final float[] variance = parameters.get(name + "/variance");
		for (final double[][] row : x)
			for (final double[] pixel : row)
				for (int c = 0; c < pixel.length; c++)
					pixel[c] = (pixel[c] - mean[c]) / Math.sqrt(variance[c] + EPSILON) *
						gamma[c] + beta[c];
		return x;
	}

	private static double[][][] pool(final double[][][] x, final int[] p) {
		final double[][][] result = new double[x.length / p[1]][x[0].length /
			p[0]][x[0][0].length];
		for (int y = 0; y < result.length; y++)
			for (int xx = 0; xx < result[0].length; xx++)
				for (int c = 0; c < result[0][0].length; c++) {
					double largest = Double.NEGATIVE_INFINITY;
					for (int j = 0; j < p[1]; j++)
						for (int i = 0; i < p[0]; i++)
							largest = Math.max(largest, x[y * p[1] + j][xx * p[0] + i][c]);
					result[y][xx][c] = largest;
				}
		return result;
	}

	private double[][][] drop(final double[][][] x) {
		if (dropout == null) return x;
		int i = 0;
		for (final double[][] row : x)
			for (final double[] pixel : row)
				for (int c = 0; c < pixel.length; c++)
					pixel[c] *= dropout[i++];
		return x;
	}

	/** Every pixel becomes a block; kernels are [y][x][out][in]. */
	private double[][][] upConvolve(final String name, final double[][][] x,
		final int[] p, final int out)
	{
		final float[] k = parameters.get(name + "/kernel");
		final int in = x[0][0].length;
		final double[][][] result = new double[x.length * p[1]][x[0].length *
			p[0]][out];
		for (int y = 0; y < result.length; y++)
			for (int xx = 0; xx < result[0].length; xx++)
				for (int o = 0; o < out; o++)
					for (int c = 0; c < in; c++)
						result[y][xx][o] += x[y / p[1]][xx / p[0]][c] * k[((y % p[1] *
							p[0] + xx % p[0]) * out + o) * in + c];
		return bias(name, result);
	}

	private static double[][][] crop(final double[][][] x, final int left,
		final int top)
	{
		final double[][][] result = new double[x.length - 2 * top][x[0].length - 2 *
			left][];
		for (int y = 0; y < result.length; y++)
			for (int xx = 0; xx < result[0].length; xx++)
				result[y][xx] = x[y + top][xx + left];
		return result;
	}

	private static double[][][] concatenate(final double[][][] a,
		final double[][][] b)
	{
		final int n = a[0][0].length;
		final double[][][] result = new double[a.length][a[0].length][n +
			b[0][0].length];
		for (int y = 0; y < a.length; y++)
			for (int x = 0; x < a[0].length; x++) {
				System.arraycopy(a[y][x], 0, result[y][x], 0, n);
				System.arraycopy(b[y][x], 0, result[y][x], n, b[0][0].length);
			}
		return result;
	}

	/** Bilinear, with the borders of both images in the same place. */
	private static double[][][] resize(final double[][][] x, final int width,
		final int height)
	{
		final double[][][] result = new double[height][width][x[0][0].length];
		for (int y = 0; y < height; y++)
			for (int xx = 0; xx < width; xx++) {
				final double sy = source(y, height, x.length);
				final double sx = source(xx, width, x[0].length);
				final int y0 = (int) sy;
				final int x0 = (int) sx;
				final int y1 = Math.min(y0 + 1, x.length - 1);
				final int x1 = Math.min(x0 + 1, x[0].length - 1);
				for (int c = 0; c < result[0][0].length; c++)
					result[y][xx][c] = (1 - sy + y0) * ((1 - sx + x0) * x[y0][x0][c] +
						(sx - x0) * x[y0][x1][c]) + (sy - y0) * ((1 - sx + x0) *
							x[y1][x0][c] + (sx - x0) * x[y1][x1][c]);
			}
		return result;
	}

	private static double source(final int target, final int size,
		final int length)
	{
		return Math.min(length - 1, Math.max(0, (target + 0.5) * length / size -
			0.5));
	}
}
