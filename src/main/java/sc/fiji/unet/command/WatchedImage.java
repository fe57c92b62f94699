
package sc.fiji.unet.command;

import ij.ImagePlus;

/** A command that changes what an image shows while its dialog is open. */
interface WatchedImage {

	/**
	 * @return the image, which the dialog must not hide; null if there is none
	 */
	ImagePlus watched();
}
