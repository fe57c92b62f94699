
package sc.fiji.unet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What happens when the user wants an end. */
public class InterruptTest {

	/** Works until it is told to end. */
	@Command(name = "work")
	static final class Work implements Callable<Integer> {

		@Override
		public Integer call() throws InterruptedException {
			try (Interrupt interrupt = new Interrupt()) {
				System.out.println("at work");
				while (!interrupt.isRequested())
					Thread.sleep(10);
				throw new CancellationException();
			}
			finally {
				// Whoever does not wait for the last word has ended by now.
				Thread.sleep(300);
			}
		}
	}

	public static void main(final String... args) {
		System.exit(UNet.run(new CommandLine(UNet.class).addSubcommand(new Work()),
			"work"));
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void theLastWordIsHeard(@TempDir final Path folder) throws Exception {
		final File log = folder.resolve("log").toFile();
		final Process process = new ProcessBuilder(Paths.get(System.getProperty(
			"java.home"), "bin", "java").toString(), "-cp", System.getProperty(
				"java.class.path"), InterruptTest.class.getName()).redirectErrorStream(
					true).redirectOutput(log).start();
		try {
			for (int i = 0; i < 1000 && !said(log).contains("at work"); i++)
				Thread.sleep(20);
			process.destroy();
			assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it hangs");
		}
		finally {
			process.destroyForcibly().waitFor();
		}
		assertTrue(said(log).contains("Cancelled."), said(log));
	}

	private static String said(final File log) throws Exception {
		return new String(Files.readAllBytes(log.toPath()), StandardCharsets.UTF_8);
	}

	@Test
	void withoutARequestNothingIsLeftBehind() throws Exception {
		final Interrupt interrupt = new Interrupt();
		assertFalse(interrupt.isRequested());
		interrupt.close();
		interrupt.close();
		Interrupt.allIsSaid();
	}

	@Test
	void whereOutputGoesToAFileThereIsNoTerminal() {
		assertEquals(false, ConsoleProgress.isTerminal(System.console()));
	}
}
