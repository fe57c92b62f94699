
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.imagej.ResultKind;

/** The tables of all images in a folder, over several runs. */
class FolderTablesTest extends FolderFixture {

	private FolderTask.Builder again() {
		return task(results).results(EnumSet.of(ResultKind.TABLE)).existing(
			Existing.SKIP);
	}

	/** @return images in the rows of a table, in order */
	private Set<String> rows(final String table) throws IOException {
		return Files.readAllLines(results.resolve(table)).stream().skip(1).map(
			line -> line.substring(0, line.indexOf(','))).collect(Collectors
				.toCollection(LinkedHashSet::new));
	}

	private void assertRows(final String... images) throws IOException {
		assertEquals(Set.of(images), rows("objects.csv"));
		assertEquals(Set.of(images), rows("summary.csv"));
		assertEquals(Arrays.asList(images), new ArrayList<>(rows("objects.csv")));
	}

	@Test
	void oneTableHasTheObjectsOfAllImages() throws IOException {
		images(3);
		run(task(results).results(EnumSet.of(ResultKind.TABLE)));
		final List<String> all = Files.readAllLines(results.resolve("objects.csv"));
		final List<String> expected = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			final List<String> own = Files.readAllLines(results.resolve("cell00" + i +
				"_objects.csv"));
			assertTrue(own.size() > 1 && own.get(1).startsWith("cell00" + i +
				".tif,"), own.toString());
			expected.addAll(i == 0 ? own : own.subList(1, own.size()));
		}
		assertEquals(expected, all);
		final Map<String, byte[]> whole = bytes(results);
		Files.delete(results.resolve("cell001_objects.csv"));
		assertEquals(1, run(task(results).results(EnumSet.of(ResultKind.TABLE))
			.existing(Existing.SKIP)).segmented());
		assertSame(whole, bytes(results));
		Files.writeString(results.resolve("objects.csv"), "mine\n1\n");
		assertTrue(refused(() -> run(task(results).results(EnumSet.of(
			ResultKind.TABLE)).existing(Existing.SKIP))).contains(
				"no table of segmented objects"));
	}

	@Test
	void imagesOfEarlierRunsStayInBothTables() throws IOException {
		images(3);
		run(again().pattern("cell002*"));
		run(again().pattern("cell000*"));
		assertRows("cell000.tif", "cell002.tif");
		assertThrows(CancellationException.class, () -> run(again(), afterTiles(
			1)));
		assertRows("cell000.tif", "cell002.tif");
		run(again());
		assertRows("cell000.tif", "cell001.tif", "cell002.tif");
	}

	@Test
	void whatWasDoneBeforeTheEndIsInBothTables() throws IOException {
		images(4);
		assertThrows(CancellationException.class, () -> run(again(), afterTiles(
			3)));
		assertRows("cell000.tif", "cell001.tif");
	}

	@Test
	void anImageWithoutARowInTheSummaryIsNotDone() throws IOException {
		images(3);
		run(again());
		final Map<String, byte[]> whole = bytes(results);
		final Path summary = results.resolve("summary.csv");
		Files.write(summary, Files.readAllLines(summary).subList(0, 3));
		assertEquals(1, run(again()).segmented());
		assertSame(whole, bytes(results));
	}

	@Test
	void aSecondProgramIsRefused() throws IOException {
		images(2);
		run(again().pattern("cell000*"));
		final Map<String, byte[]> before = bytes(results);
		try (FolderLock first = FolderLock.of(results, said::add)) {
			assertTrue(refused(() -> run(again())).contains(
				"is in use by another segmentation"));
		}
		assertSame(before, bytes(results));
		Files.createFile(results.resolve(FolderLock.FILE));
		assertEquals(1, run(again()).segmented(), "nobody holds it");
		assertFalse(Files.exists(results.resolve(FolderLock.FILE)));
	}
}
