
package sc.fiji.unet.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

import sc.fiji.unet.network.ExecutionConfig;

/** The loss against its definition, in float64. */
class WeightedLossTest {

	private static final double[] LOGITS = { 0.3, -1.2, 2.5, 0.7, -0.1, 1.9, -3,
		0.4, 0.2, 1.1, 0.9, -0.5 };

	@BeforeAll
	static void load() {
		NativeRuntime.devices(ExecutionConfig.cpu());
	}

	/** Loss first, then its derivative by each logit. */
	private static double[] evaluate(final int classes, final int[] targets,
		final float[] weights)
	{
		try (Graph graph = new Graph()) {
			final Ops tf = Ops.create(graph);
			final int pixels = targets.length;
			final Operand<TFloat64> logits = tf.reshape(tf.constant(java.util.Arrays
				.copyOf(LOGITS, pixels * classes)), tf.constant(new int[] { 1, 1,
					pixels, classes }));
			final WeightedLoss<TFloat64> loss = new WeightedLoss<>(tf, TFloat64.class,
				logits, tf.constant(targets), tf.constant(weights), classes);
			try (Session session = new Session(graph);
					Result result = new Run(session).fetch(loss.loss()).fetch(loss
						.gradient()).run())
			{
				final double[] values = new double[1 + pixels * classes];
				values[0] = Run.scalar(result.get(0));
				final TFloat64 gradient = (TFloat64) result.get(1);
				for (int i = 1; i < values.length; i++)
					values[i] = gradient.getDouble(0, 0, (i - 1) / classes, (i - 1) %
						classes);
				return values;
			}
		}
	}

	@Test
	void sigmoidIsTheMeanOverCountedPixels() {
		final int[] t = { 1, 0, 1, 0 };
		final float[] w = { 2, 0.5f, 0, 3 };
		double sum = 0;
		for (int i = 0; i < 4; i++) {
			final double p = 1 / (1 + Math.exp(-LOGITS[i]));
			sum -= w[i] * Math.log(t[i] == 1 ? p : 1 - p);
		}
		final double[] actual = evaluate(1, t, w);
		assertEquals(sum / 3, actual[0], 1e-12, "three of four pixels count");
		for (int i = 0; i < 4; i++) {
			final double p = 1 / (1 + Math.exp(-LOGITS[i]));
			assertEquals(w[i] * (p - t[i]) / 3, actual[1 + i], 1e-12,
				"gradient at pixel " + i);
		}
	}

	@Test
	void softmaxIsTheMeanOverCountedPixels() {
		final int[] t = { 2, 0, 1, 1 };
		final float[] w = { 2, 0.5f, 0, 3 };
		final double[] actual = evaluate(3, t, w);
		double sum = 0;
		for (int i = 0; i < 4; i++) {
			double total = 0;
			for (int c = 0; c < 3; c++)
				total += Math.exp(LOGITS[3 * i + c]);
			sum -= w[i] * Math.log(Math.exp(LOGITS[3 * i + t[i]]) / total);
			for (int c = 0; c < 3; c++) {
				final double p = Math.exp(LOGITS[3 * i + c]) / total;
				assertEquals(w[i] * (p - (c == t[i] ? 1 : 0)) / 3, actual[1 + 3 * i +
					c], 1e-12, "gradient " + i + ", " + c);
			}
		}
		assertEquals(sum / 3, actual[0], 1e-12);
	}

	@Test
	void doublingAPixelsWeightDoublesItsShareOfTheGradient() {
		final int[] t = { 1, 0, 1, 0 };
		for (final int classes : new int[] { 1, 2 }) {
			final double[] once = evaluate(classes, t, new float[] { 1, 1, 1, 1 });
			final double[] twice = evaluate(classes, t, new float[] { 1, 2, 1, 1 });
			for (int i = 0; i < 4 * classes; i++)
				assertEquals((i / classes == 1 ? 2 : 1) * once[1 + i], twice[1 + i],
					1e-12, "logit " + i);
		}
	}

	@Test
	void ignoredPixelsDoNotDiluteTheGradient() {
		final double[] all = evaluate(1, new int[] { 1 }, new float[] { 1 });
		final double[] one = evaluate(1, new int[] { 1, 0, 0, 1 }, new float[] { 1,
			0, 0, 0 });
		assertEquals(all[0], one[0], 1e-12);
		assertEquals(all[1], one[1], 1e-12);
	}

	@Test
	void nothingCountedIsZeroAndNotNaN() {
		final double[] none = evaluate(1, new int[] { 1, 0 }, new float[] { 0, 0 });
		for (final double value : none)
			assertEquals(0, value, 0);
	}
}
