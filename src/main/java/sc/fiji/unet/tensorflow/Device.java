
package sc.fiji.unet.tensorflow;

import java.util.List;
import java.util.Locale;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Precision;

/** A device that is there, with the number format and threads to use on it. */
final class Device {

	static final String CPU = "cpu";
	/** Followed by its number. */
	static final String GPU = "gpu:";

	private final String name;
	private final Precision precision;

	private Device(final String name, final Precision precision) {
		this.name = name;
		this.precision = precision;
	}

	/**
	 * @throws IllegalArgumentException if the wish cannot be fulfilled here
	 * @throws sc.fiji.unet.network.NetworkException if TensorFlow cannot be
	 *           loaded
	 */
	static Device choose(final ExecutionConfig wish) {
		final List<String> available = NativeRuntime.devices(wish);
		final String name = wish.device().equals("auto") ? available.get(0) : wish
			.device();
		if (!available.contains(name)) throw new IllegalArgumentException(
			"Device '" + name + "' is not there; use " + String.join(", ",
				available) + " or auto.");
		final String visible = NativeRuntime.visibleGpus();
		if (name.startsWith(GPU) && visible.isEmpty() && !name.equals(GPU + 0))
			throw new IllegalArgumentException("Device '" + name +
				"' cannot be used, because this process computes on gpu:0 already; use a process of its own for each GPU.");
		return new Device(name, precision(wish.precision(), name.equals(CPU)));
	}

	private static Precision precision(final Precision wish, final boolean cpu) {
		if (wish == Precision.AUTO) return cpu && Processor.hasBfloat16()
			? Precision.BFLOAT16 : Precision.FLOAT32;
		if (wish == Precision.BFLOAT16 && !(cpu && Processor.hasBfloat16()))
			throw new IllegalArgumentException(
				"Precision bfloat16 needs a processor with instructions for it (avx512_bf16 or amx_bf16), which was not found; use float32.");
		return wish;
	}

	Precision precision() {
		return precision;
	}

	/** @return settings of a TensorFlow session on this device */
	ConfigProto config() {
		final int threads = NativeRuntime.threads();
		final ConfigProto.Builder config = name.equals(CPU) ? threads(threads)
			.putDeviceCount("GPU", 0) : gpuConfig(threads, NativeRuntime
				.visibleGpus()).toBuilder();
		if (precision == Precision.BFLOAT16) config.setGraphOptions(GraphOptions
			.newBuilder().setRewriteOptions(RewriterConfig.newBuilder()
				.setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON)));
		return config.build();
	}

	/** @param visible numbers of the GPUs to see, empty for all */
	static ConfigProto gpuConfig(final int threads, final String visible) {
		return threads(threads).setGpuOptions(GPUOptions.newBuilder()
			.setAllowGrowth(true).setVisibleDeviceList(visible)).build();
	}

	private static ConfigProto.Builder threads(final int threads) {
		return ConfigProto.newBuilder().setIntraOpParallelismThreads(threads)
			.setInterOpParallelismThreads(Math.min(2, threads)).setAllowSoftPlacement(
				true);
	}

	@Override
	public String toString() {
		final int threads = NativeRuntime.threads();
		final String place = name.equals(CPU) ? "CPU, " + threads + (threads == 1
			? " thread" : " threads") : name.toUpperCase(Locale.ROOT);
		return place + ", " + precision.name().toLowerCase(Locale.ROOT);
	}
}
