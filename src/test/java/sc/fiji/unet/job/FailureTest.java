
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.NetworkException;

class FailureTest {

	@Test
	void whatIsForUsersIsSaidAsItIs() {
		final String text = "The value is 7; write 8.";
		for (final Exception e : new Exception[] { new IllegalArgumentException(
			text), new IllegalStateException(text), new IOException(text),
			new NetworkException(text), new NoSuchFileException(text),
			new UncheckedIOException(new IOException(text)) })
		{
			assertFalse(Failure.isBug(e), e.toString());
			assertEquals(text, Failure.sentence(e));
		}
	}

	@Test
	void filesThatJavaOnlyNamesGetASentence() {
		assertEquals("There is no file or folder 'a.tif'; check its name.", Failure
			.sentence(new NoSuchFileException("a.tif")));
	}

	@Test
	void aPathThatTheSystemHasNotIsNoBug() {
		final Exception e = new InvalidPathException("z\u00e4hlen",
			"Malformed input or input contains unmappable characters");
		assertFalse(Failure.isBug(e));
		assertEquals(
			"The path 'z\u00e4hlen' cannot be used on this system; check its characters, or set LC_ALL=C.UTF-8.",
			Failure.sentence(e));
	}

	@Test
	void lackOfMemorySaysWhatToDoHoweverItIsWrapped() {
		for (final Throwable e : new Throwable[] { new OutOfMemoryError("heap"),
			new IllegalStateException("A batch could not be made.",
				new OutOfMemoryError()) })
		{
			assertFalse(Failure.isBug(e), e.toString());
			assertTrue(Failure.sentence(e).contains("Memory & Threads"), Failure
				.sentence(e));
		}
	}

	@Test
	void bugsAreNotTakenForMistakesOfTheUser() {
		for (final Exception e : new Exception[] { new NullPointerException("x"),
			new IllegalStateException(), new NumberFormatException("For input"),
			new IndexOutOfBoundsException("7") })
		{
			assertTrue(Failure.isBug(e), e.toString());
			assertTrue(Failure.sentence(e).startsWith("Unexpected error: "), Failure
				.sentence(e));
		}
	}
}
