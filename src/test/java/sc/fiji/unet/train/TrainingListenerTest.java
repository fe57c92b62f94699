
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import net.imglib2.img.array.ArrayImgs;

import sc.fiji.unet.data.Sample;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Readout;
import sc.fiji.unet.network.UNetConfig;

/** What listeners hear of a training. */
class TrainingListenerTest {

	@TempDir
	Path folder;

	private final Notes notes = new Notes();

	private Trainer trainer(final TrainingPlan plan, final FakeNetwork network) {
		return new Trainer(plan, network, Fixture.data(), folder).listener(notes);
	}

	/** Puts the tiles together: each pixel has what the network says of it. */
	@Test
	void whoWantsItGetsThePredictionForTheFirstValidationImage()
		throws IOException
	{
		final TrainingPlan plan = Fixture.plan().build();
		final FakeNetwork network = new FakeNetwork(plan);
		final int[] looks = new int[3];
		trainer(plan, network).listener(new TrainingListener() {

			@Override
			public boolean wantsPrediction() {
				return true;
			}

			@Override
			public void prediction(final ValidationPrediction prediction) {
				looks[0]++;
				assertEquals("image100", prediction.name());
				assertSameAsNetwork(network, prediction);
			}
		}).listener(new TrainingListener() {

			@Override
			public void validation(final long batch, final long batches) {
				looks[1] += batch == batches ? 1 : 0;
			}

			@Override
			public void prediction(final ValidationPrediction prediction) {
				looks[2]++;
			}
		}).run();
		assertArrayEquals(new int[] { 3, 3, 0 }, looks,
			"predictions, validations, predictions that nobody wanted");
	}

	private static void assertSameAsNetwork(final FakeNetwork network,
		final ValidationPrediction prediction)
	{
		final Sample sample = Fixture.data().validation().get(0);
		final float[] grey = sample.image().update(null).getCurrentStorageArray();
		assertArrayEquals(grey, prediction.image().update(null)
			.getCurrentStorageArray());
		assertArrayEquals(sample.labels().update(null).getCurrentStorageArray(),
			prediction.labels().update(null).getCurrentStorageArray());
		final float[] found = prediction.probabilities().update(null)
			.getCurrentStorageArray();
		final double[] weights = network.averages();
		for (int i = 0; i < grey.length; i++)
			assertEquals(1 / (1 + Math.exp(-weights[0] * grey[i] - weights[1])),
				found[i], 1e-6, "pixel " + i);
	}

	@Test
	void ofALargeImageTheMiddleIsShown() {
		final int width = 3000;
		final int height = 7;
		final float[] grey = new float[width * height];
		final float[] probabilities = new float[3 * grey.length];
		final int[] labels = new int[grey.length];
		for (int i = 0; i < grey.length; i++) {
			labels[i] = i;
			grey[i] = i;
			// Foreground in every tenth column, inside in every twentieth.
			probabilities[3 * i + (i % 20 == 0 ? 1 : i % 10 == 0 ? 2 : 0)] = 1;
		}
		final ValidationPrediction prediction = ValidationPrediction.of(new Sample(
			"wide", ArrayImgs.floats(grey, width, height, 1), ArrayImgs.ints(labels,
				width, height)), probabilities, Readout.of(UNetConfig.builder()
					.objectsWithBorder().build()), Postprocessing.plain().withSeeds(0.5));
		assertArrayEquals(new long[] { 1024, 7 }, prediction.labels()
			.dimensionsAsLongArray());
		final int[] shown = prediction.labels().update(null)
			.getCurrentStorageArray();
		final int[] objects = prediction.objects().get().update(null)
			.getCurrentStorageArray();
		assertEquals(988, shown[0]);
		for (int i = 0; i < shown.length; i++) {
			assertEquals(shown[i] % 10 == 0 ? 1 : 0, prediction.probabilities()
				.update(null).getCurrentStorageArray()[i], 0, "pixel " + shown[i]);
			assertEquals(shown[i] % 20 == 0, objects[i] > 0, "pixel " + shown[i]);
		}
	}

	@Test
	void theStartTellsWhatIsTrainedOnAndWhatWasBefore() throws IOException {
		final TrainingPlan plan = Fixture.plan().build();
		trainer(plan, new FakeNetwork(plan)).cancelled(() -> notes.rows.size() == 2)
			.run();
		assertEquals(4, notes.start.updatesPerEpoch());
		assertEquals(3, notes.start.trainingNames().size());
		assertEquals("image100", notes.start.validationNames().get(0));
		assertEquals(0, notes.start.epochs().size());
		final List<History.Row> before = new ArrayList<>(notes.rows);
		trainer(plan, new FakeNetwork(plan)).resume();
		assertEquals(before, notes.start.epochs());
	}

	@Test
	void aRecordCountsEpochsAndWhatIsLeftOfThem() throws IOException {
		final TrainingPlan plan = Fixture.plan().length(TrainingLength.updates(10))
			.build();
		final TrainingRecord record = new TrainingRecord();
		final List<String> seen = new ArrayList<>();
		trainer(plan, new FakeNetwork(plan)).listener(record).listener(
			new TrainingListener()
			{

				@Override
				public void step(final long update, final long total, final double loss,
					final double rate, final double secondsLeft)
			{
					seen.add(record.epoch() + "/" + record.totalEpochs() + " " + record
						.updateInEpoch() + "/" + record.updatesInEpoch());
					assertNull(record.result());
				}

				@Override
				public void validation(final long batch, final long batches) {
					assertEquals((double) batch / batches, record.validationShare());
				}
			}).run();
		assertEquals("1/3 1/4", seen.get(0));
		assertEquals("1/3 4/4", seen.get(3));
		assertEquals("3/3 1/2", seen.get(8));
		assertEquals("3/3 2/2", seen.get(9));
		assertEquals(10, record.trace().size());
		assertEquals(notes.rows, record.epochs());
		assertEquals(notes.result, record.result());
		assertEquals(3, record.epoch());
		assertTrue(Double.isNaN(record.validationShare()));
	}

	@Test
	void aRecordOfAResumedTrainingBeginsWithTheEpochsBefore() throws IOException {
		final TrainingPlan plan = Fixture.plan().build();
		trainer(plan, new FakeNetwork(plan)).cancelled(() -> notes.updates
			.size() == 6).run();
		final TrainingRecord record = new TrainingRecord();
		final String[] first = new String[1];
		trainer(plan, new FakeNetwork(plan)).listener(record).listener(
			new TrainingListener()
			{

				@Override
				public void step(final long update, final long total, final double loss,
					final double rate, final double secondsLeft)
			{
					if (first[0] == null) first[0] = record.epoch() + "/" + record
						.totalEpochs() + " " + record.updateInEpoch() + "/" + record
							.updatesInEpoch() + " " + record.epochs().size();
				}
			}).resume();
		assertEquals("2/3 3/4 1", first[0]);
		assertEquals(3, record.epochs().size());
		assertEquals(6, record.trace().size(), "updates since the resume");
	}
}
