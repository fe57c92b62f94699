
package sc.fiji.unet.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;

import org.junit.jupiter.api.Test;

class CalibrationTest {

	private static double sigmoid(final double x) {
		return 1 / (1 + Math.exp(-x));
	}

	@Test
	void oneClassIsScaledOnTheLogits() {
		final Calibration c = new Calibration(2, -0.5);
		for (final double logit : new double[] { -9, -1, 0, 0.3, 4 })
			assertEquals(sigmoid((logit - 0.5) / 2), c.apply(sigmoid(logit)), 1e-12,
				"logit " + logit);
		final float[] many = { (float) sigmoid(1), (float) sigmoid(-3) };
		c.apply(many, 1);
		assertArrayEquals(new float[] { (float) sigmoid(0.25), (float) sigmoid(
			-1.75) }, many, 1e-6f);
	}

	@Test
	void exclusiveClassesAreASoftmaxAgain() {
		final double[] logits = { 0.2, -1.3, 2.5 };
		final double[] biases = { 0.4, 0, -0.7 };
		final float[] p = softmax(logits, new double[3], 1);
		new Calibration(1.5, biases).apply(p, 3);
		assertArrayEquals(softmax(logits, biases, 1.5), p, 1e-6f);
		assertEquals(1, p[0] + p[1] + p[2], 1e-6);
	}

	private static float[] softmax(final double[] logits, final double[] biases,
		final double temperature)
	{
		double sum = 0;
		final double[] powers = new double[logits.length];
		for (int c = 0; c < logits.length; c++)
			sum += powers[c] = Math.exp((logits[c] + biases[c]) / temperature);
		final float[] p = new float[logits.length];
		for (int c = 0; c < p.length; c++)
			p[c] = (float) (powers[c] / sum);
		return p;
	}

	/** A sigmoid is a softmax over two classes, one logit being 0. */
	@Test
	void oneClassIsTwoClasses() {
		final float[] one = { 0.3f };
		final float[] two = { 0.7f, 0.3f };
		new Calibration(1.7, 0.6).apply(one, 1);
		new Calibration(1.7, 0, 0.6).apply(two, 2);
		assertEquals(two[1], one[0], 1e-6f);
	}

	@Test
	void identityChangesNoBit() {
		final float[] p = { 0, 1e-30f, 0.3f, 1 };
		Calibration.identity().apply(p, 1);
		assertArrayEquals(new float[] { 0, 1e-30f, 0.3f, 1 }, p);
		assertTrue(new Calibration(1, 0, 0).isIdentity());
		assertFalse(new Calibration(1, 0, 0.1).isIdentity());
	}

	@Test
	void certaintyStaysANumberAndTheOrderIsKept() {
		final Calibration c = new Calibration(0.1, 3);
		double last = -1;
		for (final double p : new double[] { 0, 1e-8, 0.1, 0.2, 0.5, 1 }) {
			assertTrue(c.apply(p) >= last && c.apply(p) <= 1, p + " -> " + c.apply(
				p));
			last = c.apply(p);
		}
		final float[] certain = { 0, 1, 0 };
		new Calibration(3, 1, -1, 0).apply(certain, 3);
		assertTrue(certain[1] > 0.9 && certain[0] > certain[2], certain[0] + " " +
			certain[1]);
	}

	@Test
	void whatIsNoCalibrationIsRefused() {
		for (final double temperature : new double[] { 0, -1, Double.NaN,
			Double.POSITIVE_INFINITY })
			assertThrows(IllegalArgumentException.class, () -> new Calibration(
				temperature), "" + temperature);
		assertThrows(IllegalArgumentException.class, () -> new Calibration(1,
			Double.NaN));
		final String message = assertThrows(IllegalArgumentException.class,
			() -> new Calibration(1, 2, 3).apply(new float[3], 3)).getMessage();
		assertTrue(message.contains("2 biases") && message.contains(
			"3 output classes"), message);
	}

	@Test
	void itCanBeSentToAnotherProcess() throws Exception {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(new Calibration(1.25, -0.5));
		}
		assertEquals(new Calibration(1.25, -0.5), new ObjectInputStream(
			new ByteArrayInputStream(bytes.toByteArray())).readObject());
		assertEquals("temperature 1.25, bias -0.50", new Calibration(1.25, -0.5)
			.toString());
	}

	/** Whoever asks the network gets what he would get by hand. */
	@Test
	void aCalibratedNetworkAnswersCalibrated() {
		for (final int classes : new int[] { 1, 3 }) {
			final UNetConfig config = UNetConfig.builder().features(1, 1).padding(
				Padding.SAME).classes(classes).build();
			final Calibration calibration = classes == 1 ? new Calibration(2, 0.7)
				: new Calibration(0.5, 0.7, 0, -1);
			final BoxNetwork network = new BoxNetwork(config, 3);
			final float[] expected = predict(network);
			final float[] raw = expected.clone();
			calibration.apply(expected, classes);
			final Network calibrated = CalibratedNetwork.of(network, calibration);
			assertArrayEquals(expected, predict(calibrated), 0f);
			assertFalse(raw[0] == expected[0], "it makes a difference");
			assertEquals(network.device(), calibrated.device());
			calibrated.close();
			assertTrue(network.isClosed());
			assertSame(network, CalibratedNetwork.of(network, Calibration
				.identity()));
			assertThrows(IllegalArgumentException.class, () -> CalibratedNetwork.of(
				network, new Calibration(1, 1, 2)));
		}
	}

	/** The buffer is larger than the answer, as for a tile at the border. */
	private static float[] predict(final Network network) {
		final Random random = new Random(1);
		final FloatBuffer in = direct(160 * 160);
		for (int i = 0; i < in.capacity(); i++)
			in.put(i, random.nextFloat());
		final int classes = network.config().classes();
		final FloatBuffer out = direct(160 * 160 * classes + 1);
		out.put(160 * 160 * classes, 0.25f);
		network.predict(1, new long[] { 160, 160 }, in, out);
		assertEquals(0.25f, out.get(160 * 160 * classes), "beyond the answer");
		final float[] answer = new float[160 * 160 * classes];
		out.duplicate().get(answer);
		return answer;
	}

	private static FloatBuffer direct(final int length) {
		return ByteBuffer.allocateDirect(4 * length).order(ByteOrder.nativeOrder())
			.asFloatBuffer();
	}
}
