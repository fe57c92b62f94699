
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.process.ByteProcessor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageFiles;

/** The download of ISBI 2012 from a server on this machine. */
class IsbiStackTest {

	private static final IsbiStack.Progress QUIET = (done, total) -> {};

	@TempDir
	Path folder;

	private Path target() {
		return folder.resolve("target");
	}

	private IsbiStack stack() {
		return new IsbiStack(target()).patience(Duration.ofSeconds(2));
	}

	private String fetch() throws IOException {
		return stack().fetch(true, () -> false, QUIET);
	}

	private static void assertSays(final Exception e, final String... parts) {
		for (final String part : parts)
			assertTrue(e.getMessage().contains(part), "\"" + e.getMessage() +
				"\" does not say \"" + part + "\"");
	}

	/** @param parts of the reason */
	private void assertFails(final String... parts) {
		assertSays(assertThrows(IOException.class, this::fetch), parts);
		assertFalse(Files.exists(target()), "something is left");
	}

	private List<String> files() throws IOException {
		try (Stream<Path> files = Files.walk(target())) {
			return files.filter(Files::isRegularFile).map(file -> target().relativize(
				file).toString().replace('\\', '/')).sorted().collect(Collectors
					.toList());
		}
	}

	@Test
	void whatIsTrustedIsDownloadedOnceAndUsedWithoutANetwork()
		throws IOException
	{
		final byte[] archive = IsbiServer.madeUp(folder);
		final List<Long> totals = new ArrayList<>();
		try (IsbiServer server = IsbiServer.of(archive)) {
			IsbiServer.trust(archive);
			final String sum = System.getProperty(IsbiStack.SHA256);
			final String said = stack().fetch(true, () -> false, (done,
				total) -> totals.add(total));
			assertTrue(said.contains(sum) && said.contains(server.address()), said);
			assertEquals(archive.length, totals.get(totals.size() - 1));
			assertEquals(Arrays.asList("isbi2012/TERMS.txt",
				"isbi2012/images/isbi2012.tif", "isbi2012/labels/isbi2012_labels.tif"),
				files());
			assertTrue(new String(Files.readAllBytes(target().resolve(
				"isbi2012/TERMS.txt")), StandardCharsets.UTF_8).contains("Cardona A"));
			server.close();
			System.setProperty(IsbiStack.SHA256, sum);
			System.setProperty(IsbiStack.ADDRESS, "http://localhost:1/none");
			final String again = stack().fetch(false, () -> false, QUIET);
			assertTrue(again.contains("nothing was downloaded"), again);
			assertEquals(1, server.requests());
		}
		assertEquals(30, TrainingImages.ofFolders(stack().images().getParent(),
			stack().labels().getParent(), "", ChannelSelection.all()).samples()
			.size());
		assertSays(assertThrows(IOException.class, this::fetch),
			"not the training stack of ISBI 2012", "remove them");
	}

	@Test
	void nothingIsAskedForBeforeTheTermsAreAccepted() throws IOException {
		try (IsbiServer server = IsbiServer.of(new byte[9])) {
			assertSays(assertThrows(IllegalArgumentException.class, () -> stack()
				.fetch(false, () -> false, QUIET)), "non-commercial", "Cardona A",
				"10.1371/journal.pbio.1000502", server.address(), "terms=accept",
				"--accept-terms");
			assertEquals(0, server.requests());
		}
		assertFalse(Files.exists(target()));
	}

	@Test
	void whatIsNotTheStackIsRefused() throws IOException {
		try (IsbiServer server = IsbiServer.of("<html>Log in first</html>".getBytes(
			StandardCharsets.UTF_8)))
		{
			assertFails(server.address(), "no zip archive", "nothing was kept");
		}
		try (IsbiServer server = IsbiServer.of(IsbiServer.archive(folder, 3,
			i -> IsbiServer.plane(i, 9), i -> IsbiServer.plane(i, 255))))
		{
			assertFails("is not the training stack", "3 slices of 512 x 512",
				"not 30");
		}
		try (IsbiServer server = IsbiServer.of(IsbiServer.archive(folder, 30,
			i -> IsbiServer.plane(i, 9), i -> IsbiServer.plane(i, 254))))
		{
			assertFails("train-labels.tif has the value 254", "0 and 255");
		}
		try (IsbiServer server = IsbiServer.of(IsbiServer.madeUp(folder))) {
			assertFails("other pixels", IsbiStack.SHA256, "UNET_ISBI_SHA256");
		}
	}

	@Test
	void anotherChecksumIsRefused() throws IOException {
		try (IsbiServer server = IsbiServer.of(IsbiServer.madeUp(folder))) {
			System.setProperty(IsbiStack.SHA256, "00FF");
			assertFails(server.address(), "has the SHA-256", "says 00ff",
				"nothing was kept");
		}
	}

