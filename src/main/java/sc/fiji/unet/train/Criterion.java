
package sc.fiji.unet.train;

/** What makes one checkpoint better than another. */
public enum Criterion {
		/** A smaller loss on the validation images. */
		LOSS,
		/** A higher first score on the validation images. */
		SCORE
}
