
package sc.fiji.unet.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import sc.fiji.unet.network.Calibration;

/**
 * Finds the slope a and the offsets c for which softmax(a log p + c) explains
 * pixels best: maximum likelihood, by Newton's method with step halving. The
 * problem is convex. A weak normal prior around a = 1, c = 0 keeps it strictly
 * so where pixels do not decide, for example because all are right.
 */
final class SoftmaxRegression {

	/** Precision of the prior relative to the mean log loss. */
	private static final double PRIOR = 1e-4;
	private static final double CONVERGED = 1e-12;
	private static final int MOST_STEPS = 50;
	private static final int MOST_HALVINGS = 30;
	private static final int CHUNK = 1 << 12;

	/** Number of classes, background included. */
	private final int classes;
	/** Order [class, pixel], class fastest. */
	private final float[] logs;
	private final int[] truths;

	private SoftmaxRegression(final List<PixelAnswers> images) {
		classes = Math.max(2, images.get(0).classes());
		truths = images.stream().flatMapToInt(image -> IntStream.range(0, image
			.size()).map(image::truth)).toArray();
		logs = new float[classes * truths.length];
		int i = 0;
		for (final PixelAnswers image : images)
			for (int pixel = 0; pixel < image.size(); pixel++)
				for (int c = 0; c < classes; c++)
					logs[i++] = (float) Math.log(Calibration.clipped(image.probability(
						pixel, c)));
	}

	/**
	 * @param images pixels, at least one
	 * @return slope, then the offset of each class, background first
	 */
	static double[] fit(final List<PixelAnswers> images) {
		return new SoftmaxRegression(images).fit();
	}

	private double[] fit() {
		double[] theta = new double[classes + 1];
		theta[0] = 1;
		Sums sums = sums(theta);
		for (int step = 0; step < MOST_STEPS; step++) {
			final double[] direction = solve(sums.hessian, sums.gradient);
			double gain = 0;
			for (int j = 0; j < theta.length; j++)
				gain += direction[j] * sums.gradient[j];
			if (gain < CONVERGED) return theta;
			final double[] next = descend(theta, direction, sums.loss);
			if (next == theta) return theta;
			theta = next;
			sums = sums(theta);
		}
		return theta;
	}

	/** @return a point with a lower loss; theta itself if there is none */
	private double[] descend(final double[] theta, final double[] direction,
		final double loss)
	{
		double length = 1;
		for (int halving = 0; halving < MOST_HALVINGS; halving++) {
			final double[] next = theta.clone();
			for (int j = 0; j < next.length; j++)
				next[j] -= length * direction[j];
			if (sums(next).loss < loss) return next;
			length /= 2;
		}
		return theta;
	}

	/** Mean loss with its first and second derivatives, prior included. */
	private Sums sums(final double[] theta) {
		final Sums sums = IntStream.range(0, (truths.length + CHUNK - 1) / CHUNK)
			.parallel().mapToObj(chunk -> ofPixels(theta, chunk * CHUNK, Math.min(
				truths.length, chunk * CHUNK + CHUNK))).collect(() -> new Sums(
					theta.length), Sums::add, Sums::add);
		sums.divide(truths.length);
		for (int j = 0; j < theta.length; j++) {
			final double difference = theta[j] - (j == 0 ? 1 : 0);
			sums.loss += PRIOR / 2 * difference * difference;
			sums.gradient[j] += PRIOR * difference;
			sums.hessian[j][j] += PRIOR;
		}
		return sums;
	}

	private Sums ofPixels(final double[] theta, final int from, final int to) {
		final Sums sums = new Sums(theta.length);
		final double[] p = new double[classes];
		for (int i = from; i < to; i++) {
			sums.loss -= logSoftmax(theta, i, p, truths[i]);
			double mean = 0;
			for (int c = 0; c < classes; c++)
				mean += p[c] * logs[i * classes + c];
			sums.gradient[0] += mean - logs[i * classes + truths[i]];
			sums.gradient[1 + truths[i]]--;
			for (int c = 0; c < classes; c++) {
				final double log = logs[i * classes + c];
				sums.gradient[1 + c] += p[c];
				sums.hessian[0][0] += p[c] * (log - mean) * (log - mean);
				sums.hessian[1 + c][0] += p[c] * (log - mean);
				sums.hessian[1 + c][1 + c] += p[c];
				for (int k = 0; k <= c; k++)
					sums.hessian[1 + c][1 + k] -= p[c] * p[k];
			}
		}
		return sums;
	}

	/**
	 * @param p receives the probabilities of a pixel
	 * @return log of that of its class
	 */
	private double logSoftmax(final double[] theta, final int pixel,
		final double[] p, final int truth)
	{
		double largest = Double.NEGATIVE_INFINITY;
		for (int c = 0; c < classes; c++) {
			p[c] = theta[0] * logs[pixel * classes + c] + theta[1 + c];
			largest = Math.max(largest, p[c]);
		}
		final double power = p[truth] - largest;
		double sum = 0;
		for (int c = 0; c < classes; c++)
			sum += p[c] = Math.exp(p[c] - largest);
		for (int c = 0; c < classes; c++)
			p[c] /= sum;
		return power - Math.log(sum);
	}

	/**
	 * Solves a x = b by Cholesky's method.
	 *
	 * @param a lower half of a symmetric, positive definite matrix; changed
	 */
	private static double[] solve(final double[][] a, final double[] b) {
		final int n = b.length;
		final double[] x = b.clone();
		for (int i = 0; i < n; i++) {
			for (int j = 0; j <= i; j++) {
				double sum = a[i][j];
				for (int k = 0; k < j; k++)
					sum -= a[i][k] * a[j][k];
				a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
			}
			for (int k = 0; k < i; k++)
				x[i] -= a[i][k] * x[k];
			x[i] /= a[i][i];
		}
		for (int i = n - 1; i >= 0; i--) {
			for (int k = i + 1; k < n; k++)
				x[i] -= a[k][i] * x[k];
			x[i] /= a[i][i];
		}
		return x;
	}

	/** Loss, gradient, and the lower half of the Hessian. */
	private static final class Sums {

		private double loss;
		private final double[] gradient;
		private final double[][] hessian;

		Sums(final int n) {
			gradient = new double[n];
			hessian = new double[n][n];
		}

		void add(final Sums other) {
			loss += other.loss;
			Arrays.setAll(gradient, j -> gradient[j] + other.gradient[j]);
			for (int i = 0; i < hessian.length; i++)
				for (int j = 0; j <= i; j++)
					hessian[i][j] += other.hessian[i][j];
		}

		void divide(final double count) {
			loss /= count;
			Arrays.setAll(gradient, j -> gradient[j] / count);
			for (final double[] row : hessian)
				Arrays.setAll(row, j -> row[j] / count);
		}
	}
}
