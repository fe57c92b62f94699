
package sc.fiji.unet.train;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import sc.fiji.unet.data.BatchQueue;
import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.NetworkLostException;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.train.TrainingResult.Status;

/**
 * The loop. What happens next follows from the {@link RunState} alone, so that
 * a checkpoint may be written after any batch. To be used once, by one thread.
 */
final class TrainingRun {

	private final TrainingPlan plan;
	private final TrainableNetwork network;
	private final TrainingData data;
	private final Journal journal;
	private final RunState state;
	private final BatchQueue queue;
	/** Null without images held out. */
	private final Validation validation;
	private final TrainingListener listener;
	private final BooleanSupplier cancelled;
	private final Pace pace;
	/** Null unless the length is given in minutes. */
	private final TimeBudget budget;
	/** Null unless the steps of a training before are made again. */
	private final StepRecord record;
	private final EarlyStopping stopping;
	private double secondsInUpdate;
	private boolean planWasRevised;
	/** Whether the next checkpoint is the best one. */
	private boolean isBest;

	TrainingRun(final TrainingPlan plan, final TrainableNetwork network,
		final TrainingData data, final Journal journal, final BatchQueue queue,
		final Validation validation, final TrainingListener listener,
		final BooleanSupplier cancelled)
	{
		this.plan = plan;
		this.network = network;
		this.data = data;
		this.journal = journal;
		state = journal.state();
		this.queue = queue;
		this.validation = validation;
		this.listener = listener;
		this.cancelled = cancelled;
		pace = new Pace(plan.accumulation(), validation == null ? 0 : validation
			.batches());
		budget = plan.length().isTimed() ? new TimeBudget(60 * plan.length()
			.minutes() - state.secondsBefore, pace, plan.updatesPerEpoch(),
			state.reviews) : null;
		record = plan.length().record();
		stopping = new EarlyStopping(plan.patience(), state.best, state.lossOfBest,
			state.epochsSinceBest);
	}

	/** Trains until the end, whatever it is. */
	TrainingResult train() throws IOException {
		listener.started(new TrainingStart(plan, network.device(), data, journal
			.history(), reportedTotal(), state.steps.updatesPerEpoch()));
		final TrainingResult result = state.end == null ? interruptibly() : journal
			.result(state.end,
				"The training was complete before; there is nothing left to do.");
		listener.finished(result);
		return result;
	}

	/** Takes an interruption of the thread as a wish to cancel. */
	private TrainingResult interruptibly() throws IOException {
		try {
			return loop();
		}
		catch (InterruptedException | ClosedByInterruptException e) {
			// Or the checkpoint would be cut off as well.
			Thread.interrupted();
			final TrainingResult result = cancel();
			Thread.currentThread().interrupt();
			return result;
		}
		catch (final CancellationException e) {
			return journal.result(Status.CANCELLED,
				"Training was stopped in the middle of a step; it can be resumed from update " +
					journal.savedUpdates() + ".");
		}
		catch (final NetworkLostException e) {
			throw new NetworkLostException(e.getMessage() +
				" The training can be resumed from update " + journal.savedUpdates() +
				".");
		}
	}

	private TrainingResult loop() throws IOException, InterruptedException {
		if (state.batches == 0) save();
		while (true) {
			if (cancelled.getAsBoolean()) return cancel();
			if (isStopReplayed()) return endReplay();
			final TrainingResult result = isEpochComplete() ? endEpoch() : learn();
			if (result != null) return result;
			// The engine cannot be interrupted, but writing a file can.
			if (Thread.interrupted()) throw new InterruptedException();
			if (planWasRevised || journal.isSaveDue()) save();
		}
	}

	/** Whether somebody has stopped the training that is replayed just here. */
	private boolean isStopReplayed() {
		return record != null && record.stop() != null && record.stop().isReached(
			state);
	}

	/** No look at the validation images: there was none either. */
	private TrainingResult endReplay() throws IOException {
		state.end = Status.FINISHED;
		save();
		return journal.result(state.end, "The training was replayed up to update " +
			state.updates + ", where it had been stopped" + (state.bestEpoch == 0
				? "." : "; the best epoch was " + state.bestEpoch + " of " +
					state.epochs + "."));
	}

	private boolean isEpochComplete() {
		return state.epoch.count() >= state.steps.updatesPerEpoch() ||
			state.updates == state.steps.total();
	}

	/** Takes one batch; returns null unless the training has ended. */
	private TrainingResult learn() throws IOException, InterruptedException {
		final double start = journal.seconds();
		final double rate = plan.learningRate() * plan.schedule().factor(state.steps
			.progress(state.updates));
		final Batch batch = queue.take();
		final double loss = plan.accumulation() == 1 ? network.step(batch, rate)
			: network.accumulate(batch);
		queue.recycle(batch);
		if (!Double.isFinite(loss)) return diverged("training loss", loss, rate);
		state.batches++;
		state.accumulatedLoss += loss;
		state.proven = true;
		final boolean isUpdate = state.batches % plan.accumulation() == 0;
		if (isUpdate && plan.accumulation() > 1) network.apply(rate);
		secondsInUpdate += journal.seconds() - start;
		if (isUpdate) endUpdate(rate);
		return null;
	}

