
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import sc.fiji.unet.train.TrainingPlan;

/** A plan in a file, as JSON. */
public final class PlanFile {

	private PlanFile() {}

	/**
	 * @throws IllegalArgumentException if there is no such file, or it is no plan
	 * @throws IOException if it cannot be read
	 */
	public static TrainingPlan read(final Path file) throws IOException {
		if (!Files.isRegularFile(file)) throw new IllegalArgumentException(
			"There is no plan file '" + file +
				"'; name a file that exists, or leave the plan out.");
		return TrainingPlan.fromJson(new String(Files.readAllBytes(file),
			StandardCharsets.UTF_8));
	}
}