	@Test
	void errorsOfTheServerAndTheNetworkAreSaid() throws IOException {
		try (IsbiServer server = new IsbiServer(exchange -> IsbiServer.send(
			exchange, 404, 4, "gone".getBytes(StandardCharsets.UTF_8))))
		{
			assertFails(server.address(), "HTTP 404");
		}
		try (IsbiServer server = new IsbiServer(exchange -> {
			exchange.sendResponseHeaders(200, 100_000);
			exchange.getResponseBody().write(new byte[500]);
			exchange.getResponseBody().flush();
			// Closing the exchange before its end closes the connection.
			exchange.close();
		})) {
			assertFails("has broken off", "of 100000 bytes", "try again");
		}
		System.setProperty(IsbiStack.ADDRESS, "http://localhost:1/none.zip");
		try {
			assertFails("http://localhost:1/none.zip cannot be reached", "proxy");
		}
		finally {
			System.clearProperty(IsbiStack.ADDRESS);
		}
	}

	@Test
	void aServerThatFallsSilentIsNotWaitedForForEver() throws IOException {
		try (IsbiServer server = new IsbiServer(exchange -> {
			exchange.sendResponseHeaders(200, 100_000);
			exchange.getResponseBody().write(new byte[500]);
			exchange.getResponseBody().flush();
			sleep();
		})) {
			assertFails("Nothing has come", "2.0 seconds", "after 500 of 100000");
		}
	}

	@Test
	void cancellingLeavesNothing() throws IOException {
		final long[] come = new long[1];
		try (IsbiServer server = new IsbiServer(exchange -> {
			exchange.sendResponseHeaders(200, 100_000);
			exchange.getResponseBody().write(new byte[500]);
			exchange.getResponseBody().flush();
			sleep();
		})) {
			final long start = System.nanoTime();
			assertThrows(CancellationException.class, () -> new IsbiStack(target())
				.fetch(true, () -> come[0] > 0, (done, total) -> come[0] = done));
			assertTrue(System.nanoTime() - start < 20e9, "at once");
		}
		assertFalse(Files.exists(target()));
	}

	private static void sleep() {
		try {
			Thread.sleep(60_000);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void otherFilesAreNeitherReplacedNorRemoved() throws IOException {
		Files.createDirectories(stack().images().getParent());
		Files.write(stack().images(), new byte[] { 1 });
		assertSays(assertThrows(IllegalArgumentException.class, this::fetch),
			"isbi2012.tif", "without its counterpart");
		assertEquals(1, Files.size(stack().images()));
		Files.delete(stack().images());
		Files.write(stack().images().resolveSibling("mine.txt"), new byte[] { 1 });
		System.setProperty(IsbiStack.ADDRESS, "http://localhost:1/none.zip");
		try {
			assertThrows(IOException.class, this::fetch);
		}
		finally {
			System.clearProperty(IsbiStack.ADDRESS);
		}
		assertEquals(Arrays.asList("isbi2012/images/mine.txt"), files());
	}

	@Test
	void anAddressBeginsWithHttp() {
		for (final String wrong : new String[] { "file:///etc/passwd", "isbi.zip",
			"https://a b" })
		{
			System.setProperty(IsbiStack.ADDRESS, wrong);
			try {
				assertSays(assertThrows(IllegalArgumentException.class, this::fetch),
					wrong, "https://");
			}
			finally {
				System.clearProperty(IsbiStack.ADDRESS);
			}
		}
	}

	/** The slices that are at hand, with others in the places of the rest. */
	@Test
	void thePixelsOfTheChallengeAreKnown() throws IOException {
		final String data = System.getProperty("unet.test.data", "");
		Assumptions.assumeFalse(data.isEmpty(),
			"-Dunet.test.data is not set: no slices of ISBI 2012");
		final Path isbi = Paths.get(data, "isbi2012");
		final byte[] archive = IsbiServer.archive(folder, 30, i -> slice(isbi,
			"images", i), i -> slice(isbi, "labels", i));
		try (IsbiServer server = IsbiServer.of(archive)) {
			final String said = fetch();
			assertTrue(said.startsWith("Downloaded " + server.address()), said);
			assertTrue(fetch().contains("nothing was downloaded"));
		}
		final byte[] changed = IsbiServer.archive(folder, 30, i -> {
			final ByteProcessor slice = slice(isbi, "images", i);
			if (i == 12) slice.set(5, 5, slice.get(5, 5) ^ 1);
			return slice;
		}, i -> slice(isbi, "labels", i));
		try (IsbiServer server = IsbiServer.of(changed)) {
			assertSays(assertThrows(IOException.class, () -> new IsbiStack(folder
				.resolve("changed")).fetch(true, () -> false, QUIET)), "other pixels");
		}
	}

	private static ByteProcessor slice(final Path isbi, final String kind,
		final int number)
	{
		final Path file = isbi.resolve(kind).resolve(String.format("%02d.png",
			number));
		if (!Files.exists(file)) return IsbiServer.plane(number, 255);
		try {
			return (ByteProcessor) ImageFiles.open(file).getProcessor();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
