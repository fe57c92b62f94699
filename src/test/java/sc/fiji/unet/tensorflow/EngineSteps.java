
package sc.fiji.unet.tensorflow;

import java.util.Arrays;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;

/**
 * Prints how long a training step and a prediction take. Arguments: base width,
 * or the feature channels of all levels with commas; padding; size; batch; and
 * "border" for a network with the border class.
 */
public final class EngineSteps {

	public static void main(final String... args) {
		final int[] features = Arrays.stream(args[0].split(",")).mapToInt(
			Integer::parseInt).toArray();
		final Padding padding = Padding.valueOf(args[1].toUpperCase());
		final long size = Long.parseLong(args[2]);
		final int samples = Integer.parseInt(args[3]);
		final UNetConfig.Builder builder = UNetConfig.builder().padding(padding)
			.batchNormalization(padding == Padding.SAME);
		if (features.length > 1) builder.features(features);
		else builder.baseAndDepth(features[0], 4);
		if (args.length > 4) builder.objectsWithBorder();
		final UNetConfig config = builder.build();
		final Batch batch = random(config, samples, size, size);
		try (TrainableNetwork network = new TensorFlowFactory().create(config,
			OptimizerConfig.adam(0.9, 0.99).withAverageDecay(0.99), ExecutionConfig
				.auto(), 1))
		{
			System.out.println(config + " on " + network.device());
			final double[] seconds = new double[20];
			for (int i = 0; i < seconds.length; i++) {
				final long start = System.nanoTime();
				network.step(batch, 1e-3);
				seconds[i] = (System.nanoTime() - start) * 1e-9;
			}
			System.out.println("training steps (s): " + Arrays.toString(seconds));
			for (int i = 0; i < seconds.length; i++) {
				final long start = System.nanoTime();
				network.evaluate(batch, null);
				seconds[i] = (System.nanoTime() - start) * 1e-9;
			}
			System.out.println("evaluations (s): " + Arrays.toString(seconds));
		}
	}

	/** @return a batch of seeded noise whose targets follow the input */
	static Batch random(final UNetConfig config, final int samples,
		final long... size)
	{
		final long[] output = new UNetShape(config).output(size);
		final Batch batch = new Batch(samples, config.channels(), size, output);
		final java.util.Random random = new java.util.Random(7);
		for (int i = 0; i < batch.input().capacity(); i++)
			batch.input().put(i, (float) random.nextGaussian());
		for (int i = 0; i < batch.targets().capacity(); i++) {
			batch.targets().put(i, random.nextInt(Math.max(2, config.classes())));
			batch.weights().put(i, 0.5f + random.nextFloat());
		}
		return batch;
	}
}
