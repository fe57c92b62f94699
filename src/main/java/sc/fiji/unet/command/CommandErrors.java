
package sc.fiji.unet.command;

import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutionException;

import org.scijava.module.MethodCallException;

import sc.fiji.unet.network.NetworkException;

/** What the user is told about an exception that a command has thrown. */
final class CommandErrors {

	private CommandErrors() {}

	/** @return the exception that the command threw, without its wrappings */
	static Throwable cause(final Throwable thrown) {
		Throwable cause = thrown;
		while (cause.getCause() != null && isWrapping(cause))
			cause = cause.getCause();
		return cause;
	}

	private static boolean isWrapping(final Throwable e) {
		return e instanceof ExecutionException ||
			e instanceof MethodCallException ||
			e instanceof InvocationTargetException || e
				.getClass() == RuntimeException.class;
	}

	/**
	 * @return false for exceptions whose message tells the user what to do
	 */
	static boolean isBug(final Throwable cause) {
		return !(cause instanceof IllegalArgumentException ||
			cause instanceof IllegalStateException ||
			cause instanceof UncheckedIOException ||
			cause instanceof NetworkException) || cause.getMessage() == null;
	}

	/** @return what to show */
	static String message(final Throwable cause) {
		return isBug(cause) ? "Unexpected error: " + cause +
			". The console has the details; please report them." : cause.getMessage();
	}
}
