
package sc.fiji.unet.tensorflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.train.Restore;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

import sc.fiji.unet.network.NetworkException;

/**
 * Saves and restores variables in TensorFlow's checkpoint format (a "tensor
 * bundle"), by nodes of our own: {@code Session.save} passes over resource
 * variables in silence. Beside the bundle lies a list of its tensors, so that
 * what does not fit is found in Java, with names.
 */
final class Bundle {

	private static final String LIST = ".tensors.txt";

	private final Ops tf;
	private final Operand<TString> prefix;
	private final Map<String, Operand<? extends TType>> values =
		new LinkedHashMap<>();
	private final Map<String, VarHandleOp> handles = new LinkedHashMap<>();
	private Op save;
	private List<Op> restore;

	Bundle(final Ops tf) {
		this.tf = tf;
		prefix = tf.placeholder(TString.class);
	}

	/** Adds every variable of a set. */
	Bundle add(final Variables<?> variables) {
		for (final String name : variables.names())
			add(variables.fileName(name), variables.handle(name), variables.read(
				name));
		return this;
	}

	/**
	 * @param name in the file
	 * @param handle what is restored
	 * @param value what is saved
	 */
	Bundle add(final String name, final VarHandleOp handle,
		final Operand<? extends TType> value)
	{
		handles.put(name, handle);
		return add(name, value);
	}

	/**
	 * Adds what is saved but never restored.
	 *
	 * @param name in the file
	 */
	Bundle add(final String name, final Operand<? extends TType> value) {
		values.put(name, value);
		return this;
	}

	/** Adds the nodes; afterwards nothing can be added. */
	Bundle build() {
		final List<String> names = new ArrayList<>(values.keySet());
		save = tf.train.save(prefix, strings(tf, names), strings(tf, whole(names)),
			new ArrayList<>(values.values()));
		restore = handles.isEmpty() ? Collections.emptyList() : restoring(names);
		return this;
	}

	private List<Op> restoring(final List<String> names) {
		final List<Class<? extends TType>> types = new ArrayList<>();
		for (final String name : names)
			types.add(values.get(name).type());
		final Restore read = reading(tf, prefix, names, types);
		final List<Op> assignments = new ArrayList<>();
		for (int i = 0; i < names.size(); i++) {
			final Output<?> tensor = read.tensors().get(i);
			assignments.add(tf.assignVariableOp(handles.get(names.get(i)), tensor));
		}
		return assignments;
	}

	/** @return a node that reads whole tensors from a bundle, in order */
	static Restore reading(final Ops tf, final Operand<TString> prefix,
		final List<String> names, final List<Class<? extends TType>> types)
	{
		return tf.train.restore(prefix, strings(tf, names), strings(tf, whole(
			names)), types);
	}

	/** An empty slice for each name: the whole tensor. */
	private static List<String> whole(final List<String> names) {
		return Collections.nCopies(names.size(), "");
	}

	private static Operand<TString> strings(final Ops ops,
		final List<String> values)
	{
		return ops.constant(NdArrays.vectorOfObjects(values.toArray(
			new String[0])));
	}

	/** @return the placeholder of the path to save to or restore from */
	Operand<TString> prefix() {
		return prefix;
	}

	/** @return the node that saves */
	Op save() {
		return save;
	}

	/** @return the nodes that restore */
	List<Op> restore() {
		return restore;
	}

	/**
	 * @param file path without ending; three files come to lie there
	 */
	void write(final Session session, final Path file) throws IOException {
		try (Run run = new Run(session)) {
			run.feed(prefix, file.toString()).target(save).execute();
		}
		catch (final NetworkException e) {
			throw new IOException("Cannot write " + file + ": " + e.getMessage(), e);
		}
		final List<String> lines = new ArrayList<>();
		values.forEach((name, value) -> lines.add(name + " " + shape(value.shape()
			.asArray())));
		Files.write(list(file), lines, StandardCharsets.UTF_8);
	}

	/**
	 * @throws IOException if the files are missing or damaged, or hold other
	 *           tensors
	 */
	void read(final Session session, final Path file) throws IOException {
		final Map<String, long[]> expected = new LinkedHashMap<>();
		values.forEach((name, value) -> expected.put(name, value.shape()
			.asArray()));
		check(file, expected);
		assign(session, prefix, file, restore);
	}

	/**
	 * @param expected shapes by name; the files may hold more
	 * @throws IOException if the files are missing, or hold other tensors
	 */
	static void check(final Path file, final Map<String, long[]> expected)
		throws IOException
	{
		final Map<String, String> stored = stored(file);
		for (final String name : expected.keySet()) {
			final String shape = shape(expected.get(name));
			final String found = stored.get(name);
			if (!shape.equals(found)) throw new IOException(file +
				" belongs to another network: " + name + " is " + (found == null
					? "missing" : "of shape " + found) + ", but " + shape +
				" is needed. Use the settings it was trained with.");
		}
	}

	/**
	 * @param prefix placeholder of the path to restore from
	 * @throws IOException if the files are damaged
	 */
	static void assign(final Session session, final Operand<TString> prefix,
		final Path file, final List<Op> assignments) throws IOException
	{
		try (BundlePath path = BundlePath.of(file); Run run = new Run(session)) {
			run.feed(prefix, path.toString()).targets(assignments).execute();
		}
		catch (final NetworkException e) {
			throw new IOException("Cannot read " + file +
				": it is damaged or incomplete. (" + e.getMessage() + ")", e);
		}
	}

	/** Names and shapes of the tensors in a bundle. */
	private static Map<String, String> stored(final Path file)
		throws IOException
	{
		final Map<String, String> result = new LinkedHashMap<>();
		if (!Files.exists(list(file))) throw new IOException(
			"There are no weights at " + file + ": " + list(file).getFileName() +
				" is missing.");
		for (final String line : Files.readAllLines(list(file),
			StandardCharsets.UTF_8))
		{
			final int blank = line.indexOf(' ');
			if (blank < 0) throw new IOException("Cannot read " + list(file) +
				": line '" + line + "' has no shape.");
			result.put(line.substring(0, blank), line.substring(blank + 1));
		}
		return result;
	}

	private static String shape(final long[] shape) {
		return Arrays.toString(shape).replace(" ", "");
	}

	private static Path list(final Path file) {
		return file.resolveSibling(file.getFileName() + LIST);
	}
}
