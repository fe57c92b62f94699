
package sc.fiji.unet.train;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import sc.fiji.unet.data.AugmentationConfig;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.PatchSize;
import sc.fiji.unet.data.TargetConfig;
import sc.fiji.unet.network.ModelReference;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Precision;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;

/**
 * Everything that decides what a training does, besides its images and the
 * machine. Immutable; starts from a {@link Preset}, which is where the defaults
 * live.
 */
public final class TrainingPlan {

	private static final double THRESHOLD = 0.5;
	/** Pixels that objects grow beyond the line between them. */
	private static final int BEYOND_RIDGE = 2;

	private final UNetConfig network;
	private final long[] patchSize;
	private final int batchSize;
	private final int accumulation;
	private final OptimizerConfig optimizer;
	private final double learningRate;
	private final Schedule schedule;
	private final TrainingLength length;
	private final int updatesPerEpoch;
	private final int patience;
	private final Criterion best;
	private final Preprocessing preprocessing;
	private final AugmentationConfig augmentation;
	private final TargetConfig target;
	private final Precision precision;
	private final long seed;
	private final Set<AutoSetting> auto;
	/** Null for a training from scratch. */
	private final ModelReference startFrom;

	private TrainingPlan(final Builder b) {
		target = Objects.requireNonNull(b.target);
		network = target.answeredBy(b.network);
		patchSize = PlanChecks.perAxis(b.patchSize, network.dimensions());
		batchSize = PlanChecks.positive("Batch size", b.batchSize);
		accumulation = PlanChecks.positive("Accumulation", b.accumulation);
		optimizer = Objects.requireNonNull(b.optimizer);
		learningRate = b.learningRate;
		schedule = Objects.requireNonNull(b.schedule);
		length = Objects.requireNonNull(b.length);
		updatesPerEpoch = PlanChecks.positive("Number of updates per epoch",
			b.updatesPerEpoch);
		patience = b.patience;
		best = Objects.requireNonNull(b.best);
		preprocessing = Objects.requireNonNull(b.preprocessing);
		augmentation = Objects.requireNonNull(b.augmentation);
		precision = Objects.requireNonNull(b.precision);
		seed = b.seed;
		auto = b.auto;
		startFrom = b.startFrom;
		PlanChecks.check(this);
	}

	/** @return a builder that starts from {@link Preset#FAST} */
	public static Builder builder() {
		return Preset.FAST.plan().toBuilder();
	}

	/** @return a builder without any values */
	static Builder blank() {
		return new Builder();
	}

	/** @return a builder that starts from the values of this plan */
	public Builder toBuilder() {
		final Builder b = new Builder();
		b.network = network;
		b.patchSize = patchSize;
		b.batchSize = batchSize;
		b.accumulation = accumulation;
		b.optimizer = optimizer;
		b.learningRate = learningRate;
		b.schedule = schedule;
		b.length = length;
		b.updatesPerEpoch = updatesPerEpoch;
		b.patience = patience;
		b.best = best;
		b.preprocessing = preprocessing;
		b.augmentation = augmentation;
		b.target = target;
		b.precision = precision;
		b.seed = seed;
		b.auto = auto;
		b.startFrom = startFrom;
		return b;
	}

	/** @return the plan as readable JSON, the same text for equal plans */
	public String toJson() {
		return PlanJson.write(this);
	}

	/**
	 * @return every setting by its key in a plan file, a dot between a key and
	 *         one within it, to its value as JSON; in the order of
	 *         {@link #toJson}
	 */
	public Map<String, String> settings() {
		return PlanJson.settings(this);
	}

	/**
	 * @param json a plan, or a part of one: what is missing is taken from the
	 *          preset that the key {@code preset} names, {@code auto} without it
	 * @throws IllegalArgumentException if it is no JSON, a key is unknown, or a
	 *           value is not admissible; names the key
	 */
	public static TrainingPlan fromJson(final String json) {
		return fromJson(json, UnaryOperator.identity());
	}

	/** @param change what is done to the preset before the plan overrules it */
	public static TrainingPlan fromJson(final String json,
		final UnaryOperator<TrainingPlan> change)
	{
		return PlanJson.read(json, change);
	}

