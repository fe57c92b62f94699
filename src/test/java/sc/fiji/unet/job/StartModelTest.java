
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.model.TestTensors;
import sc.fiji.unet.network.Axes;
import sc.fiji.unet.network.ModelReference;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.train.Preset;
import sc.fiji.unet.train.TrainingListener;
import sc.fiji.unet.train.TrainingPlan;

/** What a training takes from the model that it starts from. */
class StartModelTest {

	private static final int SIZE = 32;
	private static final UNetConfig CELLS = UNetConfig.builder().features(1, 2)
		.classNames(Arrays.asList("background", "inside", "rim")).channelNames(
			Collections.singletonList("DAPI")).axes(Axes.calibrated("um", 0.5, 0.5))
		.build();

	@TempDir
	Path folder;

	private final BrightEngine engine = new BrightEngine();
	private final List<String> said = new ArrayList<>();
	private Path cells;

	@BeforeEach
	void writeModel() throws IOException {
		cells = write("cells", CELLS);
	}

	private Path write(final String name, final UNetConfig network)
		throws IOException
	{
		final Path exported = folder.resolve("exported of " + name);
		Files.createDirectories(exported.resolve("variables"));
		Files.writeString(exported.resolve("saved_model.pb"), "graph of " + name);
		final ModelDescription d = ModelDescription.builder(name, network)
			.preprocessing(Preprocessing.zScore()).authors(Collections.singletonList(
				"A. Author")).license("CC-BY-4.0").build();
		final Path zip = folder.resolve(name + ".zip");
		ModelPackage.write(zip, d, exported, TestTensors.compute(engine, d,
			exported, null, TestTensors.size(network)), Collections.emptyMap(), true);
		return zip;
	}

	private static void assertRefused(final String message,
		final String... words)
	{
		for (final String word : words)
			assertTrue(message.contains(word), "'" + message + "' should say '" +
				word + "'");
	}

	private static String refused(final StartModel start,
		final TrainingPlan plan)
	{
		return assertThrows(IllegalArgumentException.class, () -> StartModel.check(
			start, plan)).getMessage();
	}

	@Test
	void theModelDecidesOnNetworkAndNormalisation() throws IOException {
		final TrainingPlan preset = Preset.FAST.plan();
		final StartModel start = StartModel.read(cells);
		final TrainingPlan plan = start.onto(preset);
		assertArrayEquals(CELLS.features(), plan.network().features());
		assertEquals(Preprocessing.zScore(), plan.preprocessing());
		assertEquals(new ModelReference("cells", ModelPackage.sha256(cells)), plan
			.startFrom().get());
		assertEquals(preset.optimizer(), plan.optimizer());
		assertEquals(preset.augmentation(), plan.augmentation());
		assertEquals(preset.network().classNames(), plan.network().classNames(),
			"the images decide");
		assertEquals(preset.network().axes(), plan.network().axes());
		StartModel.check(start, plan);
		StartModel.check(start, plan.with("network.padding=same, learningRate=1"));
		StartModel.check(null, preset);
	}

	@Test
	void thePatchFitsTheNetworkOfTheModel() throws IOException {
		final StartModel deep = StartModel.read(write("deep", UNetConfig.builder()
			.features(1, 1, 1, 1, 1, 1, 1).build()));
		assertArrayEquals(new long[] { 320, 320 }, deep.onto(Preset.FAST.plan()
			.toBuilder().patchSize(272).build()).patchSize());
	}

	@Test
	void settingsThatContradictTheModelAreNamed() throws IOException {
		final StartModel start = StartModel.read(cells);
		final TrainingPlan plan = start.onto(Preset.FAST.plan());
		assertRefused(refused(start, plan.with("network.features=[4, 8]")),
			"'cells'",
			"network.features is [1,2] in the model, but [4,8] was asked for",
			"--base", "from scratch");
		assertRefused(refused(start, plan.with(
			"preprocessing.normalization=min_max, network.dropout=0.5")),
			"network.dropout is 0.0 in the model, but 0.5",
			"preprocessing.normalization is \"z_score\" in the model, but \"min_max\"");
		assertRefused(refused(start, plan.with("network.kernel=[[5, 5], [3, 3]]")),
			"network.kernel is as usual in the model, but [[5,5],[3,3]]");
	}

	@Test
	void planAndModelMustBelongTogether() throws IOException {
		final StartModel start = StartModel.read(cells);
		final StartModel other = StartModel.read(write("nuclei", CELLS));
		final TrainingPlan plan = start.onto(Preset.FAST.plan());
		assertRefused(refused(null, plan),
			"started from the model 'cells' (SHA-256 ", "--from");
		assertRefused(refused(other, plan), "started from the model 'cells'",
			"not from the model 'nuclei'", "leave the plan out");
		assertRefused(refused(start, Preset.FAST.plan()), "started from scratch");
	}

