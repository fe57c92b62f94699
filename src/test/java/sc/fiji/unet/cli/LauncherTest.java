
package sc.fiji.unet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script bin/unet in a folder like that of Fiji, with scripts for Javas.
 */
class LauncherTest {

	@TempDir
	Path folder;

	private Path script;

	@BeforeEach
	void install() throws IOException {
		assumeTrue(File.separatorChar == '/', "a shell");
		final Path source = Paths.get(System.getProperty("unet.project.dir", "."),
			"src/main/bin/unet");
		script = executable("bin/unet", Files.readString(source));
		Files.createFile(Files.createDirectories(folder.resolve("plugins")).resolve(
			"UNet_-1.jar"));
	}

	private Path executable(final String name, final String content)
		throws IOException
	{
		final Path file = folder.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
		assertTrue(file.toFile().setExecutable(true));
		return file;
	}

	/** @param version below 9 there is no option to list modules */
	private Path java(final String name, final int version) throws IOException {
		return executable(name + "/bin/java", "#!/bin/sh\n" + (version < 9
			? "[ \"$1\" != --list-modules ] || exit 1\n" : "") + "echo " + name +
			" \"$@\"\n");
	}

	/** @return what it says; of its environment only PATH is left */
	private String run(final String... environment) throws Exception {
		final ProcessBuilder builder = new ProcessBuilder(script.toString(),
			"--help").redirectErrorStream(true);
		final Map<String, String> variables = builder.environment();
		variables.keySet().removeIf(name -> name.startsWith("UNET_"));
		variables.put("JAVA_HOME", folder.resolve("home").toString());
		for (int i = 0; i < environment.length; i += 2)
			variables.put(environment[i], environment[i + 1]);
		final Process process = builder.start();
		final String said = new String(process.getInputStream().readAllBytes(),
			StandardCharsets.UTF_8);
		assertTrue(process.waitFor(1, TimeUnit.MINUTES));
		assertEquals(said.startsWith("unet:") ? 1 : 0, process.exitValue(), said);
		return said;
	}

	@Test
	void theFirstJavaThatIsNewEnoughIsTaken() throws Exception {
		java("home", 17);
		assertTrue(run().startsWith("home "));
		java("java/a/jdk8", 8);
		assertTrue(run().startsWith("home "), "there is only a Java 8 in Fiji");
		java("java/b/jdk21", 21);
		final String said = run();
		assertTrue(said.startsWith("java/b/jdk21 -Djava.awt.headless=true"), said);
		assertTrue(said.contains("plugins/UNet_-1.jar:") && said.trim().endsWith(
			"sc.fiji.unet.cli.UNet --help"), said);
		final Path other = java("other", 11);
		assertTrue(run("UNET_JAVA", other.toString()).startsWith("other "));
	}

	@Test
	void withoutOneItIsSaid() throws Exception {
		final Path old = java("old", 8);
		final String said = run("UNET_JAVA", old.toString());
		assertTrue(said.contains("'" + old + "', which is no Java 11 or newer"),
			said);
		// Where the shell finds its own programs, but no Java.
		final Path programs = Files.createDirectory(folder.resolve("programs"));
		for (final String name : new String[] { "dirname", "find", "sort" })
			executable("programs/" + name, "#!/bin/sh\nPATH=/usr/bin:/bin exec " +
				name + " \"$@\"\n");
		assertTrue(run("PATH", programs.toString()).contains("there is no Java;"));
	}

	@Test
	void thereMustBeOneJar() throws Exception {
		java("home", 17);
		Files.createFile(folder.resolve("plugins/UNet_-2.jar"));
		final String two = run();
		assertTrue(two.contains("UNet_-1.jar and ") && two.contains("UNet_-2.jar"),
			two);
		Files.delete(folder.resolve("plugins/UNet_-1.jar"));
		Files.delete(folder.resolve("plugins/UNet_-2.jar"));
		assertTrue(run().contains("there is no UNet_*.jar in "));
	}
}
