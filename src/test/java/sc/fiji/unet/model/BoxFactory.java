
package sc.fiji.unet.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

import sc.fiji.unet.network.BoxNetwork;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.UNetConfig;

/** Opens {@link BoxNetwork}s, whose whole weights are a seed in a file. */
final class BoxFactory implements NetworkFactory {

	static final String WEIGHTS = "variables/variables.txt";

	private final String device;
	private BoxNetwork last;

	BoxFactory(final String device) {
		this.device = device;
	}

	static void export(final Path folder, final long seed) throws IOException {
		Files.createDirectories(folder.resolve("variables"));
		Files.writeString(folder.resolve("saved_model.pb"), "graph");
		Files.writeString(folder.resolve(WEIGHTS), Long.toString(seed));
	}

	BoxNetwork last() {
		return last;
	}

	@Override
	public List<String> devices() {
		return Collections.singletonList("cpu");
	}

	@Override
	public TrainableNetwork create(final UNetConfig config,
		final OptimizerConfig optimizer, final ExecutionConfig execution,
		final long seed)
	{
		throw new UnsupportedOperationException();
	}

	@Override
	public Network open(final UNetConfig config, final Path exported,
		final ExecutionConfig execution) throws IOException
	{
		last = new BoxNetwork(config, Long.parseLong(Files.readString(exported
			.resolve(WEIGHTS))), device);
		return last;
	}
}
