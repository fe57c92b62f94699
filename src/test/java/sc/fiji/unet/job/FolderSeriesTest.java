
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.imagej.BioFormatsStandIn;
import sc.fiji.unet.imagej.SeriesSelection;

/** Files of several series in a folder, with a stand-in for Bio-Formats. */
class FolderSeriesTest extends FolderFixture {

	private Path experiment() throws IOException {
		for (final String name : new String[] { "notes.txt", "table.csv",
			"meta.xml", "settings.json" })
			Files.write(images.resolve(name), "1,2".getBytes(StandardCharsets.UTF_8));
		return BioFormatsStandIn.write(images.resolve("exp.lif"), new int[] { SIZE,
			SIZE, 200 }, new int[] { SIZE, SIZE, 220 }, new int[] { SIZE, SIZE,
				190 });
	}

	private static TreeSet<String> names(final String... names) {
		return new TreeSet<>(Arrays.asList(names));
	}

	@Test
	void allSeriesAreImagesWithResultsOfTheirOwn() throws IOException {
		experiment();
		images(1);
		try (BioFormatsStandIn standIn = new BioFormatsStandIn(folder)) {
			final FolderResult result = run(task(results).results(LABELS).series(
				SeriesSelection.parse("all")));
			assertEquals("4 images segmented.", result.sentence());
		}
		assertEquals(names("cell000_labels.tif", "exp_labels.tif",
			"exp_s2_labels.tif", "exp_s3_labels.tif"), bytes(results).keySet());
		assertTrue(said.contains("exp.lif series 2: 1 object"), said.toString());
		assertEquals("all", report().getAsJsonObject("task").get("series")
			.getAsString());
	}

	@Test
	void oneSeriesIsTakenAndKeptApartFromTheFirst() throws IOException {
		experiment();
		try (BioFormatsStandIn standIn = new BioFormatsStandIn(folder)) {
			run(task(results).results(LABELS));
			assertEquals(names("exp_labels.tif"), bytes(results).keySet());
			run(task(results).results(LABELS).existing(Existing.SKIP).series(
				SeriesSelection.parse("3")));
			assertEquals(names("exp_labels.tif", "exp_s3_labels.tif"), bytes(results)
				.keySet());
			final FolderResult all = run(task(results).results(LABELS).existing(
				Existing.SKIP).series(SeriesSelection.parse("all")));
			assertEquals(1, all.segmented());
			assertEquals(2, all.skipped());
		}
	}

	@Test
	void aSeriesThatIsNotThereAndAFileThatIsNoneAreNamed() throws IOException {
		experiment();
		Files.write(images.resolve("bad.czi"), "x".getBytes(
			StandardCharsets.UTF_8));
		try (BioFormatsStandIn standIn = new BioFormatsStandIn(folder)) {
			final FolderResult four = run(task(results).series(SeriesSelection.parse(
				"4")));
			assertTrue(four.failures().get("exp.lif series 4").contains(
				"it has 3 series, so that there is no series 4"), four.message());
			final FolderResult all = run(task(folder.resolve("all")).series(
				SeriesSelection.parse("all")));
			assertEquals(3, all.segmented());
			assertTrue(all.failures().get("bad.czi").contains(
				"Bio-Formats cannot read it"), all.message());
		}
	}

	@Test
	void withoutBioFormatsSuchFilesArePassedOver() throws IOException {
		final Path file = experiment();
		images(1);
		assertEquals(1, run(task(results).results(LABELS)).segmented());
		final FolderResult second = run(FolderTask.of(Arrays.asList(file), folder
			.resolve("named")).model(model.toFile()).series(SeriesSelection.parse(
				"2")));
		assertTrue(second.failures().get("exp.lif series 2").contains(
			"only the first series can be read here"), second.message());
	}

	@Test
	void theCommandLineSaysTheSeries() {
		assertTrue(task(results).series(SeriesSelection.parse("all")).build()
			.commandLine().contains(" --series all "));
		assertTrue(!task(results).build().commandLine().contains("--series"));
	}
}
