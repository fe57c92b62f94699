
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.measure.Measurements;
import ij.measure.ResultsTable;
import ij.plugin.filter.Analyzer;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.ModelReference;

/** Measured values against loops over pixels, and against ImageJ's Measure. */
class ObjectMeasurementsTest {

	private static final int WIDTH = 23;
	private static final int HEIGHT = 19;
	private static final double TOLERANCE = 1e-5;
	private static final List<String> CELL = Collections.singletonList("cell");
	private static final ModelReference MODEL = new ModelReference("m", String
		.join("", Collections.nCopies(64, "a")));

	/** Patches of noise: holes, parts that lie apart, single pixels, boxes. */
	private static int[] labels(final long seed) {
		final Random random = new Random(seed);
		final int[] labels = new int[WIDTH * HEIGHT];
		for (int b = 0; b < 9; b++) {
			final int x0 = random.nextInt(WIDTH - 8);
			final int y0 = random.nextInt(HEIGHT - 8);
			for (int y = y0; y < y0 + 8; y++)
				for (int x = x0; x < x0 + 8; x++)
					if (b % 2 == 0 || random.nextInt(6) > 0) labels[y * WIDTH + x] = 1 +
						b;
		}
		labels[0] = 12;
		return labels;
	}

	private static ImagePlus image(final int channels, final int slices,
		final int frames, final int bits)
	{
		final Random random = new Random(bits);
		final ImagePlus image = IJ.createHyperStack("cells.tif", WIDTH, HEIGHT,
			channels, slices, frames, bits);
		for (int i = 1; i <= image.getStackSize(); i++)
			for (int p = 0; p < WIDTH * HEIGHT; p++)
				image.getStack().getProcessor(i).setf(p, bits == 32 ? random
					.nextFloat() - 0.3f : random.nextInt(bits == 8 ? 256 : 65536));
		return image;
	}

	private static ImagePlus calibrated(final ImagePlus image) {
		final Calibration calibration = image.getCalibration();
		calibration.setUnit("\u00b5m");
		calibration.pixelWidth = 0.5;
		calibration.pixelHeight = 0.25;
		calibration.pixelDepth = 2;
		calibration.xOrigin = 3;
		calibration.yOrigin = -2;
		return image;
	}

	private static ArrayImg<IntType, IntArray> slice(final int[] labels) {
		return ArrayImgs.ints(labels, WIDTH, HEIGHT);
	}

	private static ObjectMeasurements measured(final ImagePlus image,
		final boolean joined, final List<String> classes)
	{
		final ObjectMeasurements measurements = new ObjectMeasurements(image
			.getTitle(), ImageInput.of(image, ChannelSelection.parse("1")), classes,
			joined);
		for (int t = 1; t <= image.getNFrames(); t++)
			for (int z = 1; z <= image.getNSlices(); z++)
				measurements.add(slice(labels(z + 10 * t)), z, t, label -> classes.get(
					label % classes.size()), WIDTH * HEIGHT);
		return measurements;
	}

	private static MeasurementTable table(final ImagePlus image) {
		return measured(image, false, CELL).objects();
	}

	private static void assertNear(final double expected,
		final MeasurementTable table, final int row, final String column)
	{
		final double actual = table.numbers(column)[row];
		assertEquals(expected, actual, TOLERANCE * Math.max(1, Math.abs(expected)),
			column + " in row " + row);
	}

	@Test
	void valuesAreThoseOfLoopsOverPixels() {
		for (final int bits : new int[] { 8, 16, 32 })
			for (int channels = 1; channels <= 2; channels++)
				for (int c = 0; c < 2; c++) {
					final ImagePlus image = image(channels, 2, 2, bits);
					assertLoops(c == 0 ? image : calibrated(image));
				}
	}

