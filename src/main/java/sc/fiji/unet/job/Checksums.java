
package sc.fiji.unet.job;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/** SHA-256, as it is written everywhere. */
final class Checksums {

	private Checksums() {}

	/** @return a new sum of nothing */
	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java has SHA-256.", e);
		}
	}

	/**
	 * @return the sum in lower-case hexadecimal digits; it is empty afterwards
	 */
	static String hex(final MessageDigest sum) {
		final StringBuilder digits = new StringBuilder();
		for (final byte b : sum.digest())
			digits.append(String.format(Locale.ROOT, "%02x", b));
		return digits.toString();
	}
}
