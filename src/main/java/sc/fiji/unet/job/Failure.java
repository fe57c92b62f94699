
package sc.fiji.unet.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;

import sc.fiji.unet.network.NetworkException;

/**
 * What the user is told about a failure, by the menu as on the command line.
 */
public final class Failure {

	private static final long MEGABYTE = 1 << 20;

	private Failure() {}

	/**
	 * @return whether nobody has foreseen the failure, so that its trace must not
	 *         be lost
	 */
	public static boolean isBug(final Throwable failure) {
		return !isForUsers(failure) && !isLackOfMemory(failure);
	}

	/** Subclasses, such as of a number's format, have no message for users. */
	private static boolean isForUsers(final Throwable failure) {
		final Class<?> type = failure.getClass();
		return failure instanceof IOException || (failure.getMessage() != null &&
			(type == IllegalArgumentException.class ||
				type == IllegalStateException.class ||
				failure instanceof UncheckedIOException ||
				failure instanceof InvalidPathException ||
				failure instanceof NetworkException));
	}

	/** Other threads wrap what went wrong. */
	private static boolean isLackOfMemory(final Throwable failure) {
		for (Throwable e = failure; e != null; e = e.getCause())
			if (e instanceof OutOfMemoryError) return true;
		return false;
	}

	/** @return what went wrong and what to do, in a sentence or two */
	public static String sentence(final Throwable failure) {
		if (isLackOfMemory(failure)) return "The " + Runtime.getRuntime()
			.maxMemory() / MEGABYTE +
			" MB of memory that Java may use are not enough. Give it more (in ImageJ at Edit > Options > Memory & Threads, on the command line with UNET_JAVA_OPTS=-Xmx8g, or MAVEN_OPTS=-Xmx8g), or use smaller images.";
		if (isBug(failure)) return "Unexpected error: " + failure +
			". The console has the details; please report them.";
		if (failure instanceof UncheckedIOException) return sentence(failure
			.getCause());
		if (failure instanceof InvalidPathException) return "The path '" +
			((InvalidPathException) failure).getInput() +
			"' cannot be used on this system; check its characters, or set LC_ALL=C.UTF-8.";
		if (failure instanceof FileSystemException) return ofFile(
			(FileSystemException) failure);
		return failure.getMessage() == null ? "A file could not be used: " +
			failure + "." : failure.getMessage();
	}

	/** Java itself gives no more than the name of the file. */
	private static String ofFile(final FileSystemException failure) {
		final String message = failure.getMessage();
		if (message != null && message.endsWith(".")) return message;
		if (failure instanceof NoSuchFileException)
			return "There is no file or folder '" + failure.getFile() +
				"'; check its name.";
		if (failure instanceof AccessDeniedException) return "Access to '" + failure
			.getFile() + "' is denied; change its permissions, or use another place.";
		return "A file could not be used: " + failure + ".";
	}
}
