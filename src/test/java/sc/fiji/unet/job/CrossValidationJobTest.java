
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
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.ThreeClasses;
import sc.fiji.unet.data.GroupRule;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.SampleFiles;
import sc.fiji.unet.train.TrainingLength;
import sc.fiji.unet.train.TrainingListener;
import sc.fiji.unet.train.TrainingPlan;

/** Cross-validation with a network that learns nothing. */
class CrossValidationJobTest {

	private static final int SIZE = 32;

	@TempDir
	Path folder;

	private final BrightEngine engine = new BrightEngine();
	private final List<String> said = new ArrayList<>();

	/** Two squares, of which the second is bright only where it is found. */
	private static RawSample sample(final String name, final boolean found) {
		final float[] grey = new float[SIZE * SIZE];
		final int[] labels = new int[SIZE * SIZE];
		for (int y = 4; y < 16; y++)
			for (int x = 2; x < 30; x++) {
				if (x >= 14 && x < 18) continue;
				labels[y * SIZE + x] = x < 16 ? 1 : 2;
				grey[y * SIZE + x] = x < 16 || found ? 200 : 0;
			}
		return new RawSample(name, ArrayImgs.floats(grey, SIZE, SIZE, 1), ArrayImgs
			.ints(labels, SIZE, SIZE));
	}

	/** Three movies of 2, 3 and 1 frames; of the second half is not found. */
	private TrainingInput movies() throws IOException {
		final List<RawSample> samples = new ArrayList<>();
		for (final String name : "a_t1 a_t2 b_t1 b_t2 b_t3 c_t1".split(" "))
			samples.add(sample(name, name.charAt(0) != 'b'));
		return input(samples);
	}

	private TrainingInput input(final List<RawSample> samples)
		throws IOException
	{
		final Path data = folder.resolve("data");
		if (!Files.exists(data)) SampleFiles.write(samples, data, false);
		return TrainingInput.of(TrainingImages.ofFolders(data.resolve("images"),
			data.resolve("labels"), "", ChannelSelection.all())).withLabels(
				LabelKind.INSTANCES, OptionalInt.empty());
	}

	private CrossValidationJob job(final TrainingInput input, final int folds) {
		return job(input, TrainJobTest.plan(), folds);
	}

	private CrossValidationJob job(final TrainingInput input,
		final TrainingPlan plan, final int folds)
	{
		return new CrossValidationJob(input, plan, folds, folder.resolve("cv"),
			engine).said(said::add).listeners(fold -> new TrainingListener()
		{

				@Override
				public void message(final String sentence) {
					said.add((fold + 1) + "> " + sentence);
				}
			});
	}

	private String text(final String file) throws IOException {
		return Files.readString(folder.resolve("cv").resolve(file));
	}

	@Test
	void everyMovieIsTestedByAModelThatHasNotSeenIt() throws Exception {
		final CrossValidation result = job(movies(), 3).run();
		// F1 by hand: one of two objects found is 2 / (2 + 1).
		final double[] f1 = { 2.0 / 3, 1, 1 };
		assertEquals(3, result.folds().size());
		final int column = result.columns().indexOf("F1");
		for (int fold = 0; fold < 3; fold++)
			assertEquals(f1[fold], result.folds().get(fold).values()[column], 1e-4,
				"the largest movie comes first");
		assertEquals(8.0 / 9, result.mean("F1"), 1e-4);
		assertEquals(Math.sqrt(3) / 9, result.deviation("F1"), 1e-4);
		assertTrue(result.summary().startsWith("F1 0.889 +- 0.192, SEG ") && result
			.summary().endsWith(
				" over 3 folds of 1 to 3 images (mean +- standard deviation)."), result
					.summary());
		assertTrue(said.contains(result.summary()));
		for (final String movie : Arrays.asList("1> .*b_t", "2> .*a_t", "3> .*c_t"))
			assertFalse(said.stream().anyMatch(s -> s.matches("(?s)" + movie + ".*")),
				"seen: " + movie + " in " + said);
		assertTrue(said.stream().anyMatch(s -> s.startsWith("1> ") && s.contains(
			"2 images are trained on, 1 held out for validation: c_t1")), said
				.toString());
		assertEquals(6, text("cross-validation.csv").split("\n").length,
			"header, folds, mean, sd");
		assertTrue(text("cross-validation.csv").startsWith(
			"fold,test_images,pixel_error,"), text("cross-validation.csv"));
		assertTrue(text("fold1_scores.csv").contains("b_t2,"));
		untestedModelsAreTested();
		otherSettingsDoNotGoOn();
		overwritingLeavesNoFoldOfBefore();
	}

	private void overwritingLeavesNoFoldOfBefore() throws Exception {
		job(movies(), 2).overwrite(true).run();
		try (Stream<Path> files = Files.list(folder.resolve("cv"))) {
			assertEquals(
				"cross-validation.csv cross-validation.html cross-validation.txt fold1.html fold1.zip fold1_scores.csv fold1_training.csv fold1_training.png fold2.html fold2.zip fold2_scores.csv fold2_training.csv fold2_training.png",
				files.map(f -> f.getFileName().toString()).sorted().collect(Collectors
					.joining(" ")));
		}
		DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(folder
			.resolve("cv/cross-validation.html").toFile());
		final String page = text("cross-validation.html");
		assertTrue(page.contains("over 2 folds of 3 images") && page.contains(
			"\u00b1") && page.contains("href=\"fold2.html\"") && page.contains(
				"b_t1, b_t2, b_t3"), page);
		// Whoever makes a training of a fold again must not train on its images.
		assertTrue(text("fold1.html").contains("--exclude b_t1,b_t2,b_t3"));
	}

