
package sc.fiji.unet.imagej;

import ij.ImagePlus;
import ij.gui.Roi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
 * slice), {@code NAME_rois.zip} and {@code NAME_objects.csv}; of a model with
 * several classes also {@code NAME_classes.tif}.
 */
public final class ResultFiles {

	private static final List<String> ENDINGS = Arrays.asList("_probability.tif",
		"_labels.tif", "_overlay.png", "_rois.zip", "_classes.tif", "_objects.csv");

	private final ImageInput source;
	private final List<Path> files;
	private final String name;
	private final boolean overwrite;

	/**
	 * @param source the image that was segmented; gives calibration, slices,
	 *          frames
	 * @param folder existing folder
	 * @param name of the image, without extension
	 * @param overwrite whether existing files may be replaced
	 */
	public ResultFiles(final ImageInput source, final Path folder,
		final String name, final boolean overwrite)
	{
		this.source = source;
		this.files = of(folder, name);
		this.name = name;
		this.overwrite = overwrite;
	}

	/**
	 * @param file any file
	 * @return whether its name is that of a result
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
	 * Writes probabilities, labels, overlay and ROIs, these two in a colour a
	 * class where there are several.
	 *
	 * @param labels instance labels (x, y) of each slice, z running faster than t
	 * @param probabilities (x, y, c) of each slice in the same order, foreground
	 *          classes alone
	 * @param classes names of the foreground classes
	 * @param classOf what each object is
	 */
	public void writeObjects(final List<ArrayImg<IntType, IntArray>> labels,
		final List<ArrayImg<FloatType, FloatArray>> probabilities,
		final List<String> classes, final LabelRois.ObjectClass classOf)
		throws IOException
	{
		final ImagePlus image = source.image();
		final int slices = source.slices();
		ImageFiles.save(ImageOutput.probabilities(name + " probability",
			probabilities, slices, classes, image), files.get(0), overwrite);
		ImageFiles.save(ImageOutput.labels(name + " labels", labels, slices, image),
			files.get(1), overwrite);
		final int middle = labels.size() / 2;
		final ArrayImg<FloatType, FloatArray> grey = source.planes().get(middle);
		ImageFiles.save(classes.size() == 1 ? Pictures.overlay(grey, labels.get(
			middle)) : Pictures.overlay(grey, labels.get(middle), label -> classOf.of(
				middle, label), classes), files.get(2), overwrite);
		final List<Roi> rois = LabelRois.toRois(labels, slices, classOf);
		if (classes.size() > 1) ClassColours.paint(rois, classes);
		RoiZip.write(rois, files.get(3), overwrite);
	}

	/**
	 * Writes the mask of classes.
	 *
	 * @param masks stored value of the class of each pixel (x, y) of each slice
	 * @param values stored value of each class, background first
	 */
	public void writeClasses(final List<ArrayImg<IntType, IntArray>> masks,
		final int[] values) throws IOException
	{
		ImageFiles.save(ImageOutput.classes(name + " classes", masks, values, source
			.slices(), source.image()), files.get(4), overwrite);
	}

	/**
	 * Writes the table of objects.
	 *
	 * @param objects a row for each object in each slice
	 */
	public void writeTable(final MeasurementTable objects) throws IOException {
		WholeFile.write(files.get(5), overwrite, out -> out.write(objects.toCsv()
			.getBytes(StandardCharsets.UTF_8)));
	}
}
