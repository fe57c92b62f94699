
package sc.fiji.unet.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import sc.fiji.unet.data.AugmentationConfig;
import sc.fiji.unet.data.DataFacts;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.TargetConfig;
import sc.fiji.unet.data.Transform;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.Preprocessing.Normalization;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;
import sc.fiji.unet.weightmap.WeightMapConfig;

/**
 * Derives from images and machine what a plan leaves open, as nnU-Net does
 * (Isensee et al. 2021), and says why. The same plan, images and machine always
 * give the same plan. Where nothing speaks against it, the values of the plan
 * stay.
 */
public final class Planner {

	/** Fewer poolings see hardly more than a texture. */
	private static final int LEAST_DEPTH = 3;
	/** More would need more images than people annotate. */
	private static final int MOST_DEPTH = 5;
	/** Pixels along an axis that are left at the bottom; nnU-Net's rule. */
	private static final int LEAST_BOTTOM = 4;
	/** Times that a large object must fit into a patch along an axis. */
	private static final int OBJECTS_IN_PATCH = 2;
	/** A patch grows to so many times its length at most, for memory's sake. */
	private static final int MOST_GROWTH = 2;
	/** Even where images are tiny. */
	private static final int MOST_IN_BATCH = 64;
	/** A batch of one has no second image to be normalised with. */
	private static final int LEAST_IN_BATCH = 2;
	/** Cores that the preset's width was chosen on. */
	private static final double PRESET_CORES = 2;
	/** Computing time that doubled width takes for as many updates. */
	private static final double COST_OF_DOUBLING = 4;
	/** nnU-Net's first level; a GPU has computing time for it. */
	private static final int MOST_BASE = 32;
	/** Other programs need the rest. */
	private static final double SHARE_OF_MEMORY = 0.7;
	/** A wider border term would cover small objects' whole surroundings. */
	private static final double SIGMAS_IN_OBJECT = 4;
	/** Beyond so many sigma the border term is below a hundredth. */
	private static final double SIGMAS_OF_REACH = 3;
	/** Share of the pixels below which one of several classes is rare. */
	private static final double RARE_CLASS = 0.05;
	/**
	 * Share of the pixels below which all objects together are rare. Balance
	 * makes them too large at the usual threshold, so it is a last resort.
	 */
	private static final double RARE_OBJECTS = 0.005;

	/** From so many objects on, most patches are as the images are. */
	private static final int MANY_OBJECTS = 1000;
	/** Probability of each distortion then. */
	private static final double SELDOM = 0.3;

	private final TrainingPlan start;
	private final DataFacts facts;
	private final Machine machine;
	private final Set<AutoSetting> open;
	private final PlanWords words;
	private final List<String> sentences = new ArrayList<>();
	private UNetConfig network;
	private long[] patch;
	private int batch;
	private int accumulation;

	private Planner(final TrainingPlan start, final DataFacts facts,
		final Machine machine)
	{
		this.start = start;
		this.facts = facts;
		this.machine = machine;
		open = start.auto();
		words = new PlanWords(facts);
		network = start.network();
		patch = start.patchSize();
		batch = start.batchSize();
		accumulation = start.accumulation();
	}

	/** A plan with nothing left open, and the reasons. Immutable. */
	public static final class Result {

		private final TrainingPlan plan;
		private final List<String> sentences;

		/** @param plan with nothing to derive */
		public Result(final TrainingPlan plan) {
			this(plan, Collections.emptyList());
		}

		private Result(final TrainingPlan plan, final List<String> sentences) {
			this.plan = plan;
			this.sentences = Collections.unmodifiableList(sentences);
		}

		/** @return the plan, complete */
		public TrainingPlan plan() {
			return plan;
		}

		/** @return each decision with its reason; empty if nothing was open */
		public List<String> sentences() {
			return sentences;
		}
	}

	/**
	 * @param plan for these images: with their channels, classes and kind of
	 *          labels
	 * @param facts about the images trained on
	 * @param machine to train on
	 * @throws IllegalArgumentException if what was fixed does not fit together
	 */
	public static Result complete(final TrainingPlan plan, final DataFacts facts,
		final Machine machine)
	{
		return plan.auto().isEmpty() ? new Result(plan) : new Planner(plan, facts,
			machine).plan();
	}

	private boolean isOpen(final AutoSetting setting) {
		return open.contains(setting);
	}

