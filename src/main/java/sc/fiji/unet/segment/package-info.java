/**
 * From images to objects with a trained network: probabilities for any interval
 * of an image of any size, tile by tile, and instance labels made of them.
 * Everything is pull: the caller names the interval it wants, and only what
 * that needs is read and computed.
 */

package sc.fiji.unet.segment;
