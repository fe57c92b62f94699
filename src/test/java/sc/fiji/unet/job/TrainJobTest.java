
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.Comparison;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.SampleFiles;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.Precision;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.train.History;
import sc.fiji.unet.train.Preset;
import sc.fiji.unet.train.TrainingLength;
import sc.fiji.unet.train.TrainingListener;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.train.TrainingResult;

/** What a training may replace, and what it leaves. */
class TrainJobTest {

	private static final int SIZE = 32;

	@TempDir
	Path folder;

	private final BrightEngine engine = new BrightEngine();
	private final List<String> said = new ArrayList<>();
	private Path model;
	private Path training;

	@BeforeEach
	void names() {
		model = folder.resolve("cells.zip");
		training = folder.resolve("cells.training");
	}

	static TrainingPlan plan() {
		return TrainingPlan.fromJson(
			"{ \"patchSize\": [ 32 ], \"batchSize\": 1, \"updatesPerEpoch\": 2, \"target\": { \"border\": 0 } }")
			.toBuilder().network(UNetConfig.builder().features(1, 1).padding(
				Padding.SAME).build()).length(TrainingLength.updates(4)).build();
	}

	/** Two squares that touch, bright on dark. */
	static RawSample sample(final String name) {
		final float[] grey = new float[SIZE * SIZE];
		final int[] labels = new int[SIZE * SIZE];
		for (int y = 8; y < 24; y++)
			for (int x = 8; x < 24; x++) {
				grey[y * SIZE + x] = 200;
				labels[y * SIZE + x] = x < 16 ? 1 : 2;
			}
		return new RawSample(name, ArrayImgs.floats(grey, SIZE, SIZE, 1), ArrayImgs
			.ints(labels, SIZE, SIZE));
	}

	static TrainingInput input(final List<RawSample> samples,
		final String validation)
	{
		return TrainingInput.of(TrainingImages.of("cells", samples)).withLabels(
			LabelKind.INSTANCES, OptionalInt.empty()).withValidation(validation, 0);
	}

	private TrainJob job(final TrainingPlan plan) {
		return new TrainJob(input(Arrays.asList(sample("a"), sample("b")), ""),
			plan, model, engine).listener(new TrainingListener()
		{

				@Override
				public void message(final String sentence) {
					said.add(sentence);
				}
			});
	}

	private static BooleanSupplier after(final int questions) {
		final int[] asked = new int[1];
		return () -> asked[0]++ >= questions;
	}

	@Test
	void aFolderWithFilesOfOthersIsLeftAloneAndNamed() throws IOException {
		final Path image = Files.createDirectories(training.resolve("images"))
			.resolve("cell1.tif");
		Files.write(image, new byte[] { 1 });
		Files.write(training.resolve("notes.txt"), new byte[] { 2 });
		final String message = assertThrows(IllegalArgumentException.class,
			() -> job(plan()).overwrite(true).run()).getMessage();
		assertTrue(message.contains("images, notes.txt") && message.contains(
			"cells.training") && message.contains("another name"), message);
		assertTrue(Files.exists(image) && Files.exists(training.resolve(
			"notes.txt")), "files are there");
		assertEquals(0, engine.created, "nothing was started");
	}

	@Test
	void theFilesOfATrainingAreNoneOfOthers() throws IOException {
		job(plan()).cancelled(after(1)).run();
		assertTrue(Files.isDirectory(training), "it was stopped");
		Files.createDirectory(training.resolve(".part-checkpoint-00000009"));
		Files.createFile(training.resolve(".plan.json.part"));
		Files.createFile(training.resolve(".DS_Store"));
		TrainJob.checkTarget(model, true, false);
		Files.createFile(training.resolve("checkpoint-1"));
		assertThrows(IllegalArgumentException.class, () -> TrainJob.checkTarget(
			model, true, false));
	}

	@Test
	void aFileInThePlaceOfTheFolderIsNamed() throws IOException {
		Files.write(training, new byte[] { 1 });
		final String message = assertThrows(IllegalArgumentException.class,
			() -> TrainJob.checkTarget(model, true, false)).getMessage();
		assertTrue(message.contains("cells.training"), message);
	}

	@Test
	void anUnfinishedTrainingOutlivesACheckThatFails() throws IOException {
		job(plan()).cancelled(after(3)).run();
		final long checkpoints = Files.list(training).count();
		assertThrows(IllegalArgumentException.class, () -> job(plan()).overwrite(
			true).execution(ExecutionConfig.auto().withDevice("gpu:7")).run());
		assertEquals(checkpoints, Files.list(training).count());
		Files.delete(model);
		job(plan()).resume(true).run();
		assertTrue(Files.exists(model), "it was resumed");
	}

	@Test
	void anUntrainedModelReplacesNone() throws IOException {
		Files.write(model, new byte[] { 1, 2, 3 });
		final TrainingResult end = job(plan()).overwrite(true).cancelled(() -> true)
			.run();
		assertEquals(0, end.updates());
		assertArrayEquals(new byte[] { 1, 2, 3 }, Files.readAllBytes(model));
		assertTrue(said.stream().anyMatch(s -> s.contains(
			"before the first update") && s.contains("cells.zip")), said.toString());
		assertFalse(Files.exists(training), "there is nothing to resume");
	}

