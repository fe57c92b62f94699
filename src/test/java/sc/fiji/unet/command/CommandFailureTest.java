
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.scijava.Context;

/** How a command of the menu ends when it fails. */
class CommandFailureTest {

	/** The weight map, which fails. */
	private static final class Failing extends ComputeWeightMap {

		private final Throwable failure;

		private Failing(final Throwable failure) {
			this.failure = failure;
		}

		@Override
		void execute() {
			if (failure instanceof Error) throw (Error) failure;
			throw (RuntimeException) failure;
		}
	}

	/** @return why it gave up; null if it did not */
	private static String reason(final Throwable failure) throws Exception {
		try (Context context = new Context()) {
			final Failing command = new Failing(failure);
			context.inject(command);
			final Field image = ComputeWeightMap.class.getDeclaredField("image");
			image.setAccessible(true);
			image.set(command, IJ.createImage("i", 4, 4, 1, 8));
			command.run();
			assertTrue(command.isCanceled(), "it went on after " + failure);
			return command.getCancelReason();
		}
	}

	@Test
	void failuresAreOneSentence() throws Exception {
		assertEquals("The value 7 is wrong; write 8.", reason(
			new IllegalArgumentException("The value 7 is wrong; write 8.")));
		assertEquals("A batch could not be made.", reason(new IllegalStateException(
			"A batch could not be made.")));
		assertEquals("The disk is full.", reason(new UncheckedIOException(
			new IOException("The disk is full."))));
		assertTrue(reason(new OutOfMemoryError()).contains("Memory & Threads"),
			reason(new OutOfMemoryError()));
	}

	@Test
	void givingUpIsNoFailure() throws Exception {
		assertEquals("", reason(new CancellationException("Segmentation ...")));
	}

	@Test
	void bugsKeepTheirTrace() {
		assertFalse(assertThrows(NullPointerException.class, () -> reason(
			new NullPointerException("bug"))).getStackTrace().length == 0);
	}
}
