
package sc.fiji.unet.imagej;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the colours of a picture mean, in rows of swatches with words. Immutable
 * once it is drawn; not thread-safe.
 */
final class Legend {

	/** Height of the letters beside a picture, and white around it, in pixels. */
	private static final int LETTERS = 16;
	private static final int GAP = 8;
	/** Width of a letter over its height, where there is no font to ask. */
	private static final double LETTER = 0.6;

	private static final class Entry {

		private final String text;
		private final List<Color> colours;

		Entry(final String text, final List<Color> colours) {
			this.text = text;
			this.colours = colours;
		}
	}

	private final List<Entry> entries = new ArrayList<>();

	/** Adds a line of words with the colours that they explain. */
	Legend add(final String text, final Color... colours) {
		entries.add(new Entry(text, Arrays.asList(colours)));
		return this;
	}

	/**
	 * @param size height of the letters in pixels
	 * @return pixels that the widest entry takes
	 */
	int narrowest(final Graphics2D g, final int size) {
		return entries.stream().mapToInt(e -> width(g, e, size)).max().orElse(0);
	}

	/** @return height in pixels that {@link #draw} takes */
	int height(final Graphics2D g, final int width, final int size) {
		int rows = 1;
		int x = 0;
		for (final Entry entry : entries) {
			final int next = width(g, entry, size);
			if (x > 0 && x + next > width) {
				rows++;
				x = 0;
			}
			x += next;
		}
		return rows * rowHeight(size) + size / 2;
	}

	/** Draws black letters, row below row, from a point on. */
	void draw(final Graphics2D g, final int left, final int top, final int width,
		final int size)
	{
		int x = left;
		int y = top + size / 2;
		for (final Entry entry : entries) {
			final int next = width(g, entry, size);
			if (x > left && x + next > left + width) {
				x = left;
				y += rowHeight(size);
			}
			draw(g, entry, x, y, size);
			x += next;
		}
	}

	/** @return the picture with the legend below, on white */
	BufferedImage below(final BufferedImage picture) {
		return frame(picture, "");
	}

	/**
	 * @param caption to write above; "" for none
	 * @return the picture with caption and legend, on white
	 */
	BufferedImage frame(final BufferedImage picture, final String caption) {
		final Graphics2D measure = picture.createGraphics();
		final int inner = Math.max(picture.getWidth(), narrowest(measure, LETTERS));
		final int bottom = height(measure, inner, LETTERS);
		measure.dispose();
		final int head = caption.isEmpty() ? GAP : 2 * LETTERS;
		final BufferedImage framed = new BufferedImage(inner + 2 * GAP, head +
			picture.getHeight() + bottom, BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = framed.createGraphics();
		g.setColor(Color.WHITE);
		g.fillRect(0, 0, framed.getWidth(), framed.getHeight());
		g.drawImage(picture, GAP, head, null);
		write(g, caption, GAP, head * 2 / 3, LETTERS);
		draw(g, GAP, head + picture.getHeight(), inner, LETTERS);
		g.dispose();
		return framed;
	}

	private static void draw(final Graphics2D g, final Entry entry,
		final int left, final int top, final int size)
	{
		int x = left;
		for (final Color colour : entry.colours) {
			g.setColor(colour);
			g.fillRect(x, top, size, size);
			g.setColor(Color.GRAY);
			g.drawRect(x, top, size - 1, size - 1);
			x += size;
		}
		write(g, entry.text, x + size / 3, top + size - size / 6, size);
	}

	private static int rowHeight(final int size) {
		return size * 3 / 2;
	}

	private static int width(final Graphics2D g, final Entry entry,
		final int size)
	{
		return entry.colours.size() * size + size / 3 + textWidth(g, entry.text,
			size) + size;
	}

	private static int textWidth(final Graphics2D g, final String text,
		final int size)
	{
		try {
			return g.getFontMetrics(font(size)).stringWidth(text);
		}
		catch (final RuntimeException | LinkageError | InternalError e) {
			return (int) Math.ceil(LETTER * size * text.length());
		}
	}

	private static Font font(final int size) {
		return new Font(Font.SANS_SERIF, Font.PLAIN, size);
	}

	/**
	 * Writes black letters; nothing on machines without fonts (small containers):
	 * pictures can do without.
	 *
	 * @param y of the baseline
	 */
	static void write(final Graphics2D g, final String text, final int x,
		final int y, final int size)
	{
		g.setColor(Color.BLACK);
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING,
			RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		try {
			g.setFont(font(size));
			g.drawString(text, x, y);
		}
		catch (final RuntimeException | LinkageError | InternalError e) {
			return;
		}
	}
}
