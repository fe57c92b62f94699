
package sc.fiji.unet.imagej;

import ij.gui.Plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

import sc.fiji.unet.train.Criterion;
import sc.fiji.unet.train.EarlyStopping;
import sc.fiji.unet.train.History;
import sc.fiji.unet.train.LossTrace;
import sc.fiji.unet.train.TrainingRecord;

/**
 * The curves of a training as one picture: loss in training and validation,
 * scores, and learning rate, against the number of updates. Needs no display.
 */
public final class TrainingCurves {

	private static final Color FAINT = new Color(140, 170, 210);
	private static final Color BLUE = new Color(31, 119, 180);
	private static final Color ORANGE = new Color(225, 100, 0);
	private static final Color GREEN = new Color(44, 140, 44);
	private static final Color[] SCORES = { GREEN, new Color(148, 80, 180),
		new Color(0x8c564b) };
	/** Of classes: mean, IoU and F1 of the foreground, IoU of the background. */
	private static final Color[] OVERALL = { Color.BLACK, new Color(0x606060),
		new Color(0xb0b0b0), new Color(0x8c564b) };

	/** From this ratio of largest to smallest loss on the axis is logarithmic. */
	private static final double LOG_RATIO = 8;
	/** Share of the width that the losses get. */
	private static final double LEFT = 0.6;
	private static final int FONT = 12;
	/** Pixels that names of scores of classes take beside the plot. */
	private static final int KEY = 130;
	private static final int LINE_HEIGHT = 17;
	private static final int SAMPLE = 16;
	private static final int LINE = 2;
	private static final int BOLD = 4;

	private final TrainingRecord record;
	private final LossTrace trace;
	private final List<History.Row> epochs;
	private final double[] updates;

	private TrainingCurves(final TrainingRecord record) {
		this.record = record;
		trace = record.trace();
		epochs = record.epochs();
		updates = values(History.Row::updates);
	}

