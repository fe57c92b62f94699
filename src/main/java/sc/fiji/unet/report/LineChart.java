
package sc.fiji.unet.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Curves over epochs, as a drawing (SVG) within the page. Where values of a
 * logarithmic axis are not positive, and where they are not finite, the curve
 * has a gap. Not thread-safe.
 */
final class LineChart {

	private static final int WIDTH = 720;
	/** Without a legend of its own lines. */
	private static final int HEIGHT = 250;
	private static final int LEFT = 64;
	private static final int RIGHT = 16;
	private static final int TOP = 34;
	private static final int LINE_HEIGHT = 18;
	/** About the width of a letter, of the legend and of the title. */
	private static final int LETTER = 7;
	/** Sample of a line, with its distance to the name and to the next one. */
	private static final int SAMPLE = 42;
	private static final int BOTTOM = 40;
	/** Up to so many points are marked, since a single one is no line. */
	private static final int MARKED = 40;
	/** Values beyond this ratio are easier to read on a logarithmic axis. */
	private static final double LOG_RATIO = 8;
	/**
	 * Of Okabe and Ito, told apart by the colour-blind; further curves are
	 * dashed.
	 */
	private static final String[] COLOURS = { "#0072b2", "#d55e00", "#009e73",
		"#cc79a7", "#e69f00", "#56b4e9", "#000000" };

	private final String title;
	private final int[] epochs;
	private final List<String> names = new ArrayList<>();
	private final List<double[]> series = new ArrayList<>();
	private boolean log;
	private boolean share;
	private int marked;
	/** Of the plot, in the drawing. */
	private int top;
	private int bottom;
	private double low;
	private double high;

	/** @param epochs numbers of the epochs, ascending, at least one */
	LineChart(final String title, final int[] epochs) {
		this.title = title;
		this.epochs = epochs;
	}

	/**
	 * Adds a curve unless it has no point; NaN is a gap.
	 *
	 * @param name for the legend; empty for none
	 */
	LineChart curve(final String name, final double[] values) {
		if (Arrays.stream(values).noneMatch(Double::isFinite)) return this;
		names.add(name);
		series.add(values);
		return this;
	}

	/** Uses a logarithmic axis where values differ much. */
	LineChart logWhereItHelps() {
		final double[] positive = all().filter(v -> v > 0).sorted().toArray();
		log = positive.length > 0 && positive[positive.length - 1] > LOG_RATIO *
			positive[0];
		return this;
	}

	/** Has an axis that ends at 1. */
	LineChart shares() {
		share = true;
		return this;
	}

	/** @param epoch that is marked; 0 for none */
	LineChart mark(final int epoch) {
		marked = epoch;
		return this;
	}

	boolean isEmpty() {
		return series.isEmpty();
	}

	private DoubleStream all() {
		return series.stream().flatMapToDouble(Arrays::stream).filter(
			Double::isFinite);
	}

	/** Draws the chart; it must have a curve. */
	void writeTo(final Html html) {
		findRange();
		top = TOP + LINE_HEIGHT * legendLines();
		bottom = HEIGHT - BOTTOM + top - TOP;
		html.open("svg", "xmlns", "http://www.w3.org/2000/svg", "viewBox", "0 0 " +
			WIDTH + " " + (bottom + BOTTOM), "class", "chart", "role", "img",
			"aria-label", title);
		html.element("text", title + (log ? " (logarithmic)" : ""), "x", "" + LEFT,
			"y", "16", "class", "title");
		for (final double tick : yTicks())
			drawYTick(html, tick);
		for (final int tick : xTicks())
			text(html, tick + "", x(tick), bottom + 16, "middle");
		text(html, "epoch", (LEFT + WIDTH - RIGHT) / 2.0, bottom + BOTTOM - 6,
			"middle");
		if (marked > 0) drawMark(html);
		for (int i = 0; i < series.size(); i++)
			drawCurve(html, series.get(i), i);
		drawLegend(html);
		html.close();
	}

	private void findRange() {
		low = all().filter(v -> !log || v > 0).min().orElse(0);
		high = all().max().orElse(1);
		if (share) high = Math.max(1, high);
		if (!log && !share) low = Math.min(0, low);
		if (share) low = Math.max(0, Math.floor(10 * low - 0.5) / 10);
		if (high <= low) high = low == 0 ? 1 : low + Math.abs(low);
	}

	private double x(final double epoch) {
		final int first = epochs[0];
		final int last = epochs[epochs.length - 1];
		final double share = last == first ? 0.5 : (epoch - first) / (last - first);
		return LEFT + share * (WIDTH - LEFT - RIGHT);
	}

	private double y(final double value) {
		final double share = log ? Math.log(value / low) / Math.log(high / low)
			: (value - low) / (high - low);
		return bottom - share * (bottom - top);
	}

	private List<Double> yTicks() {
		return log ? logTicks() : linearTicks();
	}

	private List<Double> linearTicks() {
		final double step = niceStep((high - low) / 5);
		final List<Double> ticks = new ArrayList<>();
		for (double tick = step * Math.ceil(low / step - 1e-9); tick <= high +
			1e-9 * step; tick += step)
			ticks.add(tick);
		return ticks;
	}

