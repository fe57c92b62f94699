
package sc.fiji.unet.worker;

import java.io.IOException;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import sc.fiji.unet.network.Batch;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.InputCheck;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.UNetConfig;

/**
 * The networks that live in a worker, by number. Thread-safe, as far as each
 * network is used by one thread at a time.
 */
final class WorkerNetworks {

	private final NetworkFactory factory;
	private final Map<Integer, Entry> entries = new ConcurrentHashMap<>();
	private final AtomicInteger last = new AtomicInteger();

	/** A network with the memory through which its tensors come. */
	private static final class Entry {

		private final Network network;
		private SharedTensors tensors;

		Entry(final Network network) {
			this.network = network;
		}
	}

	/** What the other side wants to know of a new network. */
	static final class Opened implements Serializable {

		private static final long serialVersionUID = 1L;

		final int number;
		final String device;
		final List<String> parameters;

		Opened(final int number, final String device,
			final List<String> parameters)
		{
			this.number = number;
			this.device = device;
			this.parameters = parameters;
		}
	}

	WorkerNetworks(final NetworkFactory factory) {
		this.factory = factory;
	}

	/** @return devices of this machine */
	ArrayList<String> devices() {
		return new ArrayList<>(factory.devices());
	}

	Opened create(final UNetConfig config, final OptimizerConfig optimizer,
		final ExecutionConfig execution, final long seed)
	{
		final TrainableNetwork network = factory.create(config, optimizer,
			execution, seed);
		return new Opened(add(network), network.device(), new ArrayList<>(network
			.parameters()));
	}

	Opened open(final UNetConfig config, final String exported,
		final ExecutionConfig execution) throws IOException
	{
		final Network network = factory.open(config, Paths.get(exported),
			execution);
		return new Opened(add(network), network.device(), new ArrayList<>());
	}

	private int add(final Network network) {
		final int number = last.incrementAndGet();
		entries.put(number, new Entry(network));
		return number;
	}

	/** @throws ClassCastException if the network cannot learn */
	TrainableNetwork trainable(final int number) {
		return (TrainableNetwork) entry(number).network;
	}

	private Entry entry(final int number) {
		final Entry entry = entries.get(number);
		if (entry == null) throw new IllegalStateException("Network " + number +
			" is closed.");
		return entry;
	}

	/** Takes new memory for a network's tensors. */
	Boolean attach(final int number, final String name, final long bytes) {
		final Entry entry = entry(number);
		if (entry.tensors != null) entry.tensors.close();
		entry.tensors = SharedTensors.attach(name, bytes);
		return true;
	}

	Boolean predict(final int number, final int samples, final long[] inputSize) {
		final Entry entry = entry(number);
		final InputCheck sizes = new InputCheck(entry.network.config());
		final SharedTensors tensors = entry.tensors.rewind();
		final FloatBuffer input = tensors.floats(sizes.inputValues(samples,
			inputSize));
		entry.network.predict(samples, inputSize, input, tensors.floats(sizes
			.outputValues(samples, inputSize)));
		return true;
	}

	/** @return the batch that lies at the start of the network's memory */
	Batch batch(final int number, final int samples, final long[] inputSize,
		final long[] outputSize)
	{
		final Entry entry = entry(number);
		return new Batch(samples, entry.network.config().channels(), inputSize,
			outputSize, entry.tensors.rewind()::next);
	}

	/** @return memory for probabilities behind the batch */
	FloatBuffer probabilities(final int number, final int samples,
		final long[] inputSize)
	{
		final Entry entry = entry(number);
		return entry.tensors.floats(new InputCheck(entry.network.config())
			.outputValues(samples, inputSize));
	}

	/** Closes a network; nothing happens if it is closed already. */
	Boolean close(final int number) {
		final Entry entry = entries.remove(number);
		if (entry == null) return false;
		entry.network.close();
		if (entry.tensors != null) entry.tensors.close();
		return true;
	}
}
