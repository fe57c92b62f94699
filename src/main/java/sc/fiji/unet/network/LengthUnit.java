
package sc.fiji.unet.network;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Units of length that pixel sizes of microscopes have. Inches and centimetres
 * are none of them: ImageJ takes these from the resolution for printing that
 * pictures (PNG, JPEG, TIFF) have, which says nothing about the object.
 */
public enum LengthUnit {

		ANGSTROM(0.1, "Å", "å", "angstrom"), //
		NANOMETRE(1, "nm", "nanometer", "nanometre"), //
		MICROMETRE(1e3, "µm", "um", "micron", "micrometer", "micrometre"), //
		MILLIMETRE(1e6, "mm", "millimeter", "millimetre");

	private static final char GREEK_MU = '\u03bc';
	private static final char MICRO_SIGN = '\u00b5';

	private final double nanometres;
	private final String symbol;
	private final String[] names;

	LengthUnit(final double nanometres, final String symbol,
		final String... names)
	{
		this.nanometres = nanometres;
		this.symbol = symbol;
		this.names = names;
	}

	/**
	 * @param text name or symbol in any of the usual spellings, such as "µm",
	 *          "um", "micron" or "Micrometers"; may be null
	 * @return the unit; empty for what is no unit of length here, such as
	 *         "pixel", "inch" or "cm"
	 */
	public static Optional<LengthUnit> of(final String text) {
		if (text == null) return Optional.empty();
		final String lower = text.trim().toLowerCase(Locale.ROOT).replace(GREEK_MU,
			MICRO_SIGN);
		return Arrays.stream(values()).filter(unit -> unit.isCalled(lower))
			.findFirst();
	}

	private boolean isCalled(final String lower) {
		return lower.equals(symbol) || Arrays.stream(names).anyMatch(name -> lower
			.equals(name) || lower.equals(name + "s"));
	}

	/** @return the symbol, such as "µm" */
	public String symbol() {
		return symbol;
	}

	/**
	 * @param length in this unit
	 * @param unit another one
	 * @return the same length in that unit
	 */
	public double convert(final double length, final LengthUnit unit) {
		return length * (nanometres / unit.nanometres);
	}
}
