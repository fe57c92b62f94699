
package sc.fiji.unet.command;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.data.SyntheticSamples;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.SampleFiles;
import sc.fiji.unet.job.IsbiStack;
import sc.fiji.unet.job.SampleJob;

/**
 * Plugins &gt; U-Net &gt; Samples: opens images to try the plugin with. All but
 * one are generated, so that no network is needed.
 */
@Plugin(type = Command.class, menuPath = "Plugins>U-Net>Samples",
	headless = true)
public class OpenSample extends UNetCommand {

	private static final String CELLS = "annotated cells";
	private static final String UNSEEN = "unseen cells";
	private static final String NUCLEI = "nuclei";
	private static final String MEMBRANES = "annotated membranes";
	private static final String ISBI = "ISBI 2012 EM stack (download)";
	private static final String ASK = "ask";
	private static final String ACCEPT = "accept";
	/** Cells that are kept out of the annotated ones. */
	private static final int HELD_BACK = 2;

	@Parameter(label = "Sample", choices = { CELLS, UNSEEN, NUCLEI, MEMBRANES,
		ISBI }, persist = false)
	private String sample = CELLS;

	@Parameter(label = "Folder for the download", style = "directory",
		required = false, persist = false)
	private File folder;

	@Parameter(label = "Terms of the download", choices = { ASK, ACCEPT },
		persist = false)
	private String terms = ASK;

	@Parameter(label = "Help", callback = "help", required = false,
		persist = false)
	private Button help;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus image;

	/** Of ISBI 2012 alone. */
	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus labels;

	@Override
	void execute() throws IOException {
		if (sample.equals(ISBI)) {
			openIsbi();
			return;
		}
		final List<RawSample> samples = samples();
		image = SampleFiles.stack(sample, samples);
		if (sample.equals(UNSEEN) || sample.equals(NUCLEI)) return;
		final Overlay overlay = new Overlay();
		SampleFiles.rois(samples, sample.equals(CELLS) ? "cell" : "region").forEach(
			overlay::add);
		image.setOverlay(overlay);
	}

	private List<RawSample> samples() {
		final long size = SampleJob.SIZE;
		if (sample.equals(NUCLEI)) return SyntheticSamples.nuclei(SampleJob.NUCLEI,
			size, SampleJob.SEED);
		if (sample.equals(MEMBRANES)) return SyntheticSamples.membranes(
			SampleJob.MEMBRANES, size, SampleJob.SEED);
		final int seen = SampleJob.CELLS - HELD_BACK;
		final List<RawSample> cells = SyntheticSamples.cells(SampleJob.CELLS, size,
			SampleJob.SEED);
		return sample.equals(CELLS) ? cells.subList(0, seen) : cells.subList(seen,
			SampleJob.CELLS);
	}

	private void openIsbi() throws IOException {
		if (folder == null || folder.getPath().isEmpty())
			throw new IllegalArgumentException(
				"Name the folder that the stack is downloaded to, or lies in (folder=...).");
		final IsbiStack stack = new IsbiStack(folder.toPath());
		IJ.log(stack.fetch(terms.equals(ACCEPT) || !stack.isThere() && isAccepted(),
			this::isStopRequested, (done, total) -> progress("Downloading: " +
				(done >> 20) + (total > 0 ? " of " + (total >> 20) : "") + " MB", done,
				total)));
		image = ImageFiles.open(stack.images());
		labels = ImageFiles.open(stack.labels());
	}

	/** A macro says by itself what it accepts. */
	private static boolean isAccepted() {
		if (!hasWindows() || IJ.isMacro()) return false;
		if (IJ.showMessageWithCancel("ISBI 2012", Text.inLines(IsbiStack.TERMS +
			"\n\nAccept these terms, and download the stack from " + IsbiStack
				.address() + "?"))) return true;
		throw new CancellationException();
	}
}
