
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

	@TempDir
	Path folder;

	private static History history() {
		final History history = new History(Arrays.asList("IoU", "F1"));
		final RunState state = new RunState();
		state.epochs = 1;
		state.updates = 3;
		state.learningRate = 1.0 / 3;
		for (final double loss : new double[] { 1, 2, 6 })
			state.epoch.add(loss);
		history.add(new History.Row(state, 12.345, new Validation.Outcome(0.1 + 0.2,
			new double[] { 0.5, 2.0 / 3 })));
		state.epochs = 2;
		history.add(new History.Row(state, 20, new Validation.Outcome(Double.NaN,
			new double[] { Double.NaN, Double.NaN })));
		return history;
	}

	@Test
	void rowHoldsTheStatisticsOfTheEpoch() {
		final History.Row row = history().rows().get(0);
		assertEquals(1, row.epoch());
		assertEquals(3, row.updates());
		assertEquals(12.3, row.seconds(), 1e-9);
		assertEquals(3, row.loss(), 1e-12, "mean of 1, 2, 6");
		assertEquals(1, row.minLoss(), 0);
		assertEquals(6, row.maxLoss(), 0);
		assertEquals(Math.sqrt(7), row.lossDeviation(), 1e-12,
			"deviation of the sample 1, 2, 6: sqrt((4 + 1 + 9) / 2)");
		assertEquals(2.0 / 3, row.scores()[1], 0);
	}

	@Test
	void whatIsWrittenIsReadBackToTheLastBit() throws IOException {
		final Path file = folder.resolve("history.csv");
		history().write(file);
		final History read = History.read(file);
		assertEquals(Arrays.asList("IoU", "F1"), read.scoreNames());
		assertEquals(history().rows(), read.rows());
		assertTrue(Double.isNaN(read.rows().get(1).validationLoss()),
			"an empty cell is NaN");
	}

	@Test
	void tableIsPlainCsvWithNamedColumns() {
		final String[] lines = history().toCsv().split("\n");
		assertEquals(
			"epoch,updates,seconds,learning_rate,loss,loss_min,loss_max,loss_sd,validation_loss,IoU,F1",
			lines[0]);
		assertTrue(lines[2].startsWith("2,3,20,0.3333333333333333,3,1,6,"),
			lines[2]);
		assertTrue(lines[2].endsWith(",,,"), "no validation: empty cells in " +
			lines[2]);
	}

	@Test
	void writingLeavesNothingElseBehind() throws IOException {
		history().write(folder.resolve("history.csv"));
		history().write(folder.resolve("history.csv"));
		assertEquals(1, folder.toFile().list().length, Arrays.toString(folder
			.toFile().list()));
	}

	@Test
	void otherFilesAreRefused() throws IOException {
		final Path file = folder.resolve("other.csv");
		Files.write(file, Arrays.asList("a,b,c", "1,2,3"));
		final IOException e = assertThrows(IOException.class, () -> History.read(
			file));
		assertTrue(e.getMessage().contains("other.csv"), e.getMessage());
	}
}
