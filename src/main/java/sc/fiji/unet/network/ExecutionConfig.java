
package sc.fiji.unet.network;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

/** Where and how a network computes. Immutable. */
public final class ExecutionConfig implements Serializable {

	private static final long serialVersionUID = 1L;

	private final String device;
	private final Precision precision;
	private final int threads;

	/**
	 * @param device "auto" (first GPU, else CPU), "cpu" or "gpu:0", "gpu:1", ...
	 * @param precision number format
	 * @param threads threads to compute with; 0 uses every core. The first
	 *          network of a process decides for all
	 * @throws IllegalArgumentException if the device has another form, or the
	 *           threads are negative
	 */
	public ExecutionConfig(final String device, final Precision precision,
		final int threads)
	{
		this.device = device.trim().toLowerCase(Locale.ROOT);
		this.precision = Objects.requireNonNull(precision);
		this.threads = threads;
		if (!this.device.matches("auto|cpu|gpu:\\d+"))
			throw new IllegalArgumentException("Device '" + device +
				"' is unknown; use auto, cpu, or gpu:0 (with the number of the GPU).");
		if (threads < 0) throw new IllegalArgumentException("Threads " + threads +
			" must be 0 (all) or more.");
	}

	/** @return first GPU or else CPU, precision by processor, all cores */
	public static ExecutionConfig auto() {
		return new ExecutionConfig("auto", Precision.AUTO, 0);
	}

	/**
	 * @return CPU in float32 with all cores: the same results everywhere to about
	 *         1e-5
	 */
	public static ExecutionConfig cpu() {
		return new ExecutionConfig("cpu", Precision.FLOAT32, 0);
	}

	/** @return "auto", "cpu" or "gpu:N" */
	public String device() {
		return device;
	}

	public Precision precision() {
		return precision;
	}

	/** @return number of threads; 0 = every core */
	public int threads() {
		return threads;
	}

	/** @return the same on another device */
	public ExecutionConfig withDevice(final String value) {
		return new ExecutionConfig(value, precision, threads);
	}

	/** @return the same in another number format */
	public ExecutionConfig withPrecision(final Precision value) {
		return new ExecutionConfig(device, value, threads);
	}
}
