
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.ResultsTable;

import java.awt.GraphicsEnvironment;
import java.util.List;

import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.command.Previewable;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import sc.fiji.unet.imagej.ImageOutput;
import sc.fiji.unet.imagej.ImageTitle;
import sc.fiji.unet.imagej.ObjectMeasurements;
import sc.fiji.unet.job.ObjectSettings;
import sc.fiji.unet.job.Prediction;
import sc.fiji.unet.job.SegmentResult;
import sc.fiji.unet.job.SegmentSettings;

/**
 * Plugins &gt; U-Net &gt; Adjust Segmentation: other objects out of what the
 * network gave for the active image, without asking it again.
 */
@Plugin(type = Command.class, menuPath = "Plugins>U-Net>Adjust Segmentation",
	headless = true)
public class AdjustSegmentation extends UNetCommand implements Previewable,
	DialogDefaults, WatchedImage
{

	@Parameter(label = "Image", type = ItemIO.BOTH, persist = false)
	private ImagePlus image;

	@Parameter(label = "Threshold (0 to 1, or model)",
		style = CommandDialog.SLIDER_STYLE, persist = false, callback = "changed")
	private String threshold = SegmentSettings.OF_MODEL;

	@Parameter(label = "Minimum size (px, or model)", persist = false,
		callback = "changed")
	private String minsize = SegmentSettings.OF_MODEL;

	@Parameter(label = "Split at necks (0 to below 1, or model)",
		style = CommandDialog.SLIDER_STYLE, persist = false, callback = "changed")
	private String split = SegmentSettings.OF_MODEL;

	@Parameter(label = "Exclude on edges", persist = false, callback = "changed")
	private boolean excludeedges;

	@Parameter(label = "Fill holes", persist = false, callback = "changed")
	private boolean fillholes;

	@Parameter(label = "Join slices in Z", persist = false, callback = "changed")
	private boolean linkz;

	@Parameter(label = "Overlay", persist = false)
	private boolean overlay = true;

	@Parameter(label = "Labels", persist = false)
	private boolean labels = true;

	@Parameter(label = "ROI Manager", persist = false)
	private boolean rois;

	@Parameter(label = "Table", persist = false)
	private boolean table;

	@Parameter(label = "Preview", persist = false, callback = "changed",
		visibility = ItemVisibility.TRANSIENT)
	private boolean preview = true;

	/** What the preview says; the dialog shows it whenever it changes. */
	@Parameter(visibility = ItemVisibility.MESSAGE, required = false,
		persist = false)
	private volatile String found = "";

	@Parameter(label = "Help", callback = "help", required = false,
		persist = false)
	private Button help;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus labelImage;

	@Parameter(label = OpenTable.OBJECTS, type = ItemIO.OUTPUT)
	private ResultsTable objectTable;

	@Parameter(label = OpenTable.SUMMARY, type = ItemIO.OUTPUT)
	private ResultsTable summaryTable;

	/** Null before the dialog is open. */
	private volatile AdjustPreview shown;
	/** Whether the dialog is closed, so that no preview may come any more. */
	private volatile boolean closed;

	/** What is in effect on the image, with the model's values as numbers. */
	@Override
	public void setDialogDefaults() {
		final KeptSegmentation kept = KeptSegmentation.of(image);
		final ObjectSettings last = kept.prediction().inNumbers(kept.settings());
		threshold = last.threshold();
		minsize = last.minimumSize();
		split = last.split();
		excludeedges = last.excludesEdges();
		fillholes = last.fillsHoles();
		linkz = kept.isJoined();
	}

	/**
	 * What the dialog calls by name after changes, before it shows the values and
	 * asks for a preview: what was said is of earlier ones. Fiji shows what is
	 * said later in the status bar alone.
	 */
	final void changed() {
		found = "";
	}

	/** In the dialog and, as that of Fiji does not follow, in the status bar. */
	private void tell(final String sentence) {
		found = Text.inLines(sentence);
		IJ.showStatus(sentence);
	}

	/** Called while the dialog is open: at first and after every change. */
	@Override
	public void preview() {
		if (closed || image == null || GraphicsEnvironment.isHeadless()) return;
		if (!preview) {
			closePreview();
			return;
		}
		try {
			if (shown == null) shown = new AdjustPreview(KeptSegmentation.of(image),
				this::tell);
			shown.update(settings());
		}
		catch (final IllegalArgumentException e) {
			if (shown == null) tell(e.getMessage());
			else shown.say(e.getMessage());
		}
	}

	/**
	 * The one that was segmented, where the label image is the active one, too.
	 */
	@Override
	public ImagePlus watched() {
		return image == null ? null : KeptSegmentation.of(image).image();
	}

	/** Called when the dialog is cancelled. */
	@Override
	public void cancel() {
		closed = true;
		closePreview();
	}

	private void closePreview() {
		if (shown != null) shown.close();
		shown = null;
	}

	private ObjectSettings settings() {
		return SegmentFields.objects(threshold, minsize, split, excludeedges,
			fillholes);
	}

	@Override
	void execute() {
		closed = true;
		closePreview();
		if (rois) ManagedRois.checkPossible("rois=false");
		final KeptSegmentation kept = KeptSegmentation.of(image);
		final ObjectSettings settings = settings();
		final SegmentResult result = kept.prediction().adjust(kept.input(),
			settings, linkz, this::isStopRequested, (done, total) -> progress(
				"Adjusting " + image.getTitle(), done, total), IJ::log);
		show(result, kept);
		IJ.log("Adjusted '" + kept.image().getTitle() + "': " + AdjustPreview
			.objects(result.objects()) + "; were " + kept.objects() + ".");
		// A table alone leaves the image with what it had.
		if (overlay || labels) kept.adjusted(settings, linkz, result.objects());
	}

	private void show(final SegmentResult result, final KeptSegmentation kept) {
		final Prediction prediction = kept.prediction();
		final List<String> names = prediction.model().network().foregroundNames();
		if (labels) labelImage = labels(result, kept);
		if (overlay || rois) new FoundObjects(kept.image(), result, names,
			prediction.isAll(), prediction.z(), prediction.t()).show(overlay, rois);
		if (table) tabulate(result, kept);
	}

	/**
	 * @return the label image with other pixels, or a new one if it is closed or
	 *         somebody has changed it
	 */
	private static ImagePlus labels(final SegmentResult result,
		final KeptSegmentation kept)
	{
		final ImagePlus source = kept.image();
		final ImagePlus fresh = ImageOutput.labels(ImageTitle.withoutExtension(
			source) + " labels", result.labels(), kept.prediction().slices(), source);
		final ShownLabels open = kept.labels();
		if (open != null && open.replace(fresh)) return open.image();
		if (open != null && open.isChanged()) IJ.log("'" + open.image().getTitle() +
			"' was changed by hand and is kept; the new labels have a window of their own.");
		placeNextBeside(source);
		kept.attach(fresh);
		return fresh;
	}

	private void tabulate(final SegmentResult result,
		final KeptSegmentation kept)
	{
		final ObjectMeasurements measured = result.measure(kept.image().getTitle());
		objectTable = OpenTable.append(OpenTable.OBJECTS, measured.objects());
		summaryTable = OpenTable.append(OpenTable.SUMMARY, measured.summary(kept
			.prediction().reference(), result.remarks()));
	}
}
