
package sc.fiji.unet.data;

import java.util.Locale;

/** What the values of a label image mean. */
public enum LabelKind {

		/** Whatever the values of the whole data set show unambiguously. */
		AUTO,
		/** 0 is background, everything else foreground. */
		MASK,
		/** 0 is background, every other value is an object of its own. */
		INSTANCES,
		/** Every value is a class; the smallest is the first class. */
		CLASSES;

	/**
	 * @param name as users write it, "auto", "mask", "instances" or "classes";
	 *          case does not count
	 * @throws IllegalArgumentException if it is none of these; lists them
	 */
	public static LabelKind of(final String name) {
		for (final LabelKind kind : values())
			if (kind.toString().equals(name.trim().toLowerCase(Locale.ROOT)))
				return kind;
		throw new IllegalArgumentException("labelkind=" + name +
			" is unknown; write auto, mask, instances or classes.");
	}

	/** @return the name as users write it */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
