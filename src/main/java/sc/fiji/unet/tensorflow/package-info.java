/**
 * The engine: builds the U-Net as a TensorFlow graph, runs it, and saves it.
 * The only room that knows TensorFlow. Way in:
 * {@link sc.fiji.unet.tensorflow.TensorFlowFactory}.
 * <p>
 * Everything is checked in Java before it reaches the native library, because
 * inconsistent sizes there end the whole Java machine instead of throwing.
 * Tensor shapes are TensorFlow's: [sample, (z,) y, x, channel].
 * </p>
 */

package sc.fiji.unet.tensorflow;
