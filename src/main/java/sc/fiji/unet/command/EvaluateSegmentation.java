
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.ResultsTable;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.ErrorStack;
import sc.fiji.unet.imagej.ImageTitle;
import sc.fiji.unet.imagej.LabelInput;
import sc.fiji.unet.imagej.WholeFile;
import sc.fiji.unet.job.EvaluateJob;
import sc.fiji.unet.job.Evaluation;

/**
 * Plugins &gt; U-Net &gt; Evaluate Segmentation: compares results with the
 * truth.
 */
@Plugin(type = Command.class, menuPath = "Plugins>U-Net>Evaluate Segmentation",
	headless = true)
public class EvaluateSegmentation extends UNetCommand {

	private static final String FOLDER = "Folder";
	private static final String OPEN = "Open images";
	/** Title of the table. */
	private static final String TABLE = "Evaluation";

	@Parameter(label = "Compare", choices = { FOLDER, OPEN }, persist = false)
	private String data = FOLDER;

	@Parameter(label = "Truth (folder or title)", style = "directory",
		persist = false)
	private File truth;

	@Parameter(label = "Results (folder or title)", style = "directory",
		persist = false)
	private File results;

	@Parameter(label = "Label values are", choices = { "auto", "mask",
		"instances", "classes" }, persist = false)
	private String labelkind = "auto";

	@Parameter(label = "Ignored label value (none, or a number)", persist = false)
	private String ignore = Text.NONE;

	@Parameter(label = "Overlap (IoU) of a match, more than (0.5 to 0.99)",
		min = "0.5", max = "0.99", persist = false)
	private double iou = 0.5;

	@Parameter(label = "Regions of a mask are objects (no cells touch)",
		persist = false)
	private boolean regions;

	@Parameter(label = "Thin background of results (as in ISBI 2012)",
		persist = false)
	private boolean thin;

	@Parameter(label = "Picture of errors", persist = false)
	private boolean picture = true;

	@Parameter(label = "Save table as (.csv; empty: not saved)", style = "save",
		required = false, persist = false)
	private File csv;

	@Parameter(label = "Overwrite", persist = false)
	private boolean overwrite;

	@Parameter(label = "Help", callback = "help", required = false,
		persist = false)
	private Button help;

	@Parameter(label = TABLE, type = ItemIO.OUTPUT)
	private ResultsTable table;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus errorImage;

	@Override
	void execute() throws IOException {
		final Path file = csv == null || csv.getPath().isEmpty() ? null : csv
			.toPath();
		if (file != null) checkTarget(file);
		if (data.equals(FOLDER)) evaluate(EvaluateJob.ofFolders(truth.toPath(),
			results.toPath()), results.getName(), file);
		else {
			final ImagePlus expected = open(truth);
			final ImagePlus actual = open(results);
			// The image may be closed before the work is done.
			final String title = ImageTitle.withoutExtension(actual);
			evaluate(EvaluateJob.ofImages(title, LabelInput.slices(expected),
				LabelInput.slices(actual)), title, file);
		}
	}

	/**
	 * @param title what the results are called
	 * @param file of the table; null to save none
	 */
	private void evaluate(final EvaluateJob job, final String title,
		final Path file) throws IOException
	{
		final ErrorStack pictures = new ErrorStack();
		job.labels(LabelKind.of(labelkind), Text.valueOrNone("ignore", ignore)).iou(
			iou).regionsAreObjects(regions).thin(thin).progress((name, done,
				total) -> progress("Evaluating " + name, done, total)).cancelled(
					this::isStopRequested);
		if (picture) job.pictures(pictures::add);
		final Evaluation evaluation = job.run();
		evaluation.remarks().forEach(IJ::log);
		table = table(evaluation);
		// Fiji shows no table of ImageJ by itself.
		if (!GraphicsEnvironment.isHeadless()) table.show(TABLE);
		if (file != null) WholeFile.write(file, overwrite, out -> out.write(
			evaluation.toCsv().getBytes(StandardCharsets.UTF_8)));
		if (picture) errorImage = pictures.toImage(title + " errors");
		if (pictures.omitted() > 0) IJ.log("The picture shows the errors of " +
			errorImage.getStackSize() + " images; those of " + pictures.omitted() +
			" more would take too much memory. The table has all.");
	}

	/** Before the work, so that it is not in vain. */
	private void checkTarget(final Path file) {
		if (Files.isDirectory(file)) throw new IllegalArgumentException("'" + file +
			"' is a folder; give the name of a file, such as csv=scores.csv.");
		final Path folder = file.toAbsolutePath().getParent();
		if (!Files.isDirectory(folder)) throw new IllegalArgumentException(
			"There is no folder '" + folder +
				"' for the table; make it, or name another one.");
		if (!overwrite && Files.exists(file)) throw new IllegalArgumentException(
			"'" + file +
				"' exists already; choose another name, or write overwrite=true.");
	}

	private static ResultsTable table(final Evaluation evaluation) {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		table.setPrecision(4);
		for (final Evaluation.Row row : evaluation.rows()) {
			table.incrementCounter();
			table.addLabel("Image", row.name());
			final double[] values = row.values();
			for (int i = 0; i < values.length; i++)
				table.addValue(evaluation.columns().get(i), values[i]);
		}
		evaluation.columns().stream().filter(c -> c.endsWith("_percent")).forEach(
			c -> table.setDecimalPlaces(table.getColumnIndex(c), 1));
		return table;
	}
}
