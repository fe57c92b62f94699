
package sc.fiji.unet.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.Readout;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.tensorflow.TensorFlowFactory;

/** Tiles of the real network, with fresh weights, in float32. */
class TensorFlowTilesTest {

	private static final double TOLERANCE = 1e-5;
	private static final int WIDTH = 150;
	private static final int HEIGHT = 101;

	@Test
	void tiledEqualsUntiledWithValidPadding() {
		check(UNetConfig.builder().baseAndDepth(4, 3).padding(Padding.VALID)
			.batchNormalization(false).build());
	}

	@Test
	void tiledEqualsUntiledWithSamePaddingAndBatchNormalisation() {
		check(UNetConfig.builder().baseAndDepth(4, 3).padding(Padding.SAME)
			.build());
	}

	@Test
	void tiledEqualsUntiledInEveryRotation() {
		final ArrayImg<FloatType, FloatArray> image = TestImages.noise(1, WIDTH,
			HEIGHT, 1);
		try (Network network = new TensorFlowFactory().create(UNetConfig.builder()
			.baseAndDepth(4, 3).padding(Padding.SAME).build(), OptimizerConfig.sgd(
				0.9), ExecutionConfig.cpu(), 1))
		{
			final RandomAccessibleInterval<FloatType> whole = tiled(network, image,
				TileSize.standard(), Averaging.ROTATIONS);
			final RandomAccessibleInterval<FloatType> tiles = tiled(network, image,
				TileSize.atMost(48, 40), Averaging.ROTATIONS);
			LoopBuilder.setImages(whole, tiles).forEachPixel((a, b) -> assertEquals(a
				.get(), b.get(), TOLERANCE));
		}
	}

	private static RandomAccessibleInterval<FloatType> tiled(
		final Network network, final ArrayImg<FloatType, FloatArray> image,
		final TileSize size, final Averaging averaging)
	{
		final RandomAccessibleInterval<FloatType> result = ArrayImgs.floats(WIDTH,
			HEIGHT, 1);
		new OverlapTile(network, size, averaging).compute(image, TestImages
			.identity(1), OverlapTile.space(image), new ProbabilitySink(result,
				Readout.ofClasses(1)), () -> false, TileProgress.NONE);
		return result;
	}

	private static void check(final UNetConfig config) {
		final ArrayImg<FloatType, FloatArray> image = TestImages.noise(1, WIDTH,
			HEIGHT, 1);
		try (Network network = new TensorFlowFactory().create(config,
			OptimizerConfig.sgd(0.9), ExecutionConfig.cpu(), 1))
		{
			final float[] expected = TestImages.untiled(network, image);
			final RandomAccessibleInterval<FloatType> actual = tiled(network, image,
				TileSize.atMost(48, 40), Averaging.NONE);
			double largest = 0;
			for (int y = 0, i = 0; y < HEIGHT; y++)
				for (int x = 0; x < WIDTH; x++, i++)
					largest = Math.max(largest, Math.abs(expected[i] - actual.getAt(x, y,
						0).get()));
			assertEquals(0, largest, TOLERANCE, "largest difference");
			final float[] sorted = expected.clone();
			Arrays.sort(sorted);
			assertTrue(sorted[sorted.length - 1] - sorted[0] > 0.05,
				"probabilities from " + sorted[0] + " to " + sorted[sorted.length - 1]);
		}
	}
}
