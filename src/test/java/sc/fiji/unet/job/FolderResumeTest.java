
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.imagej.ResultKind;

/** What is done again, and what is not, where results are there already. */
class FolderResumeTest extends FolderFixture {

	@Test
	void whatWasCancelledGoesOnWithoutDoingAnythingTwice() throws IOException {
		images(40);
		final int[] predictions = new int[1];
		engine.onSegment = () -> predictions[0]++;
		final Path undisturbed = folder.resolve("undisturbed");
		run(task(undisturbed).results(LABELS_AND_ROIS));
		// One to check the model.
		assertEquals(41, predictions[0]);
		assertThrows(CancellationException.class, () -> run(task(results).results(
			LABELS_AND_ROIS).existing(Existing.SKIP), afterTiles(17)));
		assertEquals("cancelled", report().get("status").getAsString());
		final Map<String, byte[]> half = bytes(results);
		// Of the 17th image there was a tile, but no result.
		assertEquals(2 * 16, half.size(), half.keySet().toString());
		final Path first = results.resolve("cell000_labels.tif");
		Files.setLastModifiedTime(first, FileTime.fromMillis(1000));
		predictions[0] = 0;
		final FolderTask.Builder rest = task(results).results(LABELS_AND_ROIS)
			.existing(Existing.SKIP);
		final FolderResult result = run(rest);
		assertEquals("24 images segmented, 16 done before.", result.sentence());
		assertEquals(25, predictions[0]);
		assertEquals(1000, Files.getLastModifiedTime(first).toMillis());
		assertSame(bytes(undisturbed), bytes(results));
		assertEquals(16, report().get("skipped").getAsInt());
		assertEquals("finished", report().get("status").getAsString());
		predictions[0] = 0;
		assertEquals(40, run(rest).skipped());
		assertEquals(0, predictions[0], "nothing is to be done");
	}

	@Test
	void anEndIsAskedForBetweenTilesAndLeavesNoPart() throws IOException {
		save(new ImagePlus("large", image(1).getProcessor().resize(3000, 2000)),
			images.resolve("large.tif"));
		assertThrows(CancellationException.class, () -> run(task(results),
			() -> progress.stream().anyMatch(p -> p.contains(" 1/"))));
		assertEquals(1, progress.stream().filter(p -> !p.contains(" 0/")).count(),
			progress.toString());
		assertEquals(Collections.emptyMap(), bytes(results));
	}

	@Test
	void resultsOfOtherSettingsAreNotMixedIn() throws IOException {
		images(8);
		final SegmentSettings high = SegmentSettings.ofModel().withThreshold(0.9);
		run(task(results));
		final Map<String, byte[]> before = bytes(results);
		final FolderTask.Builder other = task(results).settings(high).existing(
			Existing.SKIP);
		final String message = refused(() -> run(other));
		assertTrue(message.contains(
			"cell000: threshold was model, is now 0.9\n- cell001: ") && message
				.contains("and 3 more") && message.contains("existing=overwrite"),
			message);
		assertSame(before, bytes(results));
		assertEquals(8, run(other.existing(Existing.OVERWRITE)).segmented());
		assertTrue(refused(() -> run(task(results).existing(Existing.SKIP)))
			.contains("threshold was 0.9, is now model"));
		model = train("others");
		assertTrue(refused(() -> run(task(results).settings(high).existing(
			Existing.SKIP))).contains("model was cells, is now others"));
	}

	@Test
	void resultsOfUnknownOriginAndOfChangedImagesAreNotTaken()
		throws IOException
	{
		images(2);
		run(task(results));
		save(image(30), images.resolve("cell001.tif"));
		assertTrue(refused(() -> run(task(results).existing(Existing.SKIP)))
			.contains("cell001: its image has changed since"));
		Files.delete(results.resolve(ResultRecords.FILE));
		assertTrue(refused(() -> run(task(results).existing(Existing.SKIP)))
			.contains("cell000: it is not recorded of which model"));
		assertTrue(refused(() -> run(task(results))).contains("exists already"));
	}

	@Test
	void resultsOfOthersThatStayAreSaid() throws IOException {
		images(2);
		run(task(results));
		Files.delete(images.resolve("cell001.tif"));
		run(task(results).settings(SegmentSettings.ofModel().withThreshold(0.9))
			.results(LABELS).existing(Existing.OVERWRITE));
		final String all = String.join("\n", said);
		assertTrue(all.contains(
			"stay as they are, of other settings or of unknown origin: cell000_probability.tif, cell000_overlay.png, cell000_rois.zip, cell000_objects.csv."),
			all);
		assertTrue(all.contains("cell001 (threshold was model, is now 0.9)"), all);
	}

