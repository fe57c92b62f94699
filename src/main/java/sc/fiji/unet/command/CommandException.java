
package sc.fiji.unet.command;

/** A command could not do its work; the message is for the user. */
final class CommandException extends Exception {

	private static final long serialVersionUID = 1L;

	CommandException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
