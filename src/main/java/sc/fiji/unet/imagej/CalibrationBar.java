
package sc.fiji.unet.imagej;

import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.Line;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.process.ColorProcessor;
import ij.process.LUT;

import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A bar in the upper right corner of an image that tells which colour means
 * which value. It lies in the overlay, so that pixels stay as they are.
 * ImageJ's own needs a window and a dialog; this one needs neither. It has the
 * same name, so that Analyze &gt; Tools &gt; Calibration Bar replaces it.
 */
public final class CalibrationBar {

	private static final String NAME = "|CB|";
	private static final Color FRAME = Color.WHITE;
	private static final Color GROUND = new Color(0, 0, 0, 160);
	private static final int COLOURS = 256;
	/** More labels than these are too many. */
	private static final int MOST_TICKS = 6;
	/** Share of the image's height that the bar takes, and its bounds in px. */
	private static final double SHARE = 0.4;
	private static final int SHORTEST = 48;
	private static final int LONGEST = 400;

	private final ImagePlus image;
	private final Overlay overlay;
	private final double min;
	private final double max;
	/** Length of the bar in pixels; all else follows from it. */
	private final double length;
	private final Font font;

	private CalibrationBar(final ImagePlus image) {
		this.image = image;
		overlay = image.getOverlay() == null ? new Overlay() : image.getOverlay();
		min = image.getDisplayRangeMin();
		max = image.getDisplayRangeMax();
		length = Math.max(SHORTEST, Math.min(LONGEST, SHARE * image.getHeight()));
		font = new Font(Font.SANS_SERIF, Font.PLAIN, (int) Math.round(Math.max(9,
			length / 12)));
	}

	/**
	 * @param image one channel with a colour table and a display range; gets the
	 *          bar in its overlay
	 */
	public static void addTo(final ImagePlus image) {
		new CalibrationBar(image).draw();
	}

	private void draw() {
		for (int i = overlay.size() - 1; i >= 0; i--)
			if (NAME.equals(overlay.get(i).getName())) overlay.remove(i);
		final List<BigDecimal> ticks = ticks(min, max);
		double widest = 0;
		for (final BigDecimal tick : ticks)
			widest = Math.max(widest, width(text(tick)));
		final double gap = font.getSize() / 2.0;
		final double thickness = length / 10;
		final double left = image.getWidth() - widest - 4 * gap - thickness;
		final double top = 2 * gap;
		final Roi ground = new Roi(left - gap, top - gap, thickness + widest + 4 *
			gap, length + 2 * gap);
		ground.setFillColor(GROUND);
		add(ground);
		addColours(left, top, thickness);
		for (final BigDecimal tick : ticks)
			addTick(tick, left + thickness, top, gap);
		image.setOverlay(overlay);
	}

	private void addColours(final double left, final double top,
		final double thickness)
	{
		final LUT lut = image.getProcessor().getLut();
		final int width = (int) Math.round(thickness);
		final int height = (int) Math.round(length);
		final ColorProcessor colours = new ColorProcessor(width, height);
		for (int y = 0; y < height; y++) {
			colours.setColor(new Color(lut.getRGB((COLOURS - 1) * (height - 1 - y) /
				(height - 1))));
			colours.fillRect(0, y, width, 1);
		}
		add(new ImageRoi((int) Math.round(left), (int) Math.round(top), colours));
		final Roi frame = new Roi(Math.round(left), Math.round(top), width, height);
		frame.setStrokeColor(FRAME);
		add(frame);
	}

	private void addTick(final BigDecimal value, final double x, final double top,
		final double gap)
	{
		final double y = top + length * (max - value.doubleValue()) / (max - min);
		final Line line = new Line(x, y, x + gap / 2, y);
		line.setStrokeColor(FRAME);
		add(line);
		final TextRoi label = new TextRoi(x + gap, y - 0.62 * font.getSize(), text(
			value), font);
		label.setStrokeColor(FRAME);
		label.setAntiAlias(true);
		add(label);
	}

	private void add(final Roi roi) {
		overlay.add(roi, NAME);
	}

	private double width(final String text) {
		return font.getStringBounds(text, new FontRenderContext(null, true, true))
			.getWidth();
	}

	private static String text(final BigDecimal value) {
		return value.signum() == 0 ? "0" : value.stripTrailingZeros()
			.toPlainString();
	}

	/** @return round numbers, 1, 2 or 5 times a power of ten apart */
	static List<BigDecimal> ticks(final double min, final double max) {
		final List<BigDecimal> ticks = new ArrayList<>();
		final double least = (max - min) / (MOST_TICKS - 1);
		if (!(least > 0) || Double.isInfinite(least)) return ticks;
		final BigDecimal step = step(least);
		for (BigDecimal tick = step.multiply(BigDecimal.valueOf((long) Math.ceil(
			min / step.doubleValue()))); tick.doubleValue() <= max; tick = tick.add(
				step))
			ticks.add(tick);
		return ticks;
	}

	private static BigDecimal step(final double least) {
		final BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(
			Math.log10(least)));
		for (final int factor : new int[] { 1, 2, 5 }) {
			final BigDecimal step = power.multiply(BigDecimal.valueOf(factor));
			if (step.doubleValue() >= least) return step;
		}
		return power.multiply(BigDecimal.TEN);
	}
}
