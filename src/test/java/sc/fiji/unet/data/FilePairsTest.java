
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePairsTest {

	private static List<Path> paths(final String... names) {
		return Arrays.stream(names).map(Paths::get).collect(Collectors.toList());
	}

	private static String text(final FilePairs pairs) {
		return pairs.pairs().stream().map(p -> p.name() + ":" + p.image() + "+" + p
			.labels()).collect(Collectors.joining(" "));
	}

	@Test
	void matchesByNameWhateverTheExtension() {
		final FilePairs pairs = FilePairs.of(paths("b.tif", "a.ome.tif"), paths(
			"a.png", "b.tiff"));
		assertEquals("a:a.ome.tif+a.png b:b.tif+b.tiff", text(pairs));
	}

	@Test
	void everySuffixOnEitherSideDoesNotCount() {
		for (final String suffix : FilePairs.SUFFIXES) {
			assertEquals("c:c.tif+c" + suffix + ".png", text(FilePairs.of(paths(
				"c.tif"), paths("c" + suffix + ".png"))), suffix);
			assertEquals("c" + suffix + ":c" + suffix + ".tif+c.png", text(FilePairs
				.of(paths("c" + suffix + ".tif"), paths("c.png"))), suffix);
		}
		assertEquals(7, FilePairs.SUFFIXES.size());
	}

	@Test
	void numbersInNamesAreOrderedAsNumbers() {
		final FilePairs pairs = FilePairs.of(paths("t10.tif", "t9.tif", "t1.tif"),
			paths("t1.tif", "t9.tif", "t10.tif"));
		assertEquals(Arrays.asList("t1", "t9", "t10"), pairs.names());
	}

	@Test
	void everyMismatchIsListed() {
		final IllegalArgumentException exc = assertThrows(
			IllegalArgumentException.class, () -> FilePairs.of(paths("a.tif", "B.tif",
				"two.tif", "fine.tif"), paths("b.tif", "two.png", "two_mask.png",
					"orphan.tif", "fine.tif")));
		final String message = exc.getMessage();
		for (final String part : new String[] { "image a.tif has no labels",
			"image B.tif has no labels", "labels b.tif have no image",
			"labels orphan.tif have no image",
			"two.tif could go with two.png and two_mask.png" })
			assertTrue(message.contains(part), "expected '" + part + "' in " +
				message);
		assertTrue(!message.contains("fine"), message);
	}

	@Test
	void fullNamesDecideWhereShortOnesWouldNot() {
		final FilePairs pairs = FilePairs.of(paths("a.tif", "a_0000.tif"), paths(
			"a_0000.png", "a.png"));
		assertEquals("a:a.tif+a.png a_0000:a_0000.tif+a_0000.png", text(pairs));
	}

	@Test
	void aSuffixAloneIsAName() {
		assertEquals("_mask:_mask.tif+_mask.png", text(FilePairs.of(paths(
			"_mask.tif"), paths("_mask.png"))));
	}

	@Test
	void oneFolderMayHoldImagesAndLabels(@TempDir final Path folder)
		throws IOException
	{
		for (final String name : new String[] { "x_0000.tif", "x_masks.tif",
			"y.tif", "y_cp_masks.png", ".hidden.tif", "notes.txt" })
			Files.createFile(folder.resolve(name));
		final FilePairs pairs = FilePairs.ofFolders(folder, folder, f -> !f
			.toString().endsWith(".txt"));
		assertEquals(Arrays.asList("x_0000", "y"), pairs.names());
		assertEquals("y_cp_masks.png", pairs.pairs().get(1).labels().getFileName()
			.toString());
	}

	@Test
	void aMissingOrEmptyFolderIsNamed(@TempDir final Path folder) {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> FilePairs
			.ofFolders(folder.resolve("none"), folder, f -> true)).getMessage()
			.contains("none"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> FilePairs
			.ofFolders(folder, folder, f -> true)).getMessage().contains(
				"holds no image"));
	}

	@Test
	void anUnknownNameIsAnErrorThatListsTheKnownOnes() {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> NameList.parse("02,7", Arrays.asList("02", "07"))).getMessage();
		assertEquals(
			"There is no image named 7; the names (without extension) are: 02, 07.",
			message);
	}

	@Test
	void naturalOrderIsConsistentWithEquals() {
		final NaturalOrder order = NaturalOrder.INSTANCE;
		assertTrue(order.compare("a2b", "a10") < 0);
		assertTrue(order.compare("a", "a1") < 0);
		assertTrue(order.compare("a01", "a1") != 0);
		assertEquals(0, order.compare("a01", "a01"));
		assertTrue(order.compare("a99999999999999999999",
			"a100000000000000000000") < 0);
	}

	@Test
	void digitsOfOtherScriptsAreLetters() {
		final NaturalOrder order = NaturalOrder.INSTANCE;
		assertTrue(order.compare("\u0663abc", "\u0664") < 0);
		assertTrue(order.compare("7", "\u0663abc") < 0);
	}

	@Test
	void excludedImagesNeedNoLabels(@TempDir final Path folder)
		throws IOException
	{
		final Path images = Files.createDirectory(folder.resolve("images"));
		final Path labels = Files.createDirectory(folder.resolve("labels"));
		for (final String name : new String[] { "a.tif", "b.tif", "c,1.tif",
			"d.tif" })
			Files.write(images.resolve(name), new byte[1]);
		for (final String name : new String[] { "a.tif", "d_mask.tif", "d.png" })
			Files.write(labels.resolve(name), new byte[1]);
		assertEquals(Arrays.asList("a"), FilePairs.ofFolders(images, labels,
			"b, c,1,d", f -> true).names());
		final String message = assertThrows(IllegalArgumentException.class,
			() -> FilePairs.ofFolders(images, labels, "b, e", f -> true))
			.getMessage();
		assertTrue(message.contains("no image named e"), message);
		assertThrows(IllegalArgumentException.class, () -> FilePairs.ofFolders(
			images, labels, "b", f -> true));
	}
}
