
package sc.fiji.unet.network;

/** What a convolution does at the border of its input. */
public enum Padding {
		/** No padding, as in the paper: every convolution shrinks its input. */
		VALID,
		/** Padding with zeros: output and input have the same size. */
		SAME
}
