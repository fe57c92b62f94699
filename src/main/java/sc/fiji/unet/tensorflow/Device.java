
package sc.fiji.unet.tensorflow;

import java.util.List;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Precision;

/** A device that is there, with the number format and threads to use on it. */
final class Device {

	private static final String CPU = "cpu";

	private final String name;
	private final Precision precision;
	private final int threads;

	private Device(final String name, final Precision precision,
		final int threads)
	{
		this.name = name;
		this.precision = precision;
		this.threads = threads;
	}

	/**
	 * @param available what {@link NativeRuntime#devices()} has found
	 * @throws IllegalArgumentException if the wish cannot be fulfilled here
	 */
	static Device choose(final ExecutionConfig wish,
		final List<String> available)
	{
		final String name = wish.device().equals("auto") ? available.get(0) : wish
			.device();
		if (!available.contains(name)) throw new IllegalArgumentException(
			"Device '" + name + "' is not there; use " + String.join(", ",
				available) + " or auto.");
		final int threads = wish.threads() > 0 ? wish.threads() : Runtime
			.getRuntime().availableProcessors();
		return new Device(name, precision(wish.precision(), name.equals(CPU)),
			threads);
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
		final ConfigProto.Builder config = ConfigProto.newBuilder()
			.setIntraOpParallelismThreads(threads).setInterOpParallelismThreads(Math
				.min(2, threads)).setAllowSoftPlacement(true);
		if (name.equals(CPU)) config.putDeviceCount("GPU", 0);
		else config.setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true)
			.setVisibleDeviceList(name.substring("gpu:".length())));
		if (precision == Precision.BFLOAT16) config.setGraphOptions(GraphOptions
			.newBuilder().setRewriteOptions(RewriterConfig.newBuilder()
				.setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON)));
		return config.build();
	}

	@Override
	public String toString() {
		final String place = name.equals(CPU) ? "CPU, " + threads + (threads == 1
			? " thread" : " threads") : name.toUpperCase();
		return place + ", " + precision.name().toLowerCase();
	}
}
