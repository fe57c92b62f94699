
package sc.fiji.unet.tensorflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

import sc.fiji.unet.tensorflow.Architecture.Parameter;

/**
 * One set of resource variables of a graph, a variable for each of some
 * parameters: the weights, their averages, an optimiser's slots.
 *
 * @param <T> number format
 */
final class Variables<T extends TFloating> {

	private final Ops tf;
	private final Class<T> type;
	private final String prefix;
	private final Map<String, Parameter> parameters = new LinkedHashMap<>();
	private final Map<String, VarHandleOp> handles = new LinkedHashMap<>();

	/**
	 * @param prefix put before the parameters' names in the graph and in files;
	 *          "" or "momentum/", ...
	 */
	Variables(final Ops tf, final Class<T> type, final String prefix,
		final List<Parameter> parameters)
	{
		this.tf = tf;
		this.type = type;
		this.prefix = prefix;
		for (final Parameter p : parameters) {
			this.parameters.put(p.name, p);
			handles.put(p.name, tf.varHandleOp(type, Shape.of(p.shape), VarHandleOp
				.sharedName(prefix + p.name)));
		}
	}

	/** @return names of the parameters */
	Iterable<String> names() {
		return parameters.keySet();
	}

	boolean has(final String name) {
		return handles.containsKey(name);
	}

	Parameter parameter(final String name) {
		return parameters.get(name);
	}

	/** @return the parameter's name in files */
	String fileName(final String name) {
		return prefix + name;
	}

	VarHandleOp handle(final String name) {
		return handles.get(name);
	}

	/** @return a new node that reads the variable */
	Operand<T> read(final String name) {
		return read(tf, name);
	}

	/** @param ops decides what must have happened before the reading */
	Operand<T> read(final Ops ops, final String name) {
		return ops.readVariableOp(handles.get(name), type);
	}

	Op assign(final Ops ops, final String name,
		final Operand<? extends TType> value)
	{
		return ops.assignVariableOp(handles.get(name), value);
	}

	/**
	 * @param seed vector of two numbers; each parameter draws from a stream of
	 *          its own
	 * @return nodes that give every variable its initial value
	 */
	List<Op> initializers(final Operand<TInt64> seed) {
		final List<Op> ops = new ArrayList<>();
		long stream = 0;
		for (final Parameter p : parameters.values())
			ops.add(assign(tf, p.name, initial(p, tf.math.add(seed, tf.constant(
				new long[] { 0, stream++ })))));
		return ops;
	}

	private Operand<T> initial(final Parameter p, final Operand<TInt64> seed) {
		final Operand<TInt64> shape = tf.constant(p.shape);
		if (p.deviation == 0) return tf.fill(shape, number(p.constant));
		return tf.math.mul(tf.random.statelessRandomNormal(shape, seed, type),
			number(p.deviation));
	}

	/** @return nodes that set every variable to 0 */
	List<Op> zeros() {
		final List<Op> ops = new ArrayList<>();
		for (final Parameter p : parameters.values())
			ops.add(assign(tf, p.name, tf.fill(tf.constant(p.shape), number(0))));
		return ops;
	}

	/**
	 * @return nodes that copy every variable from another set with the same
	 *         parameters
	 */
	List<Op> copies(final Variables<T> from) {
		final List<Op> ops = new ArrayList<>();
		for (final String name : names())
			ops.add(assign(tf, name, from.read(name)));
		return ops;
	}

	private Operand<T> number(final double value) {
		return tf.dtypes.cast(tf.constant(value), type);
	}
}
