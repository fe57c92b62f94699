
package sc.fiji.unet.imagej;

import ij.gui.Roi;
import ij.process.LUT;

import java.awt.Color;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One colour for each class, which people who are colour-blind can tell apart,
 * too (Okabe and Ito, Color Universal Design, 2008). The background, class 0,
 * is black; from the eighth class on the colours repeat.
 */
public final class ClassColours {

	private static final int[] PALETTE = { 0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442,
		0xCC79A7, 0xD55E00, 0x0072B2 };
	private static final String[] NAMES = { "orange", "sky blue", "green",
		"yellow", "purple", "vermilion", "blue" };

	private ClassColours() {}

	/**
	 * @param index of a class, 0 = background
	 * @return its colour
	 */
	public static Color of(final int index) {
		return index <= 0 ? Color.BLACK : new Color(PALETTE[(index - 1) %
			PALETTE.length]);
	}

	/**
	 * @param classes names of the foreground classes
	 * @return which colour each has, in a sentence for the user
	 */
	public static String sentence(final List<String> classes) {
		return "Colours of the classes: " + IntStream.range(0, classes.size())
			.mapToObj(i -> classes.get(i) + " " + NAMES[i % NAMES.length]).collect(
				Collectors.joining(", ")) + ".";
	}

	/**
	 * Gives ROIs the colour of their class.
	 *
	 * @param rois named after class and label, as {@link LabelRois} names them
	 * @param classes names of the foreground classes
	 */
	public static void paint(final List<Roi> rois, final List<String> classes) {
		for (final Roi roi : rois)
			roi.setStrokeColor(of(1 + classes.indexOf(LabelRois.className(roi))));
	}

	/**
	 * @param values stored value of each class, ascending, background first
	 * @param most largest value that is shown
	 * @return colour table that shows each value in the colour of its class where
	 *         the display range is 0 to {@code most}
	 */
	static LUT table(final int[] values, final int most) {
		final byte[][] rgb = new byte[3][256];
		for (int c = 1; c < values.length; c++) {
			final Color colour = of(c);
			final int i = (int) Math.min(255, Math.round(255.0 * values[c] / most));
			rgb[0][i] = (byte) colour.getRed();
			rgb[1][i] = (byte) colour.getGreen();
			rgb[2][i] = (byte) colour.getBlue();
		}
		return new LUT(rgb[0], rgb[1], rgb[2]);
	}
}