	@Test
	void oneSeriesIsPartedAndThatIsSaid() throws Exception {
		final List<RawSample> samples = new ArrayList<>();
		for (int i = 0; i < 6; i++)
			samples.add(sample("0" + i, true));
		job(input(samples), 2).run();
		assertTrue(said.stream().anyMatch(s -> s.startsWith(
			"All images seem to come from one series, '00' to '05': the images tested on are neighbours")),
			said.toString());
		assertTrue(text("cross-validation.html").contains("too good"));
		assertTrue(text("fold1.html").contains(
			"one series, '01' to '05': the images held out are neighbours"));
		assertTrue(text("fold1_scores.csv").contains("\n00,"));
		said.clear();
		assertThrows(CancellationException.class, () -> job(input(samples)
			.withGroups(GroupRule.none()), 2).overwrite(true).cancelled(() -> said
				.size() > 1).run());
		assertFalse(said.toString().contains("too good"), said.toString());
	}

	@Test
	void theTotalTimeIsSaidFirst() throws IOException {
		final TrainingPlan plan = TrainJobTest.plan().toBuilder().length(
			TrainingLength.minutes(45)).build();
		assertThrows(CancellationException.class, () -> job(movies(), plan, 2)
			.cancelled(() -> engine.created > 0).run());
		assertTrue(said.stream().anyMatch(s -> s.contains(
			"2 trainings of 45 min each, one after the other, about 1 h 30 min in all")),
			said.toString());
	}

	@Test
	void whatWasStoppedGoesOnInItsFold() throws Exception {
		final int[] batches = new int[1];
		engine.onLearn = () -> batches[0]++;
		// Four updates a fold: in the middle of the second.
		final String message = assertThrows(CancellationException.class, () -> job(
			movies(), 3).cancelled(() -> batches[0] >= 6).run()).getMessage();
		assertTrue(message.contains("--resume"), message);
		assertTrue(Files.exists(folder.resolve("cv/fold2.training")) && !Files
			.exists(folder.resolve("cv/fold2.zip")) && !Files.exists(folder.resolve(
				"cv/cross-validation.csv")), "the second is not finished");
		assertTrue(assertThrows(IllegalArgumentException.class, () -> run(false))
			.getMessage().contains("unfinished cross-validation"));
		final int created = engine.created;
		final int before = batches[0];
		final String table = run(true);
		assertTrue(table.contains("\nmean,2,"), table);
		assertEquals(12, batches[0], "no update was made again, after " + before);
		assertEquals(2, engine.created - created, "fold 1 was not trained again");
		assertEquals(table, run(true), "nothing is left to do");
		assertTrue(assertThrows(IllegalArgumentException.class, () -> run(false))
			.getMessage().contains("holds a cross-validation already"));
	}

	private String run(final boolean resume) throws IOException {
		job(movies(), 3).resume(resume).run();
		return text("cross-validation.csv");
	}

	private void untestedModelsAreTested() throws Exception {
		final String table = text("cross-validation.csv");
		Files.delete(folder.resolve("cv/fold2_scores.csv"));
		final int created = engine.created;
		assertEquals(table, run(true));
		assertEquals(created, engine.created, "trained again");
	}

	private void otherSettingsDoNotGoOn() throws Exception {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> job(movies(), TrainJobTest.plan().toBuilder().seed(7).build(), 3)
				.resume(true).run()).getMessage();
		assertTrue(message.contains("\"seed\": 7"), message);
		assertThrows(IllegalArgumentException.class, () -> job(movies(), 2).resume(
			true).run());
	}

	@Test
	void nothingIsStartedWhereSomethingIsInTheWay() throws IOException {
		final Path cv = Files.createDirectories(folder.resolve("cv"));
		for (final String name : Arrays.asList("fold2.zip", "fold1_scores.csv",
			"cross-validation.html", "fold2_training.csv"))
		{
			Files.writeString(cv.resolve(name), "mine");
			final String message = assertThrows(IllegalArgumentException.class,
				() -> job(movies(), 2).run()).getMessage();
			assertTrue(message.contains(name) && message.contains("overwrite=true"),
				message);
			assertEquals("mine", Files.readString(cv.resolve(name)));
			Files.delete(cv.resolve(name));
		}
		assertEquals(0, engine.created);
	}

	@Test
	void classesAreScoredByTheirValues() throws Exception {
		ThreeClasses.write(folder, 1, 4);
		final TrainingInput input = TrainingInput.of(TrainingImages.ofFolders(folder
			.resolve("images"), folder.resolve("labels"), "", ChannelSelection.all()))
			.withLabels(LabelKind.CLASSES, OptionalInt.empty());
		final CrossValidation result = job(input, 2).run();
		assertTrue(result.columns().containsAll(Arrays.asList("mean_IoU", "IoU_100",
			"IoU_200")), result.columns().toString());
		assertTrue(result.mean("IoU_0") > 0.3, "background is dark");
		assertTrue(result.summary().startsWith("mean IoU "), result.summary());
	}

	@Test
	void aClassInOneFoldAloneIsRefusedBeforeTheStart() throws IOException {
		final List<RawSample> samples = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			final int last = i;
			final RawSample sample = sample("x" + (char) ('a' + i), true);
			sample.labels().getAt(0, 0).setInteger(last == 3 ? 3 : 0);
			samples.add(sample);
		}
		final String message = assertThrows(IllegalArgumentException.class,
			() -> job(input(samples).withLabels(LabelKind.CLASSES, OptionalInt
				.empty()), 2).run()).getMessage();
		assertTrue(message.contains("fold 2 (xb, xd)"), message);
		assertEquals(0, engine.created);
	}
}
