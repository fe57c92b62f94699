
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.TargetConfig;
import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.weightmap.WeightMapConfig;

class ClassScoreTest {

	@TempDir
	Path folder;

	private static double[] score(final int[] targets, final float[] weights,
		final float... probabilities)
	{
		final Batch batch = new Batch(1, 1, new long[] { targets.length },
			new long[] { targets.length });
		for (int i = 0; i < targets.length; i++) {
			batch.targets().put(i, targets[i]);
			batch.weights().put(i, weights[i]);
		}
		final ValidationScore.Tally tally = new ClassScore(UNetConfig.builder()
			.classes(3).build()).start();
		tally.add(batch, FloatBuffer.wrap(probabilities), 3);
		return tally.values();
	}

	@Test
	void labelsDecideWhatIsScored() {
		final TrainingPlan objects = Fixture.plan().build();
		assertEquals(Arrays.asList("IoU_Vrand", "IoU", "F1"), ValidationScore.of(
			objects.toBuilder().target(new TargetConfig(LabelKind.MASK, 2, objects
				.target().weights())).build()).names());
		assertEquals(Arrays.asList("PQ", "IoU", "F1"), ValidationScore.of(objects
			.toBuilder().target(new TargetConfig(LabelKind.INSTANCES, 2, objects
				.target().weights())).build()).names());
		assertEquals("mean_IoU", ValidationScore.of(objects.toBuilder().network(
			UNetConfig.builder().baseAndDepth(1, 1).classes(3).build()).target(
				new TargetConfig(LabelKind.CLASSES, 3, objects.target().weights()))
			.build()).names().get(0));
	}

	@Test
	void namesAreColumnsOfATable() {
		assertEquals(Arrays.asList("mean_IoU", "IoU", "F1", "IoU_background",
			"IoU_cell old", "IoU_rim"), new ClassScore(UNetConfig.builder()
				.classNames(Arrays.asList("background", "cell, old", "rim")).build())
				.names());
	}

	@Test
	void everyClassIsComparedWithAllOthers() {
		// Truth 0 1 1 2, result 0 1 2 2; the last pixel does not count.
		assertArrayEquals(new double[] { 0.5, 1, 1, 1, 0.5, 0.5 }, score(new int[] {
			0, 1, 1, 2, 1 }, new float[] { 1, 1, 5, 1, 0 }, 0.8f, 0.1f, 0.1f, 0.2f,
			0.5f, 0.3f, 0.1f, 0.4f, 0.5f, 0, 0.3f, 0.7f, 1, 0, 0), 1e-12);
	}

	@Test
	void aClassThatDoesNotOccurHasNoScore() {
		final double[] nothing = score(new int[] { 0 }, new float[] { 1 }, 1, 0, 0);
		assertArrayEquals(new double[] { 1, 1, 1, 1, Double.NaN, Double.NaN },
			nothing);
	}

	@Test
	void aTrainingOfSeveralClassesIsResumedWithItsScores() throws IOException {
		final TrainingPlan plan = Fixture.plan().network(UNetConfig.builder()
			.baseAndDepth(1, 1).classes(3).build()).target(new TargetConfig(
				LabelKind.CLASSES, 3, WeightMapConfig.builder().w0(0).ridgeWidth(0)
					.build())).build();
		final Path whole = folder.resolve("whole");
		new Trainer(plan, new FakeNetwork(plan), Fixture.data(), whole).run();
		final Path stopped = folder.resolve("stopped");
		final int[] asked = new int[1];
		new Trainer(plan, new FakeNetwork(plan), Fixture.data(), stopped).cancelled(
			() -> asked[0]++ > 15).run();
		final History before = History.read(stopped.resolve("history.csv"));
		final TrainingResult end = new Trainer(plan, new FakeNetwork(plan), Fixture
			.data(), stopped).resume();
		assertTrue(before.rows().size() > 0 && before.rows().size() < end.history()
			.rows().size(), "it was stopped in the middle");
		assertEquals("mean_IoU", end.history().scoreNames().get(0));
		assertEquals(scores(whole), scores(stopped));
	}

	/** @return the tables without their column of seconds */
	private static List<String> scores(final Path folder) throws IOException {
		final List<String> lines = Files.readAllLines(folder.resolve(
			"history.csv"));
		lines.replaceAll(line -> line.replaceFirst("^([^,]*,[^,]*),[^,]*", "$1"));
		return lines;
	}
}
