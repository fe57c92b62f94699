
package sc.fiji.unet.imagej;

import ij.ImagePlus;
import ij.gui.Roi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * The files that a segmentation leaves for an image, see {@link ResultKind}.
 */
public final class ResultFiles {

	private final ImageInput source;
	private final Path folder;
	private final String name;
	private final Set<ResultKind> kinds;
	private final boolean overwrite;

	/**
	 * @param source the image that was segmented; gives calibration, slices,
	 *          frames
	 * @param folder existing folder
	 * @param name of the image, without extension
	 * @param kinds what is wanted; the other methods write nothing else
	 * @param overwrite whether existing files may be replaced
	 */
	public ResultFiles(final ImageInput source, final Path folder,
		final String name, final Set<ResultKind> kinds, final boolean overwrite)
	{
		this.source = source;
		this.folder = folder;
		this.name = name;
		this.kinds = kinds;
		this.overwrite = overwrite;
	}

	/**
	 * @param file any file
	 * @return whether its name is that of a result
	 */
	public static boolean isNamedAsResult(final Path file) {
		return Arrays.stream(ResultKind.values()).anyMatch(kind -> kind.isNameOf(
			file));
	}

	/**
	 * @param name of the image, without extension
	 * @return a file of each kind, whether it exists or not
	 */
	public static List<Path> of(final Path folder, final String name) {
		return Arrays.stream(ResultKind.values()).map(kind -> kind.file(folder,
			name)).collect(Collectors.toList());
	}

	/**
	 * Writes what is wanted of probabilities, labels, overlay and ROIs, these two
	 * in a colour a class where there are several.
	 *
	 * @param labels instance labels (x, y) of each slice, z running faster than t
	 * @param probabilities (x, y, c) of each slice in the same order, foreground
	 *          classes alone; may be empty where they are not wanted
	 * @param classes names of the foreground classes
	 * @param classOf what each object is
	 */
	public void writeObjects(final List<ArrayImg<IntType, IntArray>> labels,
		final List<ArrayImg<FloatType, FloatArray>> probabilities,
		final List<String> classes, final LabelRois.ObjectClass classOf)
		throws IOException
	{
		if (kinds.contains(ResultKind.PROBABILITIES)) save(ImageOutput
			.probabilities(name + " probability", probabilities, source.slices(),
				classes, source.image()), ResultKind.PROBABILITIES);
		if (kinds.contains(ResultKind.LABELS)) save(ImageOutput.labels(name +
			" labels", labels, source.slices(), source.image()), ResultKind.LABELS);
		if (kinds.contains(ResultKind.OVERLAY)) writeOverlay(labels, classes,
			classOf);
		if (kinds.contains(ResultKind.ROIS)) writeRois(labels, classes, classOf);
	}

	private void writeOverlay(final List<ArrayImg<IntType, IntArray>> labels,
		final List<String> classes, final LabelRois.ObjectClass classOf)
		throws IOException
	{
		final int middle = labels.size() / 2;
		final ArrayImg<FloatType, FloatArray> grey = source.planes().get(middle);
		ImageFiles.save(classes.size() == 1 ? Pictures.overlay(grey, labels.get(
			middle)) : Pictures.overlay(grey, labels.get(middle), label -> classOf.of(
				middle, label), classes), ResultKind.OVERLAY.file(folder, name),
			overwrite);
	}

	private void writeRois(final List<ArrayImg<IntType, IntArray>> labels,
		final List<String> classes, final LabelRois.ObjectClass classOf)
		throws IOException
	{
		final List<Roi> rois = LabelRois.toRois(labels, source.slices(), classOf);
		if (classes.size() > 1) ClassColours.paint(rois, classes);
		RoiZip.write(rois, ResultKind.ROIS.file(folder, name), overwrite);
	}

	/**
	 * Writes the mask of classes, if it is wanted.
	 *
	 * @param masks stored value of the class of each pixel (x, y) of each slice;
	 *          may be empty where it is not wanted
	 * @param values stored value of each class, background first
	 */
	public void writeClasses(final List<ArrayImg<IntType, IntArray>> masks,
		final int[] values) throws IOException
	{
		if (kinds.contains(ResultKind.CLASSES)) save(ImageOutput.classes(name +
			" classes", masks, values, source.slices(), source.image()),
			ResultKind.CLASSES);
	}

	private void save(final ImagePlus result, final ResultKind kind)
		throws IOException
	{
		ImageFiles.save(result, kind.file(folder, name), overwrite);
	}

	/**
	 * Writes the table of objects, if it is wanted.
	 *
	 * @param objects a row for each object in each slice
	 */
	public void writeTable(final MeasurementTable objects) throws IOException {
		if (kinds.contains(ResultKind.TABLE)) WholeFile.write(ResultKind.TABLE.file(
			folder, name), overwrite, out -> out.write(objects.toCsv().getBytes(
				StandardCharsets.UTF_8)));
	}
}
