
package sc.fiji.unet.imagej;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Text in pictures. */
public final class Lettering {

	private Lettering() {}

	/**
	 * Java without fonts, as in small containers, cannot write.
	 *
	 * @throws IllegalStateException if there are none; says what to do
	 */
	public static void check() {
		final Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)
			.createGraphics();
		try {
			g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
			g.drawString("1", 0, 0);
		}
		catch (final RuntimeException | LinkageError | InternalError e) {
			throw new IllegalStateException(
				"Java finds no fonts, so the picture cannot be labelled; install fontconfig and a font such as DejaVu Sans.",
				e);
		}
		finally {
			g.dispose();
		}
	}

	/** @return whether {@link #check} finds fonts */
	static boolean isPossible() {
		try {
			check();
			return true;
		}
		catch (final IllegalStateException e) {
			return false;
		}
	}

	static void smooth(final Graphics2D g) {
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING,
			RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING,
			RenderingHints.VALUE_ANTIALIAS_ON);
	}

	/** @return the text in lines that are no wider, longer words aside */
	static List<String> lines(final String text, final FontMetrics metrics,
		final int width)
	{
		final List<String> lines = new ArrayList<>();
		for (final String word : text.split("\\s+")) {
			final int last = lines.size() - 1;
			final String longer = lines.isEmpty() ? word : lines.get(last) + " " +
				word;
			if (lines.isEmpty() || metrics.stringWidth(longer) > width) lines.add(
				word);
			else lines.set(last, longer);
		}
		return lines;
	}

	/** @return the text, or its beginning with dots, no wider */
	static String shortened(final String text, final Graphics2D g,
		final int width)
	{
		final FontMetrics metrics = g.getFontMetrics();
		if (metrics.stringWidth(text) <= width) return text;
		int length = text.length();
		while (length > 1 && metrics.stringWidth(text.substring(0, length) +
			"...") > width)
			length--;
		return text.substring(0, length) + "...";
	}
}