	@Test
	void whatIsMissingIsMadeAgain() throws IOException {
		images(6);
		run(task(results));
		final Map<String, byte[]> before = bytes(results);
		Files.delete(results.resolve("cell001_rois.zip"));
		Files.delete(results.resolve("cell004_labels.tif"));
		final FolderResult result = run(task(results).existing(Existing.SKIP));
		assertEquals("2 images segmented, 4 done before.", result.sentence());
		assertTrue(said.contains(
			"Results are missing or not whole, and are made: cell001, cell004."), said
				.toString());
		assertSame(before, bytes(results));
	}

	@Test
	void whatSomebodyHasCorrectedIsNotReplaced() throws IOException {
		images(3);
		final FolderTask.Builder again = task(results).results(LABELS_AND_ROIS)
			.existing(Existing.SKIP);
		run(again);
		Files.delete(results.resolve("cell001_rois.zip"));
		final Path labels = results.resolve("cell001_labels.tif");
		Files.write(labels, Arrays.copyOf(Files.readAllBytes(labels), 9999));
		final Map<String, byte[]> before = bytes(results);
		final String message = refused(() -> run(again));
		assertTrue(message.contains(
			"cell001: labels were changed or cut off since they were written; delete them, or move them away"),
			message);
		assertSame(before, bytes(results));
		Files.delete(labels);
		assertEquals(1, run(again).segmented());
	}

	@Test
	void whatWasBegunAndNotEndedIsMadeAgain() throws IOException {
		images(2);
		final FolderTask.Builder again = task(results).results(LABELS_AND_ROIS)
			.existing(Existing.SKIP);
		run(again);
		final Map<String, byte[]> before = bytes(results);
		final Path records = results.resolve(ResultRecords.FILE);
		final List<String> lines = Files.readAllLines(records);
		Files.write(records, lines.subList(0, 3));
		Files.write(results.resolve("cell001_rois.zip"), new byte[7]);
		assertEquals(1, run(again).segmented());
		assertSame(before, bytes(results));
	}

	@Test
	void theKindsThatAreWantedMayChangeFromRunToRun() throws IOException {
		images(2);
		final FolderTask.Builder first = task(results).results(Arrays.asList(
			ResultKind.LABELS, ResultKind.OVERLAY)).existing(Existing.SKIP);
		final FolderTask.Builder second = task(results).results(LABELS_AND_ROIS)
			.existing(Existing.SKIP);
		assertEquals(2, run(first).segmented());
		assertEquals(2, run(second).segmented());
		assertEquals(2, run(second).skipped());
		assertEquals(2, run(first).skipped());
	}

	/** The records as a power cut may leave them. */
	@Test
	void whoeverIsKilledWhileWritingGoesOn() throws IOException {
		images(3);
		run(task(results));
		final Map<String, byte[]> before = bytes(results);
		final Path records = results.resolve(ResultRecords.FILE);
		final byte[] lines = Files.readAllBytes(records);
		Files.write(records, Arrays.copyOf(lines, lines.length - 20));
		Files.delete(results.resolve("cell002_rois.zip"));
		assertEquals(1, run(task(results).existing(Existing.SKIP)).segmented());
		assertSame(before, bytes(results));
		assertEquals(3, run(task(results).existing(Existing.SKIP)).skipped());
	}

	@Test
	void otherResultsCanBeAddedAndWhatIsThereStays() throws IOException {
		images(2);
		run(task(results).results(LABELS));
		final Path corrected = results.resolve("cell001_labels.tif");
		final byte[] bytes = Files.readAllBytes(corrected);
		bytes[bytes.length - 1]++;
		Files.write(corrected, bytes);
		final FolderTask.Builder more = task(results).results(Arrays.asList(
			ResultKind.LABELS, ResultKind.ROIS)).existing(Existing.SKIP);
		assertEquals(2, run(more).segmented());
		assertEquals(4, bytes(results).size());
		assertArrayEquals(bytes, Files.readAllBytes(corrected),
			"labels that somebody has corrected");
		assertEquals(2, run(more).skipped());
	}
}
