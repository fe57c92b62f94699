
package sc.fiji.unet.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

import sc.fiji.unet.network.Calibration;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.UNetConfig;

/** The package's documentation, for people who look into it. */
final class Readme {

	/** Fewer images than these tell little. */
	private static final int FEW = 5;

	private Readme() {}

	static String of(final ModelDescription d) {
		final StringBuilder text = new StringBuilder();
		paragraph(text, "# " + d.name());
		paragraph(text, d.description());
		paragraph(text, ModelCard.line(d) + ".");
		final UNetConfig network = d.network();
		paragraph(text, network + ". Input channels: " + String.join(", ", network
			.channelNames()) + ". Output: probability of " + String.join(", ", network
				.classNames()) + ". Pixel size: " + network.axes() + "." + (d
					.objectDiameter() > 0 ? " Diameter of the objects: " + Math.round(d
						.objectDiameter()) + " pixels (median)." : ""));
		paragraph(text, "Trained " + d.created() + (d.trainingData().isEmpty()
			? ". The training data are not stated." : " on: " + d.trainingData()));
		d.parent().ifPresent(model -> paragraph(text,
			"The training started from the weights of the model '" + model.name() +
				"', whose file has the SHA-256 " + model.sha256() + "."));
		paragraph(text, "## Use");
		paragraph(text,
			"Fiji: Plugins > U-Net > Segment. Other software: normalise each channel over the whole image (" +
				rule(d.preprocessing()) +
				"), run the weights (TensorFlow SavedModel), " + rule(d.calibration(),
					network) + "then " + rule(d.postprocessing(), network) + ".");
		paragraph(text, "## Validation");
		scores(text, d.scores());
		paragraph(text,
			"The weights answer `test_input.npy`, which is normalised already, with `test_output.npy`, within " +
				ModelPackage.TOLERANCE_FLOAT32 + " in float32 on a CPU, " +
				ModelPackage.TOLERANCE_GPU + " on a GPU, " +
				ModelPackage.TOLERANCE_BFLOAT16 + " in bfloat16.");
		paragraph(text, "## Cite");
		d.citations().forEach((cite, reference) -> text.append("- ").append(cite)
			.append(' ').append(reference).append('\n'));
		return text.toString();
	}

	private static void paragraph(final StringBuilder text, final String line) {
		if (!line.isEmpty()) text.append(line).append("\n\n");
	}

	private static void scores(final StringBuilder text,
		final Map<String, Double> scores)
	{
		if (scores.isEmpty()) {
			paragraph(text, "No scores on held-out images are recorded.");
			return;
		}
		final Double images = scores.get(ModelDescription.VALIDATION_IMAGES);
		text.append("Scores on ").append(images == null ? "" : images.intValue() +
			" ").append("held-out image").append(images != null && images == 1 ? ""
				: "s").append(images != null && images < FEW
					? " (indicative only, for they are few)" : "").append(":\n\n");
		scores.forEach((name, value) -> {
			if (!name.equals(ModelDescription.VALIDATION_IMAGES)) text.append("- ")
				.append(name).append(": ").append(String.format(Locale.ROOT, "%.4f",
					value)).append('\n');
		});
		text.append('\n');
		paragraph(text,
			"Whatever was chosen in training was chosen on these images, such as the weights that were kept, so these scores are optimistic. To report how good the model is, segment images that had no part in the training and score them (Fiji: Plugins > U-Net > Evaluate Segmentation).");
	}

	private static String rule(final Preprocessing p) {
		switch (p.normalization()) {
			case PERCENTILES:
				return "percentile " + p.lowPercentile() + " becomes 0, " + p
					.highPercentile() + " becomes 1";
			case MIN_MAX:
				return "minimum becomes 0, maximum 1";
			default:
				return "mean 0, standard deviation 1";
		}
	}

	private static String rule(final Calibration c, final UNetConfig network) {
		if (c.isIdentity()) return "";
		return "calibrate each probability p to " + (network.classes() == 1
			? "1 / (1 + exp(-(ln(p / (1 - p)) + b) / T))"
			: "softmax((ln(p) + b) / T)") + " with b = " + (c.biases().length == 0
				? "0" : Arrays.toString(c.biases())) + " and T = " + c.temperature() +
			", ";
	}

	private static String rule(final Postprocessing p, final UNetConfig network) {
		if (network.isMultiClass())
			return "take the most probable class, drop objects below " + p
				.minimumSize() + " pixels";
		return "take " + (network.hasBorderClass()
			? "inside and border together as foreground, " : "") +
			"probabilities from " + p.threshold() + " on, " + (p.hasSeeds()
				? "let objects grow over them from where the probability of the inside reaches " +
					p.seedThreshold() + (p.neck() > 0
						? ", parted where the foreground is narrower than around the smaller part by a share of " +
							p.neck() : "") + ", " : "") + "drop objects below " + p
								.minimumSize() + " pixels, and let objects grow by " + p
									.ridgeWidth() + " pixels over the ridge between them";
	}
}
