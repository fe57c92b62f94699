/**
 * How good a segmentation is: pixels, overlap, objects, and the topology of
 * boundaries, each compared with a truth whose ignored pixels (-1) count
 * nowhere.
 */

package sc.fiji.unet.metrics;
