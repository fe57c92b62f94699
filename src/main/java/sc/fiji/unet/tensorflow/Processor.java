
package sc.fiji.unet.tensorflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the processor can do, as far as the operating system tells (Linux only).
 */
final class Processor {

	private static final Path INFO = Paths.get("/proc/cpuinfo");

	/** How batch queues tell a job how many processors are its own. */
	private static final String[] ALLOTTED = { "SLURM_CPUS_PER_TASK", "NSLOTS",
		"PBS_NUM_PPN", "LSB_DJOB_NUMPROC", "OMP_NUM_THREADS" };

	private Processor() {}

	/**
	 * @return number of threads to compute with: the processors that this process
	 *         may use, of which Java knows (containers included), and not more
	 *         than a batch queue has allotted
	 */
	static int threads() {
		return threads(Runtime.getRuntime().availableProcessors(), System.getenv());
	}

	static int threads(final int processors,
		final Map<String, String> environment)
	{
		for (final String name : ALLOTTED) {
			final String value = environment.get(name);
			// Queues may write more than a number, such as "4(x2)".
			final Matcher number = Pattern.compile("^(\\d+)").matcher(value == null
				? "" : value.trim());
			if (number.find() && !number.group(1).matches("0+")) return (int) Math
				.min(processors, Long.parseLong(number.group(1)));
		}
		return processors;
	}

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
