
package sc.fiji.unet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script of the continuous integration, with a Maven that only writes. */
@DisabledOnOs(OS.WINDOWS)
class ContinuousIntegrationTest {

	@TempDir
	Path folder;

	private Path checkout;
	private Path tools;
	private String said;

	@BeforeEach
	void copyScript() throws IOException {
		checkout = Files.createDirectories(folder.resolve("checkout"));
		tools = Files.createDirectories(folder.resolve("tools"));
		Files.createDirectories(checkout.resolve(".ci"));
		Files.copy(Paths.get(System.getProperty("unet.project.dir", "."), ".ci",
			"run"), checkout.resolve(".ci/run"));
		tool("Xvfb", "exit 0");
		maven("<testcase name='a'/>");
	}

	private void tool(final String name, final String body) throws IOException {
		final Path file = Files.write(tools.resolve(name), ("#!/bin/sh\n" + body +
			"\n").getBytes(StandardCharsets.UTF_8));
		file.toFile().setExecutable(true);
	}

	private void maven(final String report) throws IOException {
		tool("mvn", "echo \"$@\"; mkdir -p target/surefire-reports; echo \"" +
			report + "\" > target/surefire-reports/TEST-Window.xml");
	}

	private int run() throws IOException, InterruptedException {
		final Path log = folder.resolve("log");
		final ProcessBuilder builder = new ProcessBuilder("bash", checkout.resolve(
			".ci/run").toString()).redirectErrorStream(true).redirectOutput(log
				.toFile());
		builder.environment().merge("PATH", tools.toString(), (path, own) -> own +
			":" + path);
		final int code = builder.start().waitFor();
		said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
		return code;
	}

	@Test
	void withoutTheRealImagesItFails() throws Exception {
		assertEquals(1, run());
		assertTrue(said.contains("There are no real images at") && said.contains(
			"shared/data"), said);
	}

	@Test
	void aSkippedTestFails() throws Exception {
		final Path data = Files.createDirectories(folder.resolve("shared/data"));
		assertEquals(0, run(), said);
		assertTrue(said.contains("-Dunet.test.data=" + data.toRealPath()) || said
			.contains("-Dunet.test.data=" + data), said);
		maven("<testcase name='onADisplay'><skipped message='no Xvfb'/>");
		assertEquals(1, run());
		assertTrue(said.contains("onADisplay"), said);
	}

	@Test
	void aBuildWithoutTestsFails() throws Exception {
		Files.createDirectories(folder.resolve("shared/data"));
		tool("mvn", "exit 0");
		assertEquals(1, run());
		assertTrue(said.contains("No test was run"), said);
	}
}
