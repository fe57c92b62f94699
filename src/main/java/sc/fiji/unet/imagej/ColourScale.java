
package sc.fiji.unet.imagej;

import ij.plugin.LutLoader;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.IndexColorModel;
import java.util.Locale;

/** Colours for numbers, and a bar that explains them. Immutable. */
final class ColourScale {

	private static final int[][] GREY = { { 0, 0, 0 }, { 255, 255, 255 } };

	private final int[][] points;
	private final double min;
	private final double max;
	private final String caption;

	private ColourScale(final int[][] points, final double min, final double max,
		final String caption)
	{
		this.points = points;
		this.min = min;
		this.max = max > min ? max : min + 1;
		this.caption = caption;
	}

	/**
	 * From 0 to {@code max} in ImageJ's colours "Fire", as the Weight Map command
	 * shows its result.
	 */
	static ColourScale heat(final double max, final String caption) {
		final IndexColorModel fire = LutLoader.getLut("fire");
		final int[][] points = new int[fire.getMapSize()][];
		for (int i = 0; i < points.length; i++)
			points[i] = new int[] { fire.getRed(i), fire.getGreen(i), fire.getBlue(
				i) };
		return new ColourScale(points, 0, max, caption);
	}

	/** From black to white. */
	static ColourScale grey(final double min, final double max,
		final String caption)
	{
		return new ColourScale(GREY, min, max, caption);
	}

	/** @return colour of a value as red, green and blue; clipped */
	int rgb(final double value) {
		final double relative = Math.max(0, Math.min(1, (value - min) / (max -
			min))) * (points.length - 1);
		final int i = (int) Math.min(relative, points.length - 2);
		final double part = relative - i;
		int rgb = 0;
		for (int c = 0; c < 3; c++)
			rgb = rgb << 8 | (int) Math.round(points[i][c] + part * (points[i +
				1][c] - points[i][c]));
		return rgb;
	}

	/** @return the value as part of the scale, 0 to 255 */
	int level(final double value) {
		return (int) Math.round(255 * Math.max(0, Math.min(1, (value - min) / (max -
			min))));
	}

	/**
	 * Draws a bar with numbers below, caption to its left.
	 *
	 * @param right where the bar ends
	 * @param top of the bar, which with its numbers is two text sizes high
	 * @param length of the bar
	 * @param size of the text in pixels
	 * @return where the caption begins
	 */
	int draw(final Graphics2D g, final int right, final int top, final int length,
		final int size)
	{
		final int left = right - length;
		for (int x = 0; x < length; x++) {
			g.setColor(new Color(rgb(min + (max - min) * x / (length - 1))));
			g.fillRect(left + x, top, 1, size);
		}
		g.setColor(Color.GRAY);
		g.drawRect(left, top, length - 1, size - 1);
		g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size * 7 / 8));
		ticks(g, left, top + size, length, size);
		final int width = g.getFontMetrics().stringWidth(caption);
		g.drawString(caption, left - width - size / 2, top + size * 7 / 8);
		return left - width - size / 2;
	}

	private void ticks(final Graphics2D g, final int left, final int top,
		final int length, final int size)
	{
		final double step = step();
		g.setColor(Color.BLACK);
		for (double value = Math.ceil(min / step) * step; value <= max + step /
			1e6; value += step)
		{
			final int x = left + (int) Math.round((length - 1) * (value - min) /
				(max - min));
			final String text = number(Math.abs(value) < step / 1e6 ? 0 : value);
			g.drawLine(x, top, x, top + size / 5);
			g.drawString(text, x - g.getFontMetrics().stringWidth(text) / 2, top +
				size * 9 / 8);
		}
	}

	/** A round number, of which there are three to six on the scale. */
	private double step() {
		final double rough = (max - min) / 3;
		final double power = Math.pow(10, Math.floor(Math.log10(rough)));
		final double leading = rough / power;
		return power * (leading >= 5 ? 5 : leading >= 2 ? 2 : 1);
	}

	private static String number(final double value) {
		return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value)
			: String.format(Locale.ROOT, "%.3g", value).replaceAll("0+$", "")
				.replaceAll("\\.$", "");
	}
}
