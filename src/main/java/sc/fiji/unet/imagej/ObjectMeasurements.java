
package sc.fiji.unet.imagej;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.measure.Measurements;
import ij.process.ImageProcessor;
import ij.process.ImageStatistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import sc.fiji.unet.network.ModelReference;

/**
 * Measures the objects of an image, slice by slice, as ImageJ's <i>Analyze &gt;
 * Measure</i> does with their ROIs: in calibrated units, with calibrated grey
 * values, in all channels of the image. Neither ImageJ's settings nor its
 * windows play a part. Not thread-safe; the image must not change meanwhile.
 */
public final class ObjectMeasurements {

	private static final int STATISTICS = Measurements.AREA + Measurements.MEAN +
		Measurements.MIN_MAX + Measurements.CENTROID + Measurements.RECT;
	/** Of each channel. */
	private static final List<String> GREY = Arrays.asList("Mean", "Min", "Max",
		"IntDen");
	static final String IMAGE = "Image";
	static final String OBJECT = "Object";
	static final String OBJECTS = "Objects";
	static final String MODEL_SHA256 = "Model_SHA256";
	private static final String VOLUME = "Volume";

	private final String name;
	private final ImageInput image;
	private final Calibration calibration;
	private final List<String> classes;
	private final boolean joined;
	private final List<Object[]> rows = new ArrayList<>();
	/** By frame, slice (0 if joined), and label. */
	private final Map<List<Integer>, Found> objects = new LinkedHashMap<>();
	/** Of each row. */
	private final List<Found> found = new ArrayList<>();
	private int slices;
	private long pixels;
	private long objectPixels;

	/** What belongs to an object, whatever number of slices it goes through. */
	private static final class Found {

		private final String className;
		private double volume;

		Found(final String className) {
			this.className = className;
		}
	}

	/**
	 * @param name what the image is called in the tables
	 * @param image what was segmented; all of its channels are measured
	 * @param classes names of the foreground classes
	 * @param joined whether objects have the same label in all slices of a frame
	 */
	public ObjectMeasurements(final String name, final ImageInput image,
		final List<String> classes, final boolean joined)
	{
		this.name = name;
		this.image = image.withAllChannels();
		this.calibration = image.calibration();
		this.classes = Collections.unmodifiableList(new ArrayList<>(classes));
		this.joined = joined;
	}

	/**
	 * Measures the objects of a slice.
	 *
	 * @param labels instance labels (x, y), of the size of the image
	 * @param z slice, from 1
	 * @param t frame, from 1
	 * @param classOf class of the object of a label
	 * @param lookedAt number of pixels of the slice that were segmented
	 */
	public void add(final ArrayImg<IntType, IntArray> labels, final int z,
		final int t, final IntFunction<String> classOf, final long lookedAt)
	{
		final List<ImageProcessor> planes = IntStream.range(0, image.channels())
			.mapToObj(c -> image.plane(c, z, t)).collect(Collectors.toList());
		// ROIs take units from an image; nobody else sees this one.
		final ImagePlus plane = new ImagePlus("", planes.get(0));
		plane.setCalibration(calibration);
		for (final Roi roi : LabelRois.toRois(labels, "")) {
			roi.setImage(plane);
			add(roi, planes, z, t, classOf.apply(LabelRois.label(roi)));
		}
		slices++;
		pixels += lookedAt;
	}

	private void add(final Roi roi, final List<ImageProcessor> planes,
		final int z, final int t, final String className)
	{
		final int label = LabelRois.label(roi);
		final List<Object> row = new ArrayList<>(Arrays.asList(name,
			(double) label));
		if (classes.size() > 1) row.add(className);
		if (image.slices() > 1) row.add((double) z);
		if (image.frames() > 1) row.add((double) t);
		row.add(unit());
		final List<ImageStatistics> channels = planes.stream().map(
			plane -> statistics(plane, roi)).collect(Collectors.toList());
		final ImageStatistics first = channels.get(0);
		addShape(row, roi, first);
		for (final ImageStatistics s : channels)
			row.addAll(Arrays.asList(s.mean, s.min, s.max, s.area * s.mean));
		rows.add(row.toArray());
		objectPixels += first.pixelCount;
		final Found object = objects.computeIfAbsent(Arrays.asList(t, joined ? 0
			: z, label), key -> new Found(className));
		object.volume += first.area * calibration.pixelDepth;
		found.add(object);
	}

	private ImageStatistics statistics(final ImageProcessor plane,
		final Roi roi)
	{
		plane.setRoi(roi);
		return ImageStatistics.getStatistics(plane, STATISTICS, calibration);
	}

