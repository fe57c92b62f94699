
package sc.fiji.unet.tensorflow;

import java.util.function.Function;

import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;

/**
 * A graph and the session that runs it. Where one of the two cannot be made,
 * nothing of the other is left behind.
 *
 * @param <G> access to the graph's nodes
 */
final class GraphSession<G> implements AutoCloseable {

	private final Graph graph;
	private final G nodes;
	private final Session session;

	private GraphSession(final Graph graph, final G nodes,
		final Session session)
	{
		this.graph = graph;
		this.nodes = nodes;
		this.session = session;
	}

	/**
	 * @param build adds the nodes to the empty graph
	 * @throws sc.fiji.unet.network.NetworkException if TensorFlow reports an
	 *           error
	 */
	static <G> GraphSession<G> open(final Device device,
		final Function<Ops, G> build)
	{
		final Graph graph = new Graph();
		try {
			final G nodes = build.apply(Ops.create(graph));
			return new GraphSession<>(graph, nodes, new Session(graph, device
				.config()));
		}
		catch (final TensorFlowException e) {
			graph.close();
			throw Run.failure(e);
		}
		catch (final RuntimeException | Error e) {
			graph.close();
			throw e;
		}
	}

	G nodes() {
		return nodes;
	}

	Session session() {
		return session;
	}

	@Override
	public void close() {
		session.close();
		graph.close();
	}
}
