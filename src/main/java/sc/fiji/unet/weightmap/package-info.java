/**
 * The weight of each pixel in the loss: equation 2 of Ronneberger et al. 2015,
 * which balances the classes and stresses the gaps between objects.
 */

package sc.fiji.unet.weightmap;
