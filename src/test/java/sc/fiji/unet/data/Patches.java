
package sc.fiji.unet.data;

import java.util.Arrays;
import java.util.Collections;

import net.imglib2.img.array.ArrayImgs;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.weightmap.WeightMapConfig;

/** Small images, and patches of them as arrays. */
final class Patches {

	private Patches() {}

	static final WeightMapConfig PLAIN = WeightMapConfig.builder().w0(0)
		.balanceClasses(false).ridgeWidth(0).build();
	static final AugmentationConfig NONE = AugmentationConfig.none();

	/** Every pixel holds its own number, in channel c plus 100000 c. */
	static Sample numbered(final int channels, final int[] labels,
		final long... size)
	{
		final long[] imageSize = Arrays.copyOf(size, size.length + 1);
		imageSize[size.length] = channels;
		final float[] image = new float[labels.length * channels];
		for (int i = 0; i < image.length; i++)
			image[i] = i % labels.length + 100000 * (i / labels.length);
		return new Sample("numbered", ArrayImgs.floats(image, imageSize), ArrayImgs
			.ints(labels, size));
	}

	static Sample square(final int side) {
		final int[] labels = new int[side * side];
		Arrays.fill(labels, 1);
		return numbered(1, labels, side, side);
	}

	static Targets targets(final LabelKind kind, final WeightMapConfig weights,
		final Sample... samples)
	{
		return Targets.of(new TargetConfig(kind, 2, weights), Arrays.asList(
			samples));
	}

	static PatchSampler sampler(final Sample sample, final long input,
		final long output, final AugmentationConfig augmentation)
	{
		return new PatchSampler(Collections.singletonList(sample), PatchSize.of(
			new long[] { input, input }, new long[] { output, output }), targets(
				LabelKind.MASK, PLAIN, sample), augmentation, 1);
	}

	static float[] input(final Batch batch) {
		final float[] values = new float[batch.input().capacity()];
		batch.input().duplicate().get(values);
		return values;
	}

	static int[] targets(final Batch batch) {
		final int[] values = new int[batch.targets().capacity()];
		batch.targets().duplicate().get(values);
		return values;
	}

	static float[] weights(final Batch batch) {
		final float[] values = new float[batch.weights().capacity()];
		batch.weights().duplicate().get(values);
		return values;
	}

	static Batch fill(final PatchSource source, final long k) {
		final Batch batch = source.newBatch(1);
		source.fill(k, batch, 0);
		return batch;
	}

	static AugmentationConfig geometryOf(final AugmentationConfig config) {
		final AugmentationConfig.Builder builder = config.toBuilder();
		for (final Transform t : Transform.values())
			if (!t.isGeometric()) builder.with(t, 0, 0);
		return builder.build();
	}
}
