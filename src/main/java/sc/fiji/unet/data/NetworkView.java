
package sc.fiji.unet.data;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.network.Batch;

/**
 * What a network gets to see, what it is to answer, and how much each pixel
 * counts: of a patch as it is trained on, or of a whole image. Made by what
 * fills the batches of a training. Immutable; the pixels are shared and must
 * not be changed.
 */
public final class NetworkView {

	private final Sample sample;
	private final ArrayImg<FloatType, FloatArray> image;
	private final ArrayImg<IntType, IntArray> targets;
	private final ArrayImg<FloatType, FloatArray> weights;
	private final ArrayImg<FloatType, FloatArray> border;
	private final long[] region;

	/** @param batch holds one patch */
	private NetworkView(final Sample sample, final Batch batch,
		final long[] region, final Targets config)
	{
		this.sample = sample;
		this.region = region;
		image = ArrayImgs.floats(planes(batch), append(batch.inputSize(), batch
			.channels()));
		final int[] classes = values(batch.targets());
		final float[] all = values(batch.weights());
		targets = ArrayImgs.ints(classes, batch.outputSize());
		weights = ArrayImgs.floats(all, batch.outputSize());
		border = ArrayImgs.floats(border(classes, all, config.classWeights()), batch
			.outputSize());
	}

	/**
	 * A whole image without augmentation, as if it were one patch.
	 *
	 * @param sample trained on or held out
	 * @param targets of the training
	 */
	public static NetworkView ofImage(final Sample sample,
		final Targets targets)
	{
		final PatchSize size = PatchSize.of(sample.size(), sample.size());
		final PatchSource whole = new ValidationTiles(Arrays.asList(sample), size,
			targets);
		return fill(whole, 0, sample, size, targets);
	}

	/**
	 * @param patches of the training
	 * @param k number of the patch, from 0
	 */
	public static NetworkView ofPatch(final PatchSampler patches, final long k) {
		return fill(patches, k, patches.source(k), patches.size(), patches
			.targets());
	}

	private static NetworkView fill(final PatchSource source, final long k,
		final Sample sample, final PatchSize size, final Targets targets)
	{
		final Batch batch = source.newBatch(1);
		source.fill(k, batch, 0);
		return new NetworkView(sample, batch, size.region(), targets);
	}

	/** From pixel after pixel to channel after channel. */
	private static float[] planes(final Batch batch) {
		final FloatBuffer input = batch.input();
		final int channels = batch.channels();
		final float[] planes = new float[input.capacity()];
		final int pixels = planes.length / channels;
		for (int i = 0; i < planes.length; i++)
			planes[i % channels * pixels + i / channels] = input.get(i);
		return planes;
	}

	private static int[] values(final IntBuffer buffer) {
		final int[] values = new int[buffer.capacity()];
		((IntBuffer) buffer.duplicate().clear()).get(values);
		return values;
	}

	private static float[] values(final FloatBuffer buffer) {
		final float[] values = new float[buffer.capacity()];
		((FloatBuffer) buffer.duplicate().clear()).get(values);
		return values;
	}

	/** What a pixel weighs beyond its class. */
	private static float[] border(final int[] classes, final float[] weights,
		final float[] classWeights)
	{
		final float[] border = new float[weights.length];
		for (int i = 0; i < border.length; i++)
			border[i] = Math.max(0, weights[i] - classWeights[classes[i]]);
		return border;
	}

	private static long[] append(final long[] size, final long last) {
		final long[] result = Arrays.copyOf(size, size.length + 1);
		result[size.length] = last;
		return result;
	}

	/** @return the image that this is, or is a part of */
	public Sample sample() {
		return sample;
	}

	/** @return input of the network: normalised grey values (x, y[, z], c) */
	public ArrayImg<FloatType, FloatArray> image() {
		return image;
	}

	/**
	 * @return class of each pixel of the middle part (x, y[, z]): 0 = background,
	 *         1 = foreground, or the index of the class; any where the weight is
	 *         0
	 */
	public ArrayImg<IntType, IntArray> targets() {
		return targets;
	}

	/** @return weights, size as {@link #targets()}; 0 = ignored */
	public ArrayImg<FloatType, FloatArray> weights() {
		return weights;
	}

	/**
	 * @return border term of the weights alone, size as {@link #targets()}; 0
	 *         where there is none
	 */
	public ArrayImg<FloatType, FloatArray> border() {
		return border;
	}

	/**
	 * @return size x, y[, z] in input pixels of the middle part that the targets
	 *         cover; a copy
	 */
	public long[] region() {
		return region.clone();
	}
}
