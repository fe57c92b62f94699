
package sc.fiji.unet.train;

import java.util.Collections;
import java.util.Set;

import sc.fiji.unet.data.TargetConfig;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.weightmap.WeightMapConfig;

/** Takes what a plan leaves open from another one. */
final class PlanCompletion {

	private final TrainingPlan plan;
	private final TrainingPlan other;
	private final Set<AutoSetting> open;

	private PlanCompletion(final TrainingPlan plan, final TrainingPlan other) {
		this.plan = plan;
		this.other = other;
		open = plan.auto();
	}

	/** @see TrainingPlan#completedFrom */
	static TrainingPlan of(final TrainingPlan plan, final TrainingPlan other) {
		return new PlanCompletion(plan, other).complete();
	}

	private TrainingPlan complete() {
		final PlanBuilder b = plan.toBuilder().network(network()).target(target())
			.auto(Collections.emptySet());
		b.patchSize(source(AutoSetting.PATCH_SIZE).patchSize());
		b.batchSize(source(AutoSetting.BATCH_SIZE).batchSize());
		b.accumulation(source(AutoSetting.ACCUMULATION).accumulation());
		b.augmentation(source(AutoSetting.AUGMENTATION).augmentation());
		b.preprocessing(source(AutoSetting.HIGH_PERCENTILE).preprocessing());
		return b.build();
	}

	private TrainingPlan source(final AutoSetting setting) {
		return open.contains(setting) ? other : plan;
	}

	private UNetConfig network() {
		final UNetConfig own = plan.network();
		final TrainingPlan base = source(AutoSetting.BASE);
		final TrainingPlan depth = source(AutoSetting.DEPTH);
		if (base == plan && depth == plan) return own;
		final UNetConfig.Builder b = own.toBuilder();
		// A list that somebody wrote need not double from level to level.
		if (base == other && depth == other) b.features(other.network().features());
		else b.baseAndDepth(base.network().features()[0], depth.network().depth());
		if (depth == other) b.kernel(null).pooling(null);
		return b.build();
	}

	private TargetConfig target() {
		final WeightMapConfig weights = plan.target().weights().toBuilder().w0(
			source(AutoSetting.W0).target().weights().w0()).sigma(source(
				AutoSetting.SIGMA).target().weights().sigma()).balanceClasses(source(
					AutoSetting.BALANCE).target().weights().balanceClasses()).build();
		return new TargetConfig(plan.target().kind(), plan.target().classes(),
			weights).withMaskW0(source(AutoSetting.MASK_W0).target().maskW0())
			.withBorder(source(AutoSetting.BORDER).target().border());
	}
}
