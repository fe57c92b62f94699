
package sc.fiji.unet.command;

import ij.ImagePlus;
import ij.gui.Overlay;

import java.util.List;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.data.SyntheticSamples;
import sc.fiji.unet.imagej.SampleFiles;
import sc.fiji.unet.job.SampleJob;

/**
 * Plugins &gt; U-Net &gt; Samples: opens images to try the plugin with, which
 * are generated, so that no network is needed.
 */
@Plugin(type = Command.class, menuPath = "Plugins>U-Net>Samples",
	headless = true)
public class OpenSample extends UNetCommand {

	private static final String CELLS = "annotated cells";
	private static final String UNSEEN = "unseen cells";
	private static final String MEMBRANES = "annotated membranes";
	/** Cells that are kept out of the annotated ones. */
	private static final int HELD_BACK = 2;

	@Parameter(label = "Sample", choices = { CELLS, UNSEEN, MEMBRANES },
		persist = false)
	private String sample = CELLS;

	@Parameter(label = "Help", callback = "help", required = false,
		persist = false)
	private Button help;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus image;

	@Override
	void execute() {
		final List<RawSample> samples = samples();
		image = SampleFiles.stack(sample, samples);
		if (sample.equals(UNSEEN)) return;
		final Overlay overlay = new Overlay();
		SampleFiles.rois(samples, sample.equals(CELLS) ? "cell" : "region").forEach(
			overlay::add);
		image.setOverlay(overlay);
	}

	private List<RawSample> samples() {
		final long size = SampleJob.SIZE;
		if (sample.equals(MEMBRANES)) return SyntheticSamples.membranes(
			SampleJob.MEMBRANES, size, SampleJob.SEED);
		final int seen = SampleJob.CELLS - HELD_BACK;
		final List<RawSample> cells = SyntheticSamples.cells(SampleJob.CELLS, size,
			SampleJob.SEED);
		return sample.equals(CELLS) ? cells.subList(0, seen) : cells.subList(seen,
			SampleJob.CELLS);
	}
}
