
package sc.fiji.unet.tensorflow;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;

import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.UNetConfig;

/** A network that only predicts, with weights from a serving model. */
final class Predictor implements Network {

	private final UNetConfig config;
	private final String device;
	private final Graph graph = new Graph();
	private final Session session;
	private final Inference<TFloat32> inference;

	/** @param exported folder that {@link ServingModel} has written */
	Predictor(final UNetConfig config, final Path exported, final Device device)
		throws IOException
	{
		this.config = config;
		this.device = device.toString();
		final Ops tf = Ops.create(graph);
		final Variables<TFloat32> weights = new Variables<>(tf, TFloat32.class, "",
			new Architecture(config).parameters());
		inference = new Inference<>(tf, config, TFloat32.class, weights::read);
		final Bundle bundle = new Bundle(tf).add(weights).build();
		session = new Session(graph, device.config());
		try {
			bundle.read(session, ServingModel.variables(exported));
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
		inference.predict(session, samples, inputSize, input, probabilities);
	}

	@Override
	public void close() {
		session.close();
		graph.close();
	}
}