	private Result plan() {
		if (isOpen(AutoSetting.DEPTH)) depth();
		if (isOpen(AutoSetting.PATCH_SIZE)) patch = patchSize();
		if (isOpen(AutoSetting.BATCH_SIZE)) batch = batchSize();
		sayPatch();
		if (isOpen(AutoSetting.BASE)) base();
		memory();
		final Preprocessing preprocessing = preprocessing();
		final TrainingPlan plan = start.toBuilder().network(network).patchSize(
			patch).batchSize(batch).accumulation(accumulation).preprocessing(
				preprocessing).augmentation(augmentation()).target(target()).auto(
					Collections.emptySet()).build();
		sayFixed(plan);
		return new Result(plan, sentences);
	}

	/** Enough to see a large object from its edge, and no more than fits. */
	private void depth() {
		final boolean objects = facts.objects() > 0;
		int wanted = objects ? LEAST_DEPTH : start.network().depth();
		while (objects && wanted < MOST_DEPTH && reach(wanted) < facts
			.largeDiameter())
			wanted++;
		int depth = wanted;
		while (depth > 1 && !fits(depth))
			depth--;
		network = withDepth(depth);
		sentences.add(words.depth(depth, reach(depth), depth < wanted ? shortest()
			: 0));
	}

	private int reach(final int depth) {
		return new UNetShape(withDepth(depth)).reach(0);
	}

	/** Whether enough is left at the bottom of what the network sees. */
	private boolean fits(final int depth) {
		final UNetShape shape = new UNetShape(withDepth(depth));
		final boolean room = network.padding() == Padding.VALID ||
			shortest() >> depth >= LEAST_BOTTOM;
		if (isOpen(AutoSetting.PATCH_SIZE)) return room;
		// A given size that not even few poolings suit is refused, by its rule.
		return room && (depth <= LEAST_DEPTH || Arrays.stream(patch).allMatch(
			side -> shape.isAdmissible(0, side)));
	}

	/** Shortest side in pixels of what a patch can be cut from. */
	private long shortest() {
		return Arrays.stream(isOpen(AutoSetting.PATCH_SIZE) ? facts.size() : patch)
			.min().getAsLong();
	}

	private UNetConfig withDepth(final int depth) {
		final UNetConfig own = network;
		if (depth == own.depth()) return own;
		return own.toBuilder().kernel(null).pooling(null).baseAndDepth(own
			.features()[0], depth).build();
	}

	/** No larger than the images, large enough for objects and surroundings. */
	private long[] patchSize() {
		final UNetShape shape = new UNetShape(network);
		final long[] size = new long[patch.length];
		for (int d = 0; d < size.length; d++) {
			final double objects = OBJECTS_IN_PATCH * facts.largeDiameter();
			final double wanted = Math.min(MOST_GROWTH * patch[d], Math.max(patch[d],
				objects));
			size[d] = admissible(shape, d, wanted, facts.size()[d]);
		}
		return size;
	}

	/**
	 * @param wanted pixels to see, at least
	 * @param most pixels that there are
	 * @return the smallest possible size that is large enough, or the largest one
	 *         that there are pixels for
	 */
	private static long admissible(final UNetShape shape, final int axis,
		final double wanted, final long most)
	{
		final int step = shape.granularity(axis);
		final long smallest = shape.smallestInput(axis);
		// With padding valid the margin is mirrored where an image ends.
		final long available = most + 2L * shape.margin(axis);
		long size = smallest;
		while (size < wanted && size + step <= available)
			size += step;
		return size;
	}

	/** As many pixels an update as the plan has. */
	private int batchSize() {
		final double pixels = start.batchSize() * product(start.patchSize());
		final int least = network.batchNormalization() ? LEAST_IN_BATCH : 1;
		return (int) Math.max(Math.min(least, start.batchSize()), Math.min(
			MOST_IN_BATCH, Math.round(pixels / product(patch))));
	}

	private static double product(final long[] size) {
		double product = 1;
		for (final long side : size)
			product *= side;
		return product;
	}

	private void sayPatch() {
		if (isOpen(AutoSetting.PATCH_SIZE)) sentences.add(words.patch(patch, start
			.patchSize(), network));
		if (isOpen(AutoSetting.BATCH_SIZE)) sentences.add(words.batch(batch, patch,
			start));
	}

	/** Wider where there is computing time for it. */
	private void base() {
		final int usual = start.network().features()[0];
		int base = usual;
		if (machine.isGpu()) base = Math.max(usual, MOST_BASE);
		else for (double left = surplus(); left >= COST_OF_DOUBLING && 2 *
			base <= MOST_BASE; left /= COST_OF_DOUBLING)
			base *= 2;
		if (base != usual) network = network.toBuilder().baseAndDepth(base, network
			.depth()).build();
		sentences.add(words.base(base, usual, machine, start.length()));
	}

