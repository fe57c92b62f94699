
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.plugin.PluginService;

/** What an ImageJ with Java 8 finds. */
class PlainImageJEntryTest {

	private static final int JAVA_8 = 52;
	private static final int JAVA_11 = 55;

	@Test
	void onlyWhatSaysSoIsCompiledForJava8() throws IOException {
		assertEquals(JAVA_8, version(PlainImageJ.class));
		assertEquals(JAVA_8, version(JavaCheck.class));
		assertEquals(JAVA_11, version(CommandAdapter.class));
	}

	@Test
	void onJava8OneSentenceSaysWhatToGet() {
		final String before = System.getProperty("java.specification.version");
		final PrintStream out = System.out;
		final ByteArrayOutputStream said = new ByteArrayOutputStream();
		System.setProperty("java.specification.version", "1.8");
		System.setOut(new PrintStream(said, true));
		try {
			new PlainImageJ().run("sc.fiji.unet.command.SegmentImage");
		}
		finally {
			System.setProperty("java.specification.version", before);
			System.setOut(out);
		}
		assertTrue(said.toString().contains("needs Java 11 or newer"), "said '" +
			said + "'");
	}

	@Test
	void onJava8SciJavaHasNoCommandThatItCannotLoad() {
		try (Context context = new Context()) {
			assertEquals(3, commands(context), "with this Java");
		}
		final String before = System.getProperty("java.specification.version");
		System.setProperty("java.specification.version", "1.8");
		try (Context context = new Context()) {
			assertEquals(0, commands(context), "with Java 8");
			assertTrue(context.service(PluginService.class).getPlugins().stream()
				.noneMatch(p -> p.getClassName().equals(MacroInputs.class.getName())),
				"nor steps before the commands of others");
		}
		finally {
			System.setProperty("java.specification.version", before);
		}
	}

	/** @return how many of our commands SciJava knows */
	private static long commands(final Context context) {
		return Stream.of(TrainUNet.class, ComputeWeightMap.class,
			SegmentImage.class).map(context.service(CommandService.class)::getCommand)
			.filter(Objects::nonNull).count();
	}

	/** Major version of a class file: bytes 6 and 7. */
	private static int version(final Class<?> type) throws IOException {
		try (InputStream in = type.getResourceAsStream(type.getSimpleName() +
			".class"); DataInputStream data = new DataInputStream(in))
		{
			assertEquals(0xCAFEBABE, data.readInt());
			data.readUnsignedShort();
			return data.readUnsignedShort();
		}
	}
}
