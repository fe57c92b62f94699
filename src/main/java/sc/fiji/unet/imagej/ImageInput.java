
package sc.fiji.unet.imagej;

import ij.ImagePlus;
import ij.io.FileInfo;
import ij.measure.Calibration;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

import java.awt.image.IndexColorModel;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.data.Channels;
import sc.fiji.unet.network.Axes;

/**
 * Grey values out of an {@link ImagePlus}. The stored values count, not the
 * looks: display range, colour table and calibration function change nothing.
 * Two exceptions are as one expects: an RGB image has three channels, and a
 * palette picture (GIF, PNG, BMP) has the colours that it shows, since its
 * stored values mean nothing; {@link #withChannels} makes one channel of equal
 * ones. The ImagePlus is read at each call, which copies; its current position
 * and its selection do not matter.
 */
public final class ImageInput {

	private static final List<Integer> PALETTE_FORMATS = Arrays.asList(
		FileInfo.GIF_OR_JPG, FileInfo.IMAGEIO, FileInfo.BMP);

	private final ImagePlus image;
	private final boolean rgb;
	private final int[] channels;

	private ImageInput(final ImagePlus image, final boolean rgb,
		final int[] channels)
	{
		this.image = image;
		this.rgb = rgb;
		this.channels = channels;
	}

	/**
	 * @param image 8-bit, 16-bit, 32-bit or RGB; any number of channels, slices
	 *          and frames
	 * @throws IllegalArgumentException if a channel is asked for that the image
	 *           does not have, or a slice with its channels has 2^31 values or
	 *           more
	 */
	public static ImageInput of(final ImagePlus image,
		final ChannelSelection selection)
	{
		final boolean rgb = image.getType() == ImagePlus.COLOR_RGB || isPalette(
			image);
		final int available = image.getNChannels() * (rgb ? 3 : 1);
		final int[] channels = selection.indices(available);
		PlaneSize.check(image.getTitle(), image.getWidth(), image.getHeight(),
			channels.length, "channels",
			"Use fewer channels, such as channels=1, or crop it (Image > Crop).");
		return new ImageInput(image, rgb, channels);
	}

	/**
	 * Equal channels, such as those of a grey image that was saved as RGB, count
	 * as one where one is wanted; so they do in a training.
	 *
	 * @param wanted number of channels
	 * @return the image with one channel, if that is wanted and all of its
	 *         channels are equal throughout; else this
	 */
	public ImageInput withChannels(final int wanted) {
		final boolean reducible = wanted == 1 && channels.length > 1 && planes()
			.stream().allMatch(Channels::areEqual);
		return reducible ? new ImageInput(image, rgb, new int[] { channels[0] })
			: this;
	}

	/**
	 * @return the image with all of its channels, whichever are used here; where
	 *         all are equal throughout, with one
	 */
	ImageInput withAllChannels() {
		return new ImageInput(image, rgb, ChannelSelection.all().indices(image
			.getNChannels() * (rgb ? 3 : 1))).withChannels(1);
	}

	/**
	 * @param layers number of values a pixel that will be made of a slice
	 * @param what the layers are, such as "channels"
	 * @param remedy what to do instead
	 * @throws IllegalArgumentException if they are 2^31 or more
	 */
	public void checkLayers(final int layers, final String what,
		final String remedy)
	{
		PlaneSize.check(image.getTitle(), image.getWidth(), image.getHeight(),
			layers, what, remedy);
	}

	/** @return the image, as it was given */
	ImagePlus image() {
		return image;
	}

	/** @return the plane with the size of a pixel, see {@link PixelSize} */
	public Axes axes() {
		return PixelSize.of(image);
	}

	/** @return number of channels that are used */
	public int channels() {
		return channels.length;
	}

	/** @return number of pixels of a plane */
	public long planeSize() {
		return (long) image.getWidth() * image.getHeight();
	}

	/** @return width in pixels */
	public int width() {
		return image.getWidth();
	}

	/** @return height in pixels */
	public int height() {
		return image.getHeight();
	}

	/** @return number of slices (z) */
	public int slices() {
		return image.getNSlices();
	}

	/** @return number of frames (t) */
	public int frames() {
		return image.getNFrames();
	}

