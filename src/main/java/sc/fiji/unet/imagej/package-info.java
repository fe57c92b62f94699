/**
 * The bridge between ImageJ and the rest of the program: opening and saving
 * image files, {@link ij.ImagePlus} to ImgLib2 and back, label images to ROIs
 * and back, and pictures of results. Needs neither windows nor a display.
 * <p>
 * Positions (channel, z, t) are counted from 1, as in ImageJ.
 * </p>
 */

package sc.fiji.unet.imagej;
