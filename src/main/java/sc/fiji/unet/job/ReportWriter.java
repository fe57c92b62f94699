
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import sc.fiji.unet.imagej.Software;
import sc.fiji.unet.imagej.WholeFile;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.report.TrainingReport;
import sc.fiji.unet.train.TrainingResult;

/** Writes the report of a training beside its model, NAME.html. */
final class ReportWriter {

	private final Path model;
	private final TrainingSet set;
	private final ExecutionConfig execution;
	private final Consumer<String> said;
	private Postprocessing objects = Postprocessing.plain();
	private ModelCalibration calibration = ModelCalibration.none(
		"it was not tried");

	/**
	 * @param model package that was written
	 * @param execution what was asked for
	 * @param said told what became of it
	 */
	ReportWriter(final Path model, final TrainingSet set,
		final ExecutionConfig execution, final Consumer<String> said)
	{
		this.model = model;
		this.set = set;
		this.execution = execution;
		this.said = said;
	}

	/** @param value what was made of the network's probabilities */
	ReportWriter calibration(final ModelCalibration value) {
		calibration = value;
		return this;
	}

	/** @param value how the model makes objects */
	ReportWriter objects(final Postprocessing value) {
		objects = value;
		return this;
	}

	/** @return the report of a model */
	static Path file(final Path model) {
		return model.resolveSibling(model.getFileName().toString().replaceFirst(
			"\\.zip$", "") + ".html");
	}

	/**
	 * Checks whether the report of a model may be written; nothing is changed.
	 *
	 * @param replace whether a report that is there already may be replaced
	 * @throws IllegalArgumentException if it may not; says what to do
	 * @throws IOException if it cannot be looked at
	 */
	static void checkTarget(final Path model, final boolean replace)
		throws IOException
	{
		final Path file = file(model);
		if (!Files.exists(file)) return;
		if (!TrainingReport.isReport(file)) throw new IllegalArgumentException(
			"The report of the training goes to '" + file +
				"', but that is there already and no training has written it; move it away, or give the model another name.");
		if (!replace) throw new IllegalArgumentException("Report '" + file +
			"' exists already; choose another name for the model, or allow overwriting (overwrite=true, --overwrite).");
	}

	/**
	 * Writes the report, replacing one that is there. What goes wrong is said,
	 * and costs the report alone: the model has been written.
	 *
	 * @param device where the network has computed, in words
	 * @param heldOut what the model makes of the images held out
	 */
	void write(final String device, final TrainingResult result,
		final HeldOutImages heldOut)
	{
		final Path file = file(model);
		try {
			final byte[] page = page(device, result, heldOut).getBytes(
				StandardCharsets.UTF_8);
			// Somebody may have put something else there meanwhile.
			checkTarget(model, true);
			WholeFile.write(file, true, out -> out.write(page));
			said.accept("Report: " + file);
		}
		catch (IOException | IllegalArgumentException e) {
			said.accept("The model is written, but its report '" + file +
				"' could not be: " + Failure.sentence(e));
		}
	}

	private String sampleSize() {
		final int slices = set.samples().validation().size();
		return slices == 0 ? "" : ScoreRemarks.sampleSize(slices, set.provenance()
			.heldOutFiles());
	}

	private String page(final String device, final TrainingResult result,
		final HeldOutImages heldOut) throws IOException
	{
		final Map<String, String> versions = new LinkedHashMap<>(Software
			.versions());
		versions.put("TensorFlow", ModelDescription.builder("any", set.plan()
			.network()).build().tensorflowVersion());
		return new TrainingReport(model, set.plan(), result, set.samples())
			.provenance(set.provenance()).device(device, execution).sentences(set
				.sentences()).reasons(set.reasons()).versions(versions).images(heldOut
					.images(), heldOut.remark()).summary(heldOut.all(), heldOut.notes(),
						sampleSize()).objects(objects).calibration(calibration.fit(),
							calibration.sentence()).toHtml();
	}
}
