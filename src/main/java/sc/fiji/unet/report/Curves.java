
package sc.fiji.unet.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

import sc.fiji.unet.train.History;

/** Loss, scores and learning rate over the epochs. */
final class Curves {

	private final History history;
	private final List<History.Row> rows;
	private final int best;

	/** @param best number of the epoch to mark; 0 for none */
	Curves(final History history, final int best) {
		this.history = history;
		rows = history.rows();
		this.best = best;
	}

	void writeTo(final Html html) {
		if (rows.isEmpty()) {
			html.element("p",
				"The training ended before its first epoch, so there are no curves.");
			return;
		}
		draw(html, chart("Loss").curve("training", values(History.Row::loss)).curve(
			"held out", values(History.Row::validationLoss)).logWhereItHelps());
		final LineChart scores = chart("Scores on the images held out").shares();
		for (int i = 0; i < history.scoreNames().size(); i++) {
			final int score = i;
			scores.curve(history.scoreNames().get(i), values(row -> row
				.scores()[score]));
		}
		draw(html, scores);
		draw(html, chart("Learning rate at the end of the epoch").curve("", values(
			History.Row::learningRate)));
	}

	private LineChart chart(final String title) {
		return new LineChart(title, rows.stream().mapToInt(History.Row::epoch)
			.toArray()).mark(best);
	}

	private double[] values(final ToDoubleFunction<History.Row> value) {
		return rows.stream().mapToDouble(value).toArray();
	}

	private static void draw(final Html html, final LineChart chart) {
		if (chart.isEmpty()) return;
		html.open("div", "class", "figure");
		chart.writeTo(html);
		html.close();
	}
}
