
package sc.fiji.unet.tensorflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * What the processor can do, as far as the operating system tells (Linux only).
 */
final class Processor {

	private static final Path INFO = Paths.get("/proc/cpuinfo");

	private Processor() {}

	/**
	 * @return whether it multiplies in bfloat16; emulated, that would be 20 times
	 *         slower
	 */
	static boolean hasBfloat16() {
		final Set<String> flags = flags();
		return flags.contains("avx512_bf16") || flags.contains("amx_bf16");
	}

	private static Set<String> flags() {
		if (!Files.isReadable(INFO)) return new HashSet<>();
		try {
			for (final String line : Files.readAllLines(INFO,
				StandardCharsets.ISO_8859_1))
				if (line.startsWith("flags")) return new HashSet<>(Arrays.asList(line
					.split("\\s+")));
		}
		catch (final IOException e) {
			throw new UncheckedIOException("Cannot read " + INFO, e);
		}
		return new HashSet<>();
	}
}
