
package sc.fiji.unet.weightmap;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Time of the weight map over the number of objects, on one thread. The naive
 * baseline (one distance transform an object, as is usual elsewhere) runs at
 * 512x512 only: its time grows with the number of objects. Run with:
 * {@code mvn -q test-compile exec:exec -Dexec.executable=java
 * -Dexec.classpathScope=test -Dexec.args="-cp %classpath
 * sc.fiji.unet.weightmap.WeightMapBenchmark"}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class WeightMapBenchmark {

	private static final WeightMapConfig CONFIG = WeightMapConfig.builder()
		.build();

	/** 2048 x 2048 pixels. */
	@State(Scope.Benchmark)
	public static class Large {

		@Param({ "2", "500", "5000" })
		public int objects;
		private ArrayImg<IntType, IntArray> labels;

		@Setup
		public void create() {
			labels = discs(2048, objects);
		}
	}

	/** 512 x 512 pixels. */
	@State(Scope.Benchmark)
	public static class Small {

		@Param({ "2", "30", "300" })
		public int objects;
		private ArrayImg<IntType, IntArray> labels;

		@Setup
		public void create() {
			labels = discs(512, objects);
		}
	}

	@Benchmark
	public Object large(final Large image) {
		return WeightMap.compute(image.labels, CONFIG);
	}

	@Benchmark
	public Object small(final Small image) {
		return WeightMap.compute(image.labels, CONFIG);
	}

	@Benchmark
	public Object smallOneTransformPerObject(final Small image) {
		return onePerObject(image.labels);
	}

	/** The two smallest of one exact distance transform an object. */
	private static float[] onePerObject(final ArrayImg<IntType, IntArray> image) {
		final int[] labels = image.update(null).getCurrentStorageArray();
		final int side = (int) image.dimension(0);
		int objects = 0;
		for (final int label : labels)
			objects = Math.max(objects, label);
		final float[] d1 = new float[labels.length];
		final float[] d2 = new float[labels.length];
		Arrays.fill(d1, Float.POSITIVE_INFINITY);
		Arrays.fill(d2, Float.POSITIVE_INFINITY);
		for (int id = 1; id <= objects; id++) {
			final float[] d = distance(labels, side, id);
			for (int p = 0; p < d.length; p++) {
				d2[p] = Math.min(d2[p], Math.max(d1[p], d[p]));
				d1[p] = Math.min(d1[p], d[p]);
			}
		}
		final float[] weights = new float[labels.length];
		for (int p = 0; p < weights.length; p++)
			if (labels[p] == 0) weights[p] = (float) (10 * Math.exp(-(d1[p] + d2[p]) *
				(d1[p] + d2[p]) / 50));
		return weights;
	}

	/** Felzenszwalb and Huttenlocher 2012, rows then columns. */
	private static float[] distance(final int[] labels, final int side,
		final int id)
	{
		final double[] squared = new double[labels.length];
		for (int p = 0; p < squared.length; p++)
			squared[p] = labels[p] == id ? 0 : 1e12;
		final int[] apex = new int[side];
		final double[] from = new double[side + 1];
		final double[] line = new double[side];
		for (int k = 0; k < side; k++)
			transform(squared, k * side, 1, apex, from, line);
		for (int k = 0; k < side; k++)
			transform(squared, k, side, apex, from, line);
		final float[] d = new float[squared.length];
		for (int p = 0; p < d.length; p++)
			d[p] = (float) Math.sqrt(squared[p]);
		return d;
	}

	private static void transform(final double[] values, final int start,
		final int stride, final int[] apex, final double[] from,
		final double[] line)
	{
		for (int i = 0; i < line.length; i++)
			line[i] = values[start + i * stride];
		int top = -1;
		for (int i = 0; i < line.length; i++) {
			double crossing = Double.NEGATIVE_INFINITY;
			for (; top >= 0; top--) {
				final int j = apex[top];
				crossing = (line[i] - line[j] + (double) i * i - (double) j * j) /
					(2.0 * (i - j));
				if (crossing > from[top]) break;
			}
			apex[++top] = i;
			from[top] = top == 0 ? Double.NEGATIVE_INFINITY : crossing;
			from[top + 1] = Double.POSITIVE_INFINITY;
		}
		for (int i = 0, k = 0; i < line.length; i++) {
			while (from[k + 1] < i)
				k++;
			values[start + i * stride] = line[apex[k]] + (double) (i - apex[k]) * (i -
				apex[k]);
		}
	}

	/** Discs at random places over each other; about half of the image. */
	private static ArrayImg<IntType, IntArray> discs(final int side,
		final int objects)
	{
		final Random random = new Random(8);
		final int[] labels = new int[side * side];
		final double radius = side / Math.sqrt(4.5 * objects);
		for (int id = 1; id <= objects; id++) {
			final double cx = side * random.nextDouble();
			final double cy = side * random.nextDouble();
			for (int y = (int) Math.max(0, cy - radius); y < Math.min(side, cy +
				radius); y++)
				for (int x = (int) Math.max(0, cx - radius); x < Math.min(side, cx +
					radius); x++)
					if (Math.hypot(x - cx, y - cy) < radius) labels[y * side + x] = id;
		}
		return ArrayImgs.ints(labels, side, side);
	}

	public static void main(final String... args) throws RunnerException {
		new Runner(new OptionsBuilder().include(WeightMapBenchmark.class
			.getSimpleName()).build()).run();
	}
}
