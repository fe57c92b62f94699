/**
 * Geometry of label images: connected components, distances to the two nearest
 * objects, and the ridge that sets touching objects apart.
 * <p>
 * A label image holds one integer per pixel over (x, y[, z]): 0 = background,
 * positive = an object or class, -1 = ignored, which belongs to nothing. Where
 * results come as flat arrays, x is fastest.
 * </p>
 */

package sc.fiji.unet.labeling;
