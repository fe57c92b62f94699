
package sc.fiji.unet.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

import org.apposed.appose.SharedMemory;

import sc.fiji.unet.network.NetworkException;

/**
 * Memory that two processes see, handed out from start to end. Both sides ask
 * for the same sizes in the same order, so no position needs to be told. Its
 * buffers must not be touched after {@link #close()}. Not thread-safe.
 */
final class SharedTensors implements AutoCloseable {

	/** Where Linux keeps shared memory. */
	private static final Path SEGMENTS = Paths.get("/dev/shm");
	private static final long MEGABYTE = 1 << 20;

	private final SharedMemory memory;
	private final long bytes;
	private long position;

	private SharedTensors(final SharedMemory memory, final long bytes) {
		this.memory = memory;
		this.bytes = bytes;
	}

	/**
	 * @param bytes how much is needed; the system may round it up
	 * @throws NetworkException if so much is not to be had
	 */
	static SharedTensors create(final long bytes) {
		checkSpace(bytes);
		return new SharedTensors(SharedMemory.create(bytes), bytes);
	}

	/**
	 * Linux grants more than there is and ends the process that writes to it; in
	 * a container there may be little.
	 */
	private static void checkSpace(final long bytes) {
		if (!Files.isDirectory(SEGMENTS)) return;
		final long left;
		try {
			left = Files.getFileStore(SEGMENTS).getUsableSpace();
		}
		catch (final IOException e) {
			throw new NetworkException("Cannot find out how much shared memory " +
				SEGMENTS + " has left: " + e, e);
		}
		if (left < bytes) throw new NetworkException("Shared memory (" + SEGMENTS +
			") has " + left / MEGABYTE + " MB left, but " + bytes / MEGABYTE +
			" are needed; use smaller patches, fewer at a time, enlarge it (docker run --shm-size=2g), or set unet.engine=inprocess.");
	}

	/**
	 * Opens what the other process has created, and takes its name away, so that
	 * the system frees it as soon as both have closed it, or died.
	 */
	static SharedTensors attach(final String name, final long bytes) {
		final SharedMemory memory = SharedMemory.attach(name, bytes);
		memory.unlinkOnClose(false);
		// Unlinking closes as well, so it is done through a second handle.
		SharedMemory.attach(name, bytes).unlink();
		return new SharedTensors(memory, bytes);
	}

	String name() {
		return memory.name();
	}

	long bytes() {
		return bytes;
	}

	/** Nothing is left to be unlinked once the other process has attached. */
	void isAttached() {
		memory.unlinkOnClose(false);
	}

	/** Begins to hand out from the start again. */
	SharedTensors rewind() {
		position = 0;
		return this;
	}

	/** @return the next so many bytes, in native order */
	ByteBuffer next(final int size) {
		final long start = position;
		position += size;
		if (position > bytes) throw new IllegalStateException("Shared memory of " +
			bytes + " bytes is too small for " + position + ".");
		return memory.buf(start, size).order(ByteOrder.nativeOrder());
	}

	FloatBuffer floats(final long count) {
		return next(Math.toIntExact(Float.BYTES * count)).asFloatBuffer();
	}

	@Override
	public void close() {
		memory.close();
	}
}
