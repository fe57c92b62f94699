
package sc.fiji.unet.imagej;

import ij.process.LUT;

import java.awt.Color;

/**
 * One colour for each label, those of neighbouring numbers far apart. Label 0,
 * the background, is black; the table repeats after 255 labels.
 */
public final class ObjectColours {

	/** Fraction of the colour circle between two labels: the golden section. */
	private static final double STEP = (Math.sqrt(5) - 1) / 2;
	private static final int COLOURS = 255;

	private ObjectColours() {}

	/**
	 * @param label any label
	 * @return its colour, bright enough to stand out on grey; black for 0 or less
	 */
	public static Color of(final int label) {
		if (label <= 0) return Color.BLACK;
		final int i = (label - 1) % COLOURS;
		final float hue = (float) (i * STEP % 1);
		final float saturation = 1 - i / 3 % 3 * 0.22f;
		final float brightness = 1 - i % 2 * 0.2f;
		return Color.getHSBColor(hue, saturation, brightness);
	}

	/** @return colour table with the colour of label i at index i */
	static LUT table() {
		final byte[][] rgb = new byte[3][COLOURS + 1];
		for (int i = 0; i <= COLOURS; i++) {
			final Color colour = of(i);
			rgb[0][i] = (byte) colour.getRed();
			rgb[1][i] = (byte) colour.getGreen();
			rgb[2][i] = (byte) colour.getBlue();
		}
		return new LUT(rgb[0], rgb[1], rgb[2]);
	}
}