	/** Computing time over that which the preset's width was chosen for. */
	private double surplus() {
		final TrainingLength usual = Preset.FAST.plan().length();
		if (!start.length().isTimed() || !usual.isTimed()) return 1;
		return machine.cores() * start.length().minutes() / (PRESET_CORES * usual
			.minutes());
	}

	/** What is too much at once is done one after the other. */
	private void memory() {
		final double most = SHARE_OF_MEMORY * machine.memory();
		final int wanted = batch;
		if (machine.memory() > 0 && isOpen(AutoSetting.BATCH_SIZE) && isOpen(
			AutoSetting.ACCUMULATION)) while (batch > 1 && bytes() > most)
		{
			batch = (batch + 1) / 2;
			accumulation = start.accumulation() * ((wanted + batch - 1) / batch);
		}
		sentences.add(words.memory(bytes(), machine, bytes() > most, wanted, batch,
			accumulation));
	}

	private double bytes() {
		return MemoryNeed.bytes(network, patch, batch);
	}

	/**
	 * Where objects are fewer than the pixels cut off, their brightness must not
	 * be, or it would become huge.
	 */
	private Preprocessing preprocessing() {
		final Preprocessing own = start.preprocessing();
		if (!isOpen(AutoSetting.HIGH_PERCENTILE) || own
			.normalization() != Normalization.PERCENTILES) return own;
		final double cut = (100 - own.highPercentile()) / 100;
		final boolean tiny = facts.typicalForeground() < 2 * cut;
		final Preprocessing chosen = tiny ? Preprocessing.percentiles(own
			.lowPercentile(), 100) : own;
		sentences.add(words.grey(chosen, tiny, 2 * cut));
		return chosen;
	}

	/** Mirror images keep the texture as it is; distorting smooths it. */
	private AugmentationConfig augmentation() {
		final AugmentationConfig own = start.augmentation();
		if (!isOpen(AutoSetting.AUGMENTATION)) return own;
		final boolean many = facts.objects() >= MANY_OBJECTS;
		sentences.add(words.augmentation(many));
		if (!many) return own;
		final AugmentationConfig.Builder seldom = own.toBuilder();
		for (final Transform t : new Transform[] { Transform.ROTATE,
			Transform.SCALE, Transform.ELASTIC_GRID })
			seldom.with(t, Math.min(SELDOM, own.probability(t)), own.range(t));
		return seldom.build();
	}

	private TargetConfig target() {
		final TargetConfig own = start.target();
		final WeightMapConfig.Builder weights = own.weights().toBuilder();
		if (own.kind() != LabelKind.CLASSES) weights.sigma(sigma());
		final double sigma = weights.build().sigma();
		// Where a class of its own keeps objects apart, the term is not made.
		final boolean near = own.hasBorderClass() || facts
			.smallestGap() <= SIGMAS_OF_REACH * sigma;
		double maskW0 = own.maskW0();
		if (own.kind() == LabelKind.INSTANCES && isOpen(AutoSetting.W0) && !near)
			weights.w0(0);
		if (own.kind() == LabelKind.MASK && isOpen(AutoSetting.MASK_W0) && !near)
			maskW0 = 0;
		if (isOpen(AutoSetting.BALANCE)) weights.balanceClasses(isRare());
		final TargetConfig result = new TargetConfig(own.kind(), own.classes(),
			weights.build()).withMaskW0(maskW0).withBorder(own.border());
		sentences.addAll(words.target(result, near, rarest(), rare(), open));
		return result;
	}

	private double sigma() {
		final double own = start.target().weights().sigma();
		if (!isOpen(AutoSetting.SIGMA) || facts.objects() == 0) return own;
		final double most = Math.max(1, Math.round(2 * facts.diameter() /
			SIGMAS_IN_OBJECT) / 2.0);
		return Math.min(own, most);
	}

	private boolean isRare() {
		return start.target().weights().balanceClasses() || rarest() < rare();
	}

	private double rare() {
		return facts.kind() == LabelKind.CLASSES ? RARE_CLASS : RARE_OBJECTS;
	}

	/**
	 * Background may be as rare as it likes where there are objects. A class that
	 * does not occur at all can have no weight.
	 */
	private double rarest() {
		return Arrays.stream(facts.classShares()).skip(facts
			.kind() == LabelKind.CLASSES ? 0 : 1).filter(share -> share > 0).min()
			.orElse(1);
	}

	private void sayFixed(final TrainingPlan plan) {
		final String fixed = words.fixed(plan, open);
		if (!fixed.isEmpty()) sentences.add(fixed);
		if (!isOpen(AutoSetting.W0) && plan.target().hasBorderClass()) sentences
			.add(words.idle(plan.target(), isOpen(AutoSetting.BORDER)));
	}
}