	/**
	 * @param record of a training that has started
	 * @param width of the picture in pixels, at least 600
	 * @param height of the picture in pixels, at least 300
	 * @return losses on the left; scores, where there are some, and learning rate
	 *         on the right
	 */
	public static BufferedImage picture(final TrainingRecord record,
		final int width, final int height)
	{
		final TrainingCurves curves = new TrainingCurves(record);
		final BufferedImage picture = new BufferedImage(width, height,
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = picture.createGraphics();
		g.setColor(Color.WHITE);
		g.fillRect(0, 0, width, height);
		final boolean scores = curves.hasScores();
		final boolean classes = scores && curves.isOfClasses();
		final int key = classes ? KEY : 0;
		final int left = (int) (LEFT * (width - key));
		draw(g, curves.loss(), 0, 0, left, height);
		final int upper = !scores ? 0 : classes ? 3 * height / 5 : height / 2;
		if (scores) draw(g, curves.scores(), left, 0, width - left - key, upper);
		if (classes) curves.key(g, width - key, upper);
		draw(g, curves.rate(), left, upper, width - left, height - upper);
		g.dispose();
		return picture;
	}

	private static void draw(final Graphics2D g, final Plot plot, final int x,
		final int y, final int width, final int height)
	{
		plot.setSize(width, height);
		g.drawImage(plot.getProcessor().getBufferedImage(), x, y, null);
	}

	private Plot loss() {
		final double[] training = values(History.Row::loss);
		final double[] validation = values(History.Row::validationLoss);
		final Plot plot = plot("Loss");
		final double[] all = finite(trace.losses(), training, validation);
		final double max = max(all);
		final double min = Arrays.stream(all).filter(v -> v > 0).min().orElse(max);
		final boolean isLog = min > 0 && max / min >= LOG_RATIO;
		if (isLog) plot.setAxisYLog(true);
		final StringBuilder legend = new StringBuilder();
		points(plot, trace.updates(), trace.losses(), FAINT, legend,
			"training, each update");
		line(plot, training, BLUE, LINE, legend, "training, mean of an epoch");
		line(plot, validation, ORANGE, LINE, legend, "validation");
		kept(plot, validation, ORANGE, legend);
		limits(plot, isLog ? min / 1.2 : 0, isLog ? max * 1.2 : 1.05 * max);
		legend(plot, legend);
		return plot;
	}

	private boolean hasScores() {
		return epochs.stream().anyMatch(row -> row.scores().length > 0 && Double
			.isFinite(row.scores()[0]));
	}

	private boolean isOfClasses() {
		return record.start().scoreNames().size() > SCORES.length;
	}

	private Plot scores() {
		final Plot plot = plot("Score");
		final StringBuilder legend = new StringBuilder();
		final List<String> names = record.start().scoreNames();
		final boolean classes = isOfClasses();
		for (int i = 0; i < names.size(); i++) {
			final int score = i;
			line(plot, values(row -> row.scores()[score]), classes ? ofClasses(i)
				: SCORES[i], classes && i == 0 ? BOLD : LINE, legend, names.get(i));
		}
		if (record.start().plan().best() == Criterion.SCORE) kept(plot, values(
			row -> row.scores()[0]), classes ? ofClasses(0) : SCORES[0], legend);
		limits(plot, 0, 1);
		if (!classes) legend(plot, legend);
		return plot;
	}

	/**
	 * So many names would hide the curves; from above, closer where they are
	 * many.
	 */
	private void key(final Graphics2D g, final int x, final int height) {
		final List<String> names = record.start().scoreNames();
		final int step = Math.min(LINE_HEIGHT, height / (names.size() + 1));
		for (int i = 0; i < names.size(); i++) {
			final int y = (i + 1) * step;
			final int thick = i == 0 ? BOLD : LINE;
			g.setColor(ofClasses(i));
			g.fillRect(x, y - thick / 2, SAMPLE, thick);
			Legend.write(g, names.get(i), x + SAMPLE + 6, y + FONT / 3, FONT);
		}
	}

	/** A class has the colour that it has in pictures. */
	private static Color ofClasses(final int score) {
		return score < OVERALL.length ? OVERALL[score] : ClassColours.of(score -
			OVERALL.length + 1);
	}

	private Plot rate() {
		final Plot plot = plot("Learning rate");
		plot.setColor(Color.DARK_GRAY);
		plot.setLineWidth(LINE);
		// Of epochs before a resume the last rate of each is known.
		final double first = trace.size() == 0 ? Double.POSITIVE_INFINITY : trace
			.updates()[0];
		final double[] before = epochs.stream().filter(row -> row.updates() < first)
			.mapToDouble(History.Row::learningRate).toArray();
		final double[] x = join(Arrays.copyOf(updates, before.length), trace
			.updates());
		final double[] y = join(before, trace.rates());
		if (x.length > 0) plot.addPoints(x, y, Plot.LINE);
		plot.setLineWidth(1);
		limits(plot, 0, 1.1 * max(y));
		return plot;
	}

	private static Plot plot(final String yLabel) {
		final Plot plot = new Plot(yLabel, "Update", yLabel);
		plot.setFontSize(FONT);
		plot.setAntialiasedText(true);
		return plot;
	}

	private static void points(final Plot plot, final double[] x,
		final double[] y, final Color colour, final StringBuilder legend,
		final String name)
	{
		if (x.length == 0) return;
		plot.setColor(colour);
		plot.setLineWidth(LINE);
		plot.addPoints(x, y, Plot.DOT);
		legend.append(name).append('\n');
	}

	private void line(final Plot plot, final double[] y, final Color colour,
		final int width, final StringBuilder legend, final String name)
	{
		if (finite(y).length == 0) return;
		plot.setColor(colour, colour);
		plot.setLineWidth(width);
		// A line through a single point would not be seen.
		plot.addPoints(updates, y, y.length == 1 ? Plot.CIRCLE : Plot.LINE);
		legend.append(name).append('\n');
	}

	/** Marks the epoch whose weights are kept on a curve. */
	private void kept(final Plot plot, final double[] y, final Color colour,
		final StringBuilder legend)
	{
		final int kept = kept();
		if (kept < 0 || !Double.isFinite(y[kept])) return;
		plot.setColor(colour);
		plot.setLineWidth(LINE);
		plot.addPoints(new double[] { updates[kept] }, new double[] { y[kept] },
			Plot.CIRCLE);
		legend.append("kept: epoch ").append(epochs.get(kept).epoch());
	}

	/** @return index of the best epoch so far; -1 before there is one */
	private int kept() {
		final double[] costs = values(row -> record.start().plan()
			.best() == Criterion.LOSS ? row.validationLoss() : row
				.scores().length == 0 ? Double.NaN : -row.scores()[0]);
		final double[] losses = values(row -> row.validationLoss());
		final EarlyStopping best = new EarlyStopping(0);
		int kept = -1;
		for (int i = 0; i < costs.length; i++)
			if (best.isNewBest(costs[i], losses[i])) kept = i;
		return kept;
	}

	private void limits(final Plot plot, final double low, final double high) {
		final double end = Math.max(1, Math.max(record.update(), max(updates)));
		plot.setLimits(0, end, low, high > low ? high : low + 1);
	}

	private static void legend(final Plot plot, final StringBuilder names) {
		if (names.length() == 0) return;
		plot.setColor(Color.BLACK);
		plot.setLineWidth(1);
		plot.addLegend(names.toString());
	}

	private double[] values(final ToDoubleFunction<History.Row> value) {
		return epochs.stream().mapToDouble(value).toArray();
	}

	private static double[] join(final double[] a, final double[] b) {
		return DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
	}

	private static double[] finite(final double[]... values) {
		return Arrays.stream(values).flatMapToDouble(Arrays::stream).filter(
			Double::isFinite).toArray();
	}

	private static double max(final double[] values) {
		return Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
	}
}
