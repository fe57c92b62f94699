
package sc.fiji.unet.tensorflow;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.internal.c_api.TFE_Context;
import org.tensorflow.internal.c_api.TFE_ContextOptions;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;

import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.NetworkException;

/**
 * TensorFlow's native library in this process: loaded once, with the
 * environment that it needs. The size of its thread pool and the GPUs that it
 * can see are settled by the first use and stay, as TensorFlow has it.
 */
final class NativeRuntime {

	private static NetworkException failure;
	private static boolean isLoaded;
	/** 0 until the first use. */
	private static int threads;
	/** What GPUs were looked for with; null before. */
	private static String visible;
	/** In the words of {@link ExecutionConfig#device()}. */
	private static List<String> gpus = Collections.emptyList();

	private NativeRuntime() {}

	/** The C library's function on Linux and macOS. */
	public interface Posix extends Library {

		int setenv(String name, String value, int overwrite);
	}

	/** The C library's function on Windows. */
	public interface Windows extends Library {

		int _putenv_s(String name, String value);
	}

	/**
	 * Loads the library if that has not happened yet, and looks for GPUs unless
	 * the CPU is wished for.
	 *
	 * @return devices that can be chosen for this wish in this process, best
	 *         first: "gpu:0", ..., "cpu"
	 * @throws NetworkException if the library cannot be loaded; says why in a
	 *           sentence
	 */
	static synchronized List<String> devices(final ExecutionConfig wish) {
		load();
		if (threads == 0) threads = wish.threads() > 0 ? wish.threads() : Processor
			.threads();
		final List<String> devices = new ArrayList<>();
		if (!wish.device().equals(Device.CPU)) {
			if (visible == null) findGpus(wish.device());
			devices.addAll(gpus);
		}
		devices.add(Device.CPU);
		return devices;
	}

	/** @return number of threads that TensorFlow computes with; 0 before use */
	static synchronized int threads() {
		return threads;
	}

	/**
	 * @return GPUs to make visible, in TensorFlow's notation; the same for all
	 *         sessions of a process, as TensorFlow demands; empty for all
	 */
	static synchronized String visibleGpus() {
		return visible;
	}

	private static void load() {
		if (failure != null) throw failure;
		if (isLoaded) return;
		try {
			loadOnce();
			isLoaded = true;
		}
		catch (final LinkageError e) {
			failure = new NetworkException("TensorFlow cannot be loaded on " + System
				.getProperty("os.name") + " " + System.getProperty("os.arch") +
				": its native library is missing, does not fit, or the system does not let it run (quarantine on macOS, a virus scanner, a disk mounted with noexec). Supported are Linux and Windows on x86-64, and Linux and macOS on arm64. (" +
				e + ")", e);
		}
		catch (final NetworkException e) {
			failure = e;
		}
		if (failure != null) throw failure;
	}

	private static void loadOnce() {
		refuseOtherTensorFlow();
		// JavaCPP otherwise gives up as soon as the process takes four times the
		// Java heap.
		System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
		Environment.variables().forEach(NativeRuntime::setEnvironment);
		TensorFlow.version();
	}

	/**
	 * Classes of TensorFlow 1.x carry the same names; where they come first, ours
	 * cannot work.
	 */
	private static void refuseOtherTensorFlow() {
		final ClassLoader loader = NativeRuntime.class.getClassLoader();
		final URL shared = loader.getResource("org/tensorflow/TensorFlow.class");
		final URL ours = loader.getResource("org/tensorflow/RawTensor.class");
		if (shared == null || ours == null) throw new NetworkException(
			"TensorFlow is missing: the file tensorflow-core-api belongs beside this plugin.");
		final String here = jar(ours);
		if (!jar(shared).equals(here)) throw new NetworkException(
			"Another TensorFlow is in the way: " + jar(shared) + " comes before " +
				here +
				" and has classes of the same name. Remove imagej-tensorflow and libtensorflow (CSBDeep, StarDist and N2V bring them) from this Fiji, or use one Fiji for each.");
	}

	private static String jar(final URL classFile) {
		final String path = classFile.getPath();
		final int end = path.indexOf("!/");
		return end < 0 ? path.substring(0, path.lastIndexOf('/')) : path.substring(
			path.lastIndexOf('/', end) + 1, end);
	}

	/**
	 * Java's own view of the environment cannot be changed, but the process's
	 * can.
	 */
	private static void setEnvironment(final String name, final String value) {
		final int error = Platform.isWindows() ? Native.load("ucrtbase",
			Windows.class)._putenv_s(name, value) : Native.load("c", Posix.class)
				.setenv(name, value, 0);
		if (error != 0) throw new NetworkException("The environment variable " +
			name + " cannot be set; set it to " + value + " before starting.");
	}

	/** @param device "auto" or "gpu:N", which makes N the only one visible */
	private static void findGpus(final String device) {
		visible = device.startsWith(Device.GPU) ? device.substring(Device.GPU
			.length()) : "";
		final int count = countGpus(Device.gpuConfig(threads, visible));
		gpus = visible.isEmpty() ? IntStream.range(0, count).mapToObj(
			i -> Device.GPU + i).collect(Collectors.toList()) : count == 0
				? Collections.emptyList() : Collections.singletonList(device);
	}

	private static int countGpus(final ConfigProto config) {
		try (PointerScope scope = new PointerScope()) {
			final TF_Status status = TF_Status.newStatus();
			final TFE_ContextOptions options = TFE_ContextOptions.newContextOptions();
			final byte[] bytes = config.toByteArray();
			tensorflow.TFE_ContextOptionsSetConfig(options, new BytePointer(bytes),
				bytes.length, status);
			status.throwExceptionIfNotOK();
			final TFE_Context context = tensorflow.TFE_NewContext(options, status);
			// A GPU that is not there is an error of TensorFlow's.
			if (tensorflow.TF_GetCode(status) == tensorflow.TF_INVALID_ARGUMENT)
				return 0;
			status.throwExceptionIfNotOK();
			try {
				return countGpus(context, status);
			}
			finally {
				tensorflow.TFE_DeleteContext(context);
			}
		}
		catch (final TensorFlowException e) {
			throw new NetworkException(
				"TensorFlow cannot look for GPUs; use device=cpu. (" + e.getMessage() +
					")", e);
		}
	}

	private static int countGpus(final TFE_Context context,
		final TF_Status status)
	{
		final TF_DeviceList list = tensorflow.TFE_ContextListDevices(context,
			status);
		status.throwExceptionIfNotOK();
		int count = 0;
		for (int i = 0; i < tensorflow.TF_DeviceListCount(list); i++)
			if ("GPU".equals(tensorflow.TF_DeviceListType(list, i, status)
				.getString())) count++;
		tensorflow.TF_DeleteDeviceList(list);
		return count;
	}
}
