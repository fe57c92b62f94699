
package sc.fiji.unet.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.UNetConfig;

/**
 * Networks in processes of their own: one for each device and number of
 * threads, started when it is needed, used again, and ended when it has been
 * without a network for some time.
 */
final class WorkerFactory implements NetworkFactory {

	private final Launch launch = new Launch();
	private final Consumer<String> messages;
	private final Consumer<String> console;
	private final long idleMillis;
	/** With the number of networks that live in each. */
	private final Map<WorkerProcess, Integer> processes = new LinkedHashMap<>();
	private final ScheduledExecutorService clock = Executors
		.newSingleThreadScheduledExecutor(task -> {
			final Thread thread = new Thread(task, "unet-idle");
			thread.setDaemon(true);
			return thread;
		});

	/**
	 * @param messages hears sentences for the user
	 * @param console hears what the processes print
	 * @param idleMillis how long a process stays without a network
	 */
	WorkerFactory(final Consumer<String> messages, final Consumer<String> console,
		final long idleMillis)
	{
		this.messages = messages;
		this.console = console;
		this.idleMillis = idleMillis;
	}

	@Override
	public List<String> devices() {
		return within(ExecutionConfig.auto(), p -> {
			final List<String> devices = p.call(WorkerNetworks::devices, () -> false);
			release(p);
			return devices;
		});
	}

	@Override
	public TrainableNetwork create(final UNetConfig config,
		final OptimizerConfig optimizer, final ExecutionConfig execution,
		final long seed)
	{
		return within(execution, p -> new WorkerNetwork(p, p.call(n -> n.create(
			config, optimizer, execution, seed), () -> false), config, optimizer,
			() -> release(p)));
	}

	@Override
	public Network open(final UNetConfig config, final Path exported,
		final ExecutionConfig execution) throws IOException
	{
		final String folder = exported.toAbsolutePath().toString();
		try {
			return within(execution, p -> new WorkerNetwork(p, p.call(n -> n.open(
				config, folder, execution), () -> false), config, null, () -> release(
					p)));
		}
		catch (final UncheckedIOException e) {
			throw e.getCause();
		}
	}

	/** Something to be done with a process. */
	private interface Use<R> {

		R with(WorkerProcess process) throws IOException;
	}

	private <R> R within(final ExecutionConfig execution, final Use<R> use) {
		final WorkerProcess process = acquire(execution);
		try {
			return use.with(process);
		}
		catch (final IOException e) {
			release(process);
			throw new UncheckedIOException(e);
		}
		catch (final RuntimeException | Error e) {
			release(process);
			throw e;
		}
	}

	private synchronized WorkerProcess acquire(final ExecutionConfig execution) {
		processes.keySet().removeIf(p -> !p.isAlive());
		final WorkerProcess process = processes.keySet().stream().filter(p -> p
			.canServe(execution)).findFirst().orElseGet(() -> start(execution));
		processes.merge(process, 1, Integer::sum);
		return process;
	}

	private WorkerProcess start(final ExecutionConfig execution) {
		final String announcement = launch.announcement();
		if (announcement != null) messages.accept(announcement);
		return new WorkerProcess(launch, execution, console);
	}

	private synchronized void release(final WorkerProcess process) {
		processes.computeIfPresent(process, (p, networks) -> networks - 1);
		clock.schedule(() -> endIdle(process), idleMillis, TimeUnit.MILLISECONDS);
	}

	private synchronized void endIdle(final WorkerProcess process) {
		if (processes.getOrDefault(process, 1) > 0) return;
		processes.remove(process);
		process.close();
	}

	/** Ends all processes; networks that still live in them are lost. */
	synchronized void endAll() {
		new ArrayList<>(processes.keySet()).forEach(WorkerProcess::kill);
		processes.clear();
	}
}
