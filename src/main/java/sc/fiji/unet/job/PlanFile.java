
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.train.TrainingPlan;

/** A plan in a file, as JSON, or within a model. */
public final class PlanFile {

	private static final String ZIP = ".zip";

	private PlanFile() {}

	/**
	 * @param file a plan, or a model: of that, the plan that makes its training
	 *          again
	 * @param change what is done to the preset before the plan overrules it
	 * @throws IllegalArgumentException if there is no such file, or it is no plan
	 * @throws IOException if it cannot be read
	 */
	public static TrainingPlan read(final Path file,
		final UnaryOperator<TrainingPlan> change) throws IOException
	{
		if (!Files.isRegularFile(file)) throw new IllegalArgumentException(
			"There is no plan file '" + file +
				"'; name a file that exists, or leave the plan out.");
		return TrainingPlan.fromJson(isModel(file) ? ofModel(file) : new String(
			Files.readAllBytes(file), StandardCharsets.UTF_8), change);
	}

	private static boolean isModel(final Path file) {
		return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ZIP);
	}

	/** Models written before there were replays have the plan alone. */
	private static String ofModel(final Path model) throws IOException {
		for (final String name : new String[] { ModelPackage.REPLAY,
			ModelPackage.PLAN })
		{
			final Optional<String> plan = ModelPackage.text(model, name);
			if (plan.isPresent()) return plan.get();
		}
		throw new IllegalArgumentException("The model '" + model +
			"' has no training plan with it; give a plan file, or a model that was trained here.");
	}
}
