
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.process.FloatProcessor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.Comparison;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.network.BoxNetwork;
import sc.fiji.unet.network.CalibratedNetwork;
import sc.fiji.unet.network.Calibration;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkException;
import sc.fiji.unet.network.NetworkLostException;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.segment.TileProgress;
import sc.fiji.unet.train.TrainingListener;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.train.TrainingResult;

/**
 * From a training to calibrated probabilities. The network says sigmoid(20 (v -
 * 0.5)) of grey value v, but the truth is sigmoid(10 (v - 0.5) + 1): it is
 * twice too sure, and says too little.
 */
class ModelCalibrationTest {

	private static final int SIZE = 96;

	@TempDir
	Path folder;

	private final BrightEngine engine = new BrightEngine();
	private final List<String> said = new ArrayList<>();
	private Path model;

	@BeforeEach
	void names() {
		model = folder.resolve("cells.zip");
	}

	private static TrainingPlan plan() {
		return TrainJobTest.plan().toBuilder().preprocessing(Preprocessing.minMax())
			.build();
	}

	private static float[] grey(final long seed) {
		final SplittableRandom random = new SplittableRandom(seed);
		final float[] grey = new float[SIZE * SIZE];
		for (int i = 2; i < grey.length; i++)
			grey[i] = (float) random.nextDouble();
		grey[1] = 1;
		return grey;
	}

