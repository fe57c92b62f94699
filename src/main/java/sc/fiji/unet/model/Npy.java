
package sc.fiji.unet.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A float32 array in NumPy's {@code .npy} format, little endian and in C order:
 * the last axis of the shape is the fastest. Format version 1.0 is written, 1.0
 * and 2.0 are read (numpy.lib.format).
 */
final class Npy {

	private static final byte[] MAGIC = { (byte) 0x93, 'N', 'U', 'M', 'P', 'Y' };
	private static final int ALIGNMENT = 64;
	private static final Pattern HEADER = Pattern.compile(
		"'descr':\\s*'([^']*)'.*'fortran_order':\\s*(\\w+).*'shape':\\s*\\(([^)]*)\\)");

	private final long[] shape;
	private final float[] values;

	/**
	 * @param shape lengths of the axes, slowest first
	 * @param values the values, last axis fastest; not copied
	 * @throws IllegalArgumentException if shape and number of values disagree
	 */
	Npy(final long[] shape, final float[] values) {
		if (count(shape) != values.length) throw new IllegalArgumentException(
			"Shape " + Arrays.toString(shape) + " does not hold " + values.length +
				" values.");
		this.shape = shape.clone();
		this.values = values;
	}

	/** @return lengths of the axes, slowest first; a copy */
	long[] shape() {
		return shape.clone();
	}

	/** @return the values, last axis fastest; not a copy */
	float[] values() {
		return values;
	}

	/** @return the file's content */
	byte[] toBytes() {
		final String header = header();
		final ByteBuffer file = ByteBuffer.allocate(MAGIC.length + 4 + header
			.length() + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
		file.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) header
			.length());
		file.put(header.getBytes(StandardCharsets.US_ASCII));
		file.asFloatBuffer().put(values);
		return file.array();
	}

	private String header() {
		final String sizes = Arrays.stream(shape).mapToObj(n -> n + ",").collect(
			Collectors.joining(" "));
		final StringBuilder header = new StringBuilder(
			"{'descr': '<f4', 'fortran_order': False, 'shape': (" + sizes + "), }");
		while ((MAGIC.length + 4 + header.length() + 1) % ALIGNMENT != 0)
			header.append(' ');
		return header.append('\n').toString();
	}

	/**
	 * @param content a file's content
	 * @param name of the file, for messages
	 * @throws IOException if it is no float32 array in C order, or cut short
	 */
	static Npy parse(final byte[] content, final String name) throws IOException {
		if (content.length < 12 || !Arrays.equals(Arrays.copyOf(content,
			MAGIC.length), MAGIC)) throw new IOException(name +
				" is not a NumPy array file.");
		final ByteBuffer file = ByteBuffer.wrap(content).order(
			ByteOrder.LITTLE_ENDIAN);
		final boolean isShort = content[6] == 1;
		final int start = isShort ? 10 : 12;
		final int length = isShort ? file.getShort(8) & 0xffff : file.getInt(8);
		if (length < 0 || length > content.length - start) throw new IOException(
			name + " is cut short.");
		final long[] shape = shape(new String(content, start, length,
			StandardCharsets.ISO_8859_1), name);
		return new Npy(shape, values(file, start + length, count(shape), name));
	}

	private static long[] shape(final String header, final String name)
		throws IOException
	{
		final Matcher m = HEADER.matcher(header);
		if (!m.find() || !m.group(1).equals("<f4") || !m.group(2).equals("False"))
			throw new IOException(name +
				" must be a little-endian float32 array in C order, but its header is " +
				header.trim());
		try {
			final long[] shape = Arrays.stream(m.group(3).split(",")).map(
				String::trim).filter(s -> !s.isEmpty()).mapToLong(Long::parseLong)
				.toArray();
			count(shape);
			return shape;
		}
		catch (final ArithmeticException | NumberFormatException e) {
			throw new IOException(name + " has the impossible shape (" + m.group(3) +
				").", e);
		}
	}

	private static float[] values(final ByteBuffer file, final int start,
		final long count, final String name) throws IOException
	{
		if (file.capacity() - start != 4 * count) throw new IOException(name +
			" holds " + (file.capacity() - start) + " bytes of values instead of " +
			4 * count + ".");
		final float[] values = new float[(int) count];
		file.position(start).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer()
			.get(values);
		return values;
	}

	private static long count(final long[] shape) {
		long count = 1;
		for (final long n : shape)
			count = Math.multiplyExact(count, n);
		return count;
	}
}
