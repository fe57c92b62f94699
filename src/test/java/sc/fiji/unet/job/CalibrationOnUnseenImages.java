
package sc.fiji.unet.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

import sc.fiji.unet.data.DataSet;
import sc.fiji.unet.data.LabelValues;
import sc.fiji.unet.data.PixelTruth;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.data.TargetConfig;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.metrics.Reliability;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.network.Calibration;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.Readout;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.tensorflow.TensorFlowFactory;
import sc.fiji.unet.train.TrainingPlan;

/**
 * Prints how far the probabilities of a model, with one foreground class, can
 * be taken at their word on images that its training has not seen: those that
 * were left out by {@code --exclude}. Arguments: model, folder of images,
 * folder of labels, names with commas.
 */
final class CalibrationOnUnseenImages {

	private CalibrationOnUnseenImages() {}

	public static void main(final String[] args) throws Exception {
		try (ModelPackage model = ModelPackage.open(Paths.get(args[0]));
				Network network = new TensorFlowFactory().open(model.description()
					.network(), model.exported(), ExecutionConfig.cpu()))
		{
			final TargetConfig target = TrainingPlan.fromJson(Files.readString(model
				.attachments().get(ModelPackage.PLAN))).target();
			final List<RawSample> unseen = new ArrayList<>();
			for (final RawSample sample : TrainingImages.ofFolders(Paths.get(args[1]),
				Paths.get(args[2]), "", ChannelSelection.all()).samples())
				if (Arrays.asList(args[3].split(",")).contains(sample.name())) unseen
					.add(sample);
			final DataSet data = DataSet.toCompare(unseen, labels -> LabelValues
				.toCompare(labels, target.kind(), OptionalInt.empty()), model
					.description().preprocessing());
			print(Paths.get(args[0]), ValidationPredictions.of(network, data
				.samples(), () -> false), target, model.description().calibration());
		}
	}

	private static void print(final Path model,
		final ValidationPredictions predictions, final TargetConfig target,
		final Calibration calibration)
	{
		final Reliability before = reliability(predictions, target);
		final Reliability after = reliability(predictions.calibrated(calibration),
			target);
		System.out.printf(
			"%s, %s, %d images: expected calibration error %.4f before, %.4f after%n",
			model.getFileName(), calibration, predictions.samples().size(), before
				.error(), after.error());
		for (int bin = 0; bin < Reliability.BINS; bin++)
			System.out.printf("%.1f: %.3f of %d before, %.3f of %d after%n",
				Reliability.middle(bin), before.observed(bin), before.count(bin), after
					.observed(bin), after.count(bin));
	}

	private static Reliability reliability(
		final ValidationPredictions predictions, final TargetConfig target)
	{
		final Readout readout = Readout.of(target.answeredBy(UNetConfig.builder()
			.build()));
		final Reliability.Tally tally = new Reliability.Tally();
		for (final Sample sample : predictions.samples()) {
			final int[] truth = PixelTruth.of(sample, target);
			final float[] p = predictions.probabilities(sample);
			for (int i = 0; i < truth.length; i++)
				if (truth[i] >= 0) tally.add(readout.foreground(p, i, 0), truth[i] > 0);
		}
		return tally.toReliability();
	}
}
