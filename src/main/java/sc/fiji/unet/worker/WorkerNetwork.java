
package sc.fiji.unet.worker;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.InputCheck;
import sc.fiji.unet.network.NetworkLostException;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.UNetConfig;

/** A network that lives in a worker. */
final class WorkerNetwork implements TrainableNetwork {

	private final WorkerProcess process;
	private final Runnable onClose;
	private final UNetConfig config;
	/** Null for a network that only predicts. */
	private final OptimizerConfig optimizer;
	private final int number;
	private final String device;
	private final List<String> parameters;
	private final InputCheck check;
	private BooleanSupplier cancelled = () -> false;
	/** Null until tensors are sent. */
	private SharedTensors tensors;
	private boolean closed;

	/** @param onClose called once, when the process is needed no more */
	WorkerNetwork(final WorkerProcess process, final WorkerNetworks.Opened opened,
		final UNetConfig config, final OptimizerConfig optimizer,
		final Runnable onClose)
	{
		this.process = process;
		this.onClose = onClose;
		this.config = config;
		this.optimizer = optimizer;
		number = opened.number;
		device = opened.device;
		parameters = Collections.unmodifiableList(opened.parameters);
		check = new InputCheck(config);
	}

	@Override
	public UNetConfig config() {
		return config;
	}

	@Override
	public OptimizerConfig optimizer() {
		return optimizer;
	}

	@Override
	public String device() {
		return device;
	}

	@Override
	public List<String> parameters() {
		return parameters;
	}

	@Override
	public void cancelWhen(final BooleanSupplier query) {
		cancelled = query == null ? () -> false : query;
	}

	@Override
	public void predict(final int samples, final long[] inputSize,
		final FloatBuffer input, final FloatBuffer probabilities)
	{
		check.prediction(samples, inputSize, input, probabilities);
		final long in = check.inputValues(samples, inputSize);
		final long out = check.outputValues(samples, inputSize);
		makeRoom(in + out);
		final FloatBuffer sent = tensors.rewind().floats(in);
		final FloatBuffer received = tensors.floats(out);
		sent.put(input.duplicate().clear().limit((int) in));
		final int id = number;
		final long[] size = inputSize.clone();
		compute(n -> n.predict(id, samples, size));
		probabilities.duplicate().clear().put(received);
	}

	/** @param values number of values of four bytes that both sides must see */
	private void makeRoom(final long values) {
		final long bytes = Float.BYTES * values;
		if (tensors != null && tensors.bytes() >= bytes) return;
		giveRoomBack();
		final SharedTensors room = SharedTensors.create(bytes);
		final int id = number;
		final String name = room.name();
		try {
			compute(n -> n.attach(id, name, bytes));
		}
		catch (final RuntimeException | Error e) {
			room.close();
			throw e;
		}
		room.isAttached();
		tensors = room;
	}

	/** Whoever touched the memory afterwards would crash this process. */
	private void giveRoomBack() {
		if (tensors != null) tensors.close();
		tensors = null;
	}

	/** Copies the batch to where the other process sees it. */
	private SentBatch send(final Batch batch, final long probabilities) {
		makeRoom((long) batch.input().capacity() + 2L * batch.targets().capacity() +
			probabilities);
		new Batch(batch.samples(), batch.channels(), batch.inputSize(), batch
			.outputSize(), tensors.rewind()::next).set(batch);
		return new SentBatch(number, batch);
	}

	@Override
	public double accumulate(final Batch batch) {
		check.batch(batch, null);
		final SentBatch sent = send(batch, 0);
		return compute(n -> sent.network(n).accumulate(sent.batch(n)));
	}

	@Override
	public void apply(final double learningRate) {
		onNetwork(n -> {
			n.apply(learningRate);
			return true;
		});
	}

	@Override
	public double step(final Batch batch, final double learningRate) {
		InputCheck.learningRate(learningRate);
		check.batch(batch, null);
		final SentBatch sent = send(batch, 0);
		return compute(n -> sent.network(n).step(sent.batch(n), learningRate));
	}

	@Override
	public double evaluate(final Batch batch, final FloatBuffer probabilities) {
		check.batch(batch, probabilities);
		if (probabilities == null) {
			final SentBatch sent = send(batch, 0);
			return compute(n -> sent.network(n).evaluate(sent.batch(n), null));
		}
		final long values = check.outputValues(batch.samples(), batch.inputSize());
		final SentBatch sent = send(batch, values);
		final FloatBuffer received = tensors.floats(values);
		final double loss = compute(n -> sent.network(n).evaluate(sent.batch(n),
			sent.probabilities(n)));
		probabilities.duplicate().clear().put(received);
		return loss;
	}

	@Override
	public long updates() {
		return onNetwork(TrainableNetwork::updates);
	}

	@Override
	public int accumulated() {
		return onNetwork(TrainableNetwork::accumulated);
	}

	@Override
	public void freeze(final Collection<String> names) {
		final ArrayList<String> copy = new ArrayList<>(names);
		onNetwork(n -> {
			n.freeze(copy);
			return true;
		});
	}

	@Override
	public void save(final Path folder) throws IOException {
		withFolder(folder, (network, path) -> {
			network.save(path);
			return true;
		});
	}

	@Override
	public void restore(final Path folder) throws IOException {
		withFolder(folder, (network, path) -> {
			network.restore(path);
			return true;
		});
	}

	@Override
	public void export(final Path folder) throws IOException {
		withFolder(folder, (network, path) -> {
			network.export(path);
			return true;
		});
	}

	@Override
	public List<String> restoreMatching(final Path folder, final UNetConfig from)
		throws IOException
	{
		return withFolder(folder, (network, path) -> new ArrayList<>(network
			.restoreMatching(path, from)));
	}

	/** What is done with a folder that both processes see. */
	private interface FolderWork<R> extends Serializable {

		R run(TrainableNetwork network, Path folder) throws IOException;
	}

	private <R> R withFolder(final Path folder, final FolderWork<R> work)
		throws IOException
	{
		final int id = number;
		final String path = folder.toAbsolutePath().toString();
		return call(n -> work.run(n.trainable(id), Paths.get(path)));
	}

	/** What is done with the network in the other process. */
	private interface NetworkWork<R> extends Serializable {

		R run(TrainableNetwork network);
	}

	private <R> R onNetwork(final NetworkWork<R> work) {
		final int id = number;
		return compute(n -> work.run(n.trainable(id)));
	}

	private <R> R call(final Work<R> work) throws IOException {
		if (closed) throw new IllegalStateException("The network is closed.");
		return process.call(work, cancelled);
	}

	/** Has something done that reads and writes no file. */
	private <R> R compute(final Work<R> work) {
		try {
			return call(work);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	@Override
	public void close() {
		if (closed) return;
		try {
			final int id = number;
			if (process.isAlive()) compute(n -> n.close(id));
		}
		catch (final NetworkLostException e) {
			// Died just now: there is nothing left to be closed.
		}
		finally {
			closed = true;
			giveRoomBack();
			onClose.run();
		}
	}
}
