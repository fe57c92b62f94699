
package sc.fiji.unet.worker;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Random;

import net.imglib2.FinalInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.data.ImageStatistics;
import sc.fiji.unet.data.Normalizer;
import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;
import sc.fiji.unet.segment.Segmenter;
import sc.fiji.unet.tensorflow.TensorFlowFactory;

/**
 * What a process of its own costs: training steps, and the segmentation of an
 * image, in turn here and there; prints the ratio of each pair. Arguments: base
 * width (32) and number of pairs (15). Run with: {@code mvn -q test-compile
 * exec:exec -Dexec.executable=java -Dexec.classpathScope=test
 * -Dexec.args="-cp %classpath sc.fiji.unet.worker.WorkerOverhead"}
 */
public final class WorkerOverhead {

	private static final long PATCH = 572;
	private static final int IMAGE = 2048;

	private final TrainableNetwork here;
	private final TrainableNetwork there;

	private WorkerOverhead(final TrainableNetwork here,
		final TrainableNetwork there)
	{
		this.here = here;
		this.there = there;
	}

	public static void main(final String... args) {
		final int base = args.length > 0 ? Integer.parseInt(args[0]) : 32;
		final int pairs = args.length > 1 ? Integer.parseInt(args[1]) : 15;
		final UNetConfig config = UNetConfig.builder().baseAndDepth(base, 4)
			.padding(Padding.VALID).batchNormalization(false).build();
		final WorkerFactory workers = new WorkerFactory(System.out::println,
			line -> {}, 60_000);
		long start = System.nanoTime();
		workers.devices();
		System.out.printf(Locale.ROOT, "worker ready after %.2f s%n", seconds(
			start));
		start = System.nanoTime();
		new TensorFlowFactory().devices();
		System.out.printf(Locale.ROOT, "TensorFlow ready here after %.2f s%n",
			seconds(start));
		try (TrainableNetwork here = create(new TensorFlowFactory(), config);
				TrainableNetwork there = create(workers, config))
		{
			final WorkerOverhead overhead = new WorkerOverhead(here, there);
			System.out.println(config + " on " + here.device());
			overhead.steps(config, pairs);
			overhead.segmentations(pairs);
		}
		workers.endAll();
		System.exit(0);
	}

	private static TrainableNetwork create(final NetworkFactory factory,
		final UNetConfig config)
	{
		return factory.create(config, OptimizerConfig.adam(0.9, 0.99)
			.withAverageDecay(0.99), ExecutionConfig.auto(), 1);
	}

	private void steps(final UNetConfig config, final int pairs) {
		final long[] size = { PATCH, PATCH };
		final Batch batch = new Batch(1, 1, size, new UNetShape(config).output(
			size));
		for (int i = 0; i < batch.weights().capacity(); i++)
			batch.weights().put(i, 1);
		compare("training step, " + PATCH + " px", pairs, () -> here.step(batch,
			1e-4), () -> there.step(batch, 1e-4));
	}

	private void segmentations(final int pairs) {
		final ArrayImg<FloatType, FloatArray> image = ArrayImgs.floats(IMAGE, IMAGE,
			1);
		final Random random = new Random(1);
		image.forEach(v -> v.set(random.nextFloat()));
		final Normalizer normalizer = Normalizer.of(ImageStatistics.of(Collections
			.singletonList("image"), Collections.singletonList(image)), Preprocessing
				.minMax());
		compare("segmentation, " + IMAGE + " px", Math.max(3, pairs / 5),
			() -> segment(here, image, normalizer), () -> segment(there, image,
				normalizer));
	}

	private static void segment(final TrainableNetwork network,
		final ArrayImg<FloatType, FloatArray> image, final Normalizer normalizer)
	{
		new Segmenter(network, new Postprocessing(0.5, 0, 0)).segment(image,
			normalizer, new FinalInterval(IMAGE, IMAGE), () -> false, (done,
				total) -> {});
	}

	private static void compare(final String what, final int pairs,
		final Runnable here, final Runnable there)
	{
		final double[] first = new double[pairs];
		final double[] ratios = new double[pairs];
		here.run();
		there.run();
		for (int i = 0; i < pairs; i++) {
			// Each goes first in half of the pairs.
			final double there0 = i % 2 == 0 ? time(there) : 0;
			first[i] = time(here);
			ratios[i] = (i % 2 == 0 ? there0 : time(there)) / first[i];
		}
		Arrays.sort(first);
		Arrays.sort(ratios);
		System.out.printf(Locale.ROOT,
			"%s: here %.3f s (median); there / here: %.3f (median), %.3f to %.3f%n",
			what, first[pairs / 2], ratios[pairs / 2], ratios[0], ratios[pairs - 1]);
	}

	private static double time(final Runnable work) {
		final long start = System.nanoTime();
		work.run();
		return seconds(start);
	}

	private static double seconds(final long start) {
		return (System.nanoTime() - start) * 1e-9;
	}
}