	@Test
	void anUntrainedModelIsNotWrittenEither() throws IOException {
		job(plan()).cancelled(() -> true).run();
		assertFalse(Files.exists(model), "an untrained model is of no use");
	}

	/** More cores would make the network wider, were it derived again. */
	@Test
	void whatWasDerivedWhenATrainingBeganStaysWhenItGoesOn() throws IOException {
		final TrainingPlan plan = Preset.AUTO.plan().with(
			"patchSize=16, updatesPerEpoch=2");
		job(plan).execution(threads(2)).cancelled(after(3)).run();
		final String features = ModelPackage.text(model, ModelPackage.PLAN).get()
			.replaceAll("(?s).*(\"features\": \\[[^]]*]).*", "$1");
		assertTrue(said.stream().anyMatch(s -> s.startsWith(
			"There are 2 processor cores and 20 minutes")), said.toString());
		said.clear();
		assertEquals(TrainingResult.Status.CANCELLED, job(plan).execution(threads(
			64)).resume(true).cancelled(after(5)).run().status());
		assertTrue(ModelPackage.text(model, ModelPackage.PLAN).get().contains(
			features), features);
		assertTrue(said.stream().noneMatch(s -> s.contains("processor cores")), said
			.toString());
		assertTrue(Files.readString(folder.resolve("cells.html")).contains(
			"There are 2 processor cores and 20 minutes"), "reasons in the report");
		job(plan).execution(threads(64)).overwrite(true).cancelled(after(3)).run();
		assertFalse(ModelPackage.text(model, ModelPackage.PLAN).get().contains(
			features), "begun anew it is wider than " + features);
	}

	private static ExecutionConfig threads(final int number) {
		return new ExecutionConfig("cpu", Precision.AUTO, number);
	}

	@Test
	void objectsGrowBackOverTheLineThatThePlanCuts() throws IOException {
		final int[] ridges = { 0, 1, 3 };
		final int[] growth = { 0, 3, 5 };
		for (int i = 0; i < ridges.length; i++) {
			job(TrainingPlan.fromJson(
				"{ \"target\": { \"border\": 0, \"ridgeWidth\": " + ridges[i] + " } }")
				.toBuilder().network(plan().network()).patchSize(32, 32).batchSize(1)
				.length(TrainingLength.updates(1)).build()).overwrite(true).run();
			assertEquals(growth[i], ModelPackage.describe(model).postprocessing()
				.ridgeWidth(), "ridge " + ridges[i]);
		}
	}

	@Test
	void theModelKnowsNothingOfTheImagesHeldOut() throws IOException {
		final ArrayImg<FloatType, FloatArray> grey = ArrayImgs.floats(SIZE, SIZE,
			1);
		grey.forEach(pixel -> pixel.set(60000));
		final RawSample bright = new RawSample("b", grey, sample("b").labels());
		new TrainJob(input(Arrays.asList(sample("a"), bright), "b"), plan(), model,
			engine).run();
		final double[] percentiles = ModelPackage.describe(model).statistics().get(
			0).percentiles();
		assertEquals(200, percentiles[percentiles.length - 1]);
	}

	@Test
	void imagesThatAreExcludedNeedNoLabels() throws IOException {
		final Path images = Files.createDirectory(folder.resolve("images"));
		final Path labels = Files.createDirectory(folder.resolve("labels"));
		SampleFiles.write(Arrays.asList(sample("a"), sample("b")), folder, false);
		Files.delete(labels.resolve("b.tif"));
		assertEquals(1, TrainingImages.ofFolders(images, labels, "b",
			ChannelSelection.all()).samples().size());
	}

	@Test
	void imagesAsReadAreGivenUpBeforeTheTraining() throws IOException {
		final List<WeakReference<ArrayImg<FloatType, FloatArray>>> raw =
			new ArrayList<>();
		final boolean[] held = new boolean[1];
		engine.onLearn = () -> {
			System.gc();
			held[0] |= raw.stream().anyMatch(r -> r.get() != null);
		};
		watched(raw).run();
		assertEquals(2, raw.size());
		assertFalse(held[0], "raw images were held while training");
		assertTrue(Files.exists(model),
			"the model has its test image all the same");
	}

	private TrainJob watched(
		final List<WeakReference<ArrayImg<FloatType, FloatArray>>> raw)
	{
		final List<RawSample> samples = new ArrayList<>();
		for (final String name : Arrays.asList("a", "b")) {
			final ArrayImg<FloatType, FloatArray> image = ArrayImgs.floats(SIZE, SIZE,
				1);
			image.forEach(pixel -> pixel.set(1));
			image.getAt(9, 9, 0).set(5);
			raw.add(new WeakReference<>(image));
			samples.add(new RawSample(name, image, sample(name).labels()));
		}
		return new TrainJob(input(samples, ""), plan(), model, engine);
	}