	private static void assertLoops(final ImagePlus image) {
		final MeasurementTable table = table(image);
		int row = 0;
		for (int t = 1; t <= 2; t++)
			for (int z = 1; z <= 2; z++)
				for (int label = 1; label <= 12; label++) {
					final int[] labels = labels(z + 10 * t);
					final int wanted = label;
					if (Arrays.stream(labels).noneMatch(l -> l == wanted)) continue;
					assertEquals(image.getTitle(), table.text(row, "Image"));
					assertNear(label, table, row, "Object");
					assertNear(z, table, row, "Slice");
					assertNear(t, table, row, "Frame");
					assertPixels(image, labels, label, z, t, table, row);
					row++;
				}
		assertEquals(row, table.size(), "rows");
		assertTrue(row > 20, row + " rows");
	}

	private static void assertPixels(final ImagePlus image, final int[] labels,
		final int label, final int z, final int t, final MeasurementTable table,
		final int row)
	{
		final Calibration cal = image.getCalibration();
		for (int c = 1; c <= image.getNChannels(); c++) {
			final ImageProcessor plane = image.getStack().getProcessor(image
				.getStackIndex(c, z, t));
			double n = 0;
			double sum = 0;
			double x = 0;
			double y = 0;
			double min = Double.POSITIVE_INFINITY;
			double max = Double.NEGATIVE_INFINITY;
			int right = 0;
			int left = WIDTH;
			for (int i = 0; i < labels.length; i++)
				if (labels[i] == label) {
					final double value = cal.getCValue(plane.getf(i));
					n++;
					sum += value;
					min = Math.min(min, value);
					max = Math.max(max, value);
					x += i % WIDTH + 0.5;
					y += i / WIDTH + 0.5;
					left = Math.min(left, i % WIDTH);
					right = Math.max(right, i % WIDTH);
				}
			final double area = n * cal.pixelWidth * cal.pixelHeight;
			final String end = image.getNChannels() == 1 ? "" : "_Ch" + c;
			assertNear(area, table, row, "Area");
			assertNear((x / n - cal.xOrigin) * cal.pixelWidth, table, row, "X");
			assertNear((y / n - cal.yOrigin) * cal.pixelHeight, table, row, "Y");
			assertNear((left - cal.xOrigin) * cal.pixelWidth, table, row, "BX");
			assertNear((right + 1 - left) * cal.pixelWidth, table, row, "Width");
			assertNear(sum / n, table, row, "Mean" + end);
			assertNear(min, table, row, "Min" + end);
			assertNear(max, table, row, "Max" + end);
			assertNear(area * sum / n, table, row, "IntDen" + end);
		}
	}

	@Test
	void allIsAsImageJMeasuresTheRois() {
		for (final ImagePlus image : new ImagePlus[] { image(1, 1, 1, 8),
			calibrated(image(1, 1, 1, 16)) })
		{
			final MeasurementTable table = table(image);
			final ResultsTable expected = new ResultsTable();
			int composite = 0;
			for (final Roi roi : LabelRois.toRois(slice(labels(11)), "")) {
				image.setRoi(roi);
				if (roi.getType() == Roi.COMPOSITE) composite++;
				new Analyzer(image, Measurements.AREA + Measurements.MEAN +
					Measurements.MIN_MAX + Measurements.CENTROID + Measurements.RECT +
					Measurements.PERIMETER + Measurements.SHAPE_DESCRIPTORS +
					Measurements.FERET + Measurements.INTEGRATED_DENSITY, expected)
					.measure();
			}
			assertEquals(expected.size(), table.size());
			assertTrue(composite > 1, composite + " with holes or parts");
			for (final String column : Arrays.asList("Area", "Mean", "Min", "Max",
				"X", "Y", "BX", "BY", "Width", "Height", "Perim.", "Circ.", "Feret",
				"FeretAngle", "MinFeret", "IntDen"))
				for (int row = 0; row < table.size(); row++)
					assertNear(expected.getValue(column, row), table, row, column);
		}
	}

