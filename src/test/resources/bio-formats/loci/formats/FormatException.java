package loci.formats;

/** Stand-in: what Bio-Formats says of files that it cannot read. */
public class FormatException extends Exception {

	private static final long serialVersionUID = 1;

	public FormatException(final String message) {
		super(message);
	}
}