	/** The volume is known when all slices are. */
	private void addShape(final List<Object> row, final Roi roi,
		final ImageStatistics s)
	{
		row.add(s.area);
		if (joined) row.add(null);
		final double perimeter = roi.getLength();
		final double[] feret = roi.getFeretValues();
		row.addAll(Arrays.asList(s.xCentroid, y(s.yCentroid), s.roiX, isTurnedOver()
			? calibration.getY(roi.getBounds().y) : s.roiY, s.roiWidth, s.roiHeight,
			perimeter, circularity(s.area, perimeter), feret[0], feret[1], feret[2]));
	}

	/**
	 * @return whether ImageJ lets y grow upwards by a setting for all images, not
	 *         because this one wants it
	 */
	private boolean isTurnedOver() {
		return !calibration.getInvertY() && edge(1) < edge(0);
	}

	/** @return y of an edge of pixels, as ImageJ's settings have it */
	private double edge(final double y) {
		return calibration.getY(y, image.height());
	}

	/** @return what would be measured whatever ImageJ's settings */
	private double y(final double measured) {
		return isTurnedOver() ? calibration.getY((measured - edge(0)) / (edge(1) -
			edge(0))) : measured;
	}

	/** As ImageJ has it: 4 pi area / perimeter^2, at most 1. */
	private static double circularity(final double area, final double perimeter) {
		return perimeter == 0 ? 0 : Math.min(1, 4 * Math.PI * area / (perimeter *
			perimeter));
	}

	/** @return spelled as in the TIFF files of ImageJ, so that all can read it */
	private String unit() {
		return calibration.getUnit().replaceAll("[\u00b5\u03bc]", "u");
	}

	private List<String> columns() {
		final List<String> columns = new ArrayList<>(Arrays.asList(IMAGE, OBJECT));
		if (classes.size() > 1) columns.add("Class");
		if (image.slices() > 1) columns.add("Slice");
		if (image.frames() > 1) columns.add("Frame");
		columns.addAll(Arrays.asList("Unit", "Area"));
		if (joined) columns.add(VOLUME);
		columns.addAll(Arrays.asList("X", "Y", "BX", "BY", "Width", "Height",
			"Perim.", "Circ.", "Feret", "FeretAngle", "MinFeret"));
		for (int c = 0; c < image.channels(); c++)
			for (final String grey : GREY)
				columns.add(channel(grey, c));
		return columns;
	}

	private String channel(final String column, final int c) {
		return image.channels() == 1 ? column : column + "_Ch" + (c + 1);
	}

	/**
	 * @return the objects so far, a row for each in each slice, in the order of
	 *         slices, then labels
	 */
	public MeasurementTable objects() {
		final List<String> columns = columns();
		final List<Object[]> complete = new ArrayList<>();
		for (int i = 0; i < rows.size(); i++) {
			final Object[] row = rows.get(i).clone();
			if (joined) row[columns.indexOf(VOLUME)] = found.get(i).volume;
			complete.add(row);
		}
		return new MeasurementTable(columns, complete);
	}

	/**
	 * @param model what the objects were found with
	 * @param remarks sentences that the reader of the numbers should know
	 * @return the image in one row
	 */
	public MeasurementTable summary(final ModelReference model,
		final List<String> remarks)
	{
		final Map<String, Object> row = new LinkedHashMap<>();
		row.put(IMAGE, name);
		row.put(OBJECTS, (double) objects.size());
		if (classes.size() > 1) for (final String c : classes)
			row.put(OBJECTS + "_" + c, (double) objects.values().stream().filter(
				object -> object.className.equals(c)).count());
		row.put("Slices", (double) slices);
		row.put("%Area", 100.0 * objectPixels / pixels);
		row.put("Unit", unit());
		final MeasurementTable all = objects();
		putMeanAndSd(row, "Area", all.numbers("Area"));
		if (joined) putMeanAndSd(row, VOLUME, volumes(objects.values()));
		for (int c = 0; c < image.channels(); c++)
			row.put(channel("Mean", c), mean(all.numbers(channel("Mean", c))));
		row.put("Model", model.name());
		row.put(MODEL_SHA256, model.sha256());
		row.put("Remark", String.join(" ", remarks));
		return new MeasurementTable(new ArrayList<>(row.keySet()), Collections
			.singletonList(row.values().toArray()));
	}

	private static double[] volumes(final Collection<Found> objects) {
		return objects.stream().mapToDouble(object -> object.volume).toArray();
	}

	private static void putMeanAndSd(final Map<String, Object> row,
		final String what, final double[] values)
	{
		row.put("Mean_" + what, mean(values));
		row.put("SD_" + what, standardDeviation(values));
	}

	private static double mean(final double[] values) {
		return Arrays.stream(values).average().orElse(Double.NaN);
	}

	/** @return with n - 1; NaN of fewer than two values */
	private static double standardDeviation(final double[] values) {
		final double mean = mean(values);
		return values.length < 2 ? Double.NaN : Math.sqrt(Arrays.stream(values).map(
			v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
	}
}
