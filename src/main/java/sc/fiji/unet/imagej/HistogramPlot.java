
package sc.fiji.unet.imagej;

import ij.gui.Plot;

import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Locale;

import sc.fiji.unet.data.GreyHistogram;

/**
 * Grey-level histogram with mean and mean plus two standard deviations as
 * labelled lines. Needs no display.
 */
final class HistogramPlot {

	private static final Color[] COLOURS = { new Color(0xd62728), new Color(
		0x2ca02c), new Color(0x1f77b4), new Color(0xff7f0e), new Color(0x9467bd) };
	/** What a label needs, as a share of the width. */
	private static final double ROOM = 0.28;
	private static final Color FILLING = new Color(0xb8b8b8);
	/** Height of the frame over that of the curves. */
	private static final double HEIGHT = 1.3;

	private HistogramPlot() {}

	/**
	 * @param histograms an entry a channel
	 * @param width of the frame in pixels
	 * @param height of the frame in pixels
	 * @param font size of the text
	 */
	static Plot of(final List<GreyHistogram> histograms, final int width,
		final int height, final int font)
	{
		final boolean single = histograms.size() == 1;
		double start = Double.POSITIVE_INFINITY;
		double end = Double.NEGATIVE_INFINITY;
		double top = 1;
		for (final GreyHistogram histogram : histograms) {
			start = Math.min(start, histogram.start());
			end = Math.max(end, histogram.end());
			for (final long count : histogram.counts())
				top = Math.max(top, count);
		}
		for (final GreyHistogram histogram : histograms)
			end = end(histogram, start, end);
		final Plot plot = new Plot("Grey values of the training images",
			"Grey value as stored", "Pixels");
		plot.setFrameSize(width, height);
		plot.setLimits(start, end, 0, HEIGHT * top);
		plot.setFont(Font.PLAIN, font);
		for (int c = 0; c < histograms.size(); c++) {
			final Color colour = COLOURS[c % COLOURS.length];
			curve(plot, histograms.get(c), single ? Color.DARK_GRAY : colour, single);
			final String of = single ? "" : " (channel " + (c + 1) + ")";
			final double[] marks = marks(histograms.get(c));
			mark(plot, colour, marks[0], "mean" + of, true, 0.92 - 0.14 * c);
			mark(plot, colour, marks[1], "mean + 2 sd" + of, false, 0.83 - 0.14 * c);
		}
		plot.setColor(Color.BLACK);
		return plot;
	}

	/** @return grey values of the lines: mean, and mean plus two deviations */
	static double[] marks(final GreyHistogram histogram) {
		return new double[] { histogram.mean(), histogram.twoDeviations() };
	}

	/** Goes up and down in steps, a bin each, from the axis back to it. */
	private static void curve(final Plot plot, final GreyHistogram histogram,
		final Color colour, final boolean filled)
	{
		final long[] counts = histogram.counts();
		final double[] x = new double[2 * counts.length + 2];
		final double[] y = new double[x.length];
		final double half = histogram.middle(0) - histogram.start();
		x[0] = histogram.start();
		for (int i = 0; i < counts.length; i++) {
			x[2 * i + 1] = histogram.middle(i) - half;
			x[2 * i + 2] = histogram.middle(i) + half;
			y[2 * i + 1] = counts[i];
			y[2 * i + 2] = counts[i];
		}
		x[x.length - 1] = histogram.end();
		if (filled) plot.setColor(colour, FILLING);
		else plot.setColor(colour);
		plot.setLineWidth(1);
		plot.add(filled ? "filled" : "line", x, y);
	}

	/** Makes room for a label that would else cross the line before it. */
	private static double end(final GreyHistogram histogram, final double start,
		final double end)
	{
		final double[] marks = marks(histogram);
		final double width = ROOM * (end - start);
		if (marks[1] + width <= end || marks[1] - marks[0] >= width) return end;
		return start + (marks[1] - start) / (1 - ROOM);
	}

	/**
	 * The label stands beside its line: before the first one and after the other,
	 * where there is room.
	 *
	 * @param first whether a further line lies to the right
	 * @param height of the label, as a share of that of the frame
	 */
	private static void mark(final Plot plot, final Color colour, final double at,
		final String what, final boolean first, final double height)
	{
		final double[] limits = plot.getLimits();
		final double start = limits[0];
		final double end = limits[1];
		final double limit = limits[3];
		plot.setColor(colour);
		plot.setLineWidth(2);
		plot.drawLine(at, 0, at, limit);
		final double place = (at - start) / (end - start);
		final boolean before = first ? place > ROOM : place > 1.001 - ROOM;
		plot.setJustification(before ? Plot.RIGHT : Plot.LEFT);
		final double gap = 0.01 * (end - start);
		plot.addText(what + " = " + number(at), before ? at - gap : at + gap,
			height * limit);
	}

	private static String number(final double value) {
		final double size = Math.abs(value);
		return String.format(Locale.ROOT, size >= 1000 ? "%.0f" : size >= 10
			? "%.1f" : "%.3f", value);
	}
}
