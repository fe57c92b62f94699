
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers of planes that no array can hold, made by hand. */
class HugePlanesTest {

	private static final long[] HUGE = { 65_536, 40_000 };

	@TempDir
	Path folder;

	private Path write(final String name, final byte[] bytes) throws IOException {
		return Files.write(folder.resolve(name), bytes);
	}

	private static byte[] tiff(final ByteOrder order, final long width,
		final long height)
	{
		final ByteBuffer file = ByteBuffer.allocate(200).order(order);
		file.putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4d4d : 0x4949))
			.putShort((short) 42).putInt(8);
		final int[][] entries = { { 256, 4, (int) width }, { 257, 4, (int) height },
			{ 258, 3, 8 }, { 262, 3, 1 }, { 273, 4, 150 }, { 277, 3, 1 }, { 278, 4,
				(int) height }, { 279, 4, 50 } };
		file.putShort((short) entries.length);
		for (final int[] entry : entries) {
			file.putShort((short) entry[0]).putShort((short) entry[1]).putInt(1);
			if (entry[1] == 3) file.putShort((short) entry[2]).putShort((short) 0);
			else file.putInt(entry[2]);
		}
		return file.array();
	}

	private static byte[] bigTiff(final ByteOrder order, final long width,
		final long height)
	{
		final ByteBuffer file = ByteBuffer.allocate(200).order(order);
		file.putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4d4d : 0x4949))
			.putShort((short) 43).putShort((short) 8).putShort((short) 0).putLong(16);
		file.putLong(2);
		file.putShort((short) 256).putShort((short) 16).putLong(1).putLong(width);
		file.putShort((short) 257).putShort((short) 4).putLong(1).putInt(
			(int) height).putInt(0);
		return file.array();
	}

	private static byte[] png(final int width, final int height)
		throws IOException
	{
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		final DataOutputStream out = new DataOutputStream(bytes);
		out.writeLong(0x89504e470d0a1a0aL);
		final ByteBuffer head = ByteBuffer.allocate(17);
		head.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(
			height).put((byte) 8).put((byte) 0).put(new byte[3]);
		out.writeInt(13);
		out.write(head.array());
		final CRC32 sum = new CRC32();
		sum.update(head.array());
		out.writeInt((int) sum.getValue());
		out.write(new byte[60]);
		return bytes.toByteArray();
	}

	private static void assertHuge(final Path file) {
		final String message = assertThrows(IOException.class, () -> ImageFiles
			.open(file)).getMessage();
		for (final String part : new String[] { file.toString(),
			"65,536 x 40,000 pixels", "2,147,483,647", "region", "Crop on import" })
			assertTrue(message.contains(part), "\"" + message + "\" does not say \"" +
				part + "\"");
	}

	@Test
	void hugePlanesAreRefusedByTheirHeader() throws IOException {
		for (final ByteOrder order : new ByteOrder[] { ByteOrder.LITTLE_ENDIAN,
			ByteOrder.BIG_ENDIAN })
		{
			assertHuge(write(order + ".tif", tiff(order, HUGE[0], HUGE[1])));
			assertHuge(write(order + "-big.tif", bigTiff(order, HUGE[0], HUGE[1])));
		}
		assertHuge(write("huge.png", png((int) HUGE[0], (int) HUGE[1])));
	}

	@Test
	void bigTiffNeedsBioFormats() throws IOException {
		final String message = assertThrows(IOException.class, () -> ImageFiles
			.open(write("small.tif", bigTiff(ByteOrder.LITTLE_ENDIAN, 20, 10))))
			.getMessage();
		assertTrue(message.contains("BigTIFF") && message.contains("Bio-Formats"),
			message);
	}

	@Test
	void headersAreRead() throws IOException {
		final TiffHeader header = TiffHeader.read(write("b.tif", bigTiff(
			ByteOrder.BIG_ENDIAN, 5_000_000_000L, 3))).get();
		assertTrue(header.isBig());
		assertEquals(5_000_000_000L, header.width());
		assertEquals(3, header.height());
		assertFalse(TiffHeader.read(write("c.tif", new byte[] { 'I', 'I', 42, 0, 8,
			0, 0, 0, 1 })).isPresent());
		assertFalse(TiffHeader.read(write("d.tif", "plain text, no image".getBytes(
			StandardCharsets.US_ASCII))).isPresent());
	}

	@Test
	void theLimitIsTheLengthOfAnArray() throws IOException {
		PlaneSize.check(Integer.MAX_VALUE, 1);
		PlaneSize.check(46_340, 46_340);
		assertThrows(IOException.class, () -> PlaneSize.check(46_341, 46_341));
		assertThrows(IOException.class, () -> PlaneSize.check(1L << 40, 1L << 40));
		PlaneSize.check("a", 40_000, 40_000, 1, "channels", "");
		final String message = assertThrows(IllegalArgumentException.class,
			() -> PlaneSize.check("a", 40_000, 40_000, 2, "channels", "Crop it."))
			.getMessage();
		assertTrue(message.contains("\"a\"") && message.contains(
			"40,000 x 40,000 pixels in 2 channels") && message.endsWith("Crop it."),
			message);
	}
}
