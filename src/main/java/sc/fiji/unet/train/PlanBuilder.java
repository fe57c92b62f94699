
package sc.fiji.unet.train;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import sc.fiji.unet.data.AugmentationConfig;
import sc.fiji.unet.data.TargetConfig;
import sc.fiji.unet.network.ModelReference;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.Precision;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.UNetConfig;

/** Collects the values of a {@link TrainingPlan}. Not thread-safe. */
public final class PlanBuilder {

	UNetConfig network;
	long[] patchSize;
	int batchSize;
	int accumulation = 1;
	OptimizerConfig optimizer;
	double learningRate;
	Schedule schedule;
	TrainingLength length;
	int updatesPerEpoch;
	int patience;
	Criterion best = Criterion.LOSS;
	Preprocessing preprocessing;
	AugmentationConfig augmentation;
	TargetConfig target;
	Precision precision = Precision.AUTO;
	long seed = 1;
	Set<AutoSetting> auto = Collections.emptySet();
	ModelReference startFrom;

	/** Without any values. */
	PlanBuilder() {}

	/** With the values of a plan. */
	PlanBuilder(final TrainingPlan plan) {
		network = plan.network();
		patchSize = plan.patchSize();
		batchSize = plan.batchSize();
		accumulation = plan.accumulation();
		optimizer = plan.optimizer();
		learningRate = plan.learningRate();
		schedule = plan.schedule();
		length = plan.length();
		updatesPerEpoch = plan.updatesPerEpoch();
		patience = plan.patience();
		best = plan.best();
		preprocessing = plan.preprocessing();
		augmentation = plan.augmentation();
		target = plan.target();
		precision = plan.precision();
		seed = plan.seed();
		auto = plan.auto();
		startFrom = plan.startFrom().orElse(null);
	}

	/** @param value the architecture, channels and classes included */
	public PlanBuilder network(final UNetConfig value) {
		network = value;
		return decided(AutoSetting.DEPTH, AutoSetting.BASE);
	}

	/** @return the architecture so far, to start a changed one from */
	public UNetConfig network() {
		return network;
	}

	/**
	 * @param value size x, y[, z] in pixels that the network can take; a single
	 *          number stands for every axis
	 */
	public PlanBuilder patchSize(final long... value) {
		patchSize = value.clone();
		return decided(AutoSetting.PATCH_SIZE);
	}

	/**
	 * Makes the patch size the next larger one that the network can take, after
	 * another architecture was chosen.
	 */
	public PlanBuilder fitPatchSize() {
		patchSize = PlanChecks.fit(network, patchSize);
		return this;
	}

	/** @param value number of patches in a batch */
	public PlanBuilder batchSize(final int value) {
		batchSize = value;
		return decided(AutoSetting.BATCH_SIZE);
	}

	/** @param value number of batches whose gradients make up one update */
	public PlanBuilder accumulation(final int value) {
		accumulation = value;
		return decided(AutoSetting.ACCUMULATION);
	}

	public PlanBuilder optimizer(final OptimizerConfig value) {
		optimizer = value;
		return this;
	}

	/** @param peak highest learning rate */
	public PlanBuilder learningRate(final double peak) {
		learningRate = peak;
		return this;
	}

	public PlanBuilder schedule(final Schedule value) {
		schedule = value;
		return this;
	}

	public PlanBuilder length(final TrainingLength value) {
		length = value;
		return this;
	}

	/** @param value see {@link TrainingPlan#updatesPerEpoch()} */
	public PlanBuilder updatesPerEpoch(final int value) {
		updatesPerEpoch = value;
		return this;
	}

	/** @param value see {@link TrainingPlan#patience()} */
	public PlanBuilder patience(final int value) {
		patience = value;
		return this;
	}

	/** @param value see {@link TrainingPlan#best()} */
	public PlanBuilder best(final Criterion value) {
		best = value;
		return this;
	}

	public PlanBuilder preprocessing(final Preprocessing value) {
		preprocessing = value;
		return decided(AutoSetting.HIGH_PERCENTILE);
	}

	public PlanBuilder augmentation(final AugmentationConfig value) {
		augmentation = value;
		return decided(AutoSetting.AUGMENTATION);
	}

	public PlanBuilder target(final TargetConfig value) {
		target = value;
		return decided(AutoSetting.W0, AutoSetting.MASK_W0, AutoSetting.SIGMA,
			AutoSetting.BALANCE, AutoSetting.BORDER);
	}

	public PlanBuilder precision(final Precision value) {
		precision = value;
		return this;
	}

	/** @param value seed of weights, dropout, patches and augmentation */
	public PlanBuilder seed(final long value) {
		seed = value;
		return this;
	}

	/** What is given is not derived. */
	private PlanBuilder decided(final AutoSetting... settings) {
		final Set<AutoSetting> left = EnumSet.noneOf(AutoSetting.class);
		left.addAll(auto);
		left.removeAll(Arrays.asList(settings));
		return auto(left);
	}

	/**
	 * @param value settings that are to be derived from images and machine;
	 *          giving one of them a value later takes it out again
	 */
	public PlanBuilder auto(final Collection<AutoSetting> value) {
		final Set<AutoSetting> copy = EnumSet.noneOf(AutoSetting.class);
		copy.addAll(value);
		auto = Collections.unmodifiableSet(copy);
		return this;
	}

	/** @param value model that the weights come from; null: none */
	public PlanBuilder startFrom(final ModelReference value) {
		startFrom = value;
		return this;
	}

	/**
	 * @throws IllegalArgumentException if values are out of range or contradict
	 *           each other
	 */
	public TrainingPlan build() {
		return new TrainingPlan(this);
	}
}
