
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectsFileTest {

	@TempDir
	Path folder;

	private Path table(final String name, final String csv) throws IOException {
		return Files.writeString(folder.resolve(name), csv);
	}

	@Test
	void rowsStandUnderTheColumnsOfAllTables() throws IOException {
		ObjectsFile.write(folder, Arrays.asList(table("a",
			"Image,Object,Area\n\"a, \"\"b\"\".tif\",1,0.10\n"), table("b",
				"Image,Slice,Object,Area\nc.tif,1,2,\nc.tif,2,1,NaN\n"), table("c",
					"Image,Object\n")));
		assertEquals(
			"Image,Slice,Object,Area\n\"a, \"\"b\"\".tif\",,1,0.10\nc.tif,1,2,\nc.tif,2,1,NaN\n",
			Files.readString(folder.resolve("objects.csv")));
		ObjectsFile.check(folder, false);
	}

	@Test
	void aTableThatIsCutOffIsNamed() throws IOException {
		final Path cut = table("a", "Image,Object,Area\na.tif,1\n");
		final String message = assertThrows(IOException.class, () -> ObjectsFile
			.write(folder, Arrays.asList(cut))).getMessage();
		assertTrue(message.contains(cut + " has a row of 2 values for 3 columns"),
			message);
	}
}
