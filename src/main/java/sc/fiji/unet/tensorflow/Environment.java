
package sc.fiji.unet.tensorflow;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Environment variables that TensorFlow reads when it is loaded. */
public final class Environment {

	private static final Map<String, String> VARIABLES = new LinkedHashMap<>();

	static {
		// The faster kernels are on by default only on the newest processors.
		VARIABLES.put("TF_ENABLE_ONEDNN_OPTS", "1");
		VARIABLES.put("TF_FORCE_GPU_ALLOW_GROWTH", "true");
		VARIABLES.put("TF_CPP_MIN_LOG_LEVEL", "1");
		// Batch normalisation in bfloat16 is slow where a level has 8 channels: a
		// step of the default network takes twice as long.
		VARIABLES.put("TF_AUTO_MIXED_PRECISION_GRAPH_REWRITE_INFERLIST_REMOVE",
			"FusedBatchNormV3,FusedBatchNormGradV3");
	}

	private Environment() {}

	/** @return names and values of what the user has not set */
	public static Map<String, String> variables() {
		final Map<String, String> variables = new LinkedHashMap<>(VARIABLES);
		variables.keySet().removeIf(name -> System.getenv(name) != null);
		return Collections.unmodifiableMap(variables);
	}
}
