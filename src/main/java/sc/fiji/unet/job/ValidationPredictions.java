
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import net.imglib2.FinalInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.data.Normalizer;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.network.Calibration;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkException;
import sc.fiji.unet.segment.Averaging;
import sc.fiji.unet.segment.OverlapTile;
import sc.fiji.unet.segment.ProbabilitySink;
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
	private final Map<Sample, ArrayImg<FloatType, FloatArray>> images;
	private final String remark;

	private ValidationPredictions(final int classes, final List<Sample> samples,
		final Map<Sample, ArrayImg<FloatType, FloatArray>> images,
		final String remark)
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
		final Map<Sample, ArrayImg<FloatType, FloatArray>> images =
			new IdentityHashMap<>();
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
	 * @return probabilities (x, y, foreground class) of a whole image
	 * @throws CancellationException if {@code cancelled} says so
	 */
	static ArrayImg<FloatType, FloatArray> predict(final Network network,
		final Sample sample, final BooleanSupplier cancelled)
	{
		final long[] size = sample.size();
		final int classes = network.config().classes();
		final ArrayImg<FloatType, FloatArray> probabilities = ArrayImgs.floats(
			size[0], size[1], classes - ProbabilitySink.firstForeground(classes));
		new OverlapTile(network, TileSize.standard(), Averaging.NONE).compute(sample
			.image(), Normalizer.identity(sample.channels()), new FinalInterval(size),
			new ProbabilitySink(probabilities, classes), cancelled,
			TileProgress.NONE);
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
	 * @return probabilities (x, y, foreground class), 0 to 1; not a copy
	 */
	ArrayImg<FloatType, FloatArray> probabilities(final Sample sample) {
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
		final Map<Sample, ArrayImg<FloatType, FloatArray>> changed =
			new IdentityHashMap<>();
		images.forEach((sample, image) -> changed.put(sample, calibrated(image,
			calibration)));
		return new ValidationPredictions(classes, samples, changed, remark);
	}

	private ArrayImg<FloatType, FloatArray> calibrated(
		final ArrayImg<FloatType, FloatArray> image, final Calibration calibration)
	{
		final float[] planes = image.update(null).getCurrentStorageArray();
		final float[] pixels = classes == 1 ? planes.clone() : interleaved(planes);
		calibration.apply(pixels, classes);
		return ArrayImgs.floats(classes == 1 ? pixels : planes(pixels), image
			.dimensionsAsLongArray());
	}

	/** With the background, whose probability is what the others leave. */
	private float[] interleaved(final float[] planes) {
		final int count = planes.length / (classes - 1);
		final float[] pixels = new float[count * classes];
		for (int i = 0; i < count; i++) {
			float rest = 1;
			for (int c = 1; c < classes; c++) {
				pixels[i * classes + c] = planes[(c - 1) * count + i];
				rest -= pixels[i * classes + c];
			}
			pixels[i * classes] = Math.max(0, rest);
		}
		return pixels;
	}

	private float[] planes(final float[] pixels) {
		final int count = pixels.length / classes;
		final float[] planes = new float[count * (classes - 1)];
		for (int c = 1; c < classes; c++)
			for (int i = 0; i < count; i++)
				planes[(c - 1) * count + i] = pixels[i * classes + c];
		return planes;
	}
}
