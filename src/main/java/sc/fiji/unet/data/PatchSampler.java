
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
 * pixel. All positions within the image have the same chance, and so have those
 * by which a patch's targets stick out of it by up to an eighth of their size
 * along an axis: otherwise an image as large as a patch would give but one, and
 * the pixels at the border would hardly be seen. Outside, the image is extended
 * by mirroring.
 * </p>
 */
public final class PatchSampler implements PatchSource {

	/** Share of the patches that are drawn around foreground. */
	private static final double FOREGROUND_SHARE = 0.5;
	/** One over the share of the targets that may stick out of the image. */
	private static final int OVERHANG = 8;

	private final List<Sample> samples;
	private final PatchSize size;
	private final AugmentationConfig augmentation;
	private final long seed;
	private final Targets targets;
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
		this.targets = targets;
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

	/** @return the image that a patch is taken from */
	Sample source(final long k) {
		return samples.get(drawImage(new SeededRandom(seed, k)));
	}

	PatchSize size() {
		return size;
	}

	Targets targets() {
		return targets;
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
			final Starts all = new Starts(image[d], region[d]);
			final Starts starts = anywhere ? all : all.around(rest % image[d]);
			rest /= image[d];
			final long margin = (input[d] - region[d]) / 2;
			centre[d] = starts.draw(random) - margin + (input[d] - 1) / 2.0;
		}
		return centre;
	}

	/** Where the targets of a patch may begin along an axis. Immutable. */
	private static final class Starts {

		private final long region;
		private final long first;
		private final long last;

		private Starts(final long region, final long first, final long last) {
			this.region = region;
			this.first = first;
			this.last = last;
		}

		/** About the middle, where the image is smaller. */
		Starts(final long image, final long region) {
			this(region, Math.min(0, Math.floorDiv(image - region, 2)) - region /
				OVERHANG, Math.max(0, image - region) + Math.min(0, Math.floorDiv(
					image - region, 2)) + region / OVERHANG);
		}

		/**
		 * Those with the pixel in the middle half of the targets; near the border
		 * of the image some more, so that not all fall on the outermost one.
		 */
		Starts around(final long pixel) {
			final long least = region / OVERHANG;
			final long middle = pixel - region / 2;
			return new Starts(region, Math.max(first, Math.min(middle - region / 4,
				last - least)), Math.min(last, Math.max(middle + region / 4, first +
					least)));
		}

		long draw(final SeededRandom random) {
			return first + random.below(last - first + 1);
		}
	}
}