	/** A ring: both outlines count, and the hole does not shorten Feret. */
	@Test
	void holesAndPartsCountInThePerimeter() {
		final int[] labels = new int[WIDTH * HEIGHT];
		for (int y = 2; y < 16; y++)
			for (int x = 2; x < 16; x++)
				if (!(x >= 5 && x < 9 && y >= 5 && y < 9)) labels[y * WIDTH + x] = 1;
		final ObjectMeasurements measurements = new ObjectMeasurements("ring",
			ImageInput.of(image(1, 1, 1, 8), ChannelSelection.all()), CELL, false);
		measurements.add(slice(labels), 1, 1, label -> "cell", 1);
		final MeasurementTable table = measurements.objects();
		// ImageJ cuts the four corners of a traced outline.
		final double corners = 4 * (2 - Math.sqrt(2));
		assertNear(4 * 14 - corners + 4 * 4 - corners, table, 0, "Perim.");
		assertNear(14 * Math.sqrt(2), table, 0, "Feret");
		assertNear(14, table, 0, "MinFeret");
		assertNear(14 * 14 - 4 * 4, table, 0, "Area");
	}

	@Test
	void greyValuesAreCalibratedAsTheImageIs() {
		final ImagePlus image = image(1, 2, 2, 8);
		image.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] {
			-5, 0.1 }, "OD");
		assertLoops(image);
		final ImagePlus signed = image(1, 2, 2, 16);
		signed.getCalibration().setSigned16BitCalibration();
		assertLoops(signed);
	}

	@Test
	void coloursHaveThreeChannelsAndGreyOne() {
		final ColorProcessor colours = new ColorProcessor(WIDTH, HEIGHT);
		for (int i = 0; i < WIDTH * HEIGHT; i++)
			colours.set(i, 0x0a1464);
		final MeasurementTable table = table(new ImagePlus("c", colours));
		assertNear(10, table, 0, "Mean_Ch1");
		assertNear(20, table, 0, "Mean_Ch2");
		assertNear(100, table, 0, "Mean_Ch3");
		final MeasurementTable grey = table(new ImagePlus("g", image(1, 1, 1, 8)
			.getProcessor().convertToRGB()));
		assertFalse(grey.columns().contains("Mean_Ch1"), grey.columns().toString());
		assertArrayEquals(table(image(1, 1, 1, 8)).numbers("Mean"), grey.numbers(
			"Mean"));
	}

	@Test
	void columnsFollowTheImage() {
		assertEquals(Arrays.asList("Image", "Object", "Unit", "Area", "X", "Y",
			"BX", "BY", "Width", "Height", "Perim.", "Circ.", "Feret", "FeretAngle",
			"MinFeret", "Mean", "Min", "Max", "IntDen"), table(image(1, 1, 1, 8))
				.columns());
		final MeasurementTable table = measured(calibrated(image(2, 3, 1, 8)), true,
			Arrays.asList("cell", "rim")).objects();
		assertEquals(Arrays.asList("Image", "Object", "Class", "Slice", "Unit",
			"Area", "Volume"), table.columns().subList(0, 7));
		assertEquals("um", table.text(0, "Unit"));
		assertEquals("pixel", table(image(1, 1, 1, 8)).text(0, "Unit"));
		assertEquals("rim", table.text(0, "Class"), "label 1");
	}

	@Test
	void aJoinedObjectHasOneVolumeAndCountsOnce() {
		final ImagePlus image = calibrated(image(1, 2, 2, 8));
		final ObjectMeasurements joined = measured(image, true, CELL);
		final MeasurementTable table = joined.objects();
		final MeasurementTable summary = joined.summary(MODEL, Collections
			.emptyList());
		int objects = 0;
		double volumes = 0;
		for (int t = 1; t <= 2; t++)
			for (int label = 1; label <= 12; label++) {
				double volume = 0;
				for (int row = 0; row < table.size(); row++)
					if (table.numbers("Frame")[row] == t && table.numbers(
						"Object")[row] == label) volume += 2 * table.numbers("Area")[row];
				if (volume == 0) continue;
				for (int row = 0; row < table.size(); row++)
					if (table.numbers("Frame")[row] == t && table.numbers(
						"Object")[row] == label) assertNear(volume, table, row, "Volume");
				objects++;
				volumes += volume;
			}
		assertTrue(objects < table.size(), objects + " objects");
		assertNear(objects, summary, 0, "Objects");
		assertNear(volumes / objects, summary, 0, "Mean_Volume");
	}

	@Test
	void theSummaryIsThatOfTheTable() {
		final ObjectMeasurements measured = measured(calibrated(image(2, 2, 2, 16)),
			false, Arrays.asList("cell", "rim"));
		final MeasurementTable table = measured.objects();
		final MeasurementTable summary = measured.summary(MODEL, Arrays.asList(
			"One.", "Two."));
		final double[] areas = table.numbers("Area");
		double sum = 0;
		double squares = 0;
		double grey = 0;
		double rims = 0;
		for (int i = 0; i < areas.length; i++) {
			sum += areas[i];
			squares += areas[i] * areas[i];
			grey += table.numbers("Mean_Ch2")[i];
			if (table.text(i, "Class").equals("rim")) rims++;
		}
		final double n = areas.length;
		assertNear(n, summary, 0, "Objects");
		assertNear(rims, summary, 0, "Objects_rim");
		assertNear(n - rims, summary, 0, "Objects_cell");
		assertNear(4, summary, 0, "Slices");
		assertNear(100 * sum / (4 * WIDTH * HEIGHT * 0.125), summary, 0, "%Area");
		assertNear(sum / n, summary, 0, "Mean_Area");
		assertNear(Math.sqrt((squares - sum * sum / n) / (n - 1)), summary, 0,
			"SD_Area");
		assertNear(grey / n, summary, 0, "Mean_Ch2");
		assertEquals("m", summary.text(0, "Model"));
		assertEquals(MODEL.sha256(), summary.text(0, "Model_SHA256"));
		assertEquals("One. Two.", summary.text(0, "Remark"));
	}

	@Test
	void anImageWithoutObjectsHasARowInTheSummaryAlone() {
		final ObjectMeasurements none = new ObjectMeasurements("empty", ImageInput
			.of(image(1, 1, 1, 8), ChannelSelection.all()), CELL, false);
		none.add(slice(new int[WIDTH * HEIGHT]), 1, 1, label -> "cell", WIDTH *
			HEIGHT);
		assertEquals(0, none.objects().size());
		final MeasurementTable summary = none.summary(MODEL, Collections
			.emptyList());
		assertNear(0, summary, 0, "Objects");
		assertNear(0, summary, 0, "%Area");
		assertTrue(Double.isNaN(summary.numbers("Mean_Area")[0]), "no mean");
	}

	@Test
	void neitherTheImageNorImageJsSettingsChange() {
		final Roi mine = new Roi(1, 2, 3, 4);
		final int before = Analyzer.getMeasurements();
		final int rows = Analyzer.getResultsTable().size();
		final ImagePlus image = image(1, 1, 1, 8);
		image.setRoi(mine);
		for (final ImagePlus each : new ImagePlus[] { image, calibrated(image(1, 1,
			1, 8)) })
		{
			final MeasurementTable expected = table(each);
			Analyzer.setMeasurements(Measurements.LIMIT + Measurements.INVERT_Y);
			try {
				final MeasurementTable table = table(each);
				for (int row = 0; row < table.size(); row++)
					for (final String column : table.columns().subList(3, 19))
						assertNear(expected.numbers(column)[row], table, row, column);
			}
			finally {
				Analyzer.setMeasurements(before);
			}
		}
		assertEquals(mine, image.getRoi());
		assertEquals(rows, Analyzer.getResultsTable().size());
	}

	@Test
	void thousandsOfObjectsAreMeasured() {
		final int size = 2048;
		final ByteProcessor grey = new ByteProcessor(size, size);
		final int[] labels = new int[size * size];
		for (int y = 0; y < size; y++)
			for (int x = 0; x < size; x++)
				if (Math.hypot(x % 29 - 14, y % 29 - 14) < 13) labels[y * size + x] =
					y / 29 * 71 + x / 29 + 1;
		final ObjectMeasurements measurements = new ObjectMeasurements("many",
			ImageInput.of(new ImagePlus("", grey.convertToShort(false)),
				ChannelSelection.all()), CELL, false);
		final long start = System.nanoTime();
		measurements.add(ArrayImgs.ints(labels, size, size), 1, 1, label -> "cell",
			size * size);
		final double seconds = (System.nanoTime() - start) / 1e9;
		System.out.println(measurements.objects().size() + " objects in " +
			seconds + " s");
		assertTrue(measurements.objects().size() > 4900);
	}
}
