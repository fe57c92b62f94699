
package sc.fiji.unet.imagej;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Roi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import sc.fiji.unet.data.FilePairs;
import sc.fiji.unet.data.RawSample;

/** Images with their labels, from files and to files. */
public final class SampleFiles {

	private SampleFiles() {}

	/**
	 * Opens every pair. A stack gives one sample a slice, named NAME-1, NAME-2,
	 * ...
	 *
	 * @param channels which channels of the images
	 * @param series which series of each image file, from 1; of label files it is
	 *          the first
	 * @param warnings hears what the user may not expect of an image
	 * @return name of the pair to its samples, in the order of the pairs
	 * @throws IllegalArgumentException if files cannot be opened or a stack and
	 *           its labels differ in slices; lists them all
	 */
	public static Map<String, List<RawSample>> open(final FilePairs pairs,
		final ChannelSelection channels, final int series,
		final Consumer<String> warnings, final BooleanSupplier cancelled)
	{
		final Map<String, List<RawSample>> samples = new LinkedHashMap<>();
		final List<String> problems = new ArrayList<>();
		for (final FilePairs.Pair pair : pairs.pairs()) {
			if (cancelled.getAsBoolean()) throw new CancellationException(
				"Opening the images was cancelled.");
			try {
				samples.put(pair.name(), samples(pair.name(), open(pair.image(), series,
					warnings), open(pair.labels(), 1, warnings), channels));
			}
			catch (final IOException | IllegalArgumentException e) {
				problems.add(e.getMessage());
			}
		}
		if (!problems.isEmpty()) throw new IllegalArgumentException(
			"These files cannot be used:\n- " + String.join("\n- ", problems) +
				"\nRepair or exclude them.");
		return samples;
	}

	private static ImagePlus open(final Path file, final int series,
		final Consumer<String> warnings) throws IOException
	{
		final ImagePlus image = ImageFiles.open(file, series);
		ImageInput.warnings(image).forEach(warnings);
		return image;
	}

	/**
	 * @param name what the samples are called
	 * @param image any number of slices and frames
	 * @param labels as many
	 * @return one sample a slice and frame
	 * @throws IllegalArgumentException if image and labels differ in slices or
	 *           frames, or cannot be read as such
	 */
	public static List<RawSample> samples(final String name,
		final ImagePlus image, final ImagePlus labels,
		final ChannelSelection channels)
	{
		final ImageInput input = ImageInput.of(image, channels);
		if (input.slices() != labels.getNSlices() || input.frames() != labels
			.getNFrames()) throw new IllegalArgumentException("Image '" + name +
				"' has " + input.slices() + " slices and " + input.frames() +
				" frames, but its labels have " + labels.getNSlices() + " and " + labels
					.getNFrames() + "; they must be equal.");
		final List<RawSample> samples = new ArrayList<>();
		final boolean single = input.slices() * input.frames() == 1;
		final List<ArrayImg<IntType, IntArray>> slices = LabelInput.slices(labels);
		for (int i = 0; i < slices.size(); i++)
			samples.add(new RawSample(single ? name : name + "-" + (i + 1), name,
				input.planes().get(i), slices.get(i)).withAxes(input.axes()));
		return samples;
	}

	/**
	 * Writes samples as PNG pictures of grey values (8-bit) and TIFF labels.
	 *
	 * @param samples single-channel images with grey values 0 to 255
	 * @param folder gets folders images and labels
	 */
	public static void write(final List<RawSample> samples, final Path folder,
		final boolean overwrite) throws IOException
	{
		final Path images = Files.createDirectories(folder.resolve("images"));
		final Path labels = Files.createDirectories(folder.resolve("labels"));
		for (final RawSample sample : samples) {
			ImageFiles.save(stack(sample.name(), Collections.singletonList(sample)),
				images.resolve(sample.name() + ".png"), overwrite);
			ImageFiles.save(ImageOutput.labels(sample.name(), Collections
				.singletonList(ints(sample.labels())), 1, null), labels.resolve(sample
					.name() + ".tif"), overwrite);
		}
	}

	/**
	 * @param title of the image
	 * @param samples single-channel images of equal size with grey values 0 to
	 *          255
	 * @return 8-bit stack, a slice a sample
	 */
	public static ImagePlus stack(final String title,
		final List<RawSample> samples)
	{
		final ImagePlus floats = ImageOutput.grey(title, samples.stream().map(
			sample -> greys(sample.image())).collect(Collectors.toList()), samples
				.size(), null);
		final ImageStack bytes = new ImageStack(floats.getWidth(), floats
			.getHeight());
		for (int i = 1; i <= samples.size(); i++)
			bytes.addSlice(samples.get(i - 1).name(), floats.getStack().getProcessor(
				i).convertToByteProcessor(false));
		return new ImagePlus(title, bytes);
	}

	/**
	 * @param samples with instance labels of equal size
	 * @param className class of the objects
	 * @return a ROI an object, each on the slice of its sample
	 */
	public static List<Roi> rois(final List<RawSample> samples,
		final String className)
	{
		return LabelRois.toRois(samples.stream().map(sample -> ints(sample
			.labels())).collect(Collectors.toList()), samples.size(), (slice,
				label) -> className);
	}

	private static ArrayImg<FloatType, FloatArray> greys(
		final RandomAccessibleInterval<? extends RealType<?>> image)
	{
		final float[] values = new float[(int) Views.iterable(image).size()];
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(image)
			.cursor();
		for (int i = 0; i < values.length; i++)
			values[i] = cursor.next().getRealFloat();
		return ArrayImgs.floats(values, image.dimension(0), image.dimension(1));
	}

	private static ArrayImg<IntType, IntArray> ints(
		final RandomAccessibleInterval<? extends IntegerType<?>> image)
	{
		final int[] values = new int[(int) Views.iterable(image).size()];
		final Cursor<? extends IntegerType<?>> cursor = Views.flatIterable(image)
			.cursor();
		for (int i = 0; i < values.length; i++)
			values[i] = cursor.next().getInteger();
		return ArrayImgs.ints(values, image.dimension(0), image.dimension(1));
	}
}
