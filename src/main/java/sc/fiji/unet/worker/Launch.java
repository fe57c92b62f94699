
package sc.fiji.unet.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import sc.fiji.unet.network.NetworkException;

/** How a worker is started: Java, class path, environment, cache. */
final class Launch {

	/** Folder for TensorFlow's unpacked libraries, instead of the usual one. */
	static final String CACHE = "unet.cache";
	/** Hidden, or ImageJ's updater would take it for files to be looked after. */
	private static final String CACHE_NAME = ".cache";
	/** What the unpacked libraries need, and some more. */
	private static final long CACHE_MEGABYTES = 700;
	private static final long MEGABYTE = 1 << 20;
	/** First Java that warns of native code. */
	private static final int NATIVE_WARNINGS = 24;
	private static final String LIBRARY = "libtensorflow_cc";
	private static final String WINDOWS_LIBRARY = "tensorflow_cc";

	private final ClassPath classPath = new ClassPath();
	private final List<Path> more;

	/** @param more what else is on the class path */
	Launch(final Path... more) {
		this.more = Arrays.asList(more);
	}

	/** @return the command and its arguments */
	List<String> command() {
		final Path temporary = Paths.get(System.getProperty("java.io.tmpdir"))
			.toAbsolutePath();
		final List<String> command = new ArrayList<>(Arrays.asList(Paths.get(System
			.getProperty("java.home"), "bin", "java").toString(),
			// Starts sooner; the work is done in native code.
			"-XX:+UseSerialGC", "-Xshare:auto",
			// Tensors are copied through the heap, a tile at a time.
			"-Xmx2g", "-Djava.awt.headless=true",
			"-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "-Djava.io.tmpdir=" +
				temporary,
			// Where Java reports its death, not in the user's folder.
			"-XX:ErrorFile=" + temporary.resolve("unet-engine-%p.log")));
		// Or newer ones warn of what is the very purpose of this process.
		if (Runtime.version().feature() >= NATIVE_WARNINGS) command.add(
			"--enable-native-access=ALL-UNNAMED");
		final Path cache = cache();
		if (cache != null) command.add("-Dorg.bytedeco.javacpp.cachedir=" + cache);
		command.addAll(Arrays.asList("-cp", classPath.forWorker(more),
			WorkerMain.class.getName()));
		return command;
	}

	/**
	 * @return a sentence if TensorFlow's libraries must be unpacked first, else
	 *         null
	 * @throws NetworkException if there is no space for them
	 */
	String announcement() {
		final Path cache = cache();
		if (cache == null || isUnpacked(cache)) return null;
		checkSpace(cache, space(cache) / MEGABYTE);
		return "Unpacking the engine (about 650 MB) into " + cache +
			"; this happens once.";
	}

	/**
	 * @return where TensorFlow's libraries are unpacked to: beside the engine, so
	 *         that they go with it, unless told otherwise; null for JavaCPP's own
	 *         place
	 */
	private Path cache() {
		final String told = System.getProperty(CACHE, System.getenv("UNET_CACHE"));
		if (told != null && !told.trim().isEmpty()) return Paths.get(told)
			.toAbsolutePath();
		final Path engine = classPath.engineFolder();
		if (engine == null) return null;
		final Path beside = engine.resolve(CACHE_NAME);
		return isUnpacked(beside) || Files.isWritable(engine) ? beside : null;
	}

	/**
	 * @return bytes that are free where a folder is or will be
	 * @throws NetworkException if it can be nowhere, as on a drive that is not
	 *           there
	 */
	static long space(final Path folder) {
		Path there = folder;
		while (there != null && !Files.exists(there))
			there = there.getParent();
		if (there == null) throw new NetworkException("There is no drive for " +
			folder +
			", where the engine is to be unpacked; name another folder with the environment variable UNET_CACHE.");
		try {
			return Files.getFileStore(there).getUsableSpace();
		}
		catch (final IOException e) {
			throw new NetworkException("The free space at " + there +
				" cannot be found out: " + e, e);
		}
	}

	/**
	 * @param free megabytes
	 * @throws NetworkException if they are too few
	 */
	static void checkSpace(final Path cache, final long free) {
		if (free < CACHE_MEGABYTES) throw new NetworkException("The engine needs " +
			CACHE_MEGABYTES + " MB to be unpacked, once, but at " + cache + " only " +
			free +
			" MB are free. Make space, or name a folder on another disk with the environment variable UNET_CACHE.");
	}

	private static boolean isUnpacked(final Path cache) {
		if (!Files.isDirectory(cache)) return false;
		try (Stream<Path> files = Files.walk(cache)) {
			return files.map(f -> f.getFileName().toString()).anyMatch(n -> n
				.startsWith(LIBRARY) || n.startsWith(WINDOWS_LIBRARY));
		}
		catch (final IOException | UncheckedIOException e) {
			throw new NetworkException("The folder " + cache +
				" of the unpacked engine cannot be read: " + e, e);
		}
	}
}