	@Test
	void whatIsNoModelIsNamed() throws IOException {
		assertRefused(assertThrows(IllegalArgumentException.class, () -> StartModel
			.read(folder.resolve("none.zip"))).getMessage(), "none.zip",
			"Name a file that exists");
		final Path text = Files.writeString(folder.resolve("text.zip"), "hello");
		assertRefused(assertThrows(IOException.class, () -> StartModel.read(text))
			.getMessage(), "text.zip is no zip archive");
		try (FileSystem content = FileSystems.newFileSystem(cells,
			(ClassLoader) null))
		{
			Files.writeString(content.getPath("weights.zip"), "damaged");
		}
		assertRefused(assertThrows(IOException.class, () -> StartModel.read(cells))
			.getMessage(), "weights.zip does not have the checksum");
	}

	@Test
	void aModelForVolumesIsRefused() throws IOException {
		final UNetConfig volumes = UNetConfig.builder().axes(Axes.uncalibrated(3))
			.features(1, 2).build();
		final StartModel start = StartModel.read(write("volumes", volumes));
		assertRefused(assertThrows(IllegalArgumentException.class, () -> start.onto(
			Preset.FAST.plan())).getMessage(), "'volumes'", "3 dimensions",
			"another model");
	}

	@Test
	void modelsOfEarlierVersionsWillDo() throws IOException {
		try (FileSystem content = FileSystems.newFileSystem(cells,
			(ClassLoader) null))
		{
			final Path rdf = content.getPath("rdf.yaml");
			final String text = Files.readString(rdf);
			final String old = text.replaceAll("(?s)    class_values:.*?(?=    \\w)",
				"");
			assertTrue(old.length() < text.length(), text);
			Files.writeString(rdf, old);
		}
		assertEquals(CELLS.features().length, StartModel.read(cells).onto(
			Preset.FAST.plan()).network().features().length);
	}

	@Test
	void sentencesSayWhatIsTakenOverAndWhatIsNew() throws IOException {
		final StartModel start = StartModel.read(cells);
		final TrainingPlan plan = start.onto(Preset.FAST.plan());
		final String binary = said(start, plan, 2, Arrays.asList("foreground"));
		assertRefused(binary, "All layers but the last come from the model 'cells'",
			"from 1 channel to 2 channels",
			"because the classes are others: foreground instead of background, inside");
		final String same = said(start, plan, 1, CELLS.classNames());
		assertRefused(same, "All layers come from the model 'cells'");
		assertFalse(same.contains("first layer") || same.contains("last layer"),
			same);
		assertRefused(said(start, plan, 1, Arrays.asList("background", "rim",
			"debris", "dirt")),
			"of the same name keep their weights: background, rim.",
			"New: debris, dirt.");
	}

	private static String said(final StartModel start, final TrainingPlan plan,
		final int channels, final List<String> classes)
	{
		final String network = "target.border=0, network.channels=" + quoted(
			Collections.nCopies(channels, "c")) + ", network.classes=" + quoted(
				classes);
		return String.join(" ", start.sentences(plan.with(network + (classes
			.size() > 1 ? ", target.kind=classes, target.classes=" + classes.size()
				: ""))));
	}

	private static String quoted(final List<String> names) {
		return "[\"" + String.join("\", \"", names) + "\"]";
	}

	@Test
	void namesOfTheModelStayWhereTheImagesHaveNone() throws IOException {
		final StartModel start = StartModel.read(cells);
		final TrainingPlan numbered = start.onto(Preset.FAST.plan()).with(
			"network.classes=[\"background\", \"class 1\", \"class 2\"], target.kind=classes, target.classes=3");
		assertEquals(CELLS.classNames(), start.named(numbered).network()
			.classNames());
		assertEquals(CELLS.channelNames(), start.named(numbered).network()
			.channelNames());
		final TrainingPlan named = numbered.with(
			"network.classes=[\"background\", \"x\", \"y\"]");
		assertEquals(named.network().classNames(), start.named(named).network()
			.classNames(), "names that were given");
	}

