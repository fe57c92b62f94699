/**
 * The model on disk: one {@code .zip} in the bioimage.io model format 0.5 with
 * weights, a test that an opened model has to pass, everything needed to
 * segment with it, and whatever training wants to go on with.
 */

package sc.fiji.unet.model;
