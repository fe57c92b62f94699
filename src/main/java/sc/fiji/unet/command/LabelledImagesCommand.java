
package sc.fiji.unet.command;

import ij.ImagePlus;

import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

import org.scijava.plugin.Parameter;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.AnnotatedImage;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageTitle;
import sc.fiji.unet.imagej.RoiRules;
import sc.fiji.unet.imagej.SampleFiles;
import sc.fiji.unet.job.TrainingImages;
import sc.fiji.unet.report.Provenance;

/** A command that is given images with labels. */
abstract class LabelledImagesCommand extends UNetCommand {

	private static final String FOLDER = "Folder";
	private static final String STACKS = "Open stacks";
	private static final String ROIS = "Open images with ROIs";

	@Parameter(label = "Take images from", choices = { FOLDER, STACKS, ROIS },
		persist = false)
	private String data = FOLDER;

	@Parameter(label = "Images (folder or title)", style = "directory",
		required = false, persist = false)
	private File images;

	@Parameter(label = "Labels (folder or title; empty: ROIs)",
		style = "directory", required = false, persist = false)
	private File labels;

	@Parameter(label = "Outside of ROIs is", choices = { "background",
		"ignored" }, persist = false)
	private String unannotated = "background";

	@Parameter(label = "Radius of point ROIs (px)", min = "0.5", persist = false)
	private double pointradius = RoiRules.standard().pointRadius();

	@Parameter(label = "Label values are", choices = { "auto", "mask",
		"instances", "classes" }, persist = false)
	private String labelkind = "auto";

	@Parameter(label = "Ignored label value (none, or a number)", persist = false)
	private String ignore = Text.NONE;

	@Parameter(label = "Channels", persist = false)
	private String channels = "all";

	@Parameter(label = "Series within each file", min = "1", persist = false)
	private int series = 1;

	/** @return what label values mean */
	final LabelKind labelKind() {
		return LabelKind.of(labelkind);
	}

	/** @return label value of pixels that count nowhere */
	final OptionalInt ignored() {
		return Text.valueOrNone("ignore", ignore);
	}

	/** @throws IllegalArgumentException if images or labels are not named yet */
	final void checkImagesEntered() {
		if (data.equals(FOLDER) && isEmpty(images))
			throw new IllegalArgumentException(
				"Name the folder of the images (images=...), or take open images (data=[" +
					ROIS + "]).");
		if (data.equals(STACKS) && (isEmpty(images) || isEmpty(labels)))
			throw new IllegalArgumentException(
				"Name an open image and an open label image by their titles (images=..., labels=...); for images with ROIs choose data=[" +
					ROIS + "].");
		if (!data.equals(FOLDER) && series > 1) throw new IllegalArgumentException(
			"series=" + series +
				" has no meaning for open images; leave it 1, or take images from a folder (data=Folder).");
		if (data.equals(ROIS) && !isEmpty(labels))
			throw new IllegalArgumentException("labels=[" + labels +
				"] has no meaning for images with ROIs; leave it empty, or choose data=[" +
				STACKS + "].");
	}

	private static boolean isEmpty(final File file) {
		return file == null || file.getPath().isEmpty();
	}

	/** @return images and labels, opened */
	final TrainingImages openImages() throws IOException {
		return openImages(this::isStopRequested);
	}

	/**
	 * @param cancelled asked before each file
	 * @return images and labels, opened
	 */
	final TrainingImages openImages(final BooleanSupplier cancelled)
		throws IOException
	{
		// Before minutes go into opening.
		ignored();
		checkImagesEntered();
		final ChannelSelection selection = ChannelSelection.parse(channels);
		final RoiRules rules = RoiRules.standard().unannotated(unannotated)
			.pointRadius(pointradius);
		if (data.equals(ROIS)) return openRois(selection, rules);
		if (data.equals(FOLDER)) return isEmpty(labels) ? TrainingImages.ofRois(
			images.toPath(), "", selection, series, rules, labelKind(), cancelled)
			: TrainingImages.ofFolders(images.toPath(), labels.toPath(), "",
				selection, series, cancelled);
		final ImagePlus stack = open(images);
		final String title = ImageTitle.withoutExtension(stack);
		return TrainingImages.of(title, SampleFiles.samples(title, stack, open(
			labels), selection)).from(Provenance.stacks(images.getName(), labels
				.getName(), selection.toString()));
	}

	private TrainingImages openRois(final ChannelSelection selection,
		final RoiRules rules)
	{
		final List<AnnotatedImage> drawn = isEmpty(images) ? OpenRois.all()
			: Collections.singletonList(OpenRois.of(open(images)));
		return TrainingImages.ofRois(drawn, selection, rules, labelKind()).from(
			Provenance.openRois(isEmpty(images) ? "" : images.getName(), selection
				.toString(), rules.unannotated(), rules.pointRadius()));
	}
}
