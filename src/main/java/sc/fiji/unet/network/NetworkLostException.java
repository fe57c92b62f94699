
package sc.fiji.unet.network;

/**
 * The process that a network lived in has ended, and with it all that was not
 * saved. Nothing else has come to harm; a new network can be made at once.
 */
public class NetworkLostException extends NetworkException {

	private static final long serialVersionUID = 1L;

	/** @param message for the user: what happened, and what to do */
	public NetworkLostException(final String message) {
		super(message);
	}

	/**
	 * @param message for the user: what happened, and what to do
	 * @param cause how it was told before
	 */
	public NetworkLostException(final String message,
		final NetworkLostException cause)
	{
		super(message);
		initCause(cause);
	}
}
