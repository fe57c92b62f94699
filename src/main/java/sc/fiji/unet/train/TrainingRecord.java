
package sc.fiji.unet.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What is known of a training, for those who show it: takes it down from the
 * thread that trains, and gives copies to others. Thread-safe; nobody waits for
 * longer than copying takes. A resumed training begins with the epochs before.
 */
public final class TrainingRecord implements TrainingListener {

	private TrainingStart start;
	private LossTrace trace = new LossTrace();
	private final List<History.Row> epochs = new ArrayList<>();
	private long total;
	private int updatesPerEpoch;
	private long update;
	private double secondsLeft = Double.NaN;
	private long validationBatch;
	private long validationBatches;
	private TrainingResult result;

	/** @return how things stand, and stay in the copy */
	public synchronized TrainingRecord copy() {
		final TrainingRecord copy = new TrainingRecord();
		copy.start = start;
		copy.trace = trace.copy();
		copy.epochs.addAll(epochs);
		copy.total = total;
		copy.updatesPerEpoch = updatesPerEpoch;
		copy.update = update;
		copy.secondsLeft = secondsLeft;
		copy.validationBatch = validationBatch;
		copy.validationBatches = validationBatches;
		copy.result = result;
		return copy;
	}

	@Override
	public synchronized void started(final TrainingStart value) {
		start = value;
		trace = new LossTrace();
		epochs.clear();
		epochs.addAll(value.epochs());
		update = lastEpochEnd();
		secondsLeft = Double.NaN;
		validationBatches = 0;
		result = null;
		revised(value.total(), value.updatesPerEpoch());
	}

	@Override
	public synchronized void revised(final long updates, final int perEpoch) {
		total = updates;
		updatesPerEpoch = perEpoch;
	}

	@Override
	public synchronized void step(final long updates, final long totalUpdates,
		final double loss, final double rate, final double seconds)
	{
		update = updates;
		total = totalUpdates;
		secondsLeft = seconds;
		trace.add(updates, loss, rate);
	}

	@Override
	public synchronized void validation(final long batch, final long batches) {
		validationBatch = batch;
		validationBatches = batches;
	}

	@Override
	public synchronized void epoch(final History.Row row) {
		epochs.add(row);
		validationBatches = 0;
	}

	@Override
	public synchronized void finished(final TrainingResult value) {
		result = value;
		validationBatches = 0;
	}

	/** @return what was known at the start; null before it */
	public synchronized TrainingStart start() {
		return start;
	}

	/** @return losses update by update; a copy */
	public synchronized LossTrace trace() {
		return trace.copy();
	}

	/** @return the epochs that have ended, in order; a copy */
	public synchronized List<History.Row> epochs() {
		return Collections.unmodifiableList(new ArrayList<>(epochs));
	}

	/** @return how it ended; null while it goes on, or if it failed */
	public synchronized TrainingResult result() {
		return result;
	}

	/** @return number of updates so far */
	public synchronized long update() {
		return update;
	}

	/** @return number of updates in all; 0 while it is unknown */
	public synchronized long total() {
		return total;
	}

	/** @return number of the epoch that is going on, from 1 */
	public synchronized int epoch() {
		return epochs.size() + (result == null || epochs.isEmpty() ? 1 : 0);
	}

	/** @return number of epochs in all, as far as known; 0 while it is not */
	public synchronized int totalEpochs() {
		if (total == 0) return 0;
		final long left = total - lastEpochEnd();
		return epochs.size() + (int) ((left + updatesPerEpoch - 1) /
			updatesPerEpoch);
	}

	/** @return number of updates in the epoch that is going on */
	public synchronized long updateInEpoch() {
		return update - lastEpochEnd();
	}

	/** @return length in updates of the epoch that is going on */
	public synchronized long updatesInEpoch() {
		return total == 0 ? updatesPerEpoch : Math.min(updatesPerEpoch, total -
			lastEpochEnd());
	}

	private long lastEpochEnd() {
		return epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1).updates();
	}

	/** @return seconds to the end; NaN while unknown */
	public synchronized double secondsLeft() {
		return secondsLeft;
	}

	/** @return seconds to the end of the epoch; NaN while unknown */
	public synchronized double secondsLeftInEpoch() {
		if (total == 0) return Double.NaN;
		return total <= update ? 0 : secondsLeft * (updatesInEpoch() -
			updateInEpoch()) / (total - update);
	}

	/**
	 * @return share (0 to 1) of the validation images that have been looked at;
	 *         NaN unless that is going on
	 */
	public synchronized double validationShare() {
		return validationBatches == 0 ? Double.NaN : (double) validationBatch /
			validationBatches;
	}
}
