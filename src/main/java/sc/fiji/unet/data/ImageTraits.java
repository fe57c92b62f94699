
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import net.imglib2.Cursor;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

import sc.fiji.unet.network.ImageTrait;
import sc.fiji.unet.network.TrainingTraits;

/**
 * The {@link ImageTrait}s of an image, channel by channel, as a network sees
 * it: after normalisation. Of a series all planes are taken together; of a
 * large image or series {@link #MOST_BLOCKS} blocks, spread evenly, stand for
 * all. Immutable.
 */
public final class ImageTraits {

	/** Number of blocks that are looked at, at most. */
	public static final int MOST_BLOCKS = 16;
	/** Length of a block along an axis in pixels, at most. */
	public static final int BLOCK = 2048;
	/** Images of a training that are looked at, at most. */
	private static final int MOST_IMAGES = 256;

	/** [channel][trait] */
	private final double[][] values;

	private ImageTraits(final double[][] values) {
		this.values = values;
	}

	/**
	 * @param planes grey values (x, y, c) as stored, at least one plane, all of
	 *          one size
	 * @param normalizer what the network's input is made with
	 * @throws IllegalArgumentException if a pixel is NaN or infinite
	 */
	public static ImageTraits of(
		final List<? extends RandomAccessibleInterval<? extends RealType<?>>> planes,
		final Normalizer normalizer)
	{
		// Planes may be read anew whenever they are asked for.
		RandomAccessibleInterval<? extends RealType<?>> plane = planes.get(0);
		final List<Block> blocks = spread(blocks(planes.size(), plane),
			MOST_BLOCKS);
		final TraitMeter[] meters = new TraitMeter[normalizer.channels()];
		for (int c = 0; c < meters.length; c++)
			meters[c] = new TraitMeter(blocks.stream().mapToLong(Block::pixels)
				.sum());
		int read = 0;
		for (final Block block : blocks) {
			if (block.plane != read) plane = planes.get(block.plane);
			read = block.plane;
			for (int c = 0; c < meters.length; c++)
				meters[c].add(block.read(plane, c, normalizer), block.width(), block
					.height());
		}
		final double[][] values = new double[meters.length][];
		for (int c = 0; c < meters.length; c++)
			values[c] = meters[c].values();
		return new ImageTraits(values);
	}

	/**
	 * @param sample normalised image, whose slices count as a series if it is a
	 *          volume
	 */
	public static ImageTraits of(final Sample sample) {
		final List<RandomAccessibleInterval<? extends RealType<?>>> planes =
			new ArrayList<>();
		if (sample.dimensions() == 2) planes.add(sample.image());
		else for (long z = 0; z < sample.size()[2]; z++)
			planes.add(Views.hyperSlice(sample.image(), 2, z));
		return of(planes, Normalizer.identity(sample.channels()));
	}

	/**
	 * @param samples normalised images of a training, at least one, with the same
	 *          channels; of more than 256 every so-manieth is measured
	 * @return between what values their traits lie
	 */
	public static TrainingTraits ofTraining(final List<Sample> samples) {
		return ranges(spread(samples, MOST_IMAGES).stream().map(ImageTraits::of)
			.collect(Collectors.toList()));
	}

	/**
	 * @param images at least one, with the same channels
	 * @return between what values their traits lie
	 */
	public static TrainingTraits ranges(final List<ImageTraits> images) {
		final List<Map<ImageTrait, double[]>> channels = new ArrayList<>();
		for (int c = 0; c < images.get(0).channels(); c++) {
			final Map<ImageTrait, double[]> ranges = new EnumMap<>(ImageTrait.class);
			for (final ImageTrait trait : ImageTrait.values())
				ranges.put(trait, range(images, c, trait));
			channels.add(ranges);
		}
		return new TrainingTraits(images.size(), channels);
	}

	private static double[] range(final List<ImageTraits> images,
		final int channel, final ImageTrait trait)
	{
		final double[] sorted = images.stream().mapToDouble(image -> image.value(
			channel, trait)).sorted().toArray();
		return new double[] { sorted[0], sorted[sorted.length - 1] };
	}

	private static <T> List<T> spread(final List<T> all, final int most) {
		if (all.size() <= most) return all;
		final List<T> chosen = new ArrayList<>();
		for (int i = 0; i < most; i++)
			chosen.add(all.get((int) ((2L * i + 1) * all.size() / (2 * most))));
		return chosen;
	}

	/** @return number of channels */
	public int channels() {
		return values.length;
	}

	/**
	 * @param channel index of the channel
	 * @return value of the trait, in the unit that the trait states; finite
	 */
	public double value(final int channel, final ImageTrait trait) {
		return values[channel][trait.ordinal()];
	}

	/** Cuts planes of one size into blocks of nearly the same size. */
	private static List<Block> blocks(final int planes, final Interval size) {
		final List<Block> blocks = new ArrayList<>();
		final long nx = (size.dimension(0) + BLOCK - 1) / BLOCK;
		final long ny = (size.dimension(1) + BLOCK - 1) / BLOCK;
		for (int plane = 0; plane < planes; plane++)
			for (long y = 0; y < ny; y++)
				for (long x = 0; x < nx; x++)
					blocks.add(new Block(plane, new FinalInterval(new long[] { start(size,
						0, x, nx), start(size, 1, y, ny) }, new long[] { start(size, 0, x +
							1, nx) - 1, start(size, 1, y + 1, ny) - 1 })));
		return blocks;
	}

	private static long start(final Interval size, final int axis, final long i,
		final long n)
	{
		return size.min(axis) + size.dimension(axis) * i / n;
	}

	/** A part of one plane. */
	private static final class Block {

		private final int plane;
		private final Interval area;

		Block(final int plane, final Interval area) {
			this.plane = plane;
			this.area = area;
		}

		int width() {
			return (int) area.dimension(0);
		}

		int height() {
			return (int) area.dimension(1);
		}

		long pixels() {
			return (long) width() * height();
		}

		/** @return normalised grey values, x fastest */
		float[] read(final RandomAccessibleInterval<? extends RealType<?>> image,
			final int channel, final Normalizer normalizer)
		{
			final Cursor<? extends RealType<?>> cursor = Views.flatIterable(Views
				.interval(Views.hyperSlice(image, 2, image.min(2) + channel), area))
				.cursor();
			final float[] block = new float[width() * height()];
			for (int i = 0; i < block.length; i++) {
				block[i] = normalizer.apply(channel, cursor.next().getRealFloat());
				if (!Float.isFinite(block[i])) throw new IllegalArgumentException(
					"The image " + ImageStatistics.notFinite(1) + ".");
			}
			return block;
		}
	}
}
