
package sc.fiji.unet.worker;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import sc.fiji.unet.network.NetworkException;

/**
 * The files that a worker needs: the engine's, which lie in a folder of their
 * own where the plugin is installed, so that they do not meet another
 * TensorFlow on Fiji's class path; and the few that this process has as well.
 */
final class ClassPath {

	/** Below the folder of Fiji or ImageJ. */
	private static final Path ENGINE = Paths.get("lib", "unet");

	/** A file in each of the libraries that both processes use. */
	private static final String[] SHARED = {
		"sc/fiji/unet/worker/WorkerMain.class",
		"org/apposed/appose/SharedMemory.class", "com/sun/jna/Native.class",
		"com/sun/jna/platform/win32/Kernel32.class", "com/google/gson/Gson.class" };

	/**
	 * A file in each of the engine's libraries, of a name that no other
	 * TensorFlow has.
	 */
	private static final String[] OF_ENGINE = { "org/tensorflow/RawTensor.class",
		"org/tensorflow/ndarray/NdArray.class",
		"org/tensorflow/internal/c_api/global/tensorflow.class",
		"org/bytedeco/javacpp/Loader.class", "com/google/protobuf/Message.class" };

	private final ClassLoader loader = ClassPath.class.getClassLoader();

	/**
	 * @param more what else is to be on it
	 * @return class path of a worker
	 * @throws NetworkException if a library is not to be found; says which
	 */
	String forWorker(final List<Path> more) {
		final Set<Path> files = new LinkedHashSet<>();
		for (final String resource : SHARED)
			files.add(library(resource));
		final Path folder = engineFolder();
		if (folder != null) files.addAll(checked(jars(folder), platform()));
		else {
			for (final String resource : OF_ENGINE)
				files.add(library(resource));
			files.add(library("org/tensorflow/internal/c_api/" + platform() + "/" +
				System.mapLibraryName("jnitensorflow")));
		}
		files.addAll(more);
		return files.stream().map(Path::toString).collect(Collectors.joining(
			File.pathSeparator));
	}

	/**
	 * @return folder of the engine's libraries in an installed plugin; null in a
	 *         development setup, where they lie on the class path
	 */
	Path engineFolder() {
		final Path own = library(SHARED[0]);
		for (Path folder = own.getParent(); folder != null; folder = folder
			.getParent())
			if (Files.isDirectory(folder.resolve(ENGINE))) return folder.resolve(
				ENGINE);
		return null;
	}

	private static List<Path> jars(final Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(f -> f.toString().endsWith(".jar")).sorted().collect(
				Collectors.toList());
		}
		catch (final IOException e) {
			throw new NetworkException("The engine's folder " + folder +
				" cannot be read: " + e, e);
		}
	}

	/**
	 * @param jars of the engine
	 * @param platform in JavaCPP's words
	 * @return the same
	 * @throws NetworkException if the one with native code for this platform is
	 *           not among them
	 */
	static List<Path> checked(final List<Path> jars, final String platform) {
		final List<String> natives = jars.stream().map(f -> f.getFileName()
			.toString()).filter(n -> n.matches("tensorflow-core-native-.*_?64.*"))
			.collect(Collectors.toList());
		if (natives.stream().anyMatch(n -> n.contains("-" + platform))) return jars;
		throw new NetworkException("This computer is " + platform +
			", but U-Net is installed for another one: its engine is " + (natives
				.isEmpty() ? "missing" : String.join(", ", natives)) + ". " + (platform
					.equals("macosx-x86_64")
						? "There is none for Macs with an Intel processor; use a Mac with Apple silicon, Linux or Windows."
						: "Remove lib/unet and unpack the zip for " + platform + "."));
	}

	private Path library(final String resource) {
		final URL url = loader.getResource(resource);
		if (url == null) throw new NetworkException(
			"A library that the engine needs is missing: none contains " + resource +
				". Install the plugin anew, for this platform (" + platform() + ").");
		final String text = url.toString();
		final String file = text.startsWith("jar:") ? text.substring("jar:"
			.length(), text.indexOf("!/")) : text.substring(0, text.length() -
				resource.length());
		try {
			return Paths.get(new URI(file));
		}
		catch (final URISyntaxException e) {
			throw new NetworkException("The place of a library has an odd name: " +
				file, e);
		}
	}

	/** @return JavaCPP's name of this platform, such as linux-x86_64 */
	private static String platform() {
		final String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		final String arch = System.getProperty("os.arch");
		return (os.startsWith("windows") ? "windows" : os.startsWith("mac")
			? "macosx" : "linux") + "-" + (arch.equals("amd64") ? "x86_64" : arch
				.equals("aarch64") ? "arm64" : arch);
	}
}
