
package sc.fiji.unet.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import net.imglib2.img.array.ArrayImgs;

import sc.fiji.unet.data.AugmentationConfig;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.data.TargetConfig;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.weightmap.WeightMapConfig;

/** Images and a plan so small that a training takes milliseconds. */
final class Fixture {

	private Fixture() {}

	static final int WIDTH = 22;
	static final int HEIGHT = 18;

	/** Twelve updates in epochs of four, two batches an update. */
	static PlanBuilder plan() {
		return TrainingPlan.builder().network(UNetConfig.builder().baseAndDepth(1,
			1).build()).patchSize(8).batchSize(3).accumulation(2).optimizer(
				OptimizerConfig.sgd(0.5).withAverageDecay(0.9)).learningRate(0.5)
			.schedule(Schedule.COSINE).length(TrainingLength.updates(12))
			.updatesPerEpoch(4).best(Criterion.LOSS).augmentation(AugmentationConfig
				.fast()).target(new TargetConfig(LabelKind.MASK, 2, WeightMapConfig
					.builder().w0(0).balanceClasses(false).ridgeWidth(0).build())).seed(
						7);
	}

	static TrainingData data() {
		return new TrainingData(samples(3, 1), samples(2, 100));
	}

	/** Images whose bright pixels are foreground, mostly. */
	static List<Sample> samples(final int count, final int seed) {
		final List<Sample> samples = new ArrayList<>();
		for (int s = 0; s < count; s++)
			samples.add(sample("image" + (seed + s), new Random(seed + s)));
		return samples;
	}

	private static Sample sample(final String name, final Random random) {
		final float[] image = new float[WIDTH * HEIGHT];
		final int[] labels = new int[image.length];
		for (int i = 0; i < image.length; i++) {
			image[i] = (float) random.nextGaussian();
			labels[i] = image[i] + 0.3 * random.nextGaussian() > 0.4 ? 1 : 0;
			if (random.nextInt(20) == 0) labels[i] = Sample.IGNORE;
		}
		return new Sample(name, ArrayImgs.floats(image, WIDTH, HEIGHT, 1), ArrayImgs
			.ints(labels, WIDTH, HEIGHT));
	}
}
