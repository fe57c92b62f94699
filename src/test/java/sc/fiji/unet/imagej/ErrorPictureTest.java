
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.process.ColorProcessor;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Collections;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.Screenshots;
import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;
import sc.fiji.unet.metrics.ObjectErrors;
import sc.fiji.unet.metrics.ObjectErrors.Kind;

class ErrorPictureTest {

	private static final Path DATA = Paths.get(System.getProperty(
		"unet.project.dir", "."), "data", "cells");
	private static final int SIZE = 256;

	private static ArrayImg<IntType, IntArray> row(final int... labels) {
		return ArrayImgs.ints(labels, labels.length, 1);
	}

	private static ErrorPicture objects(final ArrayImg<IntType, IntArray> truth,
		final ArrayImg<IntType, IntArray> result)
	{
		return ErrorPicture.ofObjects(truth, result, ObjectErrors.of(truth, result,
			0.5));
	}

	private static void assertColours(final ErrorPicture picture,
		final Color... colours)
	{
		for (int i = 0; i < colours.length; i++)
			assertEquals(colours[i], new Color(picture.pixels()[i]), "pixel " + i);
	}

	@Test
	void everyKindOfObjectHasItsColour() {
		final Color found = ErrorPicture.colour(Kind.FOUND);
		final Color missed = ErrorPicture.colour(Kind.MISSED);
		final Color invented = ErrorPicture.colour(Kind.INVENTED);
		final Color merged = ErrorPicture.colour(Kind.MERGED);
		final Color split = ErrorPicture.colour(Kind.SPLIT);
		assertColours(objects(row(1, 1, 1, 0, 2, 0, 3, 4, 0, 5, 5, 0, 0, -1), row(1,
			1, 0, 0, 0, 0, 6, 6, 0, 7, 8, 0, 9, 9)), found, found, Color.BLACK,
			Color.BLACK, missed, Color.BLACK, merged, merged, Color.BLACK, split,
			split, Color.BLACK, invented, new Color(0x505050));
		assertEquals(5, Arrays.asList(found, missed, invented, merged, split)
			.stream().distinct().count());
	}

	@Test
	void wrongPixelsOfClassesAreBrightInTheColourOfWhatWasFound() {
		final ErrorPicture picture = ErrorPicture.ofClasses(row(0, 1, 2, 1, 0), row(
			0, 1, 1, 0, 2), Arrays.asList("0", "1", "2"));
		final Color one = ClassColours.of(1);
		assertColours(picture, Color.BLACK, new Color((int) Math.round(0.4 * one
			.getRed()), (int) Math.round(0.4 * one.getGreen()), (int) Math.round(0.4 *
				one.getBlue())), one, Color.WHITE, ClassColours.of(2));
		assertTrue(picture.outlines().isEmpty());
	}

	@Test
	void differentSizesAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> ErrorPicture.ofClasses(
			row(0, 1), row(0), Collections.singletonList("0")));
	}

	@Test
	void aStackHasOutlinesOnTheirSlicesAndTheLegendBelow() {
		final ErrorStack stack = new ErrorStack();
		final int[] big = new int[200 * 40];
		Arrays.fill(big, 0, 200, 3);
		stack.add("a", objects(ArrayImgs.ints(big, 200, 40), ArrayImgs.ints(200,
			40)));
		stack.add("b", objects(row(1, 1, 0), row(1, 1, 1)));
		final ImagePlus image = stack.toImage("errors");
		assertEquals(2, image.getStackSize());
		assertEquals("b", image.getStack().getSliceLabel(2));
		assertEquals(200, image.getWidth());
		assertTrue(image.getHeight() > 40 + 12, "height " + image.getHeight());
		assertEquals(2, image.getOverlay().size());
		assertEquals(2, image.getOverlay().get(1).getPosition());
		final ColorProcessor second = (ColorProcessor) image.getStack()
			.getProcessor(2);
		assertEquals(ErrorPicture.colour(Kind.FOUND), second.getColor(1, 0));
		assertEquals(Color.WHITE, second.getColor(199, 0), "beyond the image");
		assertEquals(ErrorPicture.colour(Kind.MISSED), ((ColorProcessor) image
			.getStack().getProcessor(1)).getColor(199, 0));
		boolean legend = false;
		for (int x = 0; x < 200; x++)
			legend |= second.getColor(x, 50).equals(ErrorPicture.colour(Kind.FOUND));
		assertTrue(legend, "the legend shows the colour");
		assertThrows(IllegalStateException.class, () -> new ErrorStack().toImage(
			"nothing"));
	}

	/** The picture of the documentation: Otsu's threshold on generated cells. */
	@Test
	void cellsFoundByOtsu() throws IOException {
		final ArrayImg<IntType, IntArray> truth = LabelFile.open(DATA.resolve(
			"labels/cells09.tif")).slices().get(0);
		final ImagePlus image = ImageFiles.open(DATA.resolve("images/cells09.png"));
		image.getProcessor().blurGaussian(1);
		final ArrayImg<IntType, IntArray> result = ConnectedComponents.ofMask(cut(
			OtsuThreshold.segment(ImageInput.of(image, ChannelSelection.all())
				.planes().get(0))), Connectivity.FACES);
		final ObjectErrors errors = ObjectErrors.of(truth, result, 0.5);
		assertTrue(errors.merges() > 2 && errors.splits() > 0, errors.merges() +
			" merges, " + errors.splits() + " splits");
		final BufferedImage picture = ErrorPicture.ofObjects(truth, result, errors)
			.withLegend("cells09, Otsu's threshold");
		assertTrue(picture.getHeight() > picture.getWidth(), "legend below");
		Screenshots.save("evaluate-errors", picture);
	}

	/** Cuts what was found in two along a line, and takes a corner away. */
	private static ArrayImg<IntType, IntArray> cut(
		final ArrayImg<IntType, IntArray> mask)
	{
		for (int i = 0; i < SIZE; i++) {
			mask.getAt(i, 118).set(0);
			for (int y = 200; y < SIZE; y++)
				if (i > 180) mask.getAt(i, y).set(0);
		}
		return mask;
	}
}
