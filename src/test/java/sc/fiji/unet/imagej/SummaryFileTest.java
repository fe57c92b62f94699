
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryFileTest {

	@TempDir
	Path folder;

	private static MeasurementTable row(final String image,
		final double objects)
	{
		return new MeasurementTable(Arrays.asList("Image", "Objects",
			"Model_SHA256"), Collections.singletonList(new Object[] { image, objects,
				"abc" }));
	}

	@Test
	void rowsOfEarlierRunsStayAndThoseOfTheSameImageAreReplaced()
		throws IOException
	{
		SummaryFile.in(folder, false).put(row("a, b.tif", 1));
		final SummaryFile second = SummaryFile.in(folder, false);
		second.put(row("c.tif", 2));
		second.put(row("a, b.tif", 3));
		assertEquals(
			"Image,Objects,Model_SHA256\n\"a, b.tif\",3,abc\nc.tif,2,abc\n", Files
				.readString(folder.resolve("summary.csv")));
	}

	@Test
	void anotherFileOfThatNameIsReplacedOnlyWhereThatIsAllowed()
		throws IOException
	{
		for (final String other : Arrays.asList("", "mine\n", "a,b\n1\n")) {
			Files.writeString(folder.resolve("summary.csv"), other);
			final String message = assertThrows(IllegalArgumentException.class,
				() -> SummaryFile.in(folder, false)).getMessage();
			assertTrue(message.contains("is no summary of segmented images"),
				message);
			SummaryFile.in(folder, true).put(row("a.tif", 1));
			assertEquals("Image,Objects,Model_SHA256\na.tif,1,abc\n", Files
				.readString(folder.resolve("summary.csv")));
		}
	}
}