	@Test
	void curvesAndHistoryLieBesideTheModel() throws IOException {
		job(plan()).run();
		assertTrue(ImageFiles.open(folder.resolve("cells_training.png"))
			.getWidth() > 600, "curves");
		final History history = History.read(folder.resolve("cells_training.csv"));
		assertEquals(2, history.rows().size());
		assertEquals(4, history.rows().get(1).updates());
	}

	@Test
	void whatLiesInThePlaceOfTheCurvesIsNotReplacedUnasked() throws IOException {
		final Path notes = Files.writeString(folder.resolve("cells_training.csv"),
			"mine");
		final String message = assertThrows(IllegalArgumentException.class,
			() -> job(plan()).run()).getMessage();
		assertTrue(message.contains("cells_training.csv") && message.contains(
			"overwrite=true"), message);
		assertEquals("mine", Files.readString(notes));
		assertEquals(0, engine.created, "nothing was started");
		job(plan()).overwrite(true).run();
		assertEquals(2, History.read(notes).rows().size());
		Files.delete(model);
		Files.delete(folder.resolve("cells.html"));
		job(plan()).run();
		assertTrue(Files.exists(model), "curves of a model that is gone");
		Files.delete(model);
		Files.delete(folder.resolve("cells.html"));
		Files.delete(notes);
		assertThrows(IllegalArgumentException.class, () -> job(plan()).run(),
			"a picture alone");
	}

	@Test
	void theCurvesInAFolderOfImagesAreNoImage() throws IOException {
		final Path images = Files.createDirectory(folder.resolve("images"));
		SampleFiles.write(Arrays.asList(sample("a"), sample("b")), folder, false);
		model = images.resolve("cells.zip");
		job(plan()).run();
		assertTrue(Files.exists(images.resolve("cells_training.png")));
		assertEquals(2, TrainingImages.ofFolders(images, folder.resolve("labels"),
			"", ChannelSelection.all()).samples().size());
	}

	@Test
	void aDiscardedTrainingWritesNoModelAndCanBeResumed() throws IOException {
		Files.write(model, new byte[] { 1, 2, 3 });
		final TrainJob job = job(plan()).overwrite(true);
		final TrainingResult end = job.discarded(after(3)).run();
		assertEquals(TrainingResult.Status.CANCELLED, end.status());
		assertFalse(job.isWritten());
		assertArrayEquals(new byte[] { 1, 2, 3 }, Files.readAllBytes(model));
		assertFalse(Files.exists(folder.resolve("cells_training.png")));
		assertTrue(said.stream().anyMatch(s -> s.contains("resume=true") && s
			.contains("left as it was") && s.contains("delete the folder '" +
				training)), said.toString());
		final TrainJob resumed = job(plan()).resume(true);
		assertEquals(4, resumed.run().updates());
		assertTrue(resumed.isWritten());
		assertEquals(2, History.read(folder.resolve("cells_training.csv")).rows()
			.size());
	}

	/** Calibration and thresholds would be missing. */
	@Test
	void aTrainingThatHasEndedCanStillBeDiscardedAndFinishedLater()
		throws IOException
	{
		final boolean[] late = new boolean[1];
		final TrainJob job = job(plan()).discarded(() -> late[0]).listener(
			new TrainingListener()
			{

				@Override
				public void finished(final TrainingResult result) {
					late[0] = true;
				}
			});
		assertEquals(TrainingResult.Status.FINISHED, job.run().status());
		assertFalse(job.isWritten());
		assertFalse(Files.exists(model));
		final TrainJob resumed = job(plan()).resume(true);
		assertEquals(4, resumed.run().updates());
		assertTrue(resumed.isWritten());
		assertFalse(Files.exists(training), "nothing is left to do");
	}

	@Test
	void predictionsForValidationImagesCanBeSeen() throws IOException {
		final List<Comparison> seen = new ArrayList<>();
		new TrainJob(input(Arrays.asList(sample("a"), sample("b"), sample("c")),
			"b,c"), plan(), model, engine).predictions(seen::add).run();
		assertEquals(2, seen.size());
		assertEquals("b", seen.get(0).name());
		assertEquals(1, seen.get(0).iou(), "bright is foreground");
	}

	@Test
	void predictionsEndAtTwenty() throws IOException {
		final List<RawSample> samples = new ArrayList<>();
		final StringBuilder names = new StringBuilder("s1");
		for (int i = 0; i < 23; i++) {
			samples.add(sample("s" + i));
			if (i > 1) names.append(",s").append(i);
		}
		final int[] seen = new int[1];
		new TrainJob(input(samples, names.toString()), plan(), model, engine)
			.predictions(c -> seen[0]++).listener(new TrainingListener()
			{

				@Override
				public void message(final String sentence) {
					said.add(sentence);
				}
			}).run();
		assertEquals(20, seen[0]);
		assertTrue(said.contains(
			"Predictions are shown for 20 of the 22 validation images."), said
				.toString());
	}
}