	/**
	 * @param settings single settings by their keys in a plan file, a dot between
	 *          a key and one within it, separated by commas:
	 *          {@code learningRate=0.01, target.w0=5}; a colon may stand for the
	 *          equals sign. May be empty
	 * @return this plan with these settings instead of its own. If they change
	 *         the network but not the patch size, that becomes the next larger
	 *         possible one
	 * @throws IllegalArgumentException if the text cannot be read, a key is
	 *           unknown, or a value is not admissible; names the key
	 */
	public TrainingPlan with(final String settings) {
		return settings.trim().isEmpty() ? this : PlanSettings.apply(this,
			settings);
	}

	/**
	 * @return the architecture; its classes include the border of objects where
	 *         the targets do
	 */
	public UNetConfig network() {
		return network;
	}

	/**
	 * @return size x, y[, z] in pixels of what the network sees at once; a copy
	 */
	public long[] patchSize() {
		return patchSize.clone();
	}

	/** @return sizes of a patch: input and the part that targets cover */
	public PatchSize patch() {
		return PatchSize.of(new UNetShape(network), patchSize);
	}

	/** @return number of patches in a batch */
	public int batchSize() {
		return batchSize;
	}

	/** @return number of batches whose gradients make up one update */
	public int accumulation() {
		return accumulation;
	}

	public OptimizerConfig optimizer() {
		return optimizer;
	}

	/** @return peak learning rate, which the schedule starts from */
	public double learningRate() {
		return learningRate;
	}

	public Schedule schedule() {
		return schedule;
	}

	/** @return how long to train */
	public TrainingLength length() {
		return length;
	}

	/**
	 * @return number of updates in an epoch, that is, between two looks at the
	 *         validation images. With a time budget epochs may become longer, so
	 *         that validation takes no more than a tenth of the time
	 */
	public int updatesPerEpoch() {
		return updatesPerEpoch;
	}

	/**
	 * @return number of epochs without a new best after which training stops; 0 =
	 *         never
	 */
	public int patience() {
		return patience;
	}

	/** @return by what the best checkpoint is chosen and patience is measured */
	public Criterion best() {
		return best;
	}

	/** @return how grey values became network input */
	public Preprocessing preprocessing() {
		return preprocessing;
	}

	public AugmentationConfig augmentation() {
		return augmentation;
	}

	/**
	 * @return how probabilities become objects unless something better is found:
	 *         objects grow back over the line that was cut between them, and a
	 *         little further, because a network draws it wider
	 */
	public Postprocessing postprocessing() {
		final int ridge = target.weights().ridgeWidth();
		final boolean cut = target.kind() == LabelKind.INSTANCES && ridge > 0;
		if (target.hasBorderClass()) return new Postprocessing(THRESHOLD, 0, 0)
			.withSeeds(THRESHOLD);
		return new Postprocessing(THRESHOLD, 0, cut ? ridge + BEYOND_RIDGE : 0);
	}

	/** @return what target and weight of a pixel the labels become */
	public TargetConfig target() {
		return target;
	}

	public Precision precision() {
		return precision;
	}

	/** @return seed of weights, dropout, patches and augmentation */
	public long seed() {
		return seed;
	}

	/**
	 * @return settings that are still to be derived from images and machine, see
	 *         {@link Planner}; their values so far are those to start from. Empty
	 *         for a plan that can be followed
	 */
	public Set<AutoSetting> auto() {
		return auto;
	}

	/**
	 * @param other a plan with nothing left open, such as that of a training to
	 *          go on with
	 * @return this plan, with its own values where it has any and those of the
	 *         other one for what it leaves open
	 */
	public TrainingPlan completedFrom(final TrainingPlan other) {
		return auto.isEmpty() ? this : PlanCompletion.of(this, other);
	}

	/** @return model that the weights come from; empty: none, from scratch */
	public Optional<ModelReference> startFrom() {
		return Optional.ofNullable(startFrom);
	}

