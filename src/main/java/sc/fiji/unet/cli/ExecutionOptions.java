
package sc.fiji.unet.cli;

import picocli.CommandLine.Option;

import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Precision;

/** Options of every command that computes with a network. */
final class ExecutionOptions {

	@Option(names = "--device", defaultValue = "auto",
		description = "auto (first GPU, else CPU), cpu, or gpu:0 with the number of the GPU (default ${DEFAULT-VALUE}).")
	private String device;

	@Option(names = "--precision",
		description = "auto, float32, bfloat16 or float64 (default: auto).")
	private Precision precision;

	@Option(names = "--threads", defaultValue = "0",
		description = "Threads to compute with; 0 = all cores.")
	private int threads;

	/** @return where to compute */
	ExecutionConfig value() {
		return new ExecutionConfig(device, precision == null ? Precision.AUTO
			: precision, threads);
	}

	/** @return the precision asked for; null if none was */
	Precision precision() {
		return precision;
	}
}
