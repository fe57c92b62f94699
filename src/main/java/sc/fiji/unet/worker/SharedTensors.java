
package sc.fiji.unet.worker;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

import org.apposed.appose.SharedMemory;

/**
 * Memory that two processes see, handed out from start to end. Both sides ask
 * for the same sizes in the same order, so no position needs to be told. Its
 * buffers must not be touched after {@link #close()}. Not thread-safe.
 */
final class SharedTensors implements AutoCloseable {

	private final SharedMemory memory;
	private final long bytes;
	private long position;

	private SharedTensors(final SharedMemory memory, final long bytes) {
		this.memory = memory;
		this.bytes = bytes;
	}

	/** @param bytes how much is needed; the system may round it up */
	static SharedTensors create(final long bytes) {
		return new SharedTensors(SharedMemory.create(bytes), bytes);
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
