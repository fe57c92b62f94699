
package sc.fiji.unet.imagej;

import ij.ImagePlus;
import ij.gui.Plot;

import java.awt.Color;
import java.awt.Font;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.DoubleStream;

import sc.fiji.unet.train.RateCurve;

/**
 * Loss over learning rate as a plot of ImageJ: the loss of each update as a
 * point, the smoothed loss as a line, the suggested rate marked. Needs no
 * display.
 */
public final class RatePlot {

	private static final String TITLE = "Learning rate test";
	private static final int WIDTH = 620;
	private static final int HEIGHT = 360;
	private static final int FONT = 15;
	private static final Color POINTS = new Color(130, 130, 130);
	private static final Color LINE = new Color(0, 90, 180);
	private static final Color MARK = new Color(200, 70, 0);
	/** Share of the heights of the losses that stays free above and below. */
	private static final double MARGIN = 0.1;
	/** Share of the width between the mark and what it says. */
	private static final double GAP = 0.01;
	/** Share of the height between the top and the base of a text. */
	private static final double BELOW_TOP = 0.07;
	/** Pixels between dots of the mark. */
	private static final int DOTS = 4;

	private RatePlot() {}

	/**
	 * @return whether there is enough to draw, two updates, and fonts to label it
	 *         with
	 */
	public static boolean isPossible(final RateCurve curve) {
		return curve.updates() > 1 && Lettering.isPossible();
	}

	/**
	 * @return an image of the plot; its window, if it is shown, has the buttons
	 *         and menus of ImageJ's plots
	 * @throws IllegalArgumentException if there are not even two updates
	 */
	public static ImagePlus of(final RateCurve curve) {
		if (curve.updates() < 2) throw new IllegalArgumentException(
			"A plot needs two updates or more, but there are " + curve.updates() +
				".");
		final Plot plot = new Plot(TITLE, "Learning rate (logarithmic)",
			"Training loss");
		plot.setFrameSize(WIDTH, HEIGHT);
		plot.setFont(Font.PLAIN, FONT);
		plot.setAxisLabelFont(Font.PLAIN, FONT);
		plot.setAxisXLog(true);
		addLosses(plot, curve);
		final double[] limits = limits(curve);
		if (curve.suggestion().isPresent()) addMark(plot, curve.suggestion()
			.getAsDouble(), limits);
		else addText(plot, "no suggestion", Math.sqrt(limits[0] * limits[1]),
			Plot.CENTER, limits);
		// Last: with what is added ImageJ would choose its own.
		plot.setLimits(limits[0], limits[1], limits[2], limits[3]);
		return plot.getImagePlus();
	}

	private static void addLosses(final Plot plot, final RateCurve curve) {
		final double[] rates = curve.rates();
		plot.setColor(POINTS, POINTS);
		plot.addPoints(rates, curve.losses(), Plot.CIRCLE);
		plot.setColor(LINE);
		plot.setLineWidth(3);
		plot.addPoints(rates, curve.smoothed(), Plot.LINE);
		plot.setLineWidth(1);
		plot.setColor(Color.BLACK);
		plot.setLegend("loss of an update\nsmoothed", Plot.AUTO_POSITION);
	}

	private static void addMark(final Plot plot, final double rate,
		final double[] limits)
	{
		plot.setColor(MARK);
		plot.setLineWidth(2);
		plot.drawDottedLine(rate, limits[2], rate, limits[3], DOTS);
		final boolean isRight = rate * rate > limits[0] * limits[1];
		final double gap = Math.pow(limits[1] / limits[0], isRight ? -GAP : GAP);
		addText(plot, "suggested: " + BigDecimal.valueOf(rate).stripTrailingZeros()
			.toString(), rate * gap, isRight ? Plot.RIGHT : Plot.LEFT, limits);
	}

	private static void addText(final Plot plot, final String text,
		final double rate, final int justification, final double[] limits)
	{
		plot.setColor(MARK);
		plot.setJustification(justification);
		plot.addText(text, rate, limits[3] - (limits[3] - limits[2]) * BELOW_TOP);
		plot.setColor(Color.BLACK);
	}

	/**
	 * @return from which x to which, and y likewise; the peaks of a divergence
	 *         are left out, since the rest would be a flat line
	 */
	private static double[] limits(final RateCurve curve) {
		final double[] rates = curve.rates();
		final double[] losses = curve.losses();
		final double low = Arrays.stream(losses).min().getAsDouble();
		// Smoothed losses are never above all those of the start.
		final double high = DoubleStream.concat(Arrays.stream(curve.smoothed()),
			Arrays.stream(losses).limit(curve.lowest() + 1)).max().getAsDouble();
		final double margin = MARGIN * (high > low ? high - low : Math.abs(high) +
			1);
		// Room for what the mark says.
		return new double[] { rates[0], rates[rates.length - 1], low - margin,
			high + 2 * margin };
	}
}