	private static RawSample sample(final String name, final long seed) {
		final float[] grey = grey(seed);
		final SplittableRandom random = new SplittableRandom(-seed);
		final int[] labels = new int[grey.length];
		for (int i = 0; i < grey.length; i++)
			labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-10 * (grey[i] -
				0.5) - 1)) ? 255 : 0;
		return new RawSample(name, ArrayImgs.floats(grey, SIZE, SIZE, 1), ArrayImgs
			.ints(labels, SIZE, SIZE));
	}

	private static TrainingInput input(final String heldOut) {
		return TrainingInput.of(TrainingImages.of("noise", Arrays.asList(sample("a",
			1), sample("b", 2), sample("c", 3)))).withLabels(LabelKind.MASK,
				OptionalInt.empty()).withValidation(heldOut, 0);
	}

	private TrainJob job(final String heldOut) {
		return new TrainJob(input(heldOut), plan(), model, engine).listener(
			new TrainingListener()
			{

				@Override
				public void message(final String sentence) {
					said.add(sentence);
				}
			});
	}

	private String sentence() {
		return said.stream().filter(s -> s.startsWith("Probabilities are"))
			.findFirst().orElse("nothing of calibration in " + said);
	}

	private static void assertCalibrated(final ModelDescription found) {
		final Calibration calibration = found.calibration();
		assertEquals(2, calibration.temperature(), 0.1, calibration.toString());
		assertEquals(2, calibration.biases()[0], 0.25, calibration.toString());
	}

	@Test
	void aTrainingEndsWithCalibratedProbabilities() throws IOException {
		job("b,c").run();
		final ModelDescription found = ModelPackage.describe(model);
		assertCalibrated(found);
		assertTrue(said.stream().anyMatch(s -> s.contains(
			"held out, objects are best taken as what hangs together")), said
				.toString());
		assertTrue(sentence().startsWith(
			"Probabilities are calibrated on 2 images held out: temperature"),
			sentence());
		assertTrue(sentence().contains("error is 1.") || sentence().contains(
			"error is 0."), sentence());
		final String report = Files.readString(folder.resolve("cells.html"));
		assertTrue(report.contains("Of the pixels with a probability of 0.8, ") &&
			report.contains("as Segment gives it"), "the report says so");
		final int[] percent = Arrays.stream(report.replaceAll(
			"(?s).*probability of 0.8, (\\d+) % are foreground; without calibration it would be (\\d+) %.*",
			"$1 $2").split(" ")).mapToInt(Integer::parseInt).toArray();
		assertEquals(80, percent[0], 5);
		assertEquals(84, percent[1], 5, "sigmoid(0.7 + 1)");
		assertSegmented(found.calibration());
	}

	/** What Segment shows is what the network says, calibrated by hand. */
	private void assertSegmented(final Calibration calibration)
		throws IOException
	{
		final float[] grey = grey(9);
		try (SegmentJob job = SegmentJob.open(model, engine, ExecutionConfig
			.auto()))
		{
			final float[] shown = job.probabilities(true).run(ImageInput.of(
				new ImagePlus("n", new FloatProcessor(SIZE, SIZE, grey)),
				ChannelSelection.all()), () -> false, TileProgress.NONE).probabilities()
				.get(0).update(null).getCurrentStorageArray();
			for (int i = 0; i < grey.length; i++)
				assertEquals(calibration.apply(1 / (1 + Math.exp(-20 * (grey[i] -
					0.5)))), shown[i], 1e-4, "grey value " + grey[i]);
		}
	}

	@Test
	void imagesHeldOutArePredictedOnce() throws IOException {
		final int[] predictions = new int[1];
		engine.onPredict = () -> predictions[0]++;
		final List<Comparison> seen = new ArrayList<>();
		job("b,c").predictions(seen::add).run();
		assertEquals(2, predictions[0]);
		assertEquals(2, seen.size());
		final Calibration calibration = ModelPackage.describe(model).calibration();
		final float raw = (float) (1 / (1 + Math.exp(-20 * (grey(2)[50] - 0.5))));
		assertEquals(calibration.apply(raw), seen.get(0).probabilities().getAt(50,
			0, 0).get(), 1e-4);
	}

	@Test
	void withoutImagesHeldOutNothingIsChanged() throws IOException {
		job("").run();
		assertTrue(ModelPackage.describe(model).calibration().isIdentity());
		assertEquals(0.5, ModelPackage.describe(model).postprocessing()
			.threshold());
		assertEquals(
			"Probabilities are not calibrated, because no image was held out.",
			sentence());
		assertTrue(Files.readString(folder.resolve("cells.html")).contains(
			sentence()));
	}

	@Test
	void whoIsInAHurryIsNotKeptAndTheRestIsMadeUpFor() throws IOException {
		final int[] asked = new int[1];
		job("b,c").cancelled(() -> asked[0]++ >= 3).run();
		assertTrue(ModelPackage.describe(model).calibration().isIdentity());
		assertEquals(
			"Probabilities are not calibrated, because the training was stopped in a hurry.",
			sentence());
		job("b,c").resume(true).run();
		assertCalibrated(ModelPackage.describe(model));
	}

	@Test
	void whoStopsAndWaitsForPredictionsGetsThemCalibrated() throws IOException {
		final int[] asked = new int[1];
		final List<Comparison> seen = new ArrayList<>();
		job("b,c").cancelled(() -> asked[0]++ >= 3).predictions(seen::add).run();
		assertCalibrated(ModelPackage.describe(model));
		assertEquals(2, seen.size());
	}

	@Test
	void stoppingWhileItPredictsKeepsTheModel() throws IOException {
		final boolean[] stop = new boolean[1];
		engine.onPredict = () -> stop[0] = true;
		job("b,c").cancelled(() -> stop[0]).run();
		assertCalibrated(ModelPackage.describe(model));
		assertTrue(sentence().contains("on 1 image held out") && sentence()
			.endsWith("Other images held out were not used: it was stopped."),
			sentence());
		said.clear();
		stop[0] = false;
		final TrainJob job = job("b,c").overwrite(true).cancelled(() -> stop[0])
			.listener(new TrainingListener()
			{

				@Override
				public void finished(final TrainingResult result) {
					stop[0] = true;
				}
			});
		assertEquals(TrainingResult.Status.FINISHED, job.run().status());
		assertTrue(job.isWritten());
		assertEquals("Probabilities are not calibrated, because it was stopped.",
			sentence());
	}

	@Test
	void anEngineThatFailsOrDiesCostsNoModel() throws IOException {
		engine.onPredict = () -> {
			throw new NetworkException("no memory.");
		};
		job("b,c").run();
		assertTrue(ModelPackage.describe(model).calibration().isIdentity());
		assertTrue(sentence().contains("because predicting failed: ") && sentence()
			.contains("no memory"), sentence());
		final int before = engine.created;
		engine.onPredict = () -> {
			throw new NetworkLostException("The process has died.");
		};
		final TrainJob job = job("b,c").overwrite(true);
		job.run();
		assertTrue(job.isWritten());
		assertEquals(before + 2, engine.created, "another network writes it");
	}

	/** What a kill leaves: whatever has been written until then. */
	@Test
	void whatIsKilledWhilePredictingCanBeResumed() throws IOException {
		engine.onPredict = () -> {
			throw new IllegalStateException("killed");
		};
		assertThrows(IllegalStateException.class, () -> job("b,c").run());
		assertFalse(Files.exists(model));
		engine.onPredict = () -> {};
		final TrainingResult result = job("b,c").resume(true).run();
		assertEquals(4, result.updates());
		assertCalibrated(ModelPackage.describe(model));
		assertFalse(Files.exists(folder.resolve("cells.training")));
	}

	@Test
	void predictionsStayWithinTheirMemory() {
		final TrainingSet set = input("b,c").prepare(plan());
		final Network network = engine.create(set.plan().network(), set.plan()
			.optimizer(), ExecutionConfig.auto(), 1);
		final ValidationPredictions one = ValidationPredictions.of(network, set
			.samples().validation(), () -> false, 4L * SIZE * SIZE * 3 / 2);
		assertEquals(1, one.samples().size());
		assertEquals("b", one.samples().get(0).name());
		assertFalse(one.has(set.samples().validation().get(1)));
		assertEquals("there is no memory for more", one.remark());
		final Network resizing = new BoxNetwork(UNetConfig.builder().features(1, 1)
			.outputSize(8, 8).build(), 1);
		assertEquals("the network resizes its output", ValidationPredictions.of(
			resizing, set.samples().validation(), () -> false).remark());
	}

	/** Calibrating what was predicted is predicting what is calibrated. */
	@Test
	void predictionsOfClassesAreCalibratedAsTheNetworkIs() {
		final UNetConfig config = UNetConfig.builder().features(1, 1).classes(3)
			.padding(Padding.SAME).build();
		final Calibration calibration = new Calibration(1.7, 0.5, -0.8, 0.3);
		final Network network = new BoxNetwork(config, 5);
		final Sample sample = input("b,c").prepare(plan()).samples().validation()
			.get(0);
		final ValidationPredictions predictions = ValidationPredictions.of(network,
			Arrays.asList(sample), () -> false);
		final float[] expected = ValidationPredictions.predict(CalibratedNetwork.of(
			network, calibration), sample, () -> false);
		assertEquals(3 * sample.labels().size(), expected.length);
		assertArrayEquals(expected, predictions.calibrated(calibration)
			.probabilities(sample), 1e-5f);
		assertArrayEquals(ValidationPredictions.predict(network, sample,
			() -> false), predictions.probabilities(sample), 0f);
	}
}
