
package sc.fiji.unet.tensorflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

import sc.fiji.unet.network.Transfer;

/**
 * Weights and moving statistics of another network as a start, changed as a
 * {@link Transfer} says.
 *
 * @param <T> number format
 */
final class StartingWeights<T extends TFloating> {

	private static final String FIRST = Architecture.down(0) + "/conv1" +
		Architecture.KERNEL;
	private static final String LAST = Architecture.HEAD + Architecture.KERNEL;
	private static final String LAST_BIAS = Architecture.HEAD + Architecture.BIAS;

	private final Ops tf;
	private final Class<T> type;
	private final Variables<T> weights;
	private final Variables<T> statistics;

	StartingWeights(final Ops tf, final Class<T> type, final Variables<T> weights,
		final Variables<T> statistics)
	{
		this.tf = tf;
		this.type = type;
		this.weights = weights;
		this.statistics = statistics;
	}

	/**
	 * @param file path without ending
	 * @param isExported whether it was written for prediction, in float32
	 * @return names of the parameters that are not what they are in the file
	 * @throws IOException if it cannot be read, or belongs to another network
	 */
	List<String> read(final Session session, final Path file,
		final boolean isExported, final Transfer transfer) throws IOException
	{
		final Map<String, long[]> shapes = new LinkedHashMap<>();
		new Architecture(transfer.from()).parameters().forEach(p -> shapes.put(
			p.name, p.shape));
		Bundle.check(file, shapes);
		final Operand<TString> prefix = tf.placeholder(TString.class);
		final List<String> names = new ArrayList<>(shapes.keySet());
		final List<Class<? extends TType>> types = Collections.nCopies(names.size(),
			isExported ? TFloat32.class : type);
		final List<Output<?>> stored = Bundle.reading(tf, prefix, names, types)
			.tensors();
		final List<Op> assignments = new ArrayList<>();
		for (int i = 0; i < names.size(); i++)
			assignments.add(variables(names.get(i)).assign(tf, names.get(i), tf.dtypes
				.cast(changed(names.get(i), stored.get(i), transfer), type)));
		Bundle.assign(session, prefix, file, assignments);
		return changes(transfer);
	}

	private Variables<T> variables(final String name) {
		return weights.has(name) ? weights : statistics;
	}

	private static List<String> changes(final Transfer transfer) {
		final List<String> names = new ArrayList<>();
		if (!transfer.keepsChannels()) names.add(FIRST);
		if (!transfer.newClasses().isEmpty()) names.addAll(Arrays.asList(LAST,
			LAST_BIAS));
		return names;
	}

	private Operand<? extends TType> changed(final String name,
		final Output<?> stored, final Transfer transfer)
	{
		if (name.equals(FIRST)) return mixed(stored, "yxio,ij->yxjo", transfer
			.channels());
		if (name.equals(LAST)) return withNewClasses(name, stored, "yxio,oj->yxij",
			transfer);
		if (name.equals(LAST_BIAS)) return withNewClasses(name, stored, "o,oj->j",
			transfer);
		return stored;
	}

	/** In float64, so that what is taken over stays the same to the bit. */
	private Operand<TFloat64> mixed(final Output<?> stored, final String equation,
		final double[][] factors)
	{
		return tf.linalg.einsum(Arrays.asList(tf.dtypes.cast(stored,
			TFloat64.class), tf.constant(factors)), equation);
	}

	/** New classes keep what they were initialised with. */
	private Operand<TFloat64> withNewClasses(final String name,
		final Output<?> stored, final String equation, final Transfer transfer)
	{
		final double[][] taken = transfer.classes();
		final double[] isNew = new double[transfer.to().classes()];
		for (int c = 0; c < isNew.length; c++) {
			isNew[c] = 1;
			for (final double[] row : taken)
				isNew[c] -= row[c];
		}
		return tf.math.add(mixed(stored, equation, taken), tf.math.mul(tf.dtypes
			.cast(weights.read(name), TFloat64.class), tf.constant(isNew)));
	}
}
