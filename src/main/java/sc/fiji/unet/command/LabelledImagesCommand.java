
package sc.fiji.unet.command;

import ij.ImagePlus;

import java.io.File;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

import org.scijava.plugin.Parameter;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.SampleFiles;
import sc.fiji.unet.job.TrainingImages;
import sc.fiji.unet.report.Provenance;

/** A command that is given images with labels. */
abstract class LabelledImagesCommand extends UNetCommand {

	private static final String FOLDER = "Folder";
	private static final String STACKS = "Open stacks";

	@Parameter(label = "Take images from", choices = { FOLDER, STACKS },
		persist = false)
	private String data = FOLDER;

	@Parameter(label = "Images (folder or title)", style = "directory",
		persist = false)
	private File images;

	@Parameter(label = "Labels (folder or title)", style = "directory",
		persist = false)
	private File labels;

	@Parameter(label = "Label values are", choices = { "auto", "mask",
		"instances", "classes" }, persist = false)
	private String labelkind = "auto";

	@Parameter(label = "Ignored label value", persist = false)
	private String ignore = Text.NONE;

	@Parameter(label = "Channels", persist = false)
	private String channels = "all";

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
		if (images == null || labels == null) throw new IllegalArgumentException(
			"Enter \"Images\" and \"Labels\" first: two folders, or the titles of two open images.");
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
		final ChannelSelection selection = ChannelSelection.parse(channels);
		if (data.equals(FOLDER)) return TrainingImages.ofFolders(images.toPath(),
			labels.toPath(), "", selection, cancelled);
		final ImagePlus stack = open(images);
		return TrainingImages.of(stack.getShortTitle(), SampleFiles.samples(stack
			.getShortTitle(), stack, open(labels), selection)).from(Provenance.stacks(
				images.getName(), labels.getName(), selection.toString()));
	}
}
