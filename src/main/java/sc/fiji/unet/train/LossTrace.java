
package sc.fiji.unet.train;

import java.util.Arrays;

/**
 * Training losses update by update, for a curve. When there are too many for
 * one, neighbours are averaged two by two, so that memory stays the same
 * however long the training is. Not thread-safe.
 */
public final class LossTrace {

	/** Points that are kept at most; even. */
	static final int MOST = 2048;

	private final double[] updates;
	private final double[] losses;
	private final double[] rates;
	private int count;
	/** Updates in a point. */
	private long stride = 1;
	private long pending;
	private double updateSum;
	private double lossSum;
	private double rateSum;

	LossTrace() {
		updates = new double[MOST];
		losses = new double[MOST];
		rates = new double[MOST];
	}

	private LossTrace(final LossTrace t) {
		updates = Arrays.copyOf(t.updates, t.count);
		losses = Arrays.copyOf(t.losses, t.count);
		rates = Arrays.copyOf(t.rates, t.count);
		count = t.count;
	}

	/** @return the points so far; nothing can be added to it */
	LossTrace copy() {
		return new LossTrace(this);
	}

	void add(final long update, final double loss, final double rate) {
		updateSum += update;
		lossSum += loss;
		rateSum += rate;
		if (++pending < stride) return;
		if (count == MOST) halve();
		// Halving may have doubled the number of updates that a point needs.
		if (pending < stride) return;
		updates[count] = updateSum / pending;
		losses[count] = lossSum / pending;
		rates[count++] = rateSum / pending;
		pending = 0;
		updateSum = 0;
		lossSum = 0;
		rateSum = 0;
	}

	private void halve() {
		for (final double[] values : Arrays.asList(updates, losses, rates))
			for (int i = 0; i < MOST / 2; i++)
				values[i] = (values[2 * i] + values[2 * i + 1]) / 2;
		count = MOST / 2;
		stride *= 2;
	}

	/** @return number of points */
	public int size() {
		return count;
	}

	/** @return update that each point stands for, a mean of some; a copy */
	public double[] updates() {
		return Arrays.copyOf(updates, count);
	}

	/** @return mean training loss of each point's updates; a copy */
	public double[] losses() {
		return Arrays.copyOf(losses, count);
	}

	/** @return mean learning rate of each point's updates; a copy */
	public double[] rates() {
		return Arrays.copyOf(rates, count);
	}
}