	private void endUpdate(final double rate) {
		final double loss = state.accumulatedLoss / plan.accumulation();
		state.accumulatedLoss = 0;
		state.proven = false;
		state.updates++;
		state.learningRate = rate;
		state.epoch.add(loss);
		pace.update(secondsInUpdate);
		secondsInUpdate = 0;
		if (record != null) state.steps = record.revise(state.steps, state.updates);
		if (budget != null) revisePlan();
		listener.step(state.updates, reportedTotal(), loss, rate, secondsLeft());
	}

	private void revisePlan() {
		final StepPlan revised = budget.revise(state.steps, state.updates, journal
			.seconds() - state.secondsBefore);
		state.reviews = budget.reviews();
		if (revised == state.steps) return;
		if (state.steps.isProvisional()) listener.message("In " + number(plan
			.length().minutes()) + " minutes there is time for about " + revised
				.total() + " updates, in epochs of " + revised.updatesPerEpoch() + ".");
		state.steps = revised;
		listener.revised(reportedTotal(), revised.updatesPerEpoch());
		planWasRevised = true;
	}

	private long reportedTotal() {
		if (record != null) return record.updates();
		return state.steps.isProvisional() ? 0 : state.steps.total();
	}

	private double secondsLeft() {
		if (budget != null) return Math.max(0, 60 * plan.length().minutes() -
			journal.seconds());
		return (reportedTotal() - state.updates) * pace.secondsPerUpdate(state.steps
			.updatesPerEpoch());
	}

	/** Looks at the validation images; returns null unless training has ended. */
	private TrainingResult endEpoch() throws IOException, InterruptedException {
		final double start = journal.seconds();
		final Validation.Outcome outcome = validation == null ? nothing()
			: validation.look(cancelled, listener);
		if (outcome == null) return cancel();
		pace.validation(journal.seconds() - start);
		state.epochs++;
		final History.Row row = new History.Row(state, journal.seconds(), outcome);
		state.epoch = new EpochStatistics();
		final boolean diverged = validation != null && !Double.isFinite(
			outcome.loss);
		if (!diverged) judge(outcome);
		journal.publish(row);
		if (isBest || state.end != null) save();
		listener.epoch(row);
		if (diverged) return diverged("validation loss", outcome.loss,
			state.learningRate);
		return state.end == null ? null : journal.result(state.end, closing());
	}

	/** Changes the whole state before anything is written that may fail. */
	private void judge(final Validation.Outcome outcome) {
		isBest = validation != null && isNewBest(outcome);
		state.end = end();
	}

	private Validation.Outcome nothing() {
		final double[] scores = new double[journal.history().scoreNames().size()];
		Arrays.fill(scores, Double.NaN);
		return new Validation.Outcome(Double.NaN, scores);
	}

	private boolean isNewBest(final Validation.Outcome outcome) {
		state.proven = true;
		final boolean isNew = stopping.isNewBest(plan.best() == Criterion.LOSS
			? outcome.loss : -outcome.scores[0], outcome.loss);
		state.best = stopping.best();
		state.lossOfBest = stopping.secondOfBest();
		state.epochsSinceBest = stopping.sinceBest();
		if (isNew) state.bestEpoch = state.epochs;
		return isNew;
	}

	private Status end() {
		if (state.updates == state.steps.total()) return Status.FINISHED;
		return stopping.shouldStop() ? Status.EARLY_STOPPED : null;
	}

	private String closing() {
		if (state.end == Status.EARLY_STOPPED)
			return "Training stopped early after " + state.updates +
				" updates: the last " + state.epochsSinceBest +
				" epochs brought no improvement over epoch " + state.bestEpoch + ".";
		return "Training has finished after " + state.updates + " updates" +
			(state.bestEpoch == 0 ? "." : "; the best epoch was " + state.bestEpoch +
				" of " + state.epochs + ".");
	}

	private TrainingResult cancel() throws IOException {
		save();
		if (state.end != null) return journal.result(state.end, closing());
		return journal.result(Status.CANCELLED, "Training was stopped after " +
			state.updates + " updates; it can be resumed from there.");
	}

	private TrainingResult diverged(final String what, final double loss,
		final double rate) throws IOException
	{
		final long kept = journal.keepProven();
		return journal.result(Status.DIVERGED, "The " + what + " became " + (Double
			.isNaN(loss) ? "NaN" : "infinite") + " after update " + state.updates +
			" (learning rate " + number(rate) +
			"), so training was stopped; the checkpoint of update " + kept +
			" is kept. Train with a smaller learning rate, such as " + number(plan
				.learningRate() / 10) + ".");
	}

	/** Four digits, and no more than are needed. */
	private static String number(final double value) {
		final double rounded = new BigDecimal(value).round(new MathContext(4))
			.doubleValue();
		return rounded == Math.rint(rounded) ? Long.toString((long) rounded)
			: Double.toString(rounded);
	}

	private void save() throws IOException {
		journal.save(isBest);
		isBest = false;
		planWasRevised = false;
		pace.checkpoint(journal.saveSeconds());
	}
}
