
package sc.fiji.unet.network;

/** The number format that the network computes in. */
public enum Precision {
		/** Mixed bfloat16 where the processor computes it faster, else float32. */
		AUTO,
		/** 32-bit floating point throughout. */
		FLOAT32,
		/**
		 * Convolutions in bfloat16, weights and sums in float32; refused where the
		 * processor has no instructions for it.
		 */
		BFLOAT16,
		/** 64-bit floating point throughout: slow, for checking gradients. */
		FLOAT64
}
