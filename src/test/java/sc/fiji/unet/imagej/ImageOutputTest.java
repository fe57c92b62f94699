
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.Calibration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageOutputTest {

	@Test
	void labelSlicesGoBackToTheirPositions() {
		final ImagePlus source = IJ.createHyperStack("s", 4, 3, 2, 2, 3, 16);
		source.getCalibration().pixelWidth = 0.5;
		source.getCalibration().setUnit("um");
		final List<ArrayImg<IntType, IntArray>> slices = new ArrayList<>();
		for (int i = 0; i < 6; i++)
			slices.add(ArrayImgs.ints(filled(12, 100 + i), 4, 3));
		final ImagePlus image = ImageOutput.labels("l", slices, 2, source);
		assertArrayEquals(new int[] { 4, 3, 1, 2, 3 }, image.getDimensions());
		assertEquals(16, image.getBitDepth());
		assertEquals(0.5, image.getCalibration().pixelWidth);
		for (int t = 1; t <= 3; t++)
			for (int z = 1; z <= 2; z++)
				assertEquals(100 + 2 * (t - 1) + z - 1, image.getStack().getProcessor(
					image.getStackIndex(1, z, t)).get(5), "z " + z + " t " + t);
		assertEquals(0, image.getDisplayRangeMin());
		assertEquals(255, image.getDisplayRangeMax());
	}

	@Test
	void largeOrNegativeLabelsAreStoredAsFloats() {
		for (final int label : new int[] { 65536, -1 }) {
			final ImagePlus image = ImageOutput.labels("l", Collections.singletonList(
				ArrayImgs.ints(new int[] { 0, label }, 2, 1)), 1, null);
			assertEquals(32, image.getBitDepth());
			assertArrayEquals(new int[] { 0, label }, LabelInput.slice(image, 1, 1)
				.update(null).getCurrentStorageArray());
		}
		assertEquals(16, ImageOutput.labels("l", Collections.singletonList(ArrayImgs
			.ints(new int[] { 0, 65535 }, 2, 1)), 1, null).getBitDepth());
	}

	/** What a label image is opened with again, on the disk as TIFF. */
	@Test
	void savedLabelsKeepPositionsCalibrationAndLargeNumbers(
		@TempDir final Path folder) throws IOException
	{
		final ImagePlus source = IJ.createHyperStack("s", 4, 3, 2, 2, 3, 16);
		final Calibration calibration = source.getCalibration();
		calibration.setUnit("\u00b5m");
		calibration.pixelWidth = 0.125;
		calibration.pixelHeight = 0.25;
		calibration.pixelDepth = 1.5;
		calibration.xOrigin = 7;
		calibration.yOrigin = 8;
		calibration.zOrigin = 9;
		calibration.frameInterval = 30;
		calibration.setTimeUnit("min");
		for (final int first : new int[] { 1, 65530, 70000, 16777200 }) {
			final List<ArrayImg<IntType, IntArray>> slices = new ArrayList<>();
			for (int i = 0; i < 6; i++)
				slices.add(ArrayImgs.ints(filled(12, first + i), 4, 3));
			final Path file = folder.resolve("labels.tif");
			ImageFiles.save(ImageOutput.labels("l", slices, 2, source), file, true);
			final ImagePlus read = ImageFiles.open(file);
			assertEquals(first + 5 > 65535 ? 32 : 16, read.getBitDepth());
			assertArrayEquals(new int[] { 4, 3, 1, 2, 3 }, read.getDimensions());
			for (int i = 0; i < 6; i++)
				assertEquals(first + i, LabelInput.slices(read).get(i).firstElement()
					.get(), "slice " + i);
			final Calibration found = read.getCalibration();
			assertEquals("\u00b5m", found.getUnit());
			assertArrayEquals(new double[] { 0.125, 0.25, 1.5, 7, 8, 9, 30 },
				new double[] { found.pixelWidth, found.pixelHeight, found.pixelDepth,
					found.xOrigin, found.yOrigin, found.zOrigin, found.frameInterval },
				1e-6);
			assertEquals("min", found.getTimeUnit());
		}
	}

	@Test
	void labelsHaveDistinctColoursOnBlack() {
		final ImagePlus image = ImageOutput.labels("l", Collections.singletonList(
			ArrayImgs.ints(new int[] { 0, 1, 2, 3 }, 4, 1)), 1, null);
		final int[] rgb = (int[]) image.getProcessor().convertToRGB().getPixels();
		assertEquals(0, rgb[0] & 0xffffff);
		assertNotEquals(rgb[1], rgb[2]);
		assertNotEquals(rgb[2], rgb[3]);
		for (int i = 1; i <= 255; i++)
			for (int j = Math.max(1, i - 4); j < i; j++)
				assertNotEquals(ObjectColours.of(i), ObjectColours.of(j), i + " and " +
					j);
	}

	@Test
	void probabilitiesHaveOneChannelAClass() {
		final float[] values = new float[2 * 1 * 3 * 2];
		for (int i = 0; i < values.length; i++)
			values[i] = i / 20f;
		final ArrayImg<FloatType, FloatArray> volume = ArrayImgs.floats(values, 2,
			1, 3, 2);
		final ImagePlus image = ImageOutput.probabilities("p", Collections
			.singletonList(volume), 3, Arrays.asList("cell", "edge"), null);
		assertArrayEquals(new int[] { 2, 1, 2, 3, 1 }, image.getDimensions());
		for (int c = 1; c <= 2; c++) {
			for (int z = 1; z <= 3; z++)
				assertEquals(values[2 * ((c - 1) * 3 + z - 1) + 1], image.getStack()
					.getProcessor(image.getStackIndex(c, z, 1)).getf(1), "c " + c +
						" z " + z);
			image.setPosition(c, 1, 1);
			assertEquals(0, image.getDisplayRangeMin());
			assertEquals(1, image.getDisplayRangeMax());
		}
		assertEquals("edge", image.getStack().getSliceLabel(2));
	}

	@Test
	void greyImageIsShownFromLowestToHighest() {
		final ImagePlus image = ImageOutput.grey("w", Collections.singletonList(
			ArrayImgs.floats(new float[] { 1, 11.5f, 3 }, 3, 1)), 1, null);
		assertEquals(1, image.getDisplayRangeMin());
		assertEquals(11.5, image.getDisplayRangeMax());
	}

	@Test
	void incompleteFramesAreRefused() {
		final List<ArrayImg<IntType, IntArray>> three = Collections.nCopies(3,
			ArrayImgs.ints(2, 2));
		final Exception e = assertThrows(IllegalArgumentException.class,
			() -> ImageOutput.labels("l", three, 2, null));
		assertTrue(e.getMessage().contains("3 planes"), e.getMessage());
	}

	private static int[] filled(final int length, final int value) {
		final int[] values = new int[length];
		Arrays.fill(values, value);
		return values;
	}

	@Test
	void classMasksKeepTheirValuesAndShowThemInTheColoursOfTheClasses() {
		for (final int[] values : new int[][] { { 0, 1, 2 }, { 0, 128, 255 }, { 0,
			300, 60000 } })
		{
			final ImagePlus image = ImageOutput.classes("c", Collections
				.singletonList(ArrayImgs.ints(values.clone(), 3, 1)), values, 1, null);
			assertEquals(values[2] > 255 ? 16 : 8, image.getBitDepth());
			final int[] rgb = (int[]) image.getProcessor().convertToRGB().getPixels();
			for (int c = 0; c < 3; c++) {
				assertEquals(values[c], image.getProcessor().get(c));
				assertEquals(ClassColours.of(c).getRGB() & 0xffffff, rgb[c] & 0xffffff,
					"value " + values[c]);
			}
		}
	}

	@Test
	void coloursOfClassesAreNamed() {
		assertEquals("Colours of the classes: cell orange, rim sky blue.",
			ClassColours.sentence(Arrays.asList("cell", "rim")));
	}
}
