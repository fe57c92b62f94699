
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.Calibration;
import ij.process.ByteProcessor;

import java.awt.image.BufferedImage;
import java.nio.file.Path;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.network.Axes;

class PixelSizeTest {

	@TempDir
	Path folder;

	private static ImagePlus image(final String unit, final double width,
		final double height)
	{
		final ImagePlus image = new ImagePlus("i", new ByteProcessor(8, 8));
		final Calibration calibration = new Calibration();
		calibration.setUnit(unit);
		calibration.pixelWidth = width;
		calibration.pixelHeight = height;
		image.setCalibration(calibration);
		return image;
	}

	@Test
	void calibrationSurvivesATiff() {
		final String file = folder.resolve("a.tif").toString();
		IJ.saveAsTiff(image("um", 0.25, 0.5), file);
		final Axes axes = PixelSize.of(IJ.openImage(file));
		assertEquals("\u00b5m", axes.unit());
		assertArrayEquals(new double[] { 0.25, 0.5 }, axes.pixelSize(), 1e-6);
	}

	@Test
	void unitsOfTheAxesMayDiffer() {
		final ImagePlus image = image("micron", 0.25, 250);
		image.getCalibration().setYUnit("nm");
		assertArrayEquals(new double[] { 0.25, 0.25 }, PixelSize.of(image)
			.pixelSize(), 1e-9);
	}

	@Test
	void whatIsNoLengthIsNoPixelSize() {
		for (final String unit : new String[] { "pixel", "inch", "cm", "" })
			assertFalse(PixelSize.of(image(unit, 0.01, 0.01)).isCalibrated(), unit);
		assertFalse(PixelSize.of(image("um", Double.NaN, 1)).isCalibrated());
		assertTrue(PixelSize.of(image("um", 0.01, 0.01)).isCalibrated());
	}

	@Test
	void theResolutionForPrintingOfAPictureIsNoPixelSize() throws Exception {
		final Path file = folder.resolve("a.png");
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("png")
			.next();
		final BufferedImage picture = new BufferedImage(8, 8,
			BufferedImage.TYPE_BYTE_GRAY);
		final IIOMetadata data = writer.getDefaultImageMetadata(
			javax.imageio.ImageTypeSpecifier.createFromRenderedImage(picture), null);
		final IIOMetadataNode root = new IIOMetadataNode("javax_imageio_png_1.0");
		final IIOMetadataNode physical = new IIOMetadataNode("pHYs");
		physical.setAttribute("pixelsPerUnitXAxis", "11811");
		physical.setAttribute("pixelsPerUnitYAxis", "11811");
		physical.setAttribute("unitSpecifier", "meter");
		root.appendChild(physical);
		data.mergeTree("javax_imageio_png_1.0", root);
		try (ImageOutputStream out = ImageIO.createImageOutputStream(file
			.toFile()))
		{
			writer.setOutput(out);
			writer.write(new IIOImage(picture, null, data));
		}
		assertFalse(PixelSize.of(IJ.openImage(file.toString())).isCalibrated());
		final ImagePlus tiff = image("inch", 1 / 300.0, 1 / 300.0);
		IJ.saveAsTiff(tiff, folder.resolve("b.tif").toString());
		assertFalse(PixelSize.of(IJ.openImage(folder.resolve("b.tif").toString()))
			.isCalibrated());
	}
}
