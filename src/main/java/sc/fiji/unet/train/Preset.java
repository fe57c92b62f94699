
package sc.fiji.unet.train;

import java.util.Locale;

import sc.fiji.unet.data.AugmentationConfig;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.TargetConfig;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.weightmap.WeightMapConfig;

/** Plans to start from. All defaults of training are written here. */
public enum Preset {

		/**
		 * As fast, but what depends on images and machine is derived from them
		 * ({@link Planner}).
		 */
		AUTO {

			@Override
			public TrainingPlan plan() {
				return FAST.plan().toBuilder().auto(AutoSetting.all()).build();
			}
		},
		/** A small network that learns a lot within minutes on a laptop. */
		FAST {

			@Override
			public TrainingPlan plan() {
				return TrainingPlan.blank() //
					.network(UNetConfig.builder().baseAndDepth(8, 4).padding(Padding.SAME)
						.batchNormalization(true).build()) //
					.patchSize(256).batchSize(4) //
					.optimizer(OptimizerConfig.adam(0.9, 0.99).withAverageDecay(0.99)) //
					.learningRate(3e-3).schedule(Schedule.COSINE) //
					.length(TrainingLength.minutes(20)).updatesPerEpoch(100) //
					.best(Criterion.SCORE) //
					.preprocessing(Preprocessing.percentiles(1, 99.8)) //
					.augmentation(AugmentationConfig.fast()).target(objects(
						WeightMapConfig.builder().balanceClasses(false)).withMaskW0(0)
						.withBorder(0.4)) //
					.build();
			}
		},
		/** Ronneberger et al. 2015, as far as the paper states it. */
		PAPER {

			@Override
			public TrainingPlan plan() {
				return TrainingPlan.blank() //
					.network(original(0.5)).patchSize(572).batchSize(1) //
					.optimizer(OptimizerConfig.sgd(0.99)) //
					.learningRate(1e-3).schedule(Schedule.CONSTANT) //
					.length(TrainingLength.minutes(600)).updatesPerEpoch(100) //
					.preprocessing(Preprocessing.minMax()) //
					.augmentation(AugmentationConfig.paper()).target(objects(
						WeightMapConfig.builder())) //
					.build();
			}
		},
		/**
		 * The notebook that this project started from: images of 512 pixels, of
		 * which the network sees 508 (the last ones are lost in its poolings
		 * there), and 27 of them in an epoch. Its rate of 0.01 diverges here, where
		 * the weights of the loss count.
		 */
		NOTEBOOK {

			@Override
			public TrainingPlan plan() {
				return TrainingPlan.blank() //
					.network(original(0)).patchSize(508).batchSize(1) //
					.optimizer(OptimizerConfig.sgd(0.99)) //
					.learningRate(1e-3).schedule(Schedule.CONSTANT) //
					.length(TrainingLength.epochs(1000)).updatesPerEpoch(27) //
					.patience(100) //
					.preprocessing(Preprocessing.minMax()) //
					.augmentation(AugmentationConfig.notebook()).target(objects(
						WeightMapConfig.builder())) //
					.build();
			}
		};

	/**
	 * @return the plan, for images of one channel and a single foreground class
	 */
	public abstract TrainingPlan plan();

	private static TargetConfig objects(final WeightMapConfig.Builder weights) {
		return new TargetConfig(LabelKind.INSTANCES, 2, weights.build());
	}

	private static UNetConfig original(final double dropout) {
		return UNetConfig.builder().baseAndDepth(64, 4).padding(Padding.VALID)
			.batchNormalization(false).dropout(dropout).build();
	}

	/**
	 * @param name as users write it: "auto", "fast", "paper" or "notebook"; case
	 *          does not count
	 * @throws IllegalArgumentException if it is none of these; lists them
	 */
	public static Preset of(final String name) {
		for (final Preset preset : values())
			if (preset.toString().equals(name.trim().toLowerCase(Locale.ROOT)))
				return preset;
		throw new IllegalArgumentException("Preset '" + name +
			"' is unknown; write auto, fast, paper or notebook.");
	}

	/** @return the name as users write it */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
