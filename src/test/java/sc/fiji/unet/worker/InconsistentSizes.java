
package sc.fiji.unet.worker;

import java.util.Arrays;

import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

/**
 * An up-convolution whose declared output does not fit its input: oneDNN
 * executes an illegal instruction and takes its process along.
 */
final class InconsistentSizes {

	private InconsistentSizes() {}

	static Boolean run(final WorkerNetworks networks) {
		networks.devices();
		try (Graph graph = new Graph(); Session session = new Session(graph)) {
			final Ops tf = Ops.create(graph);
			final var x = tf.fill(tf.constant(new int[] { 1, 8, 8, 4 }), tf.constant(
				1f));
			final var kernel = tf.fill(tf.constant(new int[] { 2, 2, 4, 4 }), tf
				.constant(1f));
			final var up = tf.nn.conv2dBackpropInput(tf.constant(new int[] { 1, 64,
				64, 4 }), kernel, x, Arrays.asList(1L, 2L, 2L, 1L), "VALID");
			session.runner().fetch(up).run().close();
			return true;
		}
	}
}
