/**
 * From images and labels to batches: pairs of files matched by name, labels
 * brought to one form, normalisation, checks before training, the split into
 * training and validation, patches with augmentation, batches prepared by
 * background threads, and generated sample images.
 * <p>
 * An image has the axes (x, y[, z], c), the channel last and always present;
 * its labels have (x, y[, z]). A patch is augmented through one coordinate map
 * for image and labels; targets and weights come from the deformed labels.
 * </p>
 */

package sc.fiji.unet.data;
