
package sc.fiji.unet.imagej;

import ij.ImagePlus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * The files that a segmentation leaves for an image NAME:
 * {@code NAME_probability.tif} (32-bit, one channel a foreground class),
 * {@code NAME_labels.tif}, {@code NAME_overlay.png} (of a stack its middle
 * slice) and {@code NAME_rois.zip}.
 */
public final class ResultFiles {

	private static final List<String> ENDINGS = Arrays.asList("_probability.tif",
		"_labels.tif", "_overlay.png", "_rois.zip");

	private ResultFiles() {}

	/**
	 * @param file any file
	 * @return whether its name is that of a result that is an image
	 */
	public static boolean isNamedAsResult(final Path file) {
		return ENDINGS.stream().anyMatch(e -> file.getFileName().toString()
			.endsWith(e));
	}

	/**
	 * @param name of the image, without extension
	 * @return the files, whether they exist or not
	 */
	public static List<Path> of(final Path folder, final String name) {
		return ENDINGS.stream().map(e -> folder.resolve(name + e)).collect(
			Collectors.toList());
	}

	/**
	 * @param source the image that was segmented; gives calibration, slices,
	 *          frames
	 * @param labels instance labels (x, y) of each slice, z running faster than t
	 * @param probabilities (x, y, c) of each slice in the same order, foreground
	 *          classes alone
	 * @param classes names of the foreground classes
	 * @param classOf what each object is
	 * @param folder existing folder
	 * @param name of the image, without extension
	 * @param overwrite whether existing files may be replaced
	 * @return the files written
	 */
	public static List<Path> write(final ImageInput source,
		final List<ArrayImg<IntType, IntArray>> labels,
		final List<ArrayImg<FloatType, FloatArray>> probabilities,
		final List<String> classes, final LabelRois.ObjectClass classOf,
		final Path folder, final String name, final boolean overwrite)
		throws IOException
	{
		final List<Path> files = of(folder, name);
		final ImagePlus image = source.image();
		final int slices = source.slices();
		ImageFiles.save(ImageOutput.probabilities(name + " probability",
			probabilities, slices, classes, image), files.get(0), overwrite);
		ImageFiles.save(ImageOutput.labels(name + " labels", labels, slices, image),
			files.get(1), overwrite);
		final int middle = labels.size() / 2;
		ImageFiles.save(Pictures.overlay(source.planes().get(middle), labels.get(
			middle)), files.get(2), overwrite);
		RoiZip.write(LabelRois.toRois(labels, slices, classOf), files.get(3),
			overwrite);
		return files;
	}
}
