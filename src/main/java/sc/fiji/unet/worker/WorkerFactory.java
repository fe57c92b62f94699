
package sc.fiji.unet.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
	private final List<Tenancy> tenancies = new ArrayList<>();
	private final ScheduledExecutorService clock = Executors
		.newSingleThreadScheduledExecutor(task -> {
			final Thread thread = new Thread(task, "unet-idle");
			thread.setDaemon(true);
			return thread;
		});

	/** A process, and who lives in it. */
	private static final class Tenancy {

		private final WorkerProcess process;
		private int networks;
		private long emptySince;

		Tenancy(final WorkerProcess process) {
			this.process = process;
		}
	}

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
		return within(ExecutionConfig.auto(), tenancy -> {
			final List<String> devices = tenancy.process.call(WorkerNetworks::devices,
				() -> false);
			release(tenancy);
			return devices;
		});
	}

	@Override
	public TrainableNetwork create(final UNetConfig config,
		final OptimizerConfig optimizer, final ExecutionConfig execution,
		final long seed)
	{
		return within(execution, tenancy -> network(tenancy, n -> n.create(config,
			optimizer, execution, seed), config, optimizer));
	}

	@Override
	public Network open(final UNetConfig config, final Path exported,
		final ExecutionConfig execution) throws IOException
	{
		final String folder = exported.toAbsolutePath().toString();
		try {
			return within(execution, tenancy -> network(tenancy, n -> n.open(config,
				folder, execution), config, null));
		}
		catch (final UncheckedIOException e) {
			throw e.getCause();
		}
	}

	private WorkerNetwork network(final Tenancy tenancy,
		final Work<WorkerNetworks.Opened> open, final UNetConfig config,
		final OptimizerConfig optimizer) throws IOException
	{
		return new WorkerNetwork(tenancy.process, tenancy.process.call(open,
			() -> false), config, optimizer, () -> release(tenancy));
	}

	/** Something to be done with a process. */
	private interface Use<R> {

		R with(Tenancy tenancy) throws IOException;
	}

	private <R> R within(final ExecutionConfig execution, final Use<R> use) {
		final Tenancy tenancy = acquire(execution);
		try {
			return use.with(tenancy);
		}
		catch (final IOException e) {
			release(tenancy);
			throw new UncheckedIOException(e);
		}
		catch (final RuntimeException | Error e) {
			release(tenancy);
			throw e;
		}
	}

	private synchronized Tenancy acquire(final ExecutionConfig execution) {
		tenancies.removeIf(t -> !t.process.isAlive());
		final Tenancy tenancy = tenancies.stream().filter(t -> t.process.canServe(
			execution)).findFirst().orElseGet(() -> start(execution));
		tenancy.networks++;
		return tenancy;
	}

	private Tenancy start(final ExecutionConfig execution) {
		final String announcement = launch.announcement();
		if (announcement != null) messages.accept(announcement);
		final Tenancy tenancy = new Tenancy(new WorkerProcess(launch, execution,
			console));
		tenancies.add(tenancy);
		return tenancy;
	}

	private synchronized void release(final Tenancy tenancy) {
		tenancy.networks--;
		tenancy.emptySince = System.nanoTime();
		clock.schedule(() -> endIdle(tenancy), idleMillis, TimeUnit.MILLISECONDS);
	}

	private synchronized void endIdle(final Tenancy tenancy) {
		final long idle = System.nanoTime() - tenancy.emptySince;
		// Somebody may have lived there meanwhile.
		if (tenancy.networks > 0 || idle < TimeUnit.MILLISECONDS.toNanos(
			idleMillis)) return;
		tenancies.remove(tenancy);
		tenancy.process.close();
	}

	/** Ends all processes; networks that still live in them are lost. */
	synchronized void endAll() {
		tenancies.forEach(t -> t.process.kill());
		tenancies.clear();
	}
}
