
package sc.fiji.unet.imagej;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the first directory of a TIFF file says of its image. Reads BigTIFF, too
 * (version 43, with 8-byte offsets), which ImageJ does not. Immutable.
 */
final class TiffHeader {

	private static final int TIFF = 42;
	private static final int BIG_TIFF = 43;
	private static final int WIDTH = 256;
	private static final int HEIGHT = 257;
	/** Types of values. */
	private static final int SHORT = 3;
	private static final int LONG = 4;
	private static final int LONG8 = 16;
	/** No writer makes as many; a damaged file may claim to. */
	private static final int MOST_ENTRIES = 4096;

	private final boolean big;
	private final long width;
	private final long height;

	private TiffHeader(final boolean big, final long width, final long height) {
		this.big = big;
		this.width = width;
		this.height = height;
	}

	/**
	 * @return empty if the file is no TIFF, or so damaged that it does not say
	 *         how large its image is
	 * @throws IOException if it cannot be read
	 */
	static Optional<TiffHeader> read(final Path file) throws IOException {
		try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
			final ByteBuffer start = bytes(in, 0, 16, ByteOrder.LITTLE_ENDIAN);
			final int mark = start.getShort(0);
			if (mark == 'M' + ('M' << 8)) start.order(ByteOrder.BIG_ENDIAN);
			else if (mark != 'I' + ('I' << 8)) return Optional.empty();
			final int version = start.getShort(2);
			if (version == TIFF) return directory(in, start.getInt(4) & 0xffffffffL,
				start.order(), false);
			return version == BIG_TIFF ? directory(in, start.getLong(8), start
				.order(), true) : Optional.empty();
		}
		catch (final EOFException e) {
			return Optional.empty();
		}
	}

	private static ByteBuffer bytes(final RandomAccessFile in,
		final long position, final int count, final ByteOrder order)
		throws IOException
	{
		if (position < 0) throw new EOFException();
		final byte[] bytes = new byte[count];
		in.seek(position);
		in.readFully(bytes);
		return ByteBuffer.wrap(bytes).order(order);
	}

	private static Optional<TiffHeader> directory(final RandomAccessFile in,
		final long position, final ByteOrder order, final boolean big)
		throws IOException
	{
		final int head = big ? 8 : 2;
		final int size = big ? 20 : 12;
		final ByteBuffer count = bytes(in, position, head, order);
		final long entries = big ? count.getLong() : count.getShort() & 0xffff;
		if (entries < 0 || entries > MOST_ENTRIES) return Optional.empty();
		final ByteBuffer all = bytes(in, position + head, (int) entries * size,
			order);
		long width = 0;
		long height = 0;
		for (int e = 0; e < all.capacity(); e += size) {
			final int tag = all.getShort(e) & 0xffff;
			if (tag == WIDTH) width = value(all, e, big);
			if (tag == HEIGHT) height = value(all, e, big);
		}
		return width > 0 && height > 0 ? Optional.of(new TiffHeader(big, width,
			height)) : Optional.empty();
	}

	/** @return the single value of an entry; 0 if it is of another type */
	private static long value(final ByteBuffer entries, final int entry,
		final boolean big)
	{
		final int at = entry + (big ? 12 : 8);
		switch (entries.getShort(entry + 2)) {
			case SHORT:
				return entries.getShort(at) & 0xffff;
			case LONG:
				return entries.getInt(at) & 0xffffffffL;
			case LONG8:
				return big ? entries.getLong(at) : 0;
			default:
				return 0;
		}
	}

	/** @return whether it is a BigTIFF */
	boolean isBig() {
		return big;
	}

	/** @return width of the first image in pixels */
	long width() {
		return width;
	}

	/** @return height of the first image in pixels */
	long height() {
		return height;
	}
}
