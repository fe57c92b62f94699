
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;

import java.io.File;
import java.io.IOException;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import sc.fiji.unet.imagej.AnnotatedImage;
import sc.fiji.unet.imagej.TrainingSetFolder;

/**
 * Plugins &gt; U-Net &gt; Add to Training Set: saves the active image with its
 * ROIs where Train U-Net reads it.
 */
@Plugin(type = Command.class, menuPath = "Plugins>U-Net>Add to Training Set",
	headless = true)
public class AddToTrainingSet extends UNetCommand {

	private static final String ALL = "all";
	private static final String SLICE = "slice";
	private static final String SELECTION = "selection";

	@Parameter(label = "Image", persist = false)
	private ImagePlus image;

	@Parameter(label = "Folder of the training set", style = "directory",
		persist = false)
	private File folder;

	@Parameter(label = "Name (empty: title of the image)", required = false,
		persist = false)
	private String name = "";

	@Parameter(label = "Region", choices = { ALL, SLICE, SELECTION },
		persist = false)
	private String region = ALL;

	@Parameter(label = "Context around the selection (px)", min = "0",
		persist = false)
	private int margin = 96;

	@Parameter(label = "Overwrite", persist = false)
	private boolean overwrite;

	@Parameter(label = "Help", callback = "help", required = false,
		persist = false)
	private Button help;

	/** Which file was written, in a sentence. */
	@Parameter(type = ItemIO.OUTPUT)
	private String result;

	@Override
	void execute() throws IOException {
		final AnnotatedImage drawn = drawn();
		final TrainingSetFolder set = new TrainingSetFolder(folder.toPath());
		checkTarget(set.file(drawn.name()).toFile());
		add(drawn, set);
		final int images = set.size();
		result = "Added " + set.file(drawn.name()) + " with ROIs from " + drawn
			.source() + "; the training set has " + images + (images == 1 ? " image."
				: " images.");
		IJ.log(result);
	}

	private AnnotatedImage drawn() {
		final AnnotatedImage drawn = OpenRois.of(image);
		if (drawn.rois().isEmpty()) throw new IllegalArgumentException("'" + image
			.getTitle() +
			"' has no ROIs. Outline cells with ImageJ's tools and add them to the overlay (key b) or to the ROI Manager (key t), or have Segment find them first.");
		final String own = name.trim().isEmpty() ? drawn.name() : name.trim();
		if (own.matches(".*[/\\\\:].*")) throw new IllegalArgumentException(
			"name=[" + own + "] must be the name of a file without / \\ and :.");
		return new AnnotatedImage(own, image, drawn.rois(), drawn.source());
	}

	private void checkTarget(final File file) {
		if (folder.isFile()) throw new IllegalArgumentException("'" + folder +
			"' is a file; name a folder.");
		if (file.exists() && !overwrite) throw new IllegalArgumentException("'" +
			file +
			"' exists already. To replace it by the image as it is now, allow that (overwrite=true); else give another name (name=...).");
	}

	private void add(final AnnotatedImage drawn, final TrainingSetFolder set)
		throws IOException
	{
		if (region.equals(ALL)) {
			set.add(drawn, overwrite);
			return;
		}
		// By the index, since without a window ImageJ keeps no other position.
		final int[] position = image.convertIndexToPosition(image
			.getCurrentSlice());
		if (region.equals(SLICE)) set.add(drawn, position[1], position[2],
			overwrite);
		else set.add(drawn, position[1], position[2], selection().getBounds(),
			margin, overwrite);
	}

	private Roi selection() {
		final Roi selection = image.getRoi();
		if (selection == null) throw new IllegalArgumentException(
			"There is no selection on '" + image.getTitle() +
				"'; draw one, or write region=all.");
		return selection;
	}
}
