/**
 * Training: the plan with its presets, the loop that follows it, validation,
 * checkpoints from which a run goes on exactly, and the history.
 * <p>
 * Three words, used everywhere: a <b>batch</b> is what the network is given at
 * once; an <b>update</b> changes the weights, after one or more batches; an
 * <b>epoch</b> is a fixed number of updates, after which the validation images
 * are looked at.
 * </p>
 */

package sc.fiji.unet.train;
