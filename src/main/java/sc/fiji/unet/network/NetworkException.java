
package sc.fiji.unet.network;

/** The engine failed; the message says what happened and what may help. */
public class NetworkException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public NetworkException(final String message) {
		super(message);
	}

	public NetworkException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
