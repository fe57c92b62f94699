
package sc.fiji.unet.job;

import java.util.Locale;

/** What is done where results of an image are there already. */
public enum Existing {

		/** What is done is not done again; what is not whole is. */
		SKIP,
		/** All is done again, and results are replaced. */
		OVERWRITE,
		/** Nothing is started. */
		STOP;

	/** @return the name in lower case, as in macros */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
