
package sc.fiji.unet.report;

import java.util.Locale;

import sc.fiji.unet.metrics.Reliability;

/**
 * What was predicted against what is true, as a drawing (SVG) within the page:
 * the network's own probabilities thin, calibrated ones thick, and bars for how
 * many pixels there are.
 */
final class ReliabilityChart {

	private static final int WIDTH = 720;
	private static final int LEFT = 64;
	private static final int TOP = 12;
	/** Side of the square. */
	private static final int SIDE = 260;
	private static final int BAR_TOP = TOP + SIDE + 52;
	private static final int BAR_HEIGHT = 44;
	private static final int HEIGHT = BAR_TOP + BAR_HEIGHT + 6;
	private static final int LEGEND = LEFT + SIDE + 44;
	/** Of Okabe and Ito, told apart by the colour-blind. */
	private static final String CALIBRATED = "#0072b2";
	private static final String NETWORK = "#d55e00";
	/** Of fewer pixels a share says nothing. */
	private static final int FEW = 50;

	private final Reliability before;
	private final Reliability after;
	private final boolean calibrated;
	private final String what;

	/**
	 * @param calibrated whether there is a difference to be shown
	 * @param what the probability is of, such as the name of a class
	 */
	ReliabilityChart(final Reliability before, final Reliability after,
		final boolean calibrated, final String what)
	{
		this.what = what;
		this.before = before;
		this.after = after;
		this.calibrated = calibrated;
	}

	/** @return whether a bin has enough pixels for a point */
	static boolean isShown(final Reliability reliability, final int bin) {
		return reliability.count(bin) >= FEW;
	}

	void writeTo(final Html html) {
		html.open("svg", "xmlns", "http://www.w3.org/2000/svg", "viewBox", "0 0 " +
			WIDTH + " " + HEIGHT, "class", "chart", "role", "img", "aria-label",
			"Reliability curve");
		drawAxes(html);
		html.empty("line", "x1", number(x(0)), "y1", number(y(0)), "x2", number(x(
			1)), "y2", number(y(1)), "class", "mark");
		if (calibrated) drawCurve(html, before, NETWORK, 1.2);
		drawCurve(html, after, calibrated ? CALIBRATED : NETWORK, calibrated ? 3.2
			: 1.2);
		drawLegend(html);
		drawBars(html);
		html.close();
	}

	private void drawAxes(final Html html) {
		for (int tenth = 0; tenth <= 10; tenth += 2) {
			final double value = tenth / 10.0;
			html.empty("line", "x1", number(x(0)), "x2", number(x(1)), "y1", number(y(
				value)), "y2", number(y(value)), "class", "grid");
			html.empty("line", "x1", number(x(value)), "x2", number(x(value)), "y1",
				number(y(0)), "y2", number(y(1)), "class", "grid");
			text(html, 10 * tenth + " %", LEFT - 8, y(value) + 4, "end");
			text(html, value + "", x(value), y(0) + 16, "middle");
		}
		html.element("text", "pixels that are " + what, "x", "0", "y", "0",
			"text-anchor", "middle", "transform", "translate(14 " + (TOP + SIDE / 2) +
				") rotate(-90)");
		text(html, "probability", x(0.5), y(0) + 32, "middle");
	}

	private static void drawCurve(final Html html, final Reliability reliability,
		final String colour, final double width)
	{
		final StringBuilder path = new StringBuilder();
		for (int bin = 0; bin < Reliability.BINS; bin++) {
			if (!isShown(reliability, bin)) continue;
			final double x = x(reliability.predicted(bin));
			final double y = y(reliability.observed(bin));
			path.append(path.length() == 0 ? 'M' : 'L').append(number(x)).append(' ')
				.append(number(y));
			html.empty("circle", "cx", number(x), "cy", number(y), "r", number(1.6 +
				0.7 * width), "fill", colour);
		}
		if (path.length() > 0) html.empty("path", "d", path.toString(), "fill",
			"none", "stroke", colour, "stroke-width", number(width));
	}

	private void drawLegend(final Html html) {
		int y = TOP + 20;
		if (calibrated) {
			legend(html, y, CALIBRATED, 3.2, "calibrated, as Segment gives it",
				after);
			y += 52;
		}
		legend(html, y, NETWORK, 1.2, calibrated ? "as the network answers"
			: "as the network answers (not calibrated)", before);
		y += 52;
		html.empty("line", "x1", "" + LEGEND, "x2", "" + (LEGEND + 28), "y1", "" +
			y, "y2", "" + y, "class", "mark");
		text(html, "as it should be", LEGEND + 38, y + 4, "start");
	}

	private static void legend(final Html html, final int y, final String colour,
		final double width, final String name, final Reliability reliability)
	{
		html.empty("line", "x1", "" + LEGEND, "x2", "" + (LEGEND + 28), "y1", "" +
			y, "y2", "" + y, "stroke", colour, "stroke-width", number(width));
		text(html, name, LEGEND + 38, y + 4, "start");
		text(html, String.format(Locale.ROOT, "expected calibration error %.1f %%",
			100 * reliability.error()), LEGEND + 38, y + 21, "start");
	}

	/** Bars below the points of what is shown thick, with percentages. */
	private void drawBars(final Html html) {
		final double width = 0.8 * SIDE / (Reliability.BINS - 1);
		final double bottom = BAR_TOP + BAR_HEIGHT;
		long most = 1;
		for (int bin = 0; bin < Reliability.BINS; bin++)
			most = Math.max(most, after.count(bin));
		for (int bin = 0; bin < Reliability.BINS; bin++) {
			final double height = (double) after.count(bin) / most * BAR_HEIGHT;
			final double middle = x(Reliability.middle(bin));
			html.empty("rect", "x", number(middle - width / 2), "y", number(bottom -
				height), "width", number(width), "height", number(height), "fill",
				"#8796a5");
			html.element("text", percent((double) after.count(bin) / after.count()),
				"x", number(middle), "y", number(bottom - height - 3), "text-anchor",
				"middle", "style", "font-size:9.5px");
		}
		text(html, "% of all pixels have such a probability", LEGEND, bottom - 2,
			"start");
	}

	private static String percent(final double share) {
		return share > 0 && share < 0.001 ? "<0.1" : String.format(Locale.ROOT,
			share < 0.0995 ? "%.1f" : "%.0f", 100 * share);
	}

	private static double x(final double probability) {
		return LEFT + SIDE * probability;
	}

	private static double y(final double share) {
		return TOP + SIDE * (1 - share);
	}

	private static void text(final Html html, final String text, final double x,
		final double y, final String anchor)
	{
		html.element("text", text, "x", number(x), "y", number(y), "text-anchor",
			anchor);
	}

	private static String number(final double value) {
		return String.format(Locale.ROOT, "%.1f", value);
	}
}
