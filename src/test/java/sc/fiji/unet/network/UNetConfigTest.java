
package sc.fiji.unet.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

class UNetConfigTest {

	@Test
	void baseAndDepthAreTheChannelListInShort() {
		assertEquals(UNetConfig.builder().channelList(1, 64, 128, 256, 512, 1024)
			.build(), UNetConfig.builder().baseAndDepth(64, 4).build());
		assertArrayEquals(new int[] { 3, 8, 16 }, UNetConfig.builder().channels(3)
			.baseAndDepth(8, 1).build().channelList());
	}

	@Test
	void oneClassIsForegroundAndSeveralBeginWithBackground() {
		assertEquals(Arrays.asList("foreground"), UNetConfig.builder().classes(1)
			.build().classNames());
		assertEquals("background", UNetConfig.builder().classes(3).build()
			.classNames().get(0));
		assertTrue(UNetConfig.builder().classes(2).build().isSoftmax());
	}

	@Test
	void badValuesAreRefusedWithTheValueInTheMessage() {
		refused("[1, 16]", () -> UNetConfig.builder().channelList(1, 16));
		refused("1.5", () -> UNetConfig.builder().dropout(1.5).build());
		refused("Kernel size 4", () -> UNetConfig.builder().features(4, 8).kernel(
			new int[][] { { 3, 3 }, { 4, 3 } }).build());
		refused("pooling", () -> UNetConfig.builder().features(4, 8).pooling(
			new int[][] { { 2, 2 }, { 2, 2 } }).build());
		refused("class", () -> UNetConfig.builder().classes(0).build());
		refused("-1.0", () -> Axes.calibrated("um", 1, -1));
		refused("tpu", () -> new ExecutionConfig("tpu", Precision.AUTO, 0));
		refused("1.0", () -> OptimizerConfig.sgd(1));
		refused("99", () -> Preprocessing.percentiles(99, 1));
		refused("2.0", () -> new Postprocessing(2, 0, 0));
	}

	private static void refused(final String fragment,
		final org.junit.jupiter.api.function.Executable code)
	{
		final String message = assertThrows(IllegalArgumentException.class, code)
			.getMessage();
		assertTrue(message.contains(fragment), "'" + message + "' names " +
			fragment);
	}

	@Test
	void valuesSurviveSerialisation() throws IOException, ClassNotFoundException {
		final UNetConfig config = UNetConfig.builder().axes(Axes.calibrated(
			"micrometer", 0.25, 0.25)).classNames(Arrays.asList("background", "cell",
				"border")).features(8, 16, 32).padding(Padding.VALID).dropout(0.5)
			.outputSize(64, 64).build();
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(config);
		}
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(
			bytes.toByteArray())))
		{
			assertEquals(config, in.readObject());
		}
		assertEquals(config, config.toBuilder().build());
	}
}
