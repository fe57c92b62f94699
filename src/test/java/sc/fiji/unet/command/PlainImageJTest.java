
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;

import java.awt.event.KeyEvent;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The adapter without windows, as a macro uses it. */
@Timeout(60)
class PlainImageJTest {

	private final ImagePlus image = IJ.createImage("ramp", 8, 8, 1, 8);
	private String threadName;

	@BeforeEach
	void becomeAMacro() {
		threadName = Thread.currentThread().getName();
		Thread.currentThread().setName("Run$_test");
		WindowManager.setTempCurrentImage(image);
		EchoCommand.last = null;
		IJ.getErrorMessage();
	}

	@AfterEach
	void leaveTheMacro() {
		Macro.setOptions(null);
		WindowManager.setTempCurrentImage(null);
		Thread.currentThread().setName(threadName);
	}

	@Test
	void macroGivesTheParametersAndGetsTheResult() {
		assertNull(run(
			"model=[my model.zip] folder=/tmp averaging=flips amount=7 sigmapx=1.5 verbose=true"));
		assertEquals("my model.zip", EchoCommand.last.model);
		assertEquals(new File("/tmp"), EchoCommand.last.folder);
		assertEquals("flips", EchoCommand.last.averaging);
		assertEquals(1.5, EchoCommand.last.sigmapx);
		assertTrue(EchoCommand.last.verbose);
		assertEquals("Echo of ramp", WindowManager.getCurrentImage().getTitle());
		assertEquals(image.getProcessor().get(3) + 7, WindowManager
			.getCurrentImage().getProcessor().get(3));
	}

	@Test
	void defaultsAreTheCommandsOwnAndNotThoseOfTheLastRun() {
		assertNull(run("model=a amount=9 verbose=true"));
		assertNull(run("model=b"));
		assertEquals(1, EchoCommand.last.amount);
		assertFalse(EchoCommand.last.verbose);
		assertEquals("none", EchoCommand.last.averaging);
	}

	@Test
	void wrongParametersAreNamedWithWhatToWrite() {
		assertFails("model=a modell=b",
			"\"Echo\" has no parameter \"modell\". It knows input, model, folder");
		assertFails("Model=a", "\"Echo\" has no parameter \"Model\".",
			"Write it as model.", "It knows input, model, folder");
		assertFails("amount=3", "\"Model\" is missing.", "model=...");
		assertFails("model=a averaging=both", "averaging=both", "none, flips");
		assertFails("model=a amount=101", "between 0 and 100");
		assertFails("model=a amount=2.5", "whole number");
		assertFails("model=a sigmapx=0.4", "0.5 or more");
		assertFails("model=a sigmapx=two", "must be a number");
		assertFails("model=a verbose=1", "true or false");
		assertFails("model=a verbose", "verbose=true");
		assertFails("model=a input=[no such image]", "title of an open image");
	}

	@Test
	void missingImageIsAskedFor() {
		WindowManager.setTempCurrentImage(null);
		assertFails("model=a", "There is no image open");
	}

	@Test
	void failureAndGivingUpAreOneMessageWithoutAStackTrace() {
		for (final String[] behaviour : new String[][] { { "fail",
			"The echo failed. Speak louder." }, { "[give up]",
				"No echo here. Go to the mountains." } })
		{
			final String said = said(() -> assertEquals(behaviour[1], run(
				"model=a behave=" + behaviour[0])));
			assertFalse(said.contains("\tat "), said);
			assertEquals(1, said.split(behaviour[1], -1).length - 1, said);
			assertSame(image, WindowManager.getCurrentImage());
		}
	}

	@Test
	void bugIsReportedWithAStackTraceInTheConsole() {
		final String said = said(() -> {
			final String message = run("model=a behave=bug");
			assertTrue(message.contains("NullPointerException"), message);
		});
		assertTrue(said.contains("EchoCommand.behave"), said);
	}

	@Test
	void escapeCancelsTheTaskAndTheCommand() throws InterruptedException {
		final Thread user = new Thread(() -> {
			while (EchoCommand.last == null)
				IJ.wait(10);
			IJ.wait(100);
			IJ.setKeyDown(KeyEvent.VK_ESCAPE);
		});
		user.start();
		assertNull(run("model=a behave=wait"));
		user.join();
		assertTrue(EchoCommand.last.isCanceled());
		assertSame(image, WindowManager.getCurrentImage());
	}

	private void assertFails(final String options, final String... parts) {
		final String message = run(options);
		for (final String part : parts)
			assertTrue(message != null && message.contains(part), options + ": \"" +
				message + "\" does not say \"" + part + "\"");
		assertNull(EchoCommand.last, options + " was run");
	}

	/** @return the error message, or null */
	private static String run(final String options) {
		Macro.setOptions(options);
		new PlainImageJ().run(EchoCommand.class.getName());
		return IJ.getErrorMessage();
	}

	private static String said(final Runnable test) {
		final PrintStream out = System.out;
		final PrintStream err = System.err;
		final ByteArrayOutputStream said = new ByteArrayOutputStream();
		try (PrintStream ear = new PrintStream(said, true)) {
			System.setOut(ear);
			System.setErr(ear);
			test.run();
		}
		finally {
			System.setOut(out);
			System.setErr(err);
		}
		return said.toString();
	}
}
