
package sc.fiji.unet.tensorflow;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

import sc.fiji.unet.network.NetworkException;

/** One run of a session: what is fed, what is fetched. Owns the fed tensors. */
final class Run implements AutoCloseable {

	private final Session.Runner runner;
	private final List<Tensor> fed = new ArrayList<>();

	Run(final Session session) {
		runner = session.runner();
	}

	/** Feeds a floating-point scalar in the placeholder's own format. */
	Run feed(final Operand<?> placeholder, final double value) {
		final Class<? extends TType> type = placeholder.type();
		return feed(placeholder, type == TFloat64.class ? TFloat64.scalarOf(value)
			: TFloat32.scalarOf((float) value));
	}

	Run feed(final Operand<TString> placeholder, final String value) {
		return feed(placeholder, TString.scalarOf(value));
	}

	Run feed(final Operand<TInt64> placeholder, final long... values) {
		return feed(placeholder, TInt64.vectorOf(values));
	}

	/** Feeds the first values of a buffer; copies them. */
	Run feed(final Operand<TFloat32> placeholder, final FloatBuffer values,
		final long... shape)
	{
		final TFloat32 tensor = TFloat32.tensorOf(Shape.of(shape));
		feed(placeholder, tensor);
		final float[] copy = new float[(int) tensor.size()];
		values.duplicate().clear().get(copy);
		tensor.asRawTensor().data().asFloats().write(copy);
		return this;
	}

	/** Feeds the first values of a buffer; copies them. */
	Run feed(final Operand<TInt32> placeholder, final IntBuffer values,
		final long... shape)
	{
		final TInt32 tensor = TInt32.tensorOf(Shape.of(shape));
		feed(placeholder, tensor);
		final int[] copy = new int[(int) tensor.size()];
		values.duplicate().clear().get(copy);
		tensor.asRawTensor().data().asInts().write(copy);
		return this;
	}

	private Run feed(final Operand<?> placeholder, final Tensor tensor) {
		fed.add(tensor);
		runner.feed(placeholder, tensor);
		return this;
	}

	Run fetch(final Operand<?> what) {
		runner.fetch(what);
		return this;
	}

	Run target(final Op op) {
		runner.addTarget(op);
		return this;
	}

	Run targets(final Iterable<? extends Op> ops) {
		ops.forEach(runner::addTarget);
		return this;
	}

	/**
	 * @return what was fetched, to be closed by the caller
	 * @throws NetworkException if TensorFlow reports an error
	 */
	Result run() {
		try {
			return runner.run();
		}
		catch (final TensorFlowException e) {
			throw failure(e);
		}
	}

	/** Runs where nothing is fetched. */
	void execute() {
		run().close();
	}

	/** @return TensorFlow's error in our words */
	static NetworkException failure(final TensorFlowException e) {
		if (e instanceof TFResourceExhaustedException) return new NetworkException(
			"The device ran out of memory; use smaller patches or tiles, a smaller batch, or the CPU. (" +
				e.getMessage() + ")", e);
		return new NetworkException("TensorFlow reports: " + e.getMessage(), e);
	}

	/** @return a fetched scalar */
	static double scalar(final Tensor tensor) {
		return tensor instanceof TFloat64 ? ((TFloat64) tensor).getDouble()
			: ((TFloat32) tensor).getFloat();
	}

	/** Copies a fetched tensor to the start of a buffer. */
	static void copy(final Tensor from, final FloatBuffer to) {
		final float[] values = new float[(int) from.size()];
		from.asRawTensor().data().asFloats().read(values);
		to.duplicate().clear().put(values);
	}

	@Override
	public void close() {
		fed.forEach(Tensor::close);
	}
}
