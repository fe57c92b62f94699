
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.network.NetworkLostException;
import sc.fiji.unet.train.Preset;
import sc.fiji.unet.train.Trainer;
import sc.fiji.unet.train.TrainingListener;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.train.TrainingResult;
import sc.fiji.unet.train.TrainingResult.Status;

/**
 * The trial of border class and border weights as a part of a training, cut
 * short by a loss that is no number, or stopped.
 */
class TrialInTrainingTest {

	private static final String ANNOUNCED = "is tried first";
	private static final String OUTCOME =
		"by a class for their borders and 0.000 by weights";

	private final BrightEngine engine = new BrightEngine();
	private final List<String> said = new ArrayList<>();
	private boolean stop;
	private boolean stopInTrial;

	@TempDir
	Path folder;
	private Path model;

	@BeforeEach
	void names() {
		model = folder.resolve("cells.zip");
	}

	private TrainJob job() {
		stop = false;
		said.clear();
		final TrainingPlan plan = Preset.AUTO.plan().with(
			"patchSize=16, updatesPerEpoch=2");
		return new TrainJob(TrainJobTest.input(Arrays.asList(BorderTrialTest
			.squares("a", 0), BorderTrialTest.squares("b", 0)), "b"), plan, model,
			engine).cancelled(() -> stop).listener(new TrainingListener()
		{

				@Override
				public void step(final long update, final long total, final double loss,
					final double rate, final double secondsLeft)
			{
					stop = true;
				}

				@Override
				public void trial(final String what, final long update,
					final long total, final double loss)
			{
					stop = stopInTrial;
				}

				@Override
				public void message(final String sentence) {
					said.add(sentence);
				}
			});
	}

	/** Two networks that come to nothing, then the one that is trained. */
	private TrainingResult train(final boolean resume) throws IOException {
		final int before = engine.created;
		engine.onLearn = () -> engine.loss = !resume && engine.created <= before + 2
			? Double.NaN : 0.5;
		return job().resume(resume).run();
	}

	private boolean isSaid(final String words) {
		return said.stream().anyMatch(sentence -> sentence.contains(words));
	}

	@Test
	void itIsMadeOnceAndRemembered() throws IOException {
		assertEquals(Status.CANCELLED, train(false).status());
		assertEquals(3, engine.created);
		assertTrue(isSaid(ANNOUNCED) && isSaid(OUTCOME), said.toString());
		assertTrue(ModelPackage.text(model, ModelPackage.PLAN).get().contains(
			"\"border\": 0.4"), "plan");
		assertTrue(Files.readString(folder.resolve("cells.html")).contains(OUTCOME),
			"report");
		assertEquals(2, train(true).updates());
		assertEquals(4, engine.created, "it was not made again");
		assertTrue(!isSaid(ANNOUNCED), said.toString());
		assertTrue(Files.readString(folder.resolve("cells.html")).contains(OUTCOME),
			"report of the training that went on");
	}

	@Test
	void whatWasThereOutlivesAStopOrTheLossOfItsEngine() throws IOException {
		train(false);
		final byte[] before = Files.readAllBytes(model);
		engine.onLearn = () -> engine.loss = 0.5;
		stopInTrial = true;
		assertThrows(CancellationException.class, () -> job().overwrite(true)
			.run());
		assertTrue(isSaid("neither a model nor anything to resume"), said
			.toString());
		engine.onLearn = () -> {
			throw new NetworkLostException("The process is gone.");
		};
		final String message = assertThrows(NetworkLostException.class, () -> job()
			.overwrite(true).run()).getMessage();
		assertTrue(message.contains("nothing to resume"), message);
		assertArrayEquals(before, Files.readAllBytes(model));
		assertEquals(2, train(true).updates());
		assertTrue(Trainer.isResumable(TrainJob.training(model)));
	}
}
