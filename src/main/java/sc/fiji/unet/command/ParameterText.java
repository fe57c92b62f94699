
package sc.fiji.unet.command;

import ij.ImagePlus;
import ij.WindowManager;

import java.io.File;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.scijava.module.ModuleItem;
import org.scijava.util.Types;

/**
 * The value of a parameter as text, in a macro or a dialog, and back. Checks
 * what SciJava does not: choices, numbers and their range.
 */
final class ParameterText {

	private ParameterText() {}

	/** @return text that {@link #parse} turns back into the value */
	static String format(final Object value) {
		if (value == null) return "";
		if (value instanceof ImagePlus) return ((ImagePlus) value).getTitle();
		final boolean decimal = value instanceof Double || value instanceof Float;
		if (decimal && Double.isFinite(((Number) value).doubleValue()))
			return new BigDecimal(value.toString()).stripTrailingZeros()
				.toPlainString();
		return value.toString();
	}

	/**
	 * @return value of the parameter's type; null for an empty file
	 * @throws IllegalArgumentException if the text is no value of the type, no
	 *           choice, or out of range
	 */
	static Object parse(final ModuleItem<?> item, final String text) {
		final Class<?> type = Types.box(item.getType());
		final Object value;
		if (type == Boolean.class) value = parseBoolean(item, text);
		else if (Number.class.isAssignableFrom(type)) value = parseNumber(item,
			type, text);
		else if (type == File.class) value = text.trim().isEmpty() ? null
			: new File(text.trim());
		else if (type == ImagePlus.class) value = parseImage(item, text);
		else if (type == String.class) value = text;
		else throw new IllegalArgumentException("Parameter \"" + item.getName() +
			"\" of type " + type.getSimpleName() +
			" cannot be given in a macro; leave it out.");
		checkChoice(item, value);
		return value;
	}

	private static Boolean parseBoolean(final ModuleItem<?> item,
		final String text)
	{
		final String lower = text.trim().toLowerCase(Locale.ROOT);
		if (!lower.equals("true") && !lower.equals("false")) throw wrong(item, text,
			"must be true or false");
		return Boolean.valueOf(lower);
	}

	private static Object parseNumber(final ModuleItem<?> item,
		final Class<?> type, final String text)
	{
		final BigDecimal number;
		final Number value;
		try {
			number = new BigDecimal(text.trim());
			value = convert(number, type);
		}
		catch (final NumberFormatException | ArithmeticException e) {
			final boolean whole = type != Double.class && type != Float.class;
			throw wrong(item, text, whole ? "must be a whole number"
				: "must be a number, with a point for decimals");
		}
		checkRange(item, text, number);
		return value;
	}

	private static Number convert(final BigDecimal number, final Class<?> type) {
		if (type == Integer.class) return number.intValueExact();
		if (type == Long.class) return number.longValueExact();
		if (type == Float.class) return number.floatValue();
		if (type == Double.class) return number.doubleValue();
		throw new IllegalArgumentException("Parameters of type " + type
			.getSimpleName() + " are not supported; use int, long, float or double.");
	}

	private static void checkRange(final ModuleItem<?> item, final String text,
		final BigDecimal number)
	{
		final Object min = item.getMinimumValue();
		final Object max = item.getMaximumValue();
		final boolean low = min != null && number.compareTo(new BigDecimal(min
			.toString())) < 0;
		final boolean high = max != null && number.compareTo(new BigDecimal(max
			.toString())) > 0;
		if (!low && !high) return;
		if (min != null && max != null) throw wrong(item, text,
			"must lie between " + format(min) + " and " + format(max));
		throw wrong(item, text, min != null ? "must be " + format(min) + " or more"
			: "must be " + format(max) + " or less");
	}

	private static ImagePlus parseImage(final ModuleItem<?> item,
		final String title)
	{
		final ImagePlus image = WindowManager.getImage(title);
		if (image == null) throw wrong(item, title,
			"must be the title of an open image");
		return image;
	}

	private static void checkChoice(final ModuleItem<?> item,
		final Object value)
	{
		final List<?> choices = item.getChoices();
		if (choices == null || choices.isEmpty() || choices.contains(value)) return;
		throw wrong(item, format(value), "must be one of " + choices.stream().map(
			ParameterText::format).collect(Collectors.joining(", ")));
	}

	private static IllegalArgumentException wrong(final ModuleItem<?> item,
		final String text, final String rule)
	{
		return new IllegalArgumentException(item.getName() + "=" + MacroOptions
			.quote(text) + " is not possible: \"" + label(item) + "\" " + rule + ".");
	}

	/** @return what the parameter is called in a dialog */
	static String label(final ModuleItem<?> item) {
		final String label = item.getLabel();
		return label == null || label.isEmpty() ? item.getName() : label;
	}
}
