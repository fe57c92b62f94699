
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import sc.fiji.unet.data.Sample;
import sc.fiji.unet.imagej.Software;
import sc.fiji.unet.imagej.WholeFile;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkException;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.report.ScoredImage;
import sc.fiji.unet.report.TrainingReport;
import sc.fiji.unet.train.TrainingResult;
import sc.fiji.unet.train.TrainingResult.Status;

/** Writes the report of a training beside its model, NAME.html. */
final class ReportWriter {

	private final Path model;
	private final TrainingSet set;
	private final ExecutionConfig execution;
	private final Postprocessing postprocessing;
	private final BooleanSupplier cancelled;
	private final Consumer<String> said;
	private List<ScoredImage> images = Collections.emptyList();
	private String remark = "";

	/**
	 * @param model package that was written
	 * @param execution what was asked for
	 * @param postprocessing how the model makes objects
	 * @param cancelled asked for each tile; then images held out are left away
	 * @param said told what became of it
	 */
	ReportWriter(final Path model, final TrainingSet set,
		final ExecutionConfig execution, final Postprocessing postprocessing,
		final BooleanSupplier cancelled, final Consumer<String> said)
	{
		this.model = model;
		this.set = set;
		this.execution = execution;
		this.postprocessing = postprocessing;
		this.cancelled = cancelled;
		this.said = said;
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
	 * @param network with the weights of the model
	 */
	void write(final Network network, final TrainingResult result) {
		final Path file = file(model);
		try {
			compare(network, result);
			final byte[] page = page(network.device(), result).getBytes(
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

	/** Pictures are worth waiting for, but not where somebody wants to go. */
	private void compare(final Network network, final TrainingResult result) {
		final List<Sample> heldOut = set.samples().validation();
		if (heldOut.isEmpty()) return;
		if (result.status() == Status.CANCELLED) remark =
			"The training was stopped in a hurry, so the images held out were not segmented again.";
		else if (set.plan().network().outputSize() != null) remark =
			"The network resizes its output, so whole images cannot be shown.";
		else try {
			images = new HeldOutImages(network, postprocessing, set.labels().kind(),
				cancelled).compare(heldOut);
		}
		catch (final CancellationException e) {
			remark =
				"This was stopped before the images held out had been segmented.";
		}
		catch (final NetworkException e) {
			remark = "The images held out could not be segmented: " + Failure
				.sentence(e);
		}
	}

	private String page(final String device, final TrainingResult result)
		throws IOException
	{
		final Map<String, String> versions = new LinkedHashMap<>(Software
			.versions());
		versions.put("TensorFlow", ModelDescription.builder("any", set.plan()
			.network()).build().tensorflowVersion());
		return new TrainingReport(model, set.plan(), result, set.samples())
			.provenance(set.provenance()).device(device, execution).sentences(set
				.sentences()).versions(versions).images(images, remark).toHtml();
	}
}
