
package sc.fiji.unet.worker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.Base64;

import sc.fiji.unet.network.NetworkException;

/**
 * Objects as text, for Appose's messages. Exceptions of classes that only one
 * side knows arrive as {@link NetworkException}, with message and stack trace.
 */
final class Wire {

	private Wire() {}

	static String encode(final Object value) {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new Portable(bytes)) {
			out.writeObject(value);
		}
		catch (final IOException e) {
			throw new IllegalStateException("Cannot send " + value.getClass() +
				" to the other process.", e);
		}
		return Base64.getEncoder().encodeToString(bytes.toByteArray());
	}

	static Object decode(final String text) {
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(
			Base64.getDecoder().decode(text))))
		{
			return in.readObject();
		}
		catch (final IOException | ClassNotFoundException e) {
			throw new IllegalStateException(
				"Cannot read what the other process has sent; is it of the same version?",
				e);
		}
	}

	/** @return the exception as text, whatever it drags along */
	static String encodeFailure(final Throwable failure) {
		try {
			return encode(failure);
		}
		catch (final IllegalStateException e) {
			if (!(e.getCause() instanceof NotSerializableException)) throw e;
			return encode(portable(failure));
		}
	}

	private static NetworkException portable(final Throwable failure) {
		final NetworkException result = new NetworkException(String.valueOf(
			failure));
		result.setStackTrace(failure.getStackTrace());
		return result;
	}

	private static final class Portable extends ObjectOutputStream {

		Portable(final OutputStream out) throws IOException {
			super(out);
			enableReplaceObject(true);
		}

		@Override
		protected Object replaceObject(final Object object) {
			if (!(object instanceof Throwable)) return object;
			final String name = object.getClass().getName();
			return name.startsWith("java.") || name.startsWith("sc.fiji.unet.network")
				? object : portable((Throwable) object);
		}
	}
}
