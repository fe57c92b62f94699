
package sc.fiji.unet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

class NpyTest {

	private static final float[] VALUES = { 0, -1.5f, 3e-20f, Float.MAX_VALUE, 7,
		8 };

	@Test
	void arraysComeBackAsTheyWere() throws IOException {
		final Npy read = Npy.parse(new Npy(new long[] { 1, 3, 2 }, VALUES)
			.toBytes(), "a.npy");
		assertArrayEquals(new long[] { 1, 3, 2 }, read.shape());
		assertArrayEquals(VALUES, read.values());
	}

	@Test
	void fileIsWhatNumpyWrites() {
		final byte[] file = new Npy(new long[] { 6 }, VALUES).toBytes();
		// numpy.save(f, array([...], '<f4')): 64-byte aligned header, version 1.0
		final String header = new String(file, 10, 118, StandardCharsets.US_ASCII);
		assertEquals((byte) 0x93, file[0]);
		assertEquals("NUMPY", new String(file, 1, 5, StandardCharsets.US_ASCII));
		assertArrayEquals(new byte[] { 1, 0, 118, 0 }, Arrays.copyOfRange(file, 6,
			10));
		assertEquals("{'descr': '<f4', 'fortran_order': False, 'shape': (6,), }",
			header.trim());
		assertTrue(header.endsWith("\n"), "header must end with a newline");
		assertEquals(128 + 4 * 6, file.length);
		// -1.5f = 0xBFC00000, little endian
		assertArrayEquals(new byte[] { 0, 0, (byte) 0xc0, (byte) 0xbf }, Arrays
			.copyOfRange(file, 132, 136));
	}

	@Test
	void otherTypesAndCutFilesAreNamed() {
		final byte[] good = new Npy(new long[] { 6 }, VALUES).toBytes();
		assertMessage("a.npy holds 20 bytes of values instead of 24.", Arrays
			.copyOf(good, good.length - 4));
		assertMessage("a.npy is not a NumPy array file.", new byte[20]);
		assertMessage("a.npy is cut short.", Arrays.copyOf(good, 50));
		final byte[] doubles = good.clone();
		doubles[23] = '8';
		assertMessage("must be a little-endian float32 array", doubles);
	}

	@Test
	void impossibleShapesAreNamed() {
		for (final String shape : Arrays.asList("six,", "9999999999999999999,",
			"9999999999, 9999999999,"))
		{
			final String header =
				"{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }";
			final byte[] file = new Npy(new long[] { 6 }, VALUES).toBytes();
			Arrays.fill(file, 10, 127, (byte) ' ');
			System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, file, 10,
				header.length());
			assertMessage("a.npy has the impossible shape (" + shape + ")", file);
		}
	}

	private static void assertMessage(final String expected,
		final byte[] content)
	{
		final String message = assertThrows(IOException.class, () -> Npy.parse(
			content, "a.npy")).getMessage();
		assertTrue(message.contains(expected), "expected '" + expected + "' in '" +
			message + "'");
	}
}
