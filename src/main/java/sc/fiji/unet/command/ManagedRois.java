
package sc.fiji.unet.command;

import ij.gui.Roi;
import ij.plugin.frame.RoiManager;

import java.awt.GraphicsEnvironment;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The ROIs in ImageJ's ROI Manager, which needs a display. */
final class ManagedRois {

	private ManagedRois() {}

	/**
	 * @param instead key and value that do without
	 * @throws IllegalArgumentException if there is no display
	 */
	static void checkPossible(final String instead) {
		if (GraphicsEnvironment.isHeadless()) throw new IllegalArgumentException(
			"There is no ROI Manager without a display; write " + instead +
				", and save the overlay instead.");
	}

	/** @return its ROIs, in order; none if it is not open */
	static List<Roi> all() {
		final RoiManager manager = RoiManager.getInstance2();
		return manager == null ? Collections.emptyList() : Arrays.asList(manager
			.getRoisAsArray());
	}

	/** Adds ROIs, opening the ROI Manager if need be. */
	static void add(final List<Roi> rois) {
		final RoiManager open = RoiManager.getInstance();
		final RoiManager manager = open == null ? new RoiManager() : open;
		rois.forEach(manager::addRoi);
	}
}
