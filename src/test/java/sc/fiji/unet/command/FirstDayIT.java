
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.data.SyntheticSamples;
import sc.fiji.unet.imagej.AnnotatedFiles;
import sc.fiji.unet.imagej.AnnotatedImage;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.LabelInput;
import sc.fiji.unet.job.SampleJob;
import sc.fiji.unet.metrics.Detection;

/**
 * Central's ImageJ with the zip unpacked over it, and nothing else: from the
 * sample to a folder of results, by mouse and macro, see {@link FirstDayMain}.
 */
class FirstDayIT {

	private static final Path ZIP = Paths.get(System.getProperty("unet.zip"));
	private static final Path PICTURES = Paths.get(System.getProperty(
		"unet.project.dir")).resolve("target/screenshots");
	private static final double EXPECTED_F1 = 0.8;

	@TempDir
	static Path imagej;

	@TempDir
	static Path folder;

	private static PlainImageJWindow.Result run;

	@BeforeAll
	static void spendTheDay() throws Exception {
		run = PlainImageJWindow.unpacked(imagej, ZIP).jvmOption("-Xmx3g").with(
			EchoDialogMain.class).with(SwingWindows.class).run(FirstDayMain.class,
				Duration.ofMinutes(8), PICTURES.resolve("first-day.png"), folder
					.toString());
		assertEquals(PlainImageJMain.DONE, run.exitCode, run.log);
	}

	@Test
	void whatWasRecordedTrainsTheModel() throws IOException {
		final String macro = Files.readString(folder.resolve("recorded.ijm"));
		assertTrue(macro.contains("run(\"Samples\", \"sample=[annotated cells]"),
			macro);
		assertTrue(macro.contains(
			"run(\"Train U-Net\", \"data=[Open images with ROIs] images=[annotated cells]"),
			macro);
		assertTrue(Files.exists(folder.resolve("cells.zip")));
	}

	@Test
	void correctionsAreInTheSet() throws IOException {
		final List<AnnotatedImage> set = AnnotatedFiles.open(folder.resolve("set"),
			"", 1, warning -> {}, () -> false);
		assertEquals(Set.of("annotated cells", "corrected"), set.stream().map(
			AnnotatedImage::name).collect(Collectors.toSet()));
		assertTrue(Files.exists(folder.resolve("better.zip")));
	}

	@Test
	void theFolderIsSegmentedAndMeasured() throws IOException {
		final List<RawSample> samples = SyntheticSamples.cells(SampleJob.CELLS,
			SampleJob.SIZE, SampleJob.SEED);
		final Path output = folder.resolve("output");
		for (int i = 1; i <= samples.size(); i++) {
			final double f1 = Detection.of(labels(samples.get(i - 1)), LabelInput
				.slice(ImageFiles.open(output.resolve(String.format(
					"cell%02d_labels.tif", i))), 1, 1)).f1();
			assertTrue(f1 >= EXPECTED_F1, "F1 of cell " + i + " is " + f1 +
				", expected " + EXPECTED_F1 + " or more");
		}
		try (Stream<String> lines = Files.lines(output.resolve("summary.csv"))) {
			assertEquals(1 + samples.size(), lines.count());
		}
	}

	private static RandomAccessibleInterval<IntType> labels(
		final RawSample sample)
	{
		return Converters.convert(sample.labels(), (from, to) -> to.set(from
			.getInteger()), new IntType());
	}
}
