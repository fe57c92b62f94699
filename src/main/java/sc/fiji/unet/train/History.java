
package sc.fiji.unet.train;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** What became of each epoch of a training, as a table. Not thread-safe. */
public final class History {

	private static final List<String> COLUMNS = Arrays.asList("epoch", "updates",
		"seconds", "learning_rate", "loss", "loss_min", "loss_max", "loss_sd",
		"validation_loss");

	private final List<String> scoreNames;
	private final List<Row> rows = new ArrayList<>();

	/** @param scoreNames names of the scores, columns at the end of the table */
	public History(final List<String> scoreNames) {
		this.scoreNames = Collections.unmodifiableList(new ArrayList<>(scoreNames));
	}

	/** @return names of the scores, in the order of {@link Row#scores()} */
	public List<String> scoreNames() {
		return scoreNames;
	}

	/** @return the epochs in order; an unmodifiable view */
	public List<Row> rows() {
		return Collections.unmodifiableList(rows);
	}

	void add(final Row row) {
		rows.add(row);
	}

	/** @return comma-separated values: a line of names, then a line an epoch */
	public String toCsv() {
		final List<String> lines = new ArrayList<>();
		final List<String> header = new ArrayList<>(COLUMNS);
		header.addAll(scoreNames);
		lines.add(String.join(",", header));
		rows.forEach(row -> lines.add(row.toCsv()));
		return String.join("\n", lines) + "\n";
	}

	/**
	 * Writes the table whole: it is never seen half written.
	 *
	 * @throws IOException if it cannot be written
	 */
	public void write(final Path file) throws IOException {
		WholeFile.write(file, toCsv());
	}

	/**
	 * @param file any file
	 * @return whether it begins as one that {@link #write} has written
	 * @throws IOException if it cannot be read
	 */
	public static boolean isHistory(final Path file) throws IOException {
		final byte[] expected = String.join(",", COLUMNS).getBytes(
			StandardCharsets.UTF_8);
		try (InputStream in = Files.newInputStream(file)) {
			return Arrays.equals(expected, in.readNBytes(expected.length));
		}
	}

	/**
	 * @param file written by {@link #write}
	 * @throws IOException if it cannot be read or is no such table
	 */
	public static History read(final Path file) throws IOException {
		final List<String> lines = Files.readAllLines(file);
		final List<String> header = lines.isEmpty() ? Collections.emptyList()
			: Arrays.asList(lines.get(0).split(","));
		if (header.size() < COLUMNS.size() || !header.subList(0, COLUMNS.size())
			.equals(COLUMNS)) throw new IOException("File " + file +
				" is not a training history; it should begin with " + String.join(",",
					COLUMNS) + ".");
		final History history = new History(header.subList(COLUMNS.size(), header
			.size()));
		for (final String line : lines.subList(1, lines.size()))
			history.add(Row.parse(file, line, header.size()));
		return history;
	}

	/** One epoch. Immutable. */
	public static final class Row {

		private final double[] values;

		/** @param values in the order of the columns; NaN = there is none */
		private Row(final double... values) {
			this.values = values;
		}

		/** The epoch that has just ended. */
		Row(final RunState state, final double seconds,
			final Validation.Outcome outcome)
		{
			final EpochStatistics losses = state.epoch;
			final double[] first = { state.epochs, state.updates, Math.rint(10 *
				seconds) / 10, state.learningRate, losses.mean(), losses.min(), losses
					.max(), losses.standardDeviation(), outcome.loss };
			values = Arrays.copyOf(first, first.length + outcome.scores.length);
			System.arraycopy(outcome.scores, 0, values, first.length,
				outcome.scores.length);
		}

		private static Row parse(final Path file, final String line,
			final int columns) throws IOException
		{
			final String[] cells = line.split(",", -1);
			if (cells.length != columns) throw new IOException("Line '" + line +
				"' of " + file + " has " + cells.length + " values instead of " +
				columns + ".");
			final double[] values = new double[columns];
			try {
				for (int i = 0; i < columns; i++)
					values[i] = cells[i].isEmpty() ? Double.NaN : Double.parseDouble(
						cells[i]);
			}
			catch (final NumberFormatException e) {
				throw new IOException("Line '" + line + "' of " + file +
					" does not consist of numbers.", e);
			}
			return new Row(values);
		}

		private String toCsv() {
			return Arrays.stream(values).mapToObj(Row::cell).collect(Collectors
				.joining(","));
		}

		private static String cell(final double value) {
			if (Double.isNaN(value)) return "";
			return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long
				.toString((long) value) : Double.toString(value);
		}

		/** @return number of the epoch, from 1 */
		public int epoch() {
			return (int) values[0];
		}

		/** @return number of updates so far */
		public long updates() {
			return (long) values[1];
		}

		/**
		 * @return seconds of training so far, validation and checkpoints included
		 */
		public double seconds() {
			return values[2];
		}

		/** @return learning rate of the epoch's last update */
		public double learningRate() {
			return values[3];
		}

		/** @return mean training loss of the epoch's updates */
		public double loss() {
			return values[4];
		}

		/** @return smallest training loss of the epoch's updates */
		public double minLoss() {
			return values[5];
		}

		/** @return largest training loss of the epoch's updates */
		public double maxLoss() {
			return values[6];
		}

		/**
		 * @return standard deviation of the training loss of the epoch's updates
		 */
		public double lossDeviation() {
			return values[7];
		}

		/** @return loss on the validation images; NaN if there are none */
		public double validationLoss() {
			return values[8];
		}

		/**
		 * @return scores on the validation images, see
		 *         {@link History#scoreNames()}; NaN if there are none; a copy
		 */
		public double[] scores() {
			return Arrays.copyOfRange(values, COLUMNS.size(), values.length);
		}

		@Override
		public boolean equals(final Object o) {
			return o instanceof Row && Arrays.equals(values, ((Row) o).values);
		}

		@Override
		public int hashCode() {
			return Arrays.hashCode(values);
		}

		@Override
		public String toString() {
			return toCsv();
		}
	}
}
