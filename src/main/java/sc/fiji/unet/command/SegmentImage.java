
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;

import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.io.File;
import java.io.IOException;
import java.util.List;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.imagej.ImageOutput;
import sc.fiji.unet.imagej.LabelRois;
import sc.fiji.unet.job.SegmentJob;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.segment.Averaging;
import sc.fiji.unet.segment.TileProgress;
import sc.fiji.unet.worker.Engine;

/** Plugins &gt; U-Net &gt; Segment: segments the active image with a model. */
@Plugin(type = Command.class, menuPath = "Plugins>U-Net>Segment",
	headless = true)
public class SegmentImage extends UNetCommand {

	private static final String ALL = "all";
	private static final String SLICE = "slice";
	private static final String SELECTION = "selection";
	private static final String OF_MODEL = "model";
	private static final double STROKE = 1.5;
	private static final double FILL = 0.15;

	@Parameter(label = "Image", type = ItemIO.BOTH, persist = false)
	private ImagePlus image;

	@Parameter(label = "Model", style = "open", persist = false)
	private File model;

	@Parameter(label = "Region", choices = { ALL, SLICE, SELECTION },
		persist = false)
	private String region = ALL;

	@Parameter(label = "Channels", persist = false)
	private String channels = "all";

	@Parameter(label = "Threshold (0 to 1, or model)", persist = false)
	private String threshold = OF_MODEL;

	@Parameter(label = "Minimum size (px, or model)", persist = false)
	private String minsize = OF_MODEL;

	@Parameter(label = "Overlay", persist = false)
	private boolean overlay = true;

	@Parameter(label = "Labels", persist = false)
	private boolean labels = true;

	@Parameter(label = "ROI Manager", persist = false)
	private boolean rois;

	@Parameter(label = "Probabilities", persist = false)
	private boolean probability;

	@Parameter(label = "Averaging", choices = { "none", "flips", "rotations" },
		persist = false)
	private String averaging = "none";

	@Parameter(label = "Device", persist = false)
	private String device = "auto";

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus labelImage;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus probabilityImage;

	@Override
	void execute() throws IOException {
		if (rois && GraphicsEnvironment.isHeadless())
			throw new IllegalArgumentException(
				"There is no ROI Manager without a display; write rois=false, and save the overlay instead.");
		final ImageInput input = ImageInput.of(image, ChannelSelection.parse(
			channels));
		final Interval selected = selection();
		try (SegmentJob job = SegmentJob.open(model.toPath(), Engine.factory(),
			ExecutionConfig.auto().withDevice(device)))
		{
			if (!threshold.trim().equals(OF_MODEL)) job.threshold(number("threshold",
				threshold));
			if (!minsize.trim().equals(OF_MODEL)) job.minimumSize((long) number(
				"minsize", minsize));
			job.averaging(Averaging.valueOf(averaging.toUpperCase()));
			final TileProgress progress = (done, total) -> progress("Segmenting " +
				image.getTitle(), done, total);
			final SegmentJob.Result result = region.equals(ALL) ? job.run(input,
				this::isStopRequested, progress) : job.run(input, image.getZ(), image
					.getT(), selected, this::isStopRequested, progress);
			ImageInput.warnings(image).forEach(IJ::log);
			show(result, job.foregroundClasses());
		}
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

	private static double number(final String key, final String text) {
		try {
			return Double.parseDouble(text.trim());
		}
		catch (final NumberFormatException e) {
			throw new IllegalArgumentException(key + "=" + text +
				" is no number; write one, or " + OF_MODEL + ".", e);
		}
	}

	private void show(final SegmentJob.Result result,
		final List<String> classes)
	{
		final int slices = region.equals(ALL) ? image.getNSlices() : 1;
		final String title = image.getShortTitle();
		if (labels) labelImage = ImageOutput.labels(title + " labels", result
			.labels(), slices, image);
		if (probability) probabilityImage = ImageOutput.probabilities(title +
			" probability", result.probabilities(), slices, classes, image);
		if (!overlay && !rois) return;
		final List<Roi> found = LabelRois.toRois(result.labels(), slices, classes
			.size() == 1 ? classes.get(0) : "");
		if (!region.equals(ALL)) found.forEach(this::placeOnCurrentSlice);
		if (overlay) {
			final Overlay shown = LabelRois.overlay(found, STROKE, FILL);
			image.setOverlay(shown);
		}
		if (rois) found.forEach(roiManager()::addRoi);
	}

	private void placeOnCurrentSlice(final Roi roi) {
		if (image.getStackSize() == 1) return;
		if (image.isHyperStack()) roi.setPosition(0, image.getZ(), image.getT());
		else roi.setPosition(image.getCurrentSlice());
	}

	private static RoiManager roiManager() {
		final RoiManager open = RoiManager.getInstance();
		return open == null ? new RoiManager() : open;
	}
}