	@Test
	void theBorderClassIsThatOfThePlan() throws IOException {
		final UNetConfig border = UNetConfig.builder().features(1, 2)
			.objectsWithBorder().build();
		final TrainingPlan with = Preset.FAST.plan().with("target.border=0.2");
		final TrainingPlan without = with.with("target.border=0");
		for (final UNetConfig model : new UNetConfig[] { border, UNetConfig
			.builder().features(1, 2).build() })
			for (final TrainingPlan preset : new TrainingPlan[] { with, without }) {
				final StartModel start = StartModel.read(write("m", model));
				final TrainingPlan plan = start.named(start.onto(preset));
				StartModel.check(start, plan);
				assertEquals(preset.network().classNames(), plan.network()
					.classNames());
				assertEquals(preset.network().hasBorderClass(), plan.network()
					.hasBorderClass());
				assertEquals(plan, TrainingPlan.fromJson(plan.toJson()));
				assertEquals(model.hasBorderClass() == preset.network()
					.hasBorderClass(), start.sentences(plan).size() == 1, start.sentences(
						plan).toString());
			}
	}

	private TrainJob job(final StartModel start, final TrainingPlan plan,
		final Path target)
	{
		final RawSample[] samples = { sample("a"), sample("b") };
		return new TrainJob(TrainingInput.of(TrainingImages.of("c", Arrays.asList(
			samples))).withLabels(LabelKind.CLASSES, OptionalInt.empty())
			.withValidation("", 0), plan, target, engine).startFrom(start).listener(
				new TrainingListener()
				{

					@Override
					public void message(final String sentence) {
						said.add(sentence);
					}
				});
	}

	/** Two channels and two classes. */
	private static RawSample sample(final String name) {
		final int[] labels = new int[SIZE * SIZE];
		Arrays.fill(labels, 300, 500, 1);
		final float[] grey = new float[2 * labels.length];
		for (int i = 0; i < grey.length; i++)
			grey[i] = 100 * labels[i % labels.length] + i / labels.length;
		return new RawSample(name, ArrayImgs.floats(grey, SIZE, SIZE, 2), ArrayImgs
			.ints(labels, SIZE, SIZE));
	}

	private static TrainingPlan shortPlan(final StartModel start) {
		return start.onto(Preset.FAST.plan()).with(
			"updates=6, updatesPerEpoch=2, patchSize=[32, 32], batchSize=1");
	}

	@Test
	void aTrainingTakesTheWeightsOverOnceAndTheModelSaysSo() throws IOException {
		final StartModel start = StartModel.read(cells);
		final TrainingPlan plan = shortPlan(start);
		final Path target = folder.resolve("mine.zip");
		final int[] asked = new int[1];
		final BooleanSupplier soon = () -> asked[0]++ > 2;
		job(start, plan, target).cancelled(soon).run();
		assertEquals(1, engine.takenOver.size(), engine.takenOver.toString());
		assertTrue(said.toString().contains(
			"keep their weights: background. New: class 1"), said.toString());
		job(start, plan, target).resume(true).run();
		assertEquals(1, engine.takenOver.size(), "the checkpoint wins");
		final ModelDescription mine = ModelPackage.describe(target);
		assertEquals(plan.startFrom(), mine.parent());
		assertEquals(Collections.emptyList(), mine.authors());
		assertEquals(null, mine.license());
		assertEquals(2, mine.network().channels());
		final String report = Files.readString(folder.resolve("mine.html"));
		assertTrue(report.contains(plan.startFrom().get().sha256()), "checksum");
		assertTrue(report.contains("keep their weights"), "sentences");
		assertEquals(plan.startFrom(), PlanFile.read(target, p -> p).startFrom());
	}

	@Test
	void anotherStartDoesNotResume() throws IOException {
		final StartModel start = StartModel.read(cells);
		final Path target = folder.resolve("mine.zip");
		final int[] asked = new int[1];
		job(start, shortPlan(start), target).cancelled(() -> asked[0]++ > 2).run();
		final StartModel other = StartModel.read(write("nuclei", CELLS));
		assertRefused(assertThrows(IllegalArgumentException.class, () -> job(other,
			shortPlan(other), target).resume(true).run()).getMessage(),
			"started from the model 'cells'", "not from the model 'nuclei'");
	}

	@Test
	void theModelItStartsFromIsNotWrittenOver() throws IOException {
		final StartModel start = StartModel.read(cells);
		final byte[] before = Files.readAllBytes(cells);
		assertRefused(assertThrows(IllegalArgumentException.class, () -> job(start,
			shortPlan(start), cells).overwrite(true).run()).getMessage(), "cells.zip",
			"another name");
		assertArrayEquals(before, Files.readAllBytes(cells));
		assertFalse(Files.exists(folder.resolve("cells.training")));
	}

	@Test
	void aModelThatChangesMeanwhileIsNotTaken() throws IOException {
		final StartModel start = StartModel.read(cells);
		write("cells", CELLS.toBuilder().features(1, 3).build());
		assertRefused(assertThrows(IOException.class, () -> job(start, shortPlan(
			start), folder.resolve("mine.zip")).run()).getMessage(), "was changed");
		assertFalse(Files.exists(folder.resolve("mine.training")));
	}
}
