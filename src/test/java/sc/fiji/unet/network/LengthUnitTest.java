
package sc.fiji.unet.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LengthUnitTest {

	@Test
	void everyUsualSpellingIsKnown() {
		for (final String text : new String[] { "\u00b5m", "\u03bcm", "um",
			"micron", "microns", " Micrometer", "micrometres" })
			assertEquals(LengthUnit.MICROMETRE, LengthUnit.of(text).get(), text);
		assertEquals(LengthUnit.NANOMETRE, LengthUnit.of("nm").get());
		assertEquals(LengthUnit.MILLIMETRE, LengthUnit.of("mm").get());
		assertEquals(LengthUnit.ANGSTROM, LengthUnit.of("\u00c5").get());
	}

	@Test
	void pixelsAndUnitsOfPrintingAreNoLengths() {
		for (final String text : new String[] { "pixel", "pixels", "inch", "inches",
			"cm", "in", "", "m", null })
			assertFalse(LengthUnit.of(text).isPresent(), text);
	}

	@Test
	void pixelSizesAreConverted() {
		final Axes axes = Axes.calibrated("nm", 200, 400);
		assertArrayEquals(new double[] { 0.2, 0.4 }, axes.in(LengthUnit.MICROMETRE)
			.pixelSize(), 1e-12);
		assertEquals("0.2 x 0.4 \u00b5m", axes.in(LengthUnit.MICROMETRE)
			.pixelText());
		assertEquals("0.325 \u00b5m", Axes.calibrated("\u00b5m", 0.325, 0.32501)
			.pixelText());
		assertThrows(IllegalStateException.class, () -> Axes.uncalibrated(2).in(
			LengthUnit.NANOMETRE));
	}
}
