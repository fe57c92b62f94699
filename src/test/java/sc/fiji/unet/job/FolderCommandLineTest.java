
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Collections;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ResultKind;
import sc.fiji.unet.model.BundledModel;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Precision;
import sc.fiji.unet.segment.Averaging;

/** The line for a server, quoted as a shell needs it. */
@DisabledOnOs(OS.WINDOWS)
class FolderCommandLineTest {

	private static FolderTask.Builder task(final String input) {
		return FolderTask.of(Collections.singletonList(Paths.get(input)), Paths.get(
			"/out"));
	}

	@Test
	void whatIsUsualIsLeftOut() {
		assertEquals("bin/unet segment --output /out /in", task("/in").build()
			.commandLine());
		assertEquals("bin/unet segment --output /out /in", task("/x/../in").model(
			new File(BundledModel.NAME)).pattern(" ").build().commandLine());
	}

	@Test
	void whatIsGivenStandsThere() {
		assertEquals(
			"bin/unet segment --model /m/cells.zip --output /out --pattern '*.tif' --subfolders --channels 1,3 --diameter 42.5 --threshold 0.25 --min-size 12 --split 0.2 --exclude-edges --fill-holes --averaging flips --results labels,rois --skip-existing --device gpu:1 --precision float32 --threads 3 /in",
			task("/in").model(new File("/m/cells.zip")).pattern("*.tif").subfolders(
				true).settings(SegmentSettings.ofModel().withChannels(ChannelSelection
					.parse("1, 3")).withDiameter(42.5).withObjects(ObjectSettings
						.ofModel().withThreshold(0.250).withMinimumSize(12L).withSplit(0.2)
						.withExcludedEdges(true).withFilledHoles(true)).withAveraging(
							Averaging.FLIPS)).results(Arrays.asList(ResultKind.ROIS,
								ResultKind.LABELS)).existing(Existing.SKIP).execution(
									new ExecutionConfig("gpu:1", Precision.FLOAT32, 3)).build()
				.commandLine());
	}

	@Test
	void wordsAreQuotedForAShell() {
		assertEquals(
			"bin/unet segment --output /out --pattern='-a b*' --overwrite '/Anna'\\''s \"best\" $cells'",
			task("/Anna's \"best\" $cells").pattern("-a b*").existing(
				Existing.OVERWRITE).build().commandLine());
		assertEquals("bin/unet segment --output /out --pattern=@1.tif '/a;b'", task(
			"/a;b").pattern("@1.tif").build().commandLine());
	}

	@Test
	void relativePathsAreMadeAbsolute() {
		final Path here = Paths.get("").toAbsolutePath();
		assertEquals("bin/unet segment --model " + here.resolve("m.zip") +
			" --output /out " + here.resolve("in"), task("in").model(new File(
				"m.zip")).build().commandLine());
	}
}
