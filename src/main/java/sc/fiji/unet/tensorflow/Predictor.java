
package sc.fiji.unet.tensorflow;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;

import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.UNetConfig;

/** A network that only predicts, with weights from a serving model. */
final class Predictor implements Network {

	private final UNetConfig config;
	private final String device;
	private final GraphSession<Nodes> engine;

	/** What is fed, fetched and restored. */
	private static final class Nodes {

		private final Inference<TFloat32> inference;
		private final Bundle weights;

		Nodes(final Ops tf, final UNetConfig config) {
			final Variables<TFloat32> variables = new Variables<>(tf, TFloat32.class,
				"", new Architecture(config).parameters());
			inference = new Inference<>(tf, config, TFloat32.class, variables::read);
			weights = new Bundle(tf).add(variables).build();
		}
	}

	/** @param exported folder that {@link ServingModel} has written */
	Predictor(final UNetConfig config, final Path exported, final Device device)
		throws IOException
	{
		this.config = config;
		this.device = device.toString();
		engine = GraphSession.open(device, tf -> new Nodes(tf, config));
		try {
			engine.nodes().weights.read(engine.session(), ServingModel.variables(
				exported));
		}
		catch (final IOException | RuntimeException e) {
			close();
			throw e;
		}
	}

	@Override
	public UNetConfig config() {
		return config;
	}

	@Override
	public String device() {
		return device;
	}

	@Override
	public void predict(final int samples, final long[] inputSize,
		final FloatBuffer input, final FloatBuffer probabilities)
	{
		engine.nodes().inference.predict(engine.session(), samples, inputSize,
			input, probabilities);
	}

	@Override
	public void close() {
		engine.close();
	}
}
