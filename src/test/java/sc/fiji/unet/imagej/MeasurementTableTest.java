
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.measure.ResultsTable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementTableTest {

	private static MeasurementTable table(final String columns,
		final Object... row)
	{
		return new MeasurementTable(Arrays.asList(columns.split(" ")), Collections
			.singletonList(row));
	}

	@Test
	void tablesOfDifferentColumnsAreJoined() {
		final MeasurementTable joined = MeasurementTable.join(Arrays.asList(table(
			"Image Area Mean", "a", 1.0, 2.0), table("Image Slice Area Mean_Ch1 Mean",
				"b", 3.0, 4.0, 5.0, 6.0), table("Image", "c")));
		assertEquals(Arrays.asList("Image", "Slice", "Area", "Mean_Ch1", "Mean"),
			joined.columns());
		assertEquals("Image,Slice,Area,Mean_Ch1,Mean\na,,1,,2\nb,3,4,5,6\nc,,,,\n",
			joined.toCsv());
		assertArrayEquals(new double[] { 1, 4, Double.NaN }, joined.numbers(
			"Area"));
		assertNull(joined.text(2, "Slice"));
	}

	@Test
	void numbersHaveAllTheirDigitsInEveryCountry() {
		final Locale before = Locale.getDefault();
		Locale.setDefault(Locale.GERMANY);
		try {
			assertEquals(
				"a,b,c,d,e\n0.1,1.0E-7,123456789012,NaN,0.30000000000000004\n", table(
					"a b c d e", 0.1, 1e-7, 123456789012.0, Double.NaN, 0.1 + 0.2)
					.toCsv());
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void whatIsWrittenIsReadAgain() {
		final String[] texts = { "plain", "a,b", "\"", "\"x\"", "a \"b\", c",
			"two\nlines", "\u00fc" };
		for (final String text : texts) {
			final String csv = table("Image Area", text, 1.5).toCsv();
			final MeasurementTable read = MeasurementTable.parse(csv);
			assertEquals(text, read.text(0, "Image"));
			assertEquals(csv, read.toCsv());
		}
		assertEquals(0, MeasurementTable.parse("").size());
		final String message = assertThrows(IllegalArgumentException.class,
			() -> MeasurementTable.parse("a,b\n1\n")).getMessage();
		assertTrue(message.contains("1 values for 2 columns"), message);
	}

	@Test
	void imageJReadsTheFile(@TempDir final Path folder) throws IOException {
		final Path file = folder.resolve("t.csv");
		Files.writeString(file, MeasurementTable.join(Arrays.asList(table(
			"Image Unit Area", "a,b.tif", "um", 0.0123456789), table(
				"Image Unit Area", "c.tif", "um", 1e-7))).toCsv());
		final ResultsTable read = ResultsTable.open(file.toString());
		assertEquals(2, read.size());
		assertEquals("a,b.tif", read.getStringValue("Image", 0));
		assertEquals(0.0123456789, read.getValue("Area", 0));
		assertEquals(1e-7, read.getValue("Area", 1));
		assertEquals("um", read.getStringValue("Unit", 1));
	}

	@Test
	void rowsAreAppendedToATableOfImageJ() {
		final ResultsTable target = new ResultsTable();
		target.setNaNEmptyCells(true);
		table("Image Area", "a", 1.5).addTo(target);
		table("Image Area Mean_Ch1", "b", 2.5, 7.0).addTo(target);
		assertEquals(2, target.size());
		assertEquals("b", target.getStringValue("Image", 1));
		assertEquals(1.5, target.getValue("Area", 0));
		assertEquals(7, target.getValue("Mean_Ch1", 1));
		assertTrue(Double.isNaN(target.getValue("Mean_Ch1", 0)), "no value");
	}

	@Test
	void aColumnThatIsNotThereIsNamed() {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> table("Image Area", "a", 1.0).numbers("Mean")).getMessage();
		assertEquals("There is no column \"Mean\"; there are Image, Area.",
			message);
	}
}
