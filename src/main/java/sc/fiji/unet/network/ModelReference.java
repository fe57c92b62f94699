
package sc.fiji.unet.network;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Which model is meant, wherever its file lies and whatever it is called
 * meanwhile. Immutable.
 */
public final class ModelReference {

	private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
	/** Digits that tell models apart for people. */
	private static final int SHORT = 12;

	private final String name;
	private final String sha256;

	/**
	 * @param name what the model calls itself
	 * @param sha256 SHA-256 of its file, 64 hexadecimal digits in lower case
	 * @throws IllegalArgumentException if the checksum is none
	 */
	public ModelReference(final String name, final String sha256) {
		this.name = Objects.requireNonNull(name);
		this.sha256 = sha256;
		if (!SHA256.matcher(sha256).matches()) throw new IllegalArgumentException(
			"'" + sha256 + "' is no SHA-256 of the model '" + name +
				"'; it has 64 digits 0 to 9 and a to f.");
	}

	/** @return what the model calls itself */
	public String name() {
		return name;
	}

	/** @return SHA-256 of its file, 64 hexadecimal digits */
	public String sha256() {
		return sha256;
	}

	@Override
	public boolean equals(final Object o) {
		return o instanceof ModelReference && name.equals(
			((ModelReference) o).name) && sha256.equals(((ModelReference) o).sha256);
	}

	@Override
	public int hashCode() {
		return sha256.hashCode();
	}

	/** @return name and the first digits of the checksum, for messages */
	@Override
	public String toString() {
		return "'" + name + "' (SHA-256 " + sha256.substring(0, SHORT) + "...)";
	}
}
