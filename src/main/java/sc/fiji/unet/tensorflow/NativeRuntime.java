
package sc.fiji.unet.tensorflow;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;

import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TFE_Context;
import org.tensorflow.internal.c_api.TFE_ContextOptions;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

import sc.fiji.unet.network.NetworkException;

/**
 * Loads TensorFlow's native library, once, with the environment that it needs.
 */
final class NativeRuntime {

	private static List<String> devices;

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
	 * Loads the library if that has not happened yet.
	 *
	 * @return devices of this machine, best first: "gpu:0", ..., "cpu"
	 * @throws NetworkException if it cannot be loaded; says why in a sentence
	 */
	static synchronized List<String> devices() {
		if (devices != null) return devices;
		refuseOtherTensorFlow();
		// JavaCPP otherwise gives up as soon as the process takes four times the
		// Java heap.
		System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
		// The faster kernels are on by default only on the newest processors.
		setEnvironment("TF_ENABLE_ONEDNN_OPTS", "1");
		setEnvironment("TF_FORCE_GPU_ALLOW_GROWTH", "true");
		setEnvironment("TF_CPP_MIN_LOG_LEVEL", "2");
		try {
			TensorFlow.version();
			devices = findDevices();
		}
		catch (final LinkageError e) {
			throw new NetworkException("TensorFlow cannot be loaded on " + System
				.getProperty("os.name") + " " + System.getProperty("os.arch") +
				": its native library is missing or does not fit. Supported are Linux and Windows on x86-64, and Linux and macOS on arm64. (" +
				e + ")", e);
		}
		return devices;
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
	 * can. What the user has set stays.
	 */
	private static void setEnvironment(final String name, final String value) {
		if (System.getenv(name) != null) return;
		final int error = Platform.isWindows() ? Native.load("ucrtbase",
			Windows.class)._putenv_s(name, value) : Native.load("c", Posix.class)
				.setenv(name, value, 0);
		if (error != 0) throw new NetworkException("The environment variable " +
			name + " cannot be set; set it to " + value + " before starting.");
	}

	private static List<String> findDevices() {
		final List<String> found = new ArrayList<>();
		try (PointerScope scope = new PointerScope()) {
			final TF_Status status = TF_Status.newStatus();
			final TFE_Context context = tensorflow.TFE_NewContext(TFE_ContextOptions
				.newContextOptions(), status);
			status.throwExceptionIfNotOK();
			try {
				final TF_DeviceList list = tensorflow.TFE_ContextListDevices(context,
					status);
				status.throwExceptionIfNotOK();
				int gpus = 0;
				for (int i = 0; i < tensorflow.TF_DeviceListCount(list); i++)
					if ("GPU".equals(tensorflow.TF_DeviceListType(list, i, status)
						.getString())) found.add("gpu:" + gpus++);
				tensorflow.TF_DeleteDeviceList(list);
			}
			finally {
				tensorflow.TFE_DeleteContext(context);
			}
		}
		found.add("cpu");
		return found;
	}
}
