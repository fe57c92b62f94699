
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;

import org.junit.jupiter.api.Test;

class ImageTitleTest {

	private static String without(final String title) {
		return ImageTitle.withoutExtension(new ImagePlus(title, new ByteProcessor(1,
			1)));
	}

	@Test
	void namesOfFilesAreShortenedAsByMacros() {
		for (final String title : new String[] { "cells09.png", "cell 1.tif",
			"exp 2", "a.b c.tif", "unseen cells" })
			assertEquals(IJ.runMacro("return File.getNameWithoutExtension('" + title +
				"');"), without(title));
		assertEquals("cell 1", without("cell 1.tif"));
	}

	@Test
	void theSeriesStays() {
		assertEquals("plate.lif - Series001", without("plate.lif - Series001"));
		assertEquals(".hidden", without(".hidden"));
	}
}
