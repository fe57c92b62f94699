
package sc.fiji.unet.job;

import java.lang.management.ManagementFactory;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.train.Machine;

/** What a training may use of the machine that this program runs on. */
public final class ThisMachine {

	private static final String GPU = "gpu";
	/** Its second name is that of Java 13 and older. */
	private static final String[] MEMORY = { "TotalMemorySize",
		"TotalPhysicalMemorySize" };

	private ThisMachine() {}

	/**
	 * @param factory asked for its devices if need be, for which it may have to
	 *          start
	 * @param execution where to compute
	 */
	public static Machine facts(final NetworkFactory factory,
		final ExecutionConfig execution)
	{
		final String device = execution.device().equals("auto") ? factory.devices()
			.get(0) : execution.device();
		final Machine processor = processor();
		final int cores = execution.threads() > 0 ? execution.threads() : processor
			.cores();
		return device.startsWith(GPU) ? Machine.gpu(cores, 0) : Machine.cpu(cores,
			processor.memory());
	}

	/** @return the machine without any GPU */
	public static Machine processor() {
		return Machine.cpu(Runtime.getRuntime().availableProcessors(), memory());
	}

	/** @return bytes, those of its container where it runs in one */
	private static long memory() {
		final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
		for (final String name : MEMORY)
			try {
				return ((Number) server.getAttribute(new ObjectName(
					ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME), name)).longValue();
			}
			catch (final JMException e) {
				// Another Java, which may know it by the other name.
				continue;
			}
		return 0;
	}
}
