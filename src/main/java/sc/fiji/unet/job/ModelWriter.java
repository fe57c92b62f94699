
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import sc.fiji.unet.data.ImageTraits;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.LabelValues;
import sc.fiji.unet.data.ObjectSizes;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.RatePlot;
import sc.fiji.unet.model.ModelCard;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.model.TestTensors;
import sc.fiji.unet.network.Calibration;
import sc.fiji.unet.network.IntensityStatistics;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.train.History;
import sc.fiji.unet.train.RateCurve;
import sc.fiji.unet.train.Trainer;
import sc.fiji.unet.train.TrainingData;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.train.TrainingResult;

/** Writes what a training has come to as a model package. */
final class ModelWriter {

	private final Path target;
	private final NetworkFactory factory;
	private final TrainingPlan plan;
	private final LabelValues labels;
	private final List<IntensityStatistics> intensities;
	private final TrainingData samples;
	private final float[] testImage;
	private final Postprocessing planned;
	private final Consumer<String> say;
	private Calibration calibration = Calibration.identity();
	/** Null unless it was chosen. */
	private Postprocessing chosen;
	private ModelCard card = ModelCard.empty();

	/**
	 * @param set what is trained on
	 * @param say hears what is missing in the model
	 */
	ModelWriter(final Path target, final NetworkFactory factory,
		final TrainingSet set, final Consumer<String> say)
	{
		this.say = say;
		this.target = target;
		this.factory = factory;
		plan = set.plan();
		labels = set.labels();
		intensities = set.intensities();
		samples = set.samples();
		testImage = set.testImage();
		planned = set.postprocessing();
	}

	/** @param value of the network's probabilities */
	ModelWriter calibration(final Calibration value) {
		calibration = value;
		return this;
	}

	/** @param value what people have written about the model */
	ModelWriter card(final ModelCard value) {
		card = value;
		return this;
	}

	/**
	 * @param network of the training, with the best weights
	 */
	void write(final TrainableNetwork network, final TrainingResult result)
		throws IOException
	{
		final Path temporary = Files.createTempDirectory("unet-export-");
		try {
			final Path exported = Files.createDirectory(temporary.resolve(
				"exported"));
			network.export(exported);
			final ModelDescription description = description(result);
			final TestTensors test = TestTensors.compute(factory, description,
				exported, testImage, TestTensors.size(plan.network()));
			ModelPackage.write(target, description, exported, test, attachments(
				temporary, result), true);
		}
		finally {
			delete(temporary);
		}
	}

	private ModelDescription description(final TrainingResult result) {
		final String name = target.getFileName().toString().replaceFirst("\\.zip$",
			"");
		final ModelDescription.Builder builder = ModelDescription.builder(name, plan
			.network());
		if (labels.kind() == LabelKind.CLASSES) builder.classValues(labels
			.values());
		return card.applyTo(builder.description("U-Net trained on " + samples
			.training().size() + " images, " + result.updates() + " updates. " +
			labels.sentence()).preprocessing(plan.preprocessing()).postprocessing(
				postprocessing()).calibration(calibration).statistics(intensities)
			.traits(ImageTraits.ofTraining(samples.training())).scores(scores(result))
			.objectDiameter(objectDiameter()).parent(plan.startFrom().orElse(null))
			.build());
	}

	/** Regions of a class need not be objects. */
	private double objectDiameter() {
		if (labels.kind() == LabelKind.CLASSES) return 0;
		final ObjectSizes sizes = ObjectSizes.of(samples.training(), labels.kind());
		return sizes.count() == 0 ? 0 : sizes.diameter(0.5);
	}

	/** @param value how calibrated probabilities become objects */
	ModelWriter postprocessing(final Postprocessing value) {
		chosen = value;
		return this;
	}

	/** @return how calibrated probabilities of the model become objects */
	Postprocessing postprocessing() {
		if (chosen != null) return chosen;
		return plan.network().isSoftmax() ? planned : planned.withThreshold(
			calibrated(planned.threshold()));
	}

	/** Calibration changes what probabilities are called, not what is found. */
	private double calibrated(final double threshold) {
		if (calibration.isIdentity()) return threshold;
		final long thousandths = Math.round(1000 * calibration.apply(threshold));
		return Math.max(1, Math.min(999, thousandths)) / 1000.0;
	}

	private Map<String, Double> scores(final TrainingResult result) {
		final Map<String, Double> scores = new LinkedHashMap<>();
		final History.Row best = result.bestEpoch();
		if (best == null) return scores;
		if (!samples.validation().isEmpty()) scores.put(
			ModelDescription.VALIDATION_IMAGES, (double) samples.validation().size());
		scores.put("validation loss", best.validationLoss());
		for (int i = 0; i < best.scores().length; i++)
			if (!Double.isNaN(best.scores()[i])) scores.put("validation " + result
				.history().scoreNames().get(i), best.scores()[i]);
		return scores;
	}

	private Map<String, Path> attachments(final Path temporary,
		final TrainingResult result) throws IOException
	{
		final Map<String, Path> attachments = new LinkedHashMap<>();
		attach(ModelPackage.PLAN, plan, temporary, attachments);
		attach(ModelPackage.REPLAY, result.replay(), temporary, attachments);
		final Path history = temporary.resolve(ModelPackage.HISTORY);
		result.history().write(history);
		attachments.put(ModelPackage.HISTORY, history);
		attachments.put(ModelPackage.TRAINING_STATE, result.lastNetwork());
		attachRateTest(attachments, temporary);
		return attachments;
	}

	/** Where the learning rate comes from, if it was tested. */
	private void attachRateTest(final Map<String, Path> attachments,
		final Path temporary) throws IOException
	{
		final Path table = Trainer.rateTest(TrainJob.training(target));
		if (!Files.exists(table)) return;
		attachments.put(ModelPackage.RATE_TEST, table);
		try {
			final RateCurve curve = RateCurve.read(table);
			if (!RatePlot.isPossible(curve)) return;
			final Path plot = temporary.resolve(ModelPackage.RATE_PLOT);
			ImageFiles.save(RatePlot.of(curve), plot, true);
			attachments.put(ModelPackage.RATE_PLOT, plot);
		}
		catch (final IOException e) {
			// The model is worth more than a picture in it.
			say.accept("The model has no plot of its learning rate test: " + e
				.getMessage());
		}
	}

	private static void attach(final String name, final TrainingPlan plan,
		final Path folder, final Map<String, Path> attachments) throws IOException
	{
		final Path file = folder.resolve(name);
		Files.write(file, plan.toJson().getBytes(StandardCharsets.UTF_8));
		attachments.put(name, file);
	}

	private static void delete(final Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path file : files.sorted((a, b) -> b.compareTo(a)).collect(
				Collectors.toList()))
				Files.delete(file);
		}
	}
}