	@Override
	public boolean equals(final Object o) {
		return o instanceof TrainingPlan && toJson().equals(((TrainingPlan) o)
			.toJson());
	}

	@Override
	public int hashCode() {
		return toJson().hashCode();
	}

	@Override
	public String toString() {
		return toJson();
	}

	/** Collects the values of a {@link TrainingPlan}. Not thread-safe. */
	public static final class Builder {

		private UNetConfig network;
		private long[] patchSize;
		private int batchSize;
		private int accumulation = 1;
		private OptimizerConfig optimizer;
		private double learningRate;
		private Schedule schedule;
		private TrainingLength length;
		private int updatesPerEpoch;
		private int patience;
		private Criterion best = Criterion.LOSS;
		private Preprocessing preprocessing;
		private AugmentationConfig augmentation;
		private TargetConfig target;
		private Precision precision = Precision.AUTO;
		private long seed = 1;
		private Set<AutoSetting> auto = Collections.emptySet();
		private ModelReference startFrom;

		private Builder() {}

		/** @param value the architecture, channels and classes included */
		public Builder network(final UNetConfig value) {
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
		public Builder patchSize(final long... value) {
			patchSize = value.clone();
			return decided(AutoSetting.PATCH_SIZE);
		}

		/**
		 * Makes the patch size the next larger one that the network can take, after
		 * another architecture was chosen.
		 */
		public Builder fitPatchSize() {
			patchSize = PlanChecks.fit(network, patchSize);
			return this;
		}

		/** @param value number of patches in a batch */
		public Builder batchSize(final int value) {
			batchSize = value;
			return decided(AutoSetting.BATCH_SIZE);
		}

		/** @param value number of batches whose gradients make up one update */
		public Builder accumulation(final int value) {
			accumulation = value;
			return decided(AutoSetting.ACCUMULATION);
		}

		public Builder optimizer(final OptimizerConfig value) {
			optimizer = value;
			return this;
		}

		/** @param peak highest learning rate */
		public Builder learningRate(final double peak) {
			learningRate = peak;
			return this;
		}

		public Builder schedule(final Schedule value) {
			schedule = value;
			return this;
		}

		public Builder length(final TrainingLength value) {
			length = value;
			return this;
		}

		/** @param value see {@link TrainingPlan#updatesPerEpoch()} */
		public Builder updatesPerEpoch(final int value) {
			updatesPerEpoch = value;
			return this;
		}

		/** @param value see {@link TrainingPlan#patience()} */
		public Builder patience(final int value) {
			patience = value;
			return this;
		}

		/** @param value see {@link TrainingPlan#best()} */
		public Builder best(final Criterion value) {
			best = value;
			return this;
		}

		public Builder preprocessing(final Preprocessing value) {
			preprocessing = value;
			return decided(AutoSetting.HIGH_PERCENTILE);
		}

		public Builder augmentation(final AugmentationConfig value) {
			augmentation = value;
			return this;
		}

		public Builder target(final TargetConfig value) {
			target = value;
			return decided(AutoSetting.W0, AutoSetting.MASK_W0, AutoSetting.SIGMA,
				AutoSetting.BALANCE);
		}

		public Builder precision(final Precision value) {
			precision = value;
			return this;
		}

		/** @param value seed of weights, dropout, patches and augmentation */
		public Builder seed(final long value) {
			seed = value;
			return this;
		}

		/** What is given is not derived. */
		private Builder decided(final AutoSetting... settings) {
			final Set<AutoSetting> left = EnumSet.noneOf(AutoSetting.class);
			left.addAll(auto);
			left.removeAll(Arrays.asList(settings));
			return auto(left);
		}

		/**
		 * @param value settings that are to be derived from images and machine;
		 *          giving one of them a value later takes it out again
		 */
		public Builder auto(final Collection<AutoSetting> value) {
			final Set<AutoSetting> copy = EnumSet.noneOf(AutoSetting.class);
			copy.addAll(value);
			auto = Collections.unmodifiableSet(copy);
			return this;
		}

		/** @param value model that the weights come from; null: none */
		public Builder startFrom(final ModelReference value) {
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
}
