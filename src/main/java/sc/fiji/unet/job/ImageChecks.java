
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.data.ImageStatistics;
import sc.fiji.unet.data.ImageTraits;
import sc.fiji.unet.data.Normalizer;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.segment.Scale;
import sc.fiji.unet.segment.ScaledImage;

/** Whether an image is one that a model can read, and is good at. */
public final class ImageChecks {

	/**
	 * Grey values of an image up to which they are looked at before it is
	 * segmented; that takes less than a second. Of larger ones the segmentation
	 * says what is found.
	 */
	static final long MOST_VALUES = 1 << 22;

	private ImageChecks() {}

	/**
	 * Looks at an image before it is segmented: at its channels, its scale, and
	 * unless it is large its grey values.
	 *
	 * @param image with the channels that are to be used
	 * @param diameter of the objects in pixels of the image; 0: not given
	 * @return what is to be known, in sentences
	 * @throws IllegalArgumentException if the diameter is none
	 */
	public static List<String> of(final ModelDescription model,
		final ImageInput image, final double diameter)
	{
		final List<String> found = new ArrayList<>();
		final boolean small = values(image) <= MOST_VALUES;
		final ImageInput used = small ? image.withChannels(model.network()
			.channels()) : image;
		final boolean readable = used.channels() == model.network().channels();
		if (!readable) found.add(channels(model, used, small));
		ImageScale.checkDiameter(diameter);
		try {
			final ImageScale scale = ImageScale.of(model, used.axes(), diameter);
			found.add(scale.intention());
			if (readable && small) look(model, used, scale.scale()).ifPresent(
				found::add);
		}
		catch (final IllegalArgumentException e) {
			// It cannot be scaled so, or has pixels that are no numbers.
			found.add(e.getMessage());
		}
		return found;
	}

	private static long values(final ImageInput image) {
		return image.planeSize() * image.channels() * image.slices() * image
			.frames();
	}

	private static String channels(final ModelDescription model,
		final ImageInput image, final boolean known)
	{
		final int needed = model.network().channels();
		final boolean equal = !known && needed == 1;
		return difference(model, image.channels()) + (image.channels() < needed
			? "; take an image with as many, or another model." : (equal
				? "; unless all are equal, write" : "; write") +
				" in Channels which to use, such as " + IntStream.rangeClosed(1, needed)
					.mapToObj(Integer::toString).collect(Collectors.joining(",")) + ".");
	}

	private static String difference(final ModelDescription model,
		final int channels)
	{
		return "The image has " + channels + (channels == 1 ? " channel"
			: " channels") + ", but the model '" + model.name() +
			"' was trained on " + model.network().channels();
	}

	private static Optional<String> look(final ModelDescription model,
		final ImageInput image, final Scale scale)
	{
		final List<ArrayImg<FloatType, FloatArray>> planes = image.planes();
		return unfamiliar(model, ScaledImage.ofAll(planes, scale), normalizer(model,
			planes, scale));
	}

	/**
	 * @param planes grey values (x, y, c) of the image as it is
	 * @return for grey values at the scale of the model, as in its training
	 * @throws IllegalArgumentException if the channels are not those of the
	 *           model, or a pixel is not finite
	 */
	static Normalizer normalizer(final ModelDescription model,
		final List<ArrayImg<FloatType, FloatArray>> planes, final Scale scale)
	{
		final int channels = (int) planes.get(0).dimension(2);
		if (channels != model.network().channels())
			throw new IllegalArgumentException(difference(model, channels) +
				"; choose the channels to use.");
		final List<String> names = IntStream.rangeClosed(1, planes.size()).mapToObj(
			i -> "slice " + i).collect(Collectors.toList());
		return Normalizer.of(ImageStatistics.of(names, ScaledImage.ofAll(planes,
			scale)), model.preprocessing());
	}

	/**
	 * @param planes grey values (x, y, c) at the scale of the model
	 * @return in what they are not like what the model has learnt to read, in a
	 *         sentence; empty if they are, or the model does not tell
	 */
	static Optional<String> unfamiliar(final ModelDescription model,
		final List<RandomAccessibleInterval<? extends RealType<?>>> planes,
		final Normalizer normalizer)
	{
		return model.traits().flatMap(traits -> UnfamiliarImage.sentence(traits,
			ImageTraits.of(planes, normalizer)));
	}
}
