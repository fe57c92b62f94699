
package sc.fiji.unet.command;

/**
 * A command that says something while its dialog is open, whenever it is ready.
 * ImageJ's dialog shows it below the fields.
 */
interface LiveMessage {

	/** @return what there is to say now; may be empty; called in any thread */
	String message();
}
