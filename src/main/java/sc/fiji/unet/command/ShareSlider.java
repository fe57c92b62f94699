
package sc.fiji.unet.command;

import java.awt.Dimension;
import java.awt.Scrollbar;
import java.awt.TextField;
import java.math.BigDecimal;

/**
 * A slider for the numbers from 0 to 1 below a text field. It follows what is
 * typed; a word in the field leaves it where it is.
 */
final class ShareSlider extends Scrollbar {

	private static final long serialVersionUID = 1L;

	/** Digits behind the point. */
	private static final int DIGITS = 2;
	private static final int STEPS = 100;
	private static final int WIDTH_PIXELS = 160;
	private static final int HEIGHT_PIXELS = 16;

	/** @param field is set to the number, which its listeners hear of */
	ShareSlider(final TextField field) {
		super(HORIZONTAL, 0, 1, 0, STEPS + 1);
		setBlockIncrement(STEPS / 20);
		follow(field.getText());
		field.addTextListener(event -> follow(field.getText()));
		addAdjustmentListener(event -> field.setText(text()));
	}

	private String text() {
		return ParameterText.format(BigDecimal.valueOf(getValue(), DIGITS)
			.doubleValue());
	}

	private void follow(final String text) {
		try {
			final double value = Double.parseDouble(text.trim());
			if (value >= 0 && value <= 1) setValue((int) Math.round(STEPS * value));
		}
		catch (final NumberFormatException e) {
			// A word, or a number half typed.
			return;
		}
	}

	@Override
	public Dimension getPreferredSize() {
		return new Dimension(WIDTH_PIXELS, HEIGHT_PIXELS);
	}
}
