
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.IJ;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

/**
 * Classes called like those of Bio-Formats, of our own making, with what this
 * project calls of them. Compiled by the test and seen by its thread alone,
 * until closed, so that other tests are without.
 */
public final class BioFormatsStandIn implements AutoCloseable {

	private static final Path SOURCES = Paths.get(System.getProperty(
		"unet.project.dir", "."), "src", "test", "resources", "bio-formats");

	private final ClassLoader before = Thread.currentThread()
		.getContextClassLoader();
	private final URLClassLoader loader;

	/** @param folder for the classes */
	public BioFormatsStandIn(final Path folder) throws IOException {
		this(folder, "");
	}

	/**
	 * @param folder for the classes
	 * @param without name of a method that this version has not; empty: none
	 */
	public BioFormatsStandIn(final Path folder, final String without)
		throws IOException
	{
		final Path classes = Files.createTempDirectory(folder, "stand-in");
		final List<String> arguments = new ArrayList<>(Arrays.asList("-proc:none",
			"-cp", imagej(), "-d", classes.toString()));
		for (final Path source : sources()) {
			final String text = new String(Files.readAllBytes(source),
				StandardCharsets.UTF_8);
			final Path copy = classes.resolve(source.getFileName());
			Files.write(copy, (without.isEmpty() ? text : text.replace(without,
				"renamed")).getBytes(StandardCharsets.UTF_8));
			arguments.add(copy.toString());
		}
		assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null,
			arguments.toArray(new String[0])), "compiles");
		loader = new URLClassLoader(new URL[] { classes.toUri().toURL() }, before);
		Thread.currentThread().setContextClassLoader(loader);
	}

	private static List<Path> sources() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			return files.filter(file -> file.toString().endsWith(".java")).collect(
				Collectors.toList());
		}
	}

	private static String imagej() {
		try {
			return Paths.get(IJ.class.getProtectionDomain().getCodeSource()
				.getLocation().toURI()).toString();
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}

	/**
	 * Writes a file that the stand-in reads.
	 *
	 * @param series width, height and grey value of each
	 */
	public static Path write(final Path file, final int[]... series)
		throws IOException
	{
		return Files.write(file, Arrays.stream(series).map(s -> "series " + s[0] +
			" " + s[1] + " " + s[2]).collect(Collectors.joining("\n")).getBytes(
				StandardCharsets.UTF_8));
	}

	@Override
	public void close() throws IOException {
		Thread.currentThread().setContextClassLoader(before);
		loader.close();
	}
}
