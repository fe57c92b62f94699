
package sc.fiji.unet.train;

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

	TrainingPlan(final PlanBuilder b) {
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
	public static PlanBuilder builder() {
		return Preset.FAST.plan().toBuilder();
	}

	/** @return a builder without any values */
	static PlanBuilder blank() {
		return new PlanBuilder();
	}

	/** @return a builder that starts from the values of this plan */
	public PlanBuilder toBuilder() {
		return new PlanBuilder(this);
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
	 *          {@code learningRate=0.01, target.border=0}; a colon may stand for
	 *          the equals sign. May be empty
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
}
