
package sc.fiji.unet.imagej;

import ij.ImagePlus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * A label image from a file, with what is needed to save images that belong to
 * it.
 */
public final class LabelFile {

	private final Path file;
	private final ImagePlus image;

	private LabelFile(final Path file, final ImagePlus image) {
		this.file = file;
		this.image = image;
	}

	/** @throws IOException if the file cannot be opened */
	public static LabelFile open(final Path file) throws IOException {
		return new LabelFile(file, ImageFiles.open(file));
	}

	/**
	 * @return labels (x, y) of each slice, z running faster than t
	 * @throws IOException if the image holds no labels
	 */
	public List<ArrayImg<IntType, IntArray>> slices() throws IOException {
		return read(LabelInput::slices);
	}

	/**
	 * @return labels (x, y, z) of each frame
	 * @throws IOException if the image holds no labels
	 */
	public List<ArrayImg<IntType, IntArray>> volumes() throws IOException {
		return read(LabelInput::volumes);
	}

	private List<ArrayImg<IntType, IntArray>> read(
		final Function<ImagePlus, List<ArrayImg<IntType, IntArray>>> reader)
		throws IOException
	{
		try {
			return reader.apply(image);
		}
		catch (final IllegalArgumentException e) {
			throw new IOException("Cannot use " + file + " as labels: " + e
				.getMessage(), e);
		}
	}

	/** @return sentences about what the user may not expect; mostly none */
	public List<String> warnings() {
		return ImageInput.warnings(image);
	}

	/**
	 * Saves weights as a 32-bit TIFF with the calibration of the labels.
	 *
	 * @param images one for each of {@link #slices} or {@link #volumes}
	 * @param what the images are, for their title
	 * @param bar whether a calibration bar is laid over them
	 * @param overwrite whether an existing file may be replaced
	 */
	public void saveWeights(final List<ArrayImg<FloatType, FloatArray>> images,
		final String what, final boolean bar, final Path target,
		final boolean overwrite) throws IOException
	{
		final ImagePlus weights = ImageOutput.weights(ImageTitle.withoutExtension(
			image) + " " + what, images, image.getNSlices(), image);
		if (bar) CalibrationBar.addTo(weights);
		ImageFiles.save(weights, target, overwrite);
	}

	/**
	 * Saves a 32-bit TIFF with the calibration of the labels.
	 *
	 * @param images one for each of {@link #slices} or {@link #volumes}
	 * @param what the images are, for their title
	 * @param overwrite whether an existing file may be replaced
	 */
	public void save(final List<ArrayImg<FloatType, FloatArray>> images,
		final String what, final Path target, final boolean overwrite)
		throws IOException
	{
		ImageFiles.save(ImageOutput.grey(ImageTitle.withoutExtension(image) + " " +
			what, images, image.getNSlices(), image), target, overwrite);
	}
}
