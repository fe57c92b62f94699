
package sc.fiji.unet.data;

import java.util.List;

import sc.fiji.unet.network.Batch;

/**
 * Random patches of the training images, augmented. Patch k depends on (seed,
 * k) only. For any number of threads at once.
 * <p>
 * An image is drawn with a chance that grows with its counted pixels. Half of
 * the patches then lie around a random foreground pixel. The others lie
 * anywhere, or, where parts of the image are ignored, around a random counted
 * pixel. Outside, the image is extended by mirroring; at most about a quarter
 * of an unrotated patch's targets along an axis lies there, unless the image is
 * smaller.
 * </p>
 */
public final class PatchSampler implements PatchSource {

	/** Share of the patches that are drawn around foreground. */
	private static final double FOREGROUND_SHARE = 0.5;

	private final List<Sample> samples;
	private final PatchSize size;
	private final AugmentationConfig augmentation;
	private final long seed;
	private final PatchWriter writer;
	private final PixelChoice[] foreground;
	private final PixelChoice[] counted;
	private final long countedInAll;

	/**
	 * @param samples images to draw from, normalised; kept, not copied
	 * @param size sizes of a patch
	 * @param targets how labels become targets and weights
	 * @param augmentation random changes
	 * @param seed decides on everything
	 * @throws IllegalArgumentException if there is no sample, their axes or
	 *           channels differ, or every pixel of all is ignored
	 */
	public PatchSampler(final List<Sample> samples, final PatchSize size,
		final Targets targets, final AugmentationConfig augmentation,
		final long seed)
	{
		writer = new PatchWriter(samples, size, targets);
		this.samples = samples;
		this.size = size;
		this.augmentation = augmentation;
		this.seed = seed;
		foreground = samples.stream().map(s -> new PixelChoice(s, l -> l > 0))
			.toArray(PixelChoice[]::new);
		counted = samples.stream().map(s -> new PixelChoice(s, l -> l >= 0))
			.toArray(PixelChoice[]::new);
		long sum = 0;
		for (final PixelChoice choice : counted)
			sum += choice.count();
		countedInAll = sum;
		if (sum == 0) throw new IllegalArgumentException(
			"Every pixel of the training images is ignored; label some.");
	}

	@Override
	public Batch newBatch(final int count) {
		return writer.newBatch(count);
	}

	@Override
	public void fill(final long k, final Batch batch, final int slot) {
		final SeededRandom random = new SeededRandom(seed, k);
		final int index = drawImage(random);
		final CoordinateMap map = GeometricAugmentation.draw(augmentation, size
			.input(), drawCentre(index, random), random);
		final IntensityAugmentation intensity = new IntensityAugmentation(
			augmentation, random);
		writer.write(index, map, planes -> intensity.apply(planes, writer
			.channels()), batch, slot);
	}

	private int drawImage(final SeededRandom random) {
		long n = random.below(countedInAll);
		int index = 0;
		while (n >= counted[index].count())
			n -= counted[index++].count();
		return index;
	}

	/**
	 * Coordinate in the image of the patch's middle; patch pixels fall on pixels.
	 */
	private double[] drawCentre(final int index, final SeededRandom random) {
		final boolean onForeground = random.chance(FOREGROUND_SHARE) &&
			foreground[index].count() > 0;
		final long[] image = samples.get(index).size();
		final long[] input = size.input();
		final long[] region = size.region();
		final boolean anywhere = !onForeground && counted[index].count() == samples
			.get(index).labels().size();
		int rest = anywhere ? 0 : (onForeground ? foreground[index]
			: counted[index]).draw(random);
		final double[] centre = new double[image.length];
		for (int d = 0; d < centre.length; d++) {
			final double quarter = region[d] / 4.0;
			final double wanted = anywhere ? random.uniform() * image[d] : rest %
				image[d] + random.symmetric(quarter);
			rest /= image[d];
			final double inside = image[d] < 2 * quarter ? image[d] / 2.0 : Math.max(
				quarter, Math.min(image[d] - quarter, wanted));
			centre[d] = Math.floor(inside - input[d] / 2.0) + (input[d] - 1) / 2.0;
		}
		return centre;
	}
}
