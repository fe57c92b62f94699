
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
	private static final int FONT = 14;

	private HistogramPlot() {}

	/**
	 * @param histograms an entry a channel
	 * @param width of the frame in pixels
	 * @param height of the frame in pixels
	 */
	static Plot of(final List<GreyHistogram> histograms, final int width,
		final int height)
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
		final Plot plot = new Plot("Grey values of the training images",
			"Grey value as stored", "Pixels");
		plot.setFrameSize(width, height);
		plot.setLimits(start, end, 0, 1.12 * top);
		plot.setFont(Font.PLAIN, FONT);
		for (int c = 0; c < histograms.size(); c++) {
			final Color colour = COLOURS[c % COLOURS.length];
			curve(plot, histograms.get(c), single ? Color.DARK_GRAY : colour, single);
			final String of = single ? "" : " (channel " + (c + 1) + ")";
			final double[] marks = marks(histograms.get(c));
			mark(plot, colour, marks[0], "mean" + of, 0.93 - 0.14 * c);
			mark(plot, colour, marks[1], "mean + 2 sd" + of, 0.86 - 0.14 * c);
		}
		plot.setColor(Color.BLACK);
		return plot;
	}

	/** @return grey values of the lines: mean, and mean plus two deviations */
	static double[] marks(final GreyHistogram histogram) {
		return new double[] { histogram.mean(), histogram.twoDeviations() };
	}

	private static void curve(final Plot plot, final GreyHistogram histogram,
		final Color colour, final boolean filled)
	{
		final long[] counts = histogram.counts();
		final double[] x = new double[counts.length];
		final double[] y = new double[counts.length];
		for (int i = 0; i < x.length; i++) {
			x[i] = histogram.middle(i);
			y[i] = counts[i];
		}
		if (filled) plot.setColor(colour, new Color(0xb0b0b0));
		else plot.setColor(colour);
		plot.setLineWidth(1);
		plot.add(filled ? "filled" : "line", x, y);
	}

	/**
	 * The label stands beside its line, where there is more room.
	 *
	 * @param height of the label, as a share of that of the frame
	 */
	private static void mark(final Plot plot, final Color colour, final double at,
		final String what, final double height)
	{
		final double[] limits = plot.getLimits();
		final double start = limits[0];
		final double end = limits[1];
		final double limit = limits[3];
		plot.setColor(colour);
		plot.setLineWidth(2);
		plot.drawLine(at, 0, at, limit);
		final boolean right = at > start + 0.6 * (end - start);
		plot.setJustification(right ? Plot.RIGHT : Plot.LEFT);
		final double gap = 0.01 * (end - start);
		plot.addText(what + " = " + number(at), right ? at - gap : at + gap,
			height * limit);
	}

	private static String number(final double value) {
		final double size = Math.abs(value);
		return String.format(Locale.ROOT, size >= 1000 ? "%.0f" : size >= 10
			? "%.1f" : "%.3f", value);
	}
}