	/**
	 * @param z slice, from 1
	 * @param t frame, from 1
	 * @return grey values (x, y, c); a copy
	 */
	public ArrayImg<FloatType, FloatArray> slice(final int z, final int t) {
		final int pixels = image.getWidth() * image.getHeight();
		final float[] values = new float[Math.multiplyExact(pixels, channels())];
		for (int c = 0; c < channels(); c++)
			copy(channels[c], z, t, values, pixels * c);
		return ArrayImgs.floats(values, image.getWidth(), image.getHeight(),
			channels());
	}

	/**
	 * @return grey values (x, y, c) of every slice and frame, z running faster
	 *         than t. A plane is read, and copied, whenever it is asked for, so
	 *         that a large stack need not be in memory twice
	 */
	public List<ArrayImg<FloatType, FloatArray>> planes() {
		return new AbstractList<ArrayImg<FloatType, FloatArray>>() {

			@Override
			public ArrayImg<FloatType, FloatArray> get(final int i) {
				return slice(i % slices() + 1, i / slices() + 1);
			}

			@Override
			public int size() {
				return slices() * frames();
			}
		};
	}

	/**
	 * @param c index of a used channel
	 * @param z slice, from 1
	 * @param t frame, from 1
	 * @return stored values, to be read only; 8-bit where the image shows colours
	 */
	ImageProcessor plane(final int c, final int z, final int t) {
		final ImageProcessor plane = image.getStack().getProcessor(image
			.getStackIndex((rgb ? channels[c] / 3 : channels[c]) + 1, z, t));
		return rgb ? new ColorProcessor(image.getWidth(), image.getHeight(),
			colours(plane)).getChannel(channels[c] % 3 + 1, null) : plane;
	}

	/**
	 * @return calibration of space, and of grey values where these are used as
	 *         they are stored; a copy
	 */
	Calibration calibration() {
		final Calibration calibration = image.getCalibration().copy();
		if (rgb) calibration.disableDensityCalibration();
		return calibration;
	}

	private void copy(final int channel, final int z, final int t,
		final float[] values, final int offset)
	{
		final int c = rgb ? channel / 3 : channel;
		final ImageProcessor plane = image.getStack().getProcessor(image
			.getStackIndex(c + 1, z, t));
		if (rgb) copyComponent(colours(plane), 16 - 8 * (channel % 3), values,
			offset);
		else for (int i = 0; i < plane.getPixelCount(); i++)
			values[offset + i] = plane.getf(i);
	}

	private static void copyComponent(final int[] colours, final int shift,
		final float[] values, final int offset)
	{
		for (int i = 0; i < colours.length; i++)
			values[offset + i] = colours[i] >> shift & 0xff;
	}

	private static int[] colours(final ImageProcessor plane) {
		return (int[]) (plane.getBitDepth() == 24 ? plane : plane.convertToRGB())
			.getPixels();
	}

	private static boolean isPalette(final ImagePlus image) {
		final FileInfo file = image.getOriginalFileInfo();
		return file != null && PALETTE_FORMATS.contains(file.fileFormat) && image
			.getBitDepth() == 8 && !isGreyRamp(image.getProcessor());
	}

	/** @return whether the table goes from dark to bright, or back, in grey */
	private static boolean isGreyRamp(final ImageProcessor plane) {
		final IndexColorModel table = (IndexColorModel) plane.getColorModel();
		boolean rises = false;
		boolean falls = false;
		for (int i = 0; i < table.getMapSize(); i++) {
			if (table.getRed(i) != table.getGreen(i) || table.getRed(i) != table
				.getBlue(i)) return false;
			rises |= i > 0 && table.getRed(i) > table.getRed(i - 1);
			falls |= i > 0 && table.getRed(i) < table.getRed(i - 1);
		}
		return !(rises && falls);
	}

	/** @return sentences about what the user may not expect; mostly none */
	public List<String> warnings() {
		return warnings(image);
	}

	/**
	 * @param image image that will be used as grey values or as labels
	 * @return sentences about what the user may not expect; mostly none
	 */
	public static List<String> warnings(final ImagePlus image) {
		if (image.getType() == ImagePlus.COLOR_RGB || !image.isInvertedLut())
			return Collections.emptyList();
		return Collections.singletonList("\"" + image.getTitle() +
			"\" has an inverting lookup table: what looks dark has high values. The values are used, not the looks; Image > Lookup Tables > Invert LUT shows them as they are.");
	}
}
