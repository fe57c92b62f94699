
package sc.fiji.unet.segment;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.ImgFactory;
import net.imglib2.img.array.ArrayImgFactory;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import sc.fiji.unet.data.Normalizer;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Readout;

/**
 * Segments images with one network: probabilities by overlapping tiles, then
 * instance labels. Immutable, but not thread-safe, like the network.
 */
public final class Segmenter {

	private static final int CELL = 256;

	private final Network network;
	private final Postprocessing postprocessing;
	private final TileSize tileSize;
	private final Averaging averaging;
	private final boolean keepsProbabilities;
	private final boolean keepsClasses;
	private final TileSink listener;

	private Segmenter(final Network network, final Postprocessing postprocessing,
		final TileSize tileSize, final Averaging averaging,
		final boolean keepsProbabilities, final boolean keepsClasses,
		final TileSink listener)
	{
		this.network = network;
		this.postprocessing = postprocessing;
		this.tileSize = tileSize;
		this.averaging = averaging;
		this.keepsProbabilities = keepsProbabilities;
		this.keepsClasses = keepsClasses;
		this.listener = listener;
	}

	/**
	 * Uses standard tiles, does not average, and drops probabilities and classes.
	 *
	 * @param network network to ask; stays the caller's to close
	 * @param postprocessing how probabilities become objects
	 */
	public Segmenter(final Network network, final Postprocessing postprocessing) {
		this(network, postprocessing, TileSize.standard(), Averaging.NONE, false,
			false, (tile, probabilities) -> {});
	}

	/** @return the same with other tiles */
	public Segmenter withTileSize(final TileSize value) {
		return new Segmenter(network, postprocessing, value, averaging,
			keepsProbabilities, keepsClasses, listener);
	}

	/** @return the same with averaging over turned copies of each tile */
	public Segmenter withAveraging(final Averaging value) {
		return new Segmenter(network, postprocessing, tileSize, value,
			keepsProbabilities, keepsClasses, listener);
	}

	/** @return the same, with the probabilities kept or dropped */
	public Segmenter withProbabilities(final boolean keep) {
		return new Segmenter(network, postprocessing, tileSize, averaging, keep,
			keepsClasses, listener);
	}

	/** @return the same, with the class of each pixel kept or dropped */
	public Segmenter withClasses(final boolean keep) {
		return new Segmenter(network, postprocessing, tileSize, averaging,
			keepsProbabilities, keep, listener);
	}

	/**
	 * @param sink takes all that the network gives, tile by tile, besides
	 * @return the same, with that listener
	 */
	public Segmenter withListener(final TileSink sink) {
		return new Segmenter(network, postprocessing, tileSize, averaging,
			keepsProbabilities, keepsClasses, sink);
	}

	/**
	 * Segments an image, or a part of it; blocks until done. Pixels around a part
	 * are used as context.
	 *
	 * @param image grey values (x, y[, z], c) as the image has them
	 * @param normalizer makes network input of them; one for the whole image, or
	 *          for the series that it belongs to
	 * @param region what to segment: x, y[, z] in pixels of the image
	 * @param cancelled asked for each tile
	 * @param progress told after each tile
	 * @throws IllegalArgumentException as
	 *           {@link OverlapTile#compute(RandomAccessibleInterval, Normalizer, Interval, TileSink, BooleanSupplier, TileProgress)}
	 * @throws CancellationException if {@code cancelled} says so
	 */
	public Segmentation segment(
		final RandomAccessibleInterval<? extends RealType<?>> image,
		final Normalizer normalizer, final Interval region,
		final BooleanSupplier cancelled, final TileProgress progress)
	{
		return segment(image, Scale.NONE, normalizer, region, cancelled, progress);
	}

	/**
	 * As
	 * {@link #segment(RandomAccessibleInterval, Normalizer, Interval, BooleanSupplier, TileProgress)},
	 * for an image that the network wants smaller or larger. The results have the
	 * size of the image.
	 *
	 * @param scale what it takes to make the image as the network wants it
	 * @param normalizer makes network input of the scaled grey values
	 */
	public Segmentation segment(
		final RandomAccessibleInterval<? extends RealType<?>> image,
		final Scale scale, final Normalizer normalizer, final Interval region,
		final BooleanSupplier cancelled, final TileProgress progress)
	{
		final ScaledTiles tiles = new ScaledTiles(new OverlapTile(network, tileSize,
			averaging), scale);
		final Readout readout = Readout.of(network.config());
		final RandomAccessibleInterval<IntType> labels = create(region,
			new IntType());
		final InstanceLabels instances = new InstanceLabels(labels, readout,
			postprocessing);
		RandomAccessibleInterval<FloatType> probabilities = null;
		TileSink sink = TileSink.all(instances, listener);
		if (keepsProbabilities) {
			probabilities = create(withChannels(region, readout.foregrounds()),
				new FloatType());
			sink = TileSink.all(sink, new ProbabilitySink(probabilities, readout));
		}
		tiles.compute(image, normalizer, region, sink, cancelled, progress);
		// Until then the labels are classes.
		final RandomAccessibleInterval<IntType> pixelClasses = keepsClasses ? copy(
			labels) : null;
		return new Segmentation(labels, instances.finish(cancelled), instances,
			probabilities, pixelClasses);
	}

	private static RandomAccessibleInterval<IntType> copy(
		final RandomAccessibleInterval<IntType> image)
	{
		final RandomAccessibleInterval<IntType> copy = create(image, new IntType());
		LoopBuilder.setImages(image, copy).forEachPixel((from, to) -> to.set(from));
		return copy;
	}

	private static Interval withChannels(final Interval region,
		final int channels)
	{
		final int n = region.numDimensions();
		final long[] min = Arrays.copyOf(region.minAsLongArray(), n + 1);
		final long[] max = Arrays.copyOf(region.maxAsLongArray(), n + 1);
		max[n] = channels - 1;
		return new FinalInterval(min, max);
	}

	/** An image in one array if it fits, else in cells. */
	private static <T extends NativeType<T>> RandomAccessibleInterval<T> create(
		final Interval interval, final T type)
	{
		final boolean fits = Intervals.numElements(interval) <= Integer.MAX_VALUE -
			8;
		final ImgFactory<T> factory = fits ? new ArrayImgFactory<>(type)
			: new CellImgFactory<>(type, CELL);
		final long[] min = interval.minAsLongArray();
		final RandomAccessibleInterval<T> image = factory.create(interval);
		return Arrays.stream(min).allMatch(m -> m == 0) ? image : Views.translate(
			image, min);
	}
}
