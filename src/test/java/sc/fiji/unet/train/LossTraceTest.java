
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

class LossTraceTest {

	@Test
	void shortTracesAreKeptAsTheyAre() {
		final LossTrace trace = new LossTrace();
		trace.add(1, 0.5, 0.01);
		trace.add(2, 0.25, 0.02);
		assertArrayEquals(new double[] { 1, 2 }, trace.updates());
		assertArrayEquals(new double[] { 0.5, 0.25 }, trace.losses());
		assertArrayEquals(new double[] { 0.01, 0.02 }, trace.rates());
	}

	@Test
	void aMillionUpdatesTakeUpNoMoreThanTwoThousand() {
		final LossTrace trace = new LossTrace();
		for (int i = 1; i <= 1_000_000; i++)
			trace.add(i, 2.0 * i, 3.0 * i);
		assertTrue(trace.size() <= LossTrace.MOST && trace
			.size() >= LossTrace.MOST / 4, trace.size() + " points");
		final double[] updates = trace.updates();
		final double[] losses = trace.losses();
		final double[] rates = trace.rates();
		final double stride = updates[1] - updates[0];
		for (int i = 0; i < updates.length; i++) {
			assertEquals(i == 0 ? (1 + stride) / 2 : updates[i - 1] + stride,
				updates[i], 1e-6, "points are equally far apart");
			assertEquals(2 * updates[i], losses[i], 1e-6, "mean of the same updates");
			assertEquals(3 * updates[i], rates[i], 1e-6);
		}
		assertTrue(updates[updates.length - 1] > 1_000_000 - 2 * stride);
	}

	@Test
	void aCopyStaysAsItIs() {
		final LossTrace trace = new LossTrace();
		trace.add(1, 1, 1);
		final LossTrace copy = trace.copy();
		trace.add(2, 1, 1);
		assertEquals(1, copy.size());
		assertEquals(Arrays.toString(new double[] { 1 }), Arrays.toString(copy
			.updates()));
	}
}
