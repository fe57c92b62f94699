
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
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import javax.imageio.ImageIO;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.train.RateCurve;
import sc.fiji.unet.train.RateRange;
import sc.fiji.unet.train.RateRangeResult;
import sc.fiji.unet.train.Trainer;
import sc.fiji.unet.train.TrainingListener;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.train.TrainingResult;

/** A range test by itself, and before a training, with an engine that obeys. */
class RateSearchTest {

	private static final int SIZE = 32;
	private static final double PLANNED = TrainJobTest.plan().learningRate();

	@TempDir
	Path folder;

	private final BrightEngine engine = new BrightEngine();
	private final List<String> said = new ArrayList<>();
	private int learnt;
	private int tested;
	private Path model;

	/** Of the test's 50 losses the 25th is half way down. */
	@BeforeEach
	void prepare() {
		model = folder.resolve("cells.zip");
		engine.onLearn = () -> {
			engine.loss = learnt >= 50 ? 0.3 : learnt > 40 ? 2 : 1 - 0.7 / (1 + Math
				.exp(25 - learnt));
			learnt++;
		};
	}

	private static TrainingInput input() {
		final List<RawSample> samples = new ArrayList<>();
		for (final String name : Arrays.asList("a", "b")) {
			final float[] grey = new float[SIZE * SIZE];
			final int[] labels = new int[SIZE * SIZE];
			Arrays.fill(grey, 300, 600, 200);
			Arrays.fill(labels, 300, 600, 1);
			samples.add(new RawSample(name, ArrayImgs.floats(grey, SIZE, SIZE, 1),
				ArrayImgs.ints(labels, SIZE, SIZE)));
		}
		return TrainingInput.of(TrainingImages.of("cells", samples)).withLabels(
			LabelKind.MASK, OptionalInt.empty()).withValidation("", 0);
	}

	private TrainJob training() {
		return new TrainJob(input(), TrainJobTest.plan(), model, engine).rateTest(
			true).listener(new TrainingListener()
		{

				@Override
				public void message(final String sentence) {
					said.add(sentence);
				}

				@Override
				public void rateTest(final int update, final int total,
					final double rate, final double loss)
			{
					assertEquals(++tested, update);
				}
			});
	}

	private static TrainingPlan planOf(final Path model) throws IOException {
		try (ModelPackage pack = ModelPackage.open(model)) {
			return PlanFile.read(pack.attachments().get(ModelPackage.PLAN), p -> p);
		}
	}

	private String said() {
		return String.join("\n", said);
	}

	@Test
	void trainingTakesTheRateThatTheTestSuggests() throws IOException {
		final TrainingResult result = training().run();
		assertEquals(4, result.updates());
		assertEquals(54, learnt, "50 updates of the test, 4 of the training");
		assertEquals(50, tested);
		final double rate = planOf(model).learningRate();
		assertEquals(RateRange.usual().rate(25), rate, 0.05 * rate);
		assertEquals(PLANNED, 0.003);
		assertTrue(said().contains("It suggests the learning rate 0.0037, "),
			said());
		assertTrue(said().contains(
			"Training takes the learning rate 0.0037 instead of 0.003 of its plan. The test took "),
			said());
		try (ModelPackage pack = ModelPackage.open(model)) {
			final Map<String, Path> files = pack.attachments();
			final RateCurve curve = RateCurve.read(files.get(ModelPackage.RATE_TEST));
			assertEquals(50, curve.updates());
			assertEquals(rate, curve.suggestion().getAsDouble());
			assertTrue(ImageIO.read(files.get(ModelPackage.RATE_PLOT).toFile())
				.getWidth() > 600);
		}
		assertFalse(Files.exists(TrainJob.training(model)), "as without a test");
	}

	@Test
	void withoutASuggestionThePlansRateIsKept() throws IOException {
		engine.onLearn = () -> {};
		training().run();
		assertEquals(PLANNED, planOf(model).learningRate());
		assertTrue(said().contains("It suggests none") && said().contains(
			"Training keeps the learning rate 0.003 of its plan"), said());
	}

	private BooleanSupplier afterLearning(final int batches) {
		return () -> learnt >= batches;
	}

