
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import sc.fiji.unet.data.Normalizer;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.network.Calibration;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkException;
import sc.fiji.unet.segment.Averaging;
import sc.fiji.unet.segment.OverlapTile;
import sc.fiji.unet.segment.Scale;
import sc.fiji.unet.segment.ScaledTiles;
import sc.fiji.unet.segment.TileProgress;
import sc.fiji.unet.segment.TileSize;

/**
 * What a network says about the images held out, predicted once for all who
 * choose or judge something by it. Immutable, its pixels are shared and must
 * not be changed.
 */
final class ValidationPredictions {

	/** Predictions take a share of the memory that Java may have. */
	private static final int SHARE = 8;

	private final int classes;
	private final List<Sample> samples;
	private final Map<Sample, float[]> images;
	private final String remark;

	private ValidationPredictions(final int classes, final List<Sample> samples,
		final Map<Sample, float[]> images, final String remark)
	{
		this.classes = classes;
		this.samples = samples;
		this.images = images;
		this.remark = remark;
	}

	/** @param why there are none, in words that follow "because" */
	static ValidationPredictions none(final String why) {
		return new ValidationPredictions(1, new ArrayList<>(),
			new IdentityHashMap<>(), why);
	}

	/**
	 * Predicts images one after the other, as many as there are memory and time
	 * for; blocks until done. What goes wrong ends it with those done so far.
	 *
	 * @param network with the weights of the model
	 * @param samples normalised images
	 * @param ended asked for each tile; true ends it
	 */
	static ValidationPredictions of(final Network network,
		final List<Sample> samples, final BooleanSupplier ended)
	{
		return of(network, samples, ended, Runtime.getRuntime().maxMemory() /
			SHARE);
	}

	/** @param bytes that predictions may take */
	static ValidationPredictions of(final Network network,
		final List<Sample> samples, final BooleanSupplier ended, final long bytes)
	{
		if (samples.isEmpty()) return none("no image was held out");
		if (!ValidationPictures.arePossible(network)) return none(
			"the network resizes its output");
		final List<Sample> done = new ArrayList<>();
		final Map<Sample, float[]> images = new IdentityHashMap<>();
		String remark = "";
		long left = bytes;
		try {
			for (final Sample sample : samples) {
				left -= bytes(network, sample);
				if (left < 0) {
					remark = "there is no memory for more";
					break;
				}
				images.put(sample, predict(network, sample, ended));
				done.add(sample);
			}
		}
		catch (final CancellationException e) {
			remark = "it was stopped";
		}
		catch (final NetworkException | OutOfMemoryError e) {
			// The weights are on the disk; no prediction is worth the model.
			remark = "predicting failed: " + Failure.sentence(e).replaceFirst("\\.$",
				"");
		}
		return new ValidationPredictions(network.config().classes(), done, images,
			remark);
	}

	private static long bytes(final Network network, final Sample sample) {
		long bytes = (long) Float.BYTES * network.config().classes();
		for (final long size : sample.size())
			bytes *= size;
		return bytes;
	}

	/**
	 * @param cancelled asked for each tile
	 * @return probabilities of a whole image, order [class, x, y]
	 * @throws CancellationException if {@code cancelled} says so
	 */
	static float[] predict(final Network network, final Sample sample,
		final BooleanSupplier cancelled)
	{
		return predict(network, sample.image(), Scale.NONE, Normalizer.identity(
			sample.channels()), cancelled);
	}

	/**
	 * @param whole grey values (x, y, c)
	 * @param scale what it takes to make the image as the network wants it
	 * @param normalizer makes network input of the scaled grey values
	 * @return probabilities of a whole image in its own pixels, order [class, x,
	 *         y]
	 */
	static float[] predict(final Network network,
		final RandomAccessibleInterval<? extends RealType<?>> whole,
		final Scale scale, final Normalizer normalizer,
		final BooleanSupplier cancelled)
	{
		final long[] size = { whole.dimension(0), whole.dimension(1) };
		final int classes = network.config().classes();
		final float[] probabilities = new float[Math.toIntExact(classes * size[0] *
			size[1])];
		final ArrayImg<FloatType, FloatArray> image = ArrayImgs.floats(
			probabilities, classes, size[0], size[1]);
		new ScaledTiles(new OverlapTile(network, TileSize.standard(),
			Averaging.NONE), scale).compute(whole, normalizer, new FinalInterval(
				size), (tile, values) -> {
					int i = 0;
					for (final FloatType pixel : Views.flatIterable(Views.interval(image,
						new long[] { 0, tile.min(0), tile.min(1) }, new long[] { classes -
							1, tile.max(0), tile.max(1) })))
						pixel.set(values[i++]);
				}, cancelled, TileProgress.NONE);
		return probabilities;
	}

	/** @return the images that were predicted, in order; not a copy */
	List<Sample> samples() {
		return samples;
	}

	/** @return whether an image was predicted */
	boolean has(final Sample sample) {
		return images.containsKey(sample);
	}

	/**
	 * @param sample one of {@link #samples()}
	 * @return probabilities, 0 to 1, order [class, x, y]; not a copy
	 */
	float[] probabilities(final Sample sample) {
		return images.get(sample);
	}

	/**
	 * @return why images are missing, in words that follow "because"; empty if
	 *         none are
	 */
	String remark() {
		return remark;
	}

	/** @return the same with calibrated probabilities, as the model gives them */
	ValidationPredictions calibrated(final Calibration calibration) {
		if (calibration.isIdentity()) return this;
		final Map<Sample, float[]> changed = new IdentityHashMap<>();
		images.forEach((sample, probabilities) -> {
			final float[] copy = probabilities.clone();
			calibration.apply(copy, classes);
			changed.put(sample, copy);
		});
		return new ValidationPredictions(classes, samples, changed, remark);
	}
}
