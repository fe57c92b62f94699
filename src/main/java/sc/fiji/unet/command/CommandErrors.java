
package sc.fiji.unet.command;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutionException;

import org.scijava.module.MethodCallException;

/** What SciJava wraps exceptions of a command into. */
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
}
