
package sc.fiji.unet.data;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

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

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.weightmap.WeightMapConfig;

/**
 * Time to make one patch of 256 x 256 pixels on one core, by augmentation and
 * with and without ridge and border term. Augmentation "none" is the baseline:
 * the same patch merely copied.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class PatchBenchmark {

	@Param({ "none", "fast", "paper", "notebook" })
	private String augmentation;
	@Param({ "false", "true" })
	private boolean border;

	private PatchSampler sampler;
	private Batch batch;
	private long k;

	@Setup
	public void setUp() {
		final List<Sample> samples = DataSet.of(SyntheticSamples.cells(4, 512, 1),
			LabelKind.INSTANCES, OptionalInt.empty(), Preprocessing.percentiles(1,
				99.8)).samples();
		final WeightMapConfig weights = border ? WeightMapConfig.builder().build()
			: WeightMapConfig.builder().w0(0).ridgeWidth(0).build();
		final long[] size = { 256, 256 };
		sampler = new PatchSampler(samples, PatchSize.of(size, size), Targets.of(
			new TargetConfig(LabelKind.INSTANCES, 2, weights), samples), config(), 1);
		batch = sampler.newBatch(1);
	}

	private AugmentationConfig config() {
		switch (augmentation) {
			case "fast":
				return AugmentationConfig.fast();
			case "paper":
				return AugmentationConfig.paper();
			case "notebook":
				return AugmentationConfig.notebook();
			default:
				return AugmentationConfig.none();
		}
	}

	@Benchmark
	public float patch() {
		sampler.fill(k++, batch, 0);
		return batch.input().get(0);
	}

	public static void main(final String... args) throws RunnerException {
		new Runner(new OptionsBuilder().include(PatchBenchmark.class
			.getSimpleName()).build()).run();
	}
}
