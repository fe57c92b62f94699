
package sc.fiji.unet.command;

import ij.IJ;

import java.awt.GraphicsEnvironment;
import java.awt.Toolkit;
import java.awt.datatransfer.StringSelection;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import sc.fiji.unet.imagej.ResultKind;
import sc.fiji.unet.imagej.SeriesSelection;
import sc.fiji.unet.job.Existing;
import sc.fiji.unet.job.FolderJob;
import sc.fiji.unet.job.FolderListener;
import sc.fiji.unet.job.FolderResult;
import sc.fiji.unet.job.FolderTask;
import sc.fiji.unet.job.SegmentSettings;
import sc.fiji.unet.model.BundledModel;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.worker.Engine;

/**
 * Plugins &gt; U-Net &gt; Segment Folder: segments the images of a folder, and
 * goes on where it was stopped.
 */
@Plugin(type = Command.class, menuPath = "Plugins>U-Net>Segment Folder",
	headless = true)
public class SegmentFolder extends UNetCommand {

	private static final String TITLE = "Segment Folder";
	private static final String SKIP = "skip";
	private static final String OVERWRITE = "overwrite";
	/** Steps of the progress bar for each image. */
	private static final int STEPS = 1000;

	@Parameter(label = "Input folder", style = "directory", persist = false)
	private File input;

	@Parameter(label = "File names (such as *.tif)", persist = false)
	private String pattern = FolderTask.ANY_NAME;

	@Parameter(label = "Series within each file (a number, or all)",
		persist = false)
	private String series = "1";

	@Parameter(label = "Subfolders", persist = false)
	private boolean subfolders;

	@Parameter(label = "Output folder", style = "directory", persist = false)
	private File output;

	@Parameter(label = "Existing results", choices = { SKIP, OVERWRITE },
		persist = false)
	private String existing = SKIP;

	@Parameter(label = "Model (empty: " + BundledModel.NAME + ")", style = "open",
		required = false, persist = false, callback = "lookAtModel")
	private File model;

	@Parameter(label = "Installed models...", callback = "chooseModel",
		required = false, persist = false)
	private Button installed;

	/** Card of the model. */
	@Parameter(visibility = ItemVisibility.MESSAGE, required = false,
		persist = false, initializer = "lookAtModel")
	private volatile String about = "";

	@Parameter(label = "Channels", persist = false)
	private String channels = "all";

	@Parameter(label = "Object diameter (px; 0 = as it is)", min = "0",
		persist = false)
	private double diameter;

	@Parameter(label = "Threshold (0 to 1, or model)", persist = false)
	private String threshold = SegmentSettings.OF_MODEL;

	@Parameter(label = "Minimum size (px, or model)", persist = false)
	private String minsize = SegmentSettings.OF_MODEL;

	@Parameter(label = "Split at necks (0 to below 1, or model)", persist = false)
	private String split = SegmentSettings.OF_MODEL;

	@Parameter(label = "Exclude on edges", persist = false)
	private boolean excludeedges;

	@Parameter(label = "Fill holes", persist = false)
	private boolean fillholes;

	@Parameter(label = "Overlay (.png)", persist = false)
	private boolean overlay = true;

	@Parameter(label = "Labels (.tif)", persist = false)
	private boolean labels = true;

	@Parameter(label = "ROIs (.zip)", persist = false)
	private boolean rois;

	@Parameter(label = "Probabilities (.tif)", persist = false)
	private boolean probability;

	@Parameter(label = "Class mask (.tif)", persist = false)
	private boolean classes;

	@Parameter(label = "Tables (.csv)", persist = false)
	private boolean table;

	@Parameter(label = "Join slices in Z", persist = false)
	private boolean linkz;

	@Parameter(label = "Averaging", choices = { "none", "flips", "symmetries",
		"rotations" }, persist = false)
	private String averaging = "none";

	@Parameter(label = "Device", persist = false)
	private String device = "auto";

