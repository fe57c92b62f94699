
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.train.TrainingLength;
import sc.fiji.unet.train.TrainingListener;
import sc.fiji.unet.train.TrainingPlan;

/**
 * Which of border class and border weights is taken, with an engine that takes
 * bright pixels for the border and half bright ones for the inside, or both for
 * foreground.
 */
class BorderTrialTest {

	private static final int SIZE = 32;
	/** Half bright, and foreground. */
	private static final float INSIDE = 130;
	/** Minutes of which the trial takes a share. */
	private static final double BRIEF = 0.05;

	private final BrightEngine engine = new BrightEngine();
	private final List<String> said = new ArrayList<>();
	private final List<String> heard = new ArrayList<>();
	private BooleanSupplier cancelled = () -> false;

	private static TrainingPlan plan(final TrainingLength length) {
		return TrainJobTest.plan().toBuilder().target(TrainJobTest.plan().target()
			.withBorder(0.4)).length(length).build();
	}

	/** Two squares with bright edges and half bright insides. */
	static RawSample squares(final String name, final int gap) {
		final float[] grey = new float[SIZE * SIZE];
		final int[] labels = new int[SIZE * SIZE];
		for (int square = 0; square < 2; square++)
			for (int y = 0; y < 12; y++)
				for (int x = 0; x < 12; x++) {
					final int i = (y + 10) * SIZE + x + 2 + square * (12 + gap);
					final boolean edge = Math.min(Math.min(x, y), 11 - Math.max(x,
						y)) < 2;
					grey[i] = edge ? 200 : INSIDE;
					labels[i] = square + 1;
				}
		return new RawSample(name, ArrayImgs.floats(grey, SIZE, SIZE, 1), ArrayImgs
			.ints(labels, SIZE, SIZE));
	}

	private BorderTrial trial(final RawSample a, final RawSample b,
		final TrainingLength length)
	{
		return trial(TrainJobTest.input(Arrays.asList(a, b), "b").prepare(plan(
			length)));
	}

	private BorderTrial trial(final TrainingSet set) {
		return new BorderTrial(set, plan -> engine.create(plan.network(), plan
			.optimizer(), ExecutionConfig.auto(), plan.seed()), Collections
				.singletonList(new TrainingListener()
				{

					@Override
					public void trial(final String what, final long update,
						final long total, final double loss)
				{
						heard.add(what);
					}

					@Override
					public void message(final String sentence) {
						said.add(sentence);
					}
				}), () -> cancelled.getAsBoolean());
	}

	@Test
	void touchingObjectsThatAClassTellsApartGetTheClass() throws IOException {
		final BorderTrial trial = trial(squares("a", 0), squares("b", 0),
			TrainingLength.minutes(BRIEF));
		final TrainingSet set = trial.choose();
		assertEquals(0.4, set.plan().target().border());
		assertTrue(set.plan().network().hasBorderClass());
		assertEquals(BRIEF, set.plan().length().minutes(), "that of the training");
		assertEquals(Arrays.asList("border class", "border weights"), heard.stream()
			.distinct().collect(Collectors.toList()));
		assertTrue(said.get(1).matches(
			"After .* of training each, neighbouring objects on images held out were kept apart with a PQ of 1\\.000 by a class for their borders and 0\\.000 by weights on the background between them, w0 10 and sigma 5, so the class is learnt; the trial took .*"),
			said.get(1));
		assertTrue(set.reasons().contains(said.get(1)), "also in the report");
		assertTrue(trial.seconds() > 2 * 60 * 0.06 * BRIEF * 0.5, "" + trial
			.seconds());
		assertEquals(2, engine.created);
	}

	@Test
	void whereWeightsAreBetterTheyAreTaken() throws IOException {
		engine.onLearn = () -> engine.loss = engine.created == 1 ? Double.NaN : 0.5;
		final TrainingSet set = trial(squares("a", 2), squares("b", 2),
			TrainingLength.minutes(BRIEF)).choose();
		assertEquals(0, set.plan().target().border());
		assertEquals(1, set.plan().network().classes());
		assertTrue(said.get(1).matches(
			".* 0\\.000 by a class for their borders and [01]\\.\\d+ by weights .*, so it is learnt with weights; .*"),
			said.get(1));
	}

	@Test
	void aTrialCanBeCancelled() {
		engine.onLearn = () -> cancelled = () -> true;
		final BorderTrial trial = trial(squares("a", 0), squares("b", 0),
			TrainingLength.minutes(BRIEF));
		assertThrows(CancellationException.class, trial::choose);
		assertEquals(1, engine.created, "the second one is not begun");
		assertTrue(said.get(1).contains("neither a model nor anything to resume"),
			said.toString());
	}

	@Test
	void thereIsNoTrialWithoutAChoiceTimeOrImagesToJudgeBy() {
		final RawSample a = squares("a", 0);
		final RawSample b = squares("b", 0);
		assertTrue(trial(a, b, TrainingLength.minutes(20)).isPossible());
		assertFalse(trial(a, b, TrainingLength.minutes(5)).isPossible());
		assertFalse(trial(a, b, TrainingLength.epochs(1000)).isPossible());
		assertFalse(trial(TrainJobTest.input(Arrays.asList(a, b), "").prepare(plan(
			TrainingLength.minutes(20)))).isPossible(), "nothing held out");
		assertFalse(trial(a, squares("b", 1), TrainingLength.minutes(20))
			.isPossible(), "nothing touches where it would be judged");
		assertTrue(trial(squares("a", 1), b, TrainingLength.minutes(20))
			.isPossible(), "what is learnt from does not matter");
		assertFalse(trial(TrainJobTest.input(Arrays.asList(a, b), "b").prepare(
			TrainJobTest.plan().toBuilder().length(TrainingLength.minutes(20))
				.build())).isPossible(), "no border class planned");
	}
}
