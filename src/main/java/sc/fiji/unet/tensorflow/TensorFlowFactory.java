
package sc.fiji.unet.tensorflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.Precision;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.UNetConfig;

/**
 * Networks in TensorFlow, in this process. The first one settles the number of
 * threads, and on which GPU this process computes.
 */
public final class TensorFlowFactory implements NetworkFactory {

	@Override
	public List<String> devices() {
		return NativeRuntime.devices(ExecutionConfig.auto());
	}

	@Override
	public TrainableNetwork create(final UNetConfig config,
		final OptimizerConfig optimizer, final ExecutionConfig execution,
		final long seed)
	{
		final Device device = device(config, execution);
		if (device.precision() == Precision.FLOAT64) return new TensorFlowNetwork<>(
			config, optimizer, TFloat64.class, device, seed);
		return new TensorFlowNetwork<>(config, optimizer, TFloat32.class, device,
			seed);
	}

	@Override
	public Network open(final UNetConfig config, final Path exported,
		final ExecutionConfig execution) throws IOException
	{
		final Device device = device(config, execution);
		if (device.precision() == Precision.FLOAT64)
			throw new IllegalArgumentException(
				"Precision float64 is for training alone; use float32.");
		return new Predictor(config, exported, device);
	}

	private static Device device(final UNetConfig config,
		final ExecutionConfig execution)
	{
		if (config.dimensions() != 2) throw new IllegalArgumentException(
			"Networks with " + config.dimensions() +
				" spatial axes are not available; use 2, slice by slice.");
		return Device.choose(execution);
	}
}