	/** 1, 2, 5, 10, ...; powers of ten alone where there are many. */
	private List<Double> logTicks() {
		final boolean many = high > 1e4 * low;
		final List<Double> ticks = new ArrayList<>();
		for (int e = (int) Math.floor(Math.log10(low)); e <= Math.log10(high); e++)
			for (final int digit : many ? new int[] { 1 } : new int[] { 1, 2, 5 }) {
				final double tick = Double.parseDouble(digit + "e" + e);
				if (tick >= low && tick <= high) ticks.add(tick);
			}
		return ticks;
	}

	private static double niceStep(final double rough) {
		final double power = Math.pow(10, Math.floor(Math.log10(rough)));
		for (final double digit : new double[] { 1, 2, 5 })
			if (digit * power >= rough) return digit * power;
		return 10 * power;
	}

	private int[] xTicks() {
		final int first = epochs[0];
		final int last = epochs[epochs.length - 1];
		final int step = (int) Math.max(1, niceStep((last - first) / 10.0 + 1e-9));
		final List<Integer> ticks = new ArrayList<>();
		for (int tick = step * (int) Math.ceil((double) first /
			step); tick <= last; tick += step)
			ticks.add(tick);
		return ticks.stream().mapToInt(Integer::intValue).toArray();
	}

	private void drawYTick(final Html html, final double tick) {
		html.empty("line", "x1", "" + LEFT, "x2", "" + (WIDTH - RIGHT), "y1",
			number(y(tick)), "y2", number(y(tick)), "class", "grid");
		text(html, label(tick), LEFT - 6, y(tick) + 4, "end");
	}

	private static String label(final double value) {
		// Sums of steps miss 0 by a little.
		if (Math.abs(value) < 1e-12) return "0";
		if (Math.abs(value) < 1e-3) return String.format(Locale.ROOT, "%.0e", value)
			.replace("e-0", "e-");
		return String.format(Locale.ROOT, "%.4f", value).replaceFirst("\\.?0+$",
			"");
	}

	private void drawMark(final Html html) {
		final double x = x(marked);
		html.empty("line", "x1", number(x), "x2", number(x), "y1", "" + top, "y2",
			"" + bottom, "class", "mark");
		final boolean left = x > WIDTH - 110;
		text(html, "best epoch", x + (left ? -5 : 5), top + 4, left ? "end"
			: "start");
	}

	private void drawCurve(final Html html, final double[] values,
		final int index)
	{
		final String colour = COLOURS[index % COLOURS.length];
		final StringBuilder path = new StringBuilder();
		boolean down = false;
		for (int i = 0; i < values.length; i++) {
			final boolean there = Double.isFinite(values[i]) && (!log ||
				values[i] > 0);
			if (there) path.append(down ? 'L' : 'M').append(number(x(epochs[i])))
				.append(' ').append(number(y(values[i])));
			down = there;
			if (there && values.length <= MARKED) html.empty("circle", "cx", number(x(
				epochs[i])), "cy", number(y(values[i])), "r", "2.5", "fill", colour);
		}
		html.empty("path", "d", path.toString(), "fill", "none", "stroke", colour,
			"stroke-width", "1.8", "stroke-dasharray", dashes(index));
	}

	private static String dashes(final int index) {
		final int round = index / COLOURS.length;
		return round == 0 ? "none" : 6 / round + 1 + " 3";
	}

	/** @return lines that the legend takes; 0 if it fits beside the title */
	private int legendLines() {
		final int all = names.stream().filter(n -> !n.isEmpty()).mapToInt(
			LineChart::width).sum();
		return all <= WIDTH - LEFT - RIGHT - LETTER * (title.length() + 16) ? 0
			: drawLegend(null, LEFT, TOP);
	}

	private static int width(final String name) {
		return LETTER * name.length() + SAMPLE;
	}

	private void drawLegend(final Html html) {
		if (top > TOP) drawLegend(html, LEFT, TOP);
		else drawLegend(html, WIDTH - RIGHT - names.stream().filter(n -> !n
			.isEmpty()).mapToInt(LineChart::width).sum(), 16);
	}

	/**
	 * @param html null only measures
	 * @return number of lines
	 */
	private int drawLegend(final Html html, final int left, final int first) {
		int x = left;
		int line = 0;
		for (int i = 0; i < names.size(); i++) {
			final String name = names.get(i);
			if (name.isEmpty()) continue;
			if (x > left && x + width(name) > WIDTH - RIGHT + 1) {
				x = left;
				line++;
			}
			if (html != null) drawEntry(html, i, x, first + line * LINE_HEIGHT);
			x += width(name);
		}
		return line + 1;
	}

	private void drawEntry(final Html html, final int index, final int x,
		final int y)
	{
		html.empty("line", "x1", number(x), "x2", number(x + 18), "y1", "" + (y -
			4), "y2", "" + (y - 4), "stroke", COLOURS[index % COLOURS.length],
			"stroke-width", "3", "stroke-dasharray", dashes(index));
		text(html, names.get(index), x + 24, y, "start");
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
