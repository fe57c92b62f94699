
package sc.fiji.unet.command;

/** A command whose dialog begins with other values than those of a macro. */
interface DialogDefaults {

	/**
	 * Sets the values that a dialog begins with. Called before it opens, when the
	 * active image is known.
	 *
	 * @throws IllegalArgumentException if there is nothing to open a dialog for;
	 *           the message is for the user
	 */
	void setDialogDefaults();
}
