
package sc.fiji.unet.job;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import sc.fiji.unet.imagej.ImageFiles;

/**
 * A server on this machine alone that answers in the place of the public one,
 * until closed.
 */
public final class IsbiServer implements AutoCloseable {

	private final HttpServer server;
	private final ExecutorService threads = Executors.newCachedThreadPool();
	private volatile int requests;

	/** @param handler answers every request */
	public IsbiServer(final HttpHandler handler) throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress
			.getLoopbackAddress(), 0), 0);
		server.setExecutor(threads);
		server.createContext("/", exchange -> {
			requests++;
			handler.handle(exchange);
		});
		server.start();
		System.setProperty(IsbiStack.ADDRESS, address());
	}

	/** @return a server that hands the bytes over */
	public static IsbiServer of(final byte[] bytes) throws IOException {
		return new IsbiServer(exchange -> send(exchange, 200, bytes.length, bytes));
	}

	/** @param length that is promised */
	static void send(final HttpExchange exchange, final int status,
		final long length, final byte[] bytes) throws IOException
	{
		exchange.sendResponseHeaders(status, length);
		try (OutputStream out = exchange.getResponseBody()) {
			out.write(bytes);
		}
		finally {
			exchange.close();
		}
	}

	String address() {
		return "http://" + server.getAddress().getHostString() + ":" + server
			.getAddress().getPort() + "/isbi.zip";
	}

	/** @return number of requests so far */
	public int requests() {
		return requests;
	}

	/** Makes its archive one that is accepted. */
	public static void trust(final byte[] archive) {
		final MessageDigest sum = Checksums.sha256();
		sum.update(archive);
		System.setProperty(IsbiStack.SHA256, Checksums.hex(sum));
	}

	@Override
	public void close() {
		server.stop(0);
		threads.shutdownNow();
		System.clearProperty(IsbiStack.ADDRESS);
		System.clearProperty(IsbiStack.SHA256);
	}

	/**
	 * @param folder for files in between
	 * @param images plane of each slice
	 * @param labels likewise
	 * @return an archive as the public one is laid out
	 */
	static byte[] archive(final Path folder, final int slices,
		final IntFunction<ByteProcessor> images,
		final IntFunction<ByteProcessor> labels) throws IOException
	{
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			zip.setLevel(1);
			zip.putNextEntry(new ZipEntry("__MACOSX/._train-volume.tif"));
			zip.write(1);
			add(zip, folder, "train-volume.tif", slices, images);
			add(zip, folder, "train-labels.tif", slices, labels);
		}
		return bytes.toByteArray();
	}

	private static void add(final ZipOutputStream zip, final Path folder,
		final String name, final int slices,
		final IntFunction<ByteProcessor> planes) throws IOException
	{
		final ImageStack stack = new ImageStack();
		for (int i = 0; i < slices; i++)
			stack.addSlice(planes.apply(i));
		final Path file = folder.resolve(name);
		ImageFiles.save(new ImagePlus(name, stack), file, true);
		zip.putNextEntry(new ZipEntry("ISBI-2012-challenge/" + name));
		Files.copy(file, zip);
		Files.delete(file);
	}

	/** @return an archive of the right form, with other pixels */
	public static byte[] madeUp(final Path folder) throws IOException {
		return archive(folder, IsbiContent.SLICES, i -> plane(i, 7), i -> plane(i,
			255));
	}

	/** @return a black plane with a rectangle */
	static ByteProcessor plane(final int number, final int value) {
		final ByteProcessor plane = new ByteProcessor(IsbiContent.SIDE,
			IsbiContent.SIDE);
		plane.setValue(value);
		plane.fillRect(10 + number, 20, 100, 50);
		return plane;
	}
}
