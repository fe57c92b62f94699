
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.ResultsTable;

import java.awt.Rectangle;
import java.io.File;
import java.io.IOException;
import java.util.List;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.util.Intervals;

import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.imagej.ImageOutput;
import sc.fiji.unet.imagej.ImageTitle;
import sc.fiji.unet.imagej.ObjectMeasurements;
import sc.fiji.unet.job.Prediction;
import sc.fiji.unet.job.SegmentJob;
import sc.fiji.unet.job.SegmentResult;
import sc.fiji.unet.job.SegmentSettings;
import sc.fiji.unet.model.BundledModel;
import sc.fiji.unet.model.InstalledModels;
import sc.fiji.unet.model.ModelCard;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.segment.TileProgress;
import sc.fiji.unet.worker.Engine;

/** Plugins &gt; U-Net &gt; Segment: segments the active image with a model. */
@Plugin(type = Command.class, menuPath = "Plugins>U-Net>Segment",
	headless = true)
public class SegmentImage extends UNetCommand {

	private static final String ALL = "all";
	private static final String SLICE = "slice";
	private static final String SELECTION = "selection";

	@Parameter(label = "Image", type = ItemIO.BOTH, persist = false)
	private ImagePlus image;

	@Parameter(label = "Model (empty: " + BundledModel.NAME + ")", style = "open",
		required = false, persist = false, callback = "lookAtModel")
	private File model;

	@Parameter(label = "Installed models...", callback = "chooseModel",
		required = false, persist = false)
	private Button installed;

	/** Card of the model, and whether the image is one for it. */
	@Parameter(visibility = ItemVisibility.MESSAGE, required = false,
		persist = false, initializer = "lookAtModel")
	private volatile String about = "";

	@Parameter(label = "Region", choices = { ALL, SLICE, SELECTION },
		persist = false)
	private String region = ALL;

	@Parameter(label = "Channels", persist = false, callback = "lookAtModel")
	private String channels = "all";

	@Parameter(label = "Object diameter (px; 0 = as it is)", min = "0",
		persist = false, callback = "lookAtModel")
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

	@Parameter(label = "Overlay", persist = false)
	private boolean overlay = true;

	@Parameter(label = "Labels", persist = false)
	private boolean labels = true;

	@Parameter(label = "ROI Manager", persist = false)
	private boolean rois;

	@Parameter(label = "Probabilities", persist = false)
	private boolean probability;

	@Parameter(label = "Class mask", persist = false)
	private boolean classes;

	@Parameter(label = "Table", persist = false)
	private boolean table;

	@Parameter(label = "Join slices in Z", persist = false)
	private boolean linkz;

	@Parameter(label = "Averaging", choices = { "none", "flips", "symmetries",
		"rotations" }, persist = false)
	private String averaging = "none";

	@Parameter(label = "Device", persist = false)
	private String device = "auto";

	@Parameter(label = "Help", callback = "help", required = false,
		persist = false)
	private Button help;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus labelImage;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus probabilityImage;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus classImage;

	@Parameter(label = OpenTable.OBJECTS, type = ItemIO.OUTPUT)
	private ResultsTable objectTable;

	@Parameter(label = OpenTable.SUMMARY, type = ItemIO.OUTPUT)
	private ResultsTable summaryTable;

	/** Slice and frame that were shown when it was asked for. */
	private int z;
	private int t;

	private final ModelLook look = new ModelLook(text -> about = text);

	/** What the dialog calls by name: at first, and after changes. */
	final void lookAtModel() {
		if (hasDialog()) look.at(model, image == null ? null : new ModelLook.Beside(
			image, channels, diameter));
	}

	/** What the button of the dialog calls by name. */
	final void chooseModel() throws IOException {
		model = ModelChooser.choose(model).map(File::new).orElse(model);
		lookAtModel();
	}

	@Override
	void execute() throws IOException {
		if (rois) ManagedRois.checkPossible("rois=false");
		// Once: people look at other slices while it runs. And by the index, since
		// without a window ImageJ keeps no other position of a plain stack.
		final int[] position = image.convertIndexToPosition(image
			.getCurrentSlice());
		z = position[1];
		t = position[2];
		final SegmentSettings settings = SegmentFields.settings(channels, diameter,
			SegmentFields.objects(threshold, minsize, split, excludeedges, fillholes),
			averaging, linkz);
		final ImageInput input = ImageInput.of(image, settings.channels());
		final Interval selected = selection();
		ImageInput.warnings(image).forEach(IJ::log);
		try (SegmentJob job = SegmentJob.open(InstalledModels.here().find(model)
			.path(), Engine.factory(), ExecutionConfig.auto().withDevice(device)))
		{
			settings.applyTo(job);
			final KeptSegmentation kept = new KeptSegmentation(image, settings);
			job.probabilities(probability).classMasks(classes).warnings(IJ::log)
				.predictions(kept.hasRoom(bytesToKeep(job, selected)));
			IJ.log(ModelCard.line(job.model()) + ". " + job.scaling(input));
			final TileProgress progress = (done, total) -> progress("Segmenting " +
				image.getTitle(), done, total);
			final SegmentResult result = isAll() ? job.run(input,
				this::isStopRequested, progress) : job.run(input, z, t, selected,
					this::isStopRequested, progress);
			show(result, job);
			if (table) tabulate(result, job);
			kept.attach(result, labelImage);
		}
	}

	/** @return bytes that all takes that the network is about to give */
	private long bytesToKeep(final SegmentJob job, final Interval selected) {
		final long pixels = selected == null ? (long) image.getWidth() * image
			.getHeight() : Intervals.numElements(selected);
		return Prediction.bytes(job.model(), pixels, isAll() ? (long) image
			.getNSlices() * image.getNFrames() : 1);
	}

	private boolean isAll() {
		return region.equals(ALL);
	}

	/**
	 * @return the selection's bounding box; null if all of the slice is wanted
	 */
	private Interval selection() {
		if (!region.equals(SELECTION)) return null;
		final Roi roi = image.getRoi();
		if (roi == null) throw new IllegalArgumentException(
			"There is no selection on '" + image.getTitle() +
				"'; draw one, or write region=all.");
		final Rectangle r = roi.getBounds().intersection(new Rectangle(image
			.getWidth(), image.getHeight()));
		if (r.isEmpty()) throw new IllegalArgumentException(
			"The selection lies outside the image '" + image.getTitle() + "'.");
		return FinalInterval.createMinSize(r.x, r.y, r.width, r.height);
	}

	private void show(final SegmentResult result, final SegmentJob job) {
		final List<String> names = job.foregroundClasses();
		final int slices = isAll() ? image.getNSlices() : 1;
		final String title = ImageTitle.withoutExtension(image);
		if (labels || probability || classes) placeNextBeside(image);
		if (labels) labelImage = ImageOutput.labels(title + " labels", result
			.labels(), slices, image);
		if (probability) probabilityImage = ImageOutput.probabilities(title +
			" probability", result.probabilities(), slices, names, image);
		if (classes) classImage = ImageOutput.classes(title + " classes", result
			.classMasks(), job.model().classValues(), slices, image);
		if (overlay || rois) new FoundObjects(image, result, names, isAll(), z, t)
			.show(overlay, rois);
	}

	private void tabulate(final SegmentResult result, final SegmentJob job) {
		final ObjectMeasurements measured = result.measure(image.getTitle());
		objectTable = OpenTable.append(OpenTable.OBJECTS, measured.objects());
		summaryTable = OpenTable.append(OpenTable.SUMMARY, measured.summary(job
			.reference(), result.remarks()));
	}
}
