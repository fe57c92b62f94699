
package sc.fiji.unet.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

/** A display that nobody sees, until it is closed. Needs the program Xvfb. */
final class VirtualDisplay implements AutoCloseable {

	private static final int EXIT_SECONDS = 20;

	private final Process process;
	private final int number;

	private VirtualDisplay(final Process process, final int number) {
		this.process = process;
		this.number = number;
	}

	/**
	 * Starts a display, or has the test skipped if there is no Xvfb.
	 *
	 * @param logs folder for what Xvfb has to say
	 */
	static VirtualDisplay start(final Path logs) throws IOException {
		Assumptions.assumeTrue(xvfb() != null,
			"Xvfb is not on the PATH: no virtual display for a real ImageJ window");
		final Process process = new ProcessBuilder(xvfb(), "-displayfd", "1",
			"-screen", "0", "1280x1024x24", "-nolisten", "tcp").redirectError(logs
				.resolve("xvfb.log").toFile()).start();
		try {
			return new VirtualDisplay(process, readNumber(process));
		}
		catch (final IOException e) {
			process.destroy();
			throw e;
		}
	}

	private static String xvfb() {
		return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(
			File.pathSeparator)).map(dir -> Paths.get(dir, "Xvfb")).filter(
				Files::isExecutable).map(Path::toString).findFirst().orElse(null);
	}

	/** Xvfb chooses a free display and prints its number. */
	private static int readNumber(final Process process) throws IOException {
		final StringBuilder digits = new StringBuilder();
		for (int c = process.getInputStream().read(); c >= '0' && c <= '9'; c =
			process.getInputStream().read())
			digits.append((char) c);
		if (digits.length() == 0) throw new IOException(
			"Xvfb did not start; see xvfb.log");
		return Integer.parseInt(digits.toString());
	}

	/** @return value of the variable DISPLAY */
	String name() {
		return ":" + number;
	}

	@Override
	public void close() throws InterruptedException {
		process.destroy();
		process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS);
	}
}