	@Test
	void aResumedTrainingKeepsItsRate() throws IOException {
		training().cancelled(afterLearning(52)).run();
		final Path checkpoints = TrainJob.training(model);
		assertEquals(0.0037, Trainer.plan(checkpoints).learningRate());
		assertTrue(Files.exists(checkpoints.resolve("learning_rate_test.csv")));
		Files.delete(model);
		final int before = learnt;
		assertEquals(TrainingResult.Status.FINISHED, training().resume(true).run()
			.status());
		assertEquals(before + 2, learnt, "no second test");
		assertTrue(said().contains("goes on at its learning rate, 0.0037"), said());
		assertEquals(0.0037, planOf(model).learningRate());
		try (ModelPackage pack = ModelPackage.open(model)) {
			assertTrue(pack.attachments().containsKey(ModelPackage.RATE_TEST));
		}
	}

	/** Killed between the test and the first checkpoint. */
	@Test
	void aTestOfATrainingThatNeverBeganIsForgotten() throws IOException {
		final Path left = Files.createDirectory(TrainJob.training(model)).resolve(
			"learning_rate_test.csv");
		Files.writeString(left, "update,learning_rate,loss,smoothed_loss\n");
		TrainJob.checkTarget(model, false, false);
		training().rateTest(false).resume(true).run();
		try (ModelPackage pack = ModelPackage.open(model)) {
			assertFalse(pack.attachments().containsKey(ModelPackage.RATE_TEST));
		}
	}

	@Test
	void aCancelledTestChangesNothing() throws IOException {
		training().rateTest(false).cancelled(afterLearning(2)).run();
		Files.delete(model);
		final TrainingPlan unfinished = Trainer.plan(TrainJob.training(model));
		assertThrows(CancellationException.class, () -> training().overwrite(true)
			.cancelled(afterLearning(9)).run());
		assertEquals(unfinished, Trainer.plan(TrainJob.training(model)));
		assertFalse(Files.exists(model), "nothing was trained");
	}

	private RangeTestJob test(final Path plot, final boolean overwrite) {
		return new RangeTestJob(input(), TrainJobTest.plan(), RateRange.usual(),
			engine).output(plot, overwrite).listener(said::add);
	}

	@Test
	void aTestByItselfLeavesPlotAndTable() throws IOException {
		final Path plot = folder.resolve("rates.png");
		final RateRangeResult result = test(plot, false).run();
		assertEquals(0.0037, result.suggestion().getAsDouble());
		assertTrue(ImageIO.read(plot.toFile()).getWidth() > 600);
		assertEquals(result.curve().toCsv(), Files.readString(folder.resolve(
			"rates.csv")));
		assertTrue(said().contains("rates.png and rates.csv"), said());
		Files.delete(plot);
		final String message = assertThrows(IllegalArgumentException.class,
			() -> test(plot, false).run()).getMessage();
		assertTrue(message.contains("rates.csv' exists already"), message);
		assertEquals(50, learnt, "not a second time");
		learnt = 0;
		test(plot, true).run();
		assertTrue(Files.exists(plot));
	}

	@Test
	void whereNothingCanBeWrittenNothingIsStarted() {
		for (final String[] name : new String[][] { { "rates.tif",
			"must have a name that ends in .png" }, { "none/rates.png",
				"There is no folder" } })
		{
			final String message = assertThrows(IllegalArgumentException.class,
				() -> test(folder.resolve(name[0]), false).run()).getMessage();
			assertTrue(message.contains(name[1]), message);
		}
		assertEquals(0, engine.created);
		final Path capitals = folder.resolve("RATES.PNG");
		RangeTestJob.checkOutput(capitals, false);
		assertEquals(folder.resolve("RATES.csv"), RangeTestJob.table(capitals));
	}

	@Test
	void aCancelledTestLeavesWhatItHasFound() throws IOException {
		final Path plot = folder.resolve("rates.png");
		final RateRangeResult result = test(plot, false).cancelled(afterLearning(7))
			.run();
		assertEquals(RateRangeResult.End.CANCELLED, result.end());
		assertEquals(8, Files.readAllLines(folder.resolve("rates.csv")).size());
		final Path other = folder.resolve("other.png");
		test(other, false).cancelled(() -> true).run();
		assertFalse(Files.exists(other), "there is nothing to be seen");
	}
}
