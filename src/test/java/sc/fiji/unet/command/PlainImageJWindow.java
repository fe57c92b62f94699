
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImageJ;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A plain ImageJ 1.x with our jar among its plugins and the libraries in its
 * jars folder, in a JVM of its own on a virtual display: what a user without
 * Fiji has. Needs the program Xvfb; tests skip, visibly, without it.
 * <p>
 * A test makes one with {@link #in}, adds what else it needs, and calls
 * {@link #runMacro}, or {@link #run} with a main class of its own.
 * </p>
 */
final class PlainImageJWindow {

	/** What a run has left behind. */
	static final class Result {

		/** 0 = done; otherwise {@link PlainImageJMain} says what. */
		final int exitCode;
		/** Everything that ImageJ and the macro have printed. */
		final String log;
		/** Picture of the whole display at the end. */
		final Path screenshot;

		Result(final int exitCode, final String log, final Path screenshot) {
			this.exitCode = exitCode;
			this.log = log;
			this.screenshot = screenshot;
		}
	}

	private static final int EXIT_SECONDS = 20;

	private final Path folder;
	private final Path plugins;
	/** Whether all is there already. */
	private final boolean unpacked;
	private final Path launcher;
	private final List<Path> links = new ArrayList<>();
	private final Map<String, String> environment = new HashMap<>();
	private boolean installed;
	private final List<String> jvmOptions = new ArrayList<>(Arrays.asList(
		"-Xmx2g", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"));

	private PlainImageJWindow(final Path folder, final boolean unpacked)
		throws IOException
	{
		this.folder = folder;
		this.unpacked = unpacked;
		plugins = Files.createDirectories(folder.resolve("plugins"));
		launcher = Files.createDirectories(folder.resolve("launcher"));
	}

	/** ImageJ's own jar starts it; all others are found in folders. */
	private void linkLibraries() throws IOException {
		if (unpacked) return;
		for (final String entry : allClassPath().split(File.pathSeparator)) {
			final Path jar = Paths.get(entry).toAbsolutePath();
			if (!Files.isRegularFile(jar) || jar.equals(location(IJ.class))) continue;
			final Path link = folderOf(jar).resolve(jar.getFileName());
			Files.createSymbolicLink(link, jar);
			links.add(link);
		}
	}

	private Path folderOf(final Path jar) throws IOException {
		if (!installed) return Files.createDirectories(folder.resolve("jars"));
		final boolean engine = jar.getFileName().toString().matches(
			"(tensorflow-|ndarray-|javacpp-|protobuf-).*");
		return Files.createDirectories(folder.resolve(engine ? "lib/unet"
			: "lib/unet/host"));
	}

	/**
	 * Lays the libraries out as the zip does, instead of in the folder jars: the
	 * engine's apart from the others, and both out of the sight of ImageJ.
	 */
	PlainImageJWindow asInstalled() {
		installed = true;
		return jvmOption("-Dunet.cache=" + classes().resolveSibling(
			"engine-cache"));
	}

	/**
	 * @param folder empty folder for the ImageJ directory, logs and settings
	 */
	static PlainImageJWindow in(final Path folder) throws IOException {
		final PlainImageJWindow window = new PlainImageJWindow(folder, false);
		try (JarOutputStream jar = window.jar("UNet_.jar")) {
			addAll(jar, classes());
		}
		return window;
	}

	/**
	 * @param folder empty folder for the ImageJ directory, logs and settings
	 * @param zip what users get, to be unpacked into the ImageJ directory;
	 *          nothing else is added
	 */
	static PlainImageJWindow unpacked(final Path folder, final Path zip)
		throws IOException
	{
		try (ZipFile file = new ZipFile(zip.toFile())) {
			for (final ZipEntry entry : Collections.list(file.entries())) {
				final Path target = folder.resolve(entry.getName());
				if (entry.isDirectory()) continue;
				Files.createDirectories(target.getParent());
				Files.copy(file.getInputStream(entry), target);
			}
		}
		return new PlainImageJWindow(folder, true);
	}

	/** Has ImageJ find programs of the test before all others. */
	PlainImageJWindow programs(final Path programs) {
		environment.put("PATH", programs + File.pathSeparator + System.getenv(
			"PATH"));
		return this;
	}

	/** @param option for the JVM that ImageJ runs in */
	PlainImageJWindow jvmOption(final String option) {
		jvmOptions.add(option);
		return this;
	}

	/**
	 * Adds a jar to the plugins folder.
	 *
	 * @param name of the jar, with an underscore
	 * @param pluginsConfig line of its {@code plugins.config}: a menu item
	 * @param command a command of the tests, which the jar is to hold
	 */
	PlainImageJWindow plugin(final String name, final String pluginsConfig,
		final Class<?> command) throws IOException
	{
		try (JarOutputStream jar = jar(name)) {
			add(jar, "plugins.config", (pluginsConfig + "\n").getBytes(
				StandardCharsets.UTF_8));
			final Path tests = location(command);
			for (final Path file : classFiles(command))
				add(jar, tests.relativize(file).toString(), Files.readAllBytes(file));
			final String index = "META-INF/json/org.scijava.plugin.Plugin";
			add(jar, index, Files.readAllBytes(tests.resolve(index)));
		}
		return this;
	}

	/**
	 * Runs a macro in ImageJ's window, then takes a picture of the display.
	 *
	 * @param macro text of the macro; what it passes to {@code print} and returns
	 *          is in the log
	 * @param limit after which the run is ended, with a picture of what was then
	 *          on the display
	 * @param screenshot PNG file to write
	 */
	Result runMacro(final String macro, final Duration limit,
		final Path screenshot) throws IOException, InterruptedException
	{
		final Path file = folder.resolve("macro.ijm");
		Files.write(file, macro.getBytes(StandardCharsets.UTF_8));
		return run(PlainImageJMain.class, limit, screenshot, file.toString());
	}

	/**
	 * Runs a macro in an ImageJ without windows, with ij1-patcher, as on a
	 * cluster; as in Fiji, all jars lie on one class path. Needs no Xvfb.
	 *
	 * @param macro text of the macro; what it passes to {@code print} and returns
	 *          is in the log
	 * @param limit after which the run is ended
	 */
	Result runHeadless(final String macro, final Duration limit)
		throws IOException, InterruptedException
	{
		final Path file = folder.resolve("macro.ijm");
		Files.write(file, macro.getBytes(StandardCharsets.UTF_8));
		withoutWindows();
		final Path none = folder.resolve("none.png");
		return run(command(allClassPath(), PlainImageJMain.class, limit, none, file
			.toString()), "", limit, none);
	}

	/**
	 * Runs a macro with ImageJ's own option -batch, in an ImageJ without windows,
	 * started as the cookbook says.
	 *
	 * @param macro text of the macro
	 * @param argument what the macro gets from getArgument()
	 * @param limit after which the run is ended
	 */
	Result runBatch(final String macro, final String argument,
		final Duration limit) throws IOException, InterruptedException
	{
		final Path file = folder.resolve("macro.ijm");
		Files.write(file, macro.getBytes(StandardCharsets.UTF_8));
		withoutWindows();
		final List<String> command = java(String.join(File.pathSeparator, location(
			IJ.class).toString(), library("ij1-patcher"), library("javassist"),
			plugins.resolve("*").toString(), folder.resolve("lib/unet/host/*")
				.toString()), ImageJ.class);
		Collections.addAll(command, "-batch", file.toString(), argument);
		return run(command, "", limit, folder.resolve("none.png"));
	}

	private void withoutWindows() {
		jvmOption("-Djava.awt.headless=true");
		jvmOption("--add-opens=java.base/java.lang=ALL-UNNAMED");
		jvmOption("-javaagent:" + library("ij1-patcher") + "=init");
	}

	private static String library(final String name) {
		return Arrays.stream(allClassPath().split(File.pathSeparator)).filter(
			entry -> new File(entry).getName().startsWith(name)).findFirst()
			.orElseThrow(() -> new IllegalStateException(name +
				" is not on the class path of the tests"));
	}

	/**
	 * Runs a main class with a display. Its arguments are the limit in seconds
	 * and the screenshot file, then {@code arguments}.
	 */
	Result run(final Class<?> main, final Duration limit, final Path screenshot,
		final String... arguments) throws IOException, InterruptedException
	{
		Files.createDirectories(screenshot.toAbsolutePath().getParent());
		try (VirtualDisplay display = VirtualDisplay.start(folder)) {
			return run(command(classPath(main), main, limit, screenshot, arguments),
				display.name(), limit, screenshot);
		}
	}

	private List<String> command(final String classPath, final Class<?> main,
		final Duration limit, final Path screenshot, final String... arguments)
	{
		final List<String> command = java(classPath, main);
		Collections.addAll(command, "" + limit.getSeconds(), screenshot
			.toAbsolutePath().toString());
		Collections.addAll(command, arguments);
		return command;
	}

	private List<String> java(final String classPath, final Class<?> main) {
		final List<String> command = new ArrayList<>();
		command.add(Paths.get(System.getProperty("java.home"), "bin", "java")
			.toString());
		command.addAll(jvmOptions);
		command.addAll(Arrays.asList("-Duser.home=" + folder, "-Dplugins.dir=" +
			folder, "-cp", classPath, main.getName()));
		return command;
	}

	private Result run(final List<String> command, final String display,
		final Duration limit, final Path screenshot) throws IOException,
		InterruptedException
	{
		final Path log = folder.resolve("imagej.log");
		final ProcessBuilder builder = new ProcessBuilder(command)
			.redirectErrorStream(true).redirectOutput(log.toFile());
		builder.environment().putAll(environment);
		builder.environment().put("DISPLAY", display);
		linkLibraries();
		final Process imagej = builder.start();
		try {
			final boolean ended = imagej.waitFor(limit.getSeconds() + EXIT_SECONDS,
				TimeUnit.SECONDS);
			if (!ended) imagej.destroyForcibly().waitFor();
			return new Result(imagej.exitValue(), new String(Files.readAllBytes(log),
				StandardCharsets.UTF_8), screenshot);
		}
		finally {
			imagej.destroyForcibly().waitFor();
			unlinkLibraries();
		}
	}

	/** Whoever empties the folder shall not follow the links. */
	private void unlinkLibraries() throws IOException {
		for (final Path link : links)
			Files.deleteIfExists(link);
		links.clear();
	}

	/** @return compiled classes of the project, without those of the tests */
	private static Path classes() {
		return Paths.get(System.getProperty("unet.project.dir", "."), "target",
			"classes").toAbsolutePath().normalize();
	}

	private static String allClassPath() {
		return System.getProperty("surefire.test.class.path", System.getProperty(
			"java.class.path"));
	}

	/** @return ImageJ's jar and the main class: what a user starts ImageJ with */
	private String classPath(final Class<?> main) throws IOException {
		with(main).with(PlainImageJMain.class);
		return location(IJ.class) + File.pathSeparator + launcher;
	}

	/** @param type class of the tests that the main class uses */
	PlainImageJWindow with(final Class<?> type) throws IOException {
		for (final Path file : classFiles(type)) {
			final Path copy = launcher.resolve(location(type).relativize(file));
			Files.createDirectories(copy.getParent());
			Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
		}
		return this;
	}

	/** @return files of a class and of those within it */
	private static List<Path> classFiles(final Class<?> type) throws IOException {
		final Path file = location(type).resolve(type.getName().replace('.', '/') +
			".class");
		final String start = type.getSimpleName() + "$";
		try (Stream<Path> files = Files.list(file.getParent())) {
			return files.filter(f -> f.equals(file) || f.getFileName().toString()
				.startsWith(start)).collect(Collectors.toList());
		}
	}

	/** @return jar or folder that a class comes from */
	private static Path location(final Class<?> type) {
		try {
			return Paths.get(type.getProtectionDomain().getCodeSource().getLocation()
				.toURI()).toAbsolutePath();
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}

	private JarOutputStream jar(final String name) throws IOException {
		return new JarOutputStream(Files.newOutputStream(plugins.resolve(name)));
	}

	private static void addAll(final JarOutputStream jar, final Path content)
		throws IOException
	{
		try (Stream<Path> files = Files.walk(content)) {
			for (final Path file : files.filter(Files::isRegularFile).collect(
				Collectors.toList()))
				add(jar, content.relativize(file).toString().replace(File.separatorChar,
					'/'), Files.readAllBytes(file));
		}
	}

	private static void add(final JarOutputStream jar, final String name,
		final byte[] bytes) throws IOException
	{
		jar.putNextEntry(new JarEntry(name));
		jar.write(bytes);
		jar.closeEntry();
	}
}