	@Parameter(label = "Copy as command line", callback = "copyCommandLine",
		required = false, persist = false)
	private Button copy;

	@Parameter(label = "Help", callback = "help", required = false,
		persist = false)
	private Button help;

	/** What has become of the images, with a line for each that failed. */
	@Parameter(type = ItemIO.OUTPUT)
	private String summary;

	private final ModelLook look = new ModelLook(text -> about = text);

	/** What the dialog calls by name: at first, and after changes. */
	final void lookAtModel() {
		if (hasDialog()) look.at(model, null);
	}

	/** What the button of the dialog calls by name. */
	final void chooseModel() throws IOException {
		model = ModelChooser.choose(model).map(File::new).orElse(model);
		lookAtModel();
	}

	@Override
	void execute() throws IOException {
		if (!input.isDirectory()) throw new IllegalArgumentException("'" + input +
			"' is not a folder; name the folder that holds the images.");
		final FolderResult result = new FolderJob(task(), Engine.factory())
			.cancelled(this::isStopRequested).listener(new Progress()).run();
		summary = result.message();
		if (result.segmented() + result.skipped() == 0) throw new IOException(
			summary);
		IJ.log(summary);
		if (!result.failures().isEmpty() && hasWindows() && !IJ.isMacro()) IJ
			.showMessage(TITLE, Text.inLines(result.sentence() +
				" The Log window and unet-run.json in the output folder say which, and why."));
	}

	/** What the button of the dialog calls by name. */
	final void copyCommandLine() {
		try {
			final String line = task().commandLine();
			IJ.log(line);
			if (!GraphicsEnvironment.isHeadless()) Toolkit.getDefaultToolkit()
				.getSystemClipboard().setContents(new StringSelection(line), null);
		}
		catch (final IllegalArgumentException | IllegalStateException e) {
			// Half entered, or another program holds the clipboard.
			IJ.error(TITLE, Text.inLines(e.getMessage()));
		}
	}

	/** @return what the fields say */
	final FolderTask task() {
		if (input == null || output == null) throw new IllegalArgumentException(
			"Enter \"Input folder\" and \"Output folder\" first.");
		return FolderTask.of(Collections.singletonList(input.toPath()), output
			.toPath()).pattern(pattern).subfolders(subfolders).series(SeriesSelection
				.parse(series)).model(model).settings(SegmentFields.settings(channels,
					diameter, SegmentFields.objects(threshold, minsize, split,
						excludeedges, fillholes), averaging, linkz)).results(results())
			.existing(existing.equals(SKIP) ? Existing.SKIP : Existing.OVERWRITE)
			.execution(ExecutionConfig.auto().withDevice(device)).build();
	}

	private List<ResultKind> results() {
		final List<ResultKind> kinds = new ArrayList<>();
		if (probability) kinds.add(ResultKind.PROBABILITIES);
		if (labels) kinds.add(ResultKind.LABELS);
		if (overlay) kinds.add(ResultKind.OVERLAY);
		if (rois) kinds.add(ResultKind.ROIS);
		if (classes) kinds.add(ResultKind.CLASSES);
		if (table) kinds.add(ResultKind.TABLE);
		if (kinds.isEmpty()) throw new IllegalArgumentException(
			"No result is wanted; choose at least one, such as labels=true.");
		return kinds;
	}

	/** The job in ImageJ's status bar and log. */
	private final class Progress implements FolderListener {

		@Override
		public void message(final String sentence) {
			IJ.log(sentence);
		}

		@Override
		public void message(final String image, final String sentence) {
			IJ.log(image + ": " + sentence);
		}

		@Override
		public void tiles(final String image, final int number, final int images,
			final long done, final long tiles)
		{
			progress("Segmenting: file " + number + " of " + images + ", tile " +
				done + " of " + tiles, STEPS * (number - 1L) + STEPS * done / tiles,
				(long) STEPS * images);
		}
	}
}
