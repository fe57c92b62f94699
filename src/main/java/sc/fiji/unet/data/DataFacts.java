
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

/**
 * What settings can be derived from: sizes, objects and classes of the images
 * that are trained on (the fingerprint of nnU-Net, Isensee et al. 2021).
 * Immutable.
 */
public final class DataFacts {

	/** Images whose gaps are measured, spread over all. */
	static final int GAP_IMAGES = 10;
	/** Pixels along an axis; of larger images gaps are those in the middle. */
	static final int GAP_SIZE = 2048;

	private static final double LARGE = 0.9;

	private final LabelKind kind;
	private final int images;
	private final long[] size;
	private final double[] classShares;
	private final double typicalForeground;
	private final int objects;
	private final double diameter;
	private final double largeDiameter;
	private final double touching;
	private final double gap;
	private final double smallestGap;

	private DataFacts(final Builder b) {
		kind = b.kind;
		images = b.images;
		size = b.size.clone();
		classShares = b.classShares.clone();
		typicalForeground = b.typicalForeground;
		objects = b.objects;
		diameter = b.diameter;
		largeDiameter = b.largeDiameter;
		touching = b.touching;
		gap = b.gap;
		smallestGap = b.smallestGap;
	}

	/**
	 * Measures.
	 *
	 * @param samples trained on; at least one
	 * @param target what the labels mean
	 */
	public static DataFacts of(final List<Sample> samples,
		final TargetConfig target)
	{
		final Builder b = new Builder();
		b.kind = target.kind();
		b.images = samples.size();
		b.size = medianSize(samples);
		b.classShares = shares(samples, target);
		b.typicalForeground = median(samples.stream().map(s -> 1 - shares(
			Collections.singletonList(s), target)[0]).collect(Collectors.toList()));
		if (target.kind() != LabelKind.CLASSES) measureObjects(samples, target, b);
		return b.build();
	}

	private static void measureObjects(final List<Sample> samples,
		final TargetConfig target, final Builder b)
	{
		final ObjectSizes sizes = ObjectSizes.of(samples, target.kind());
		if (sizes.count() == 0) return;
		b.objects(sizes.count(), sizes.diameter(0.5), sizes.diameter(LARGE));
		final List<ArrayImg<IntType, IntArray>> labels = spread(samples).stream()
			.map(s -> ObjectSizes.objects(s.middle(GAP_SIZE), target.kind())).collect(
				Collectors.toList());
		final ObjectGaps gaps = ObjectGaps.of(labels);
		b.gaps(gaps.touching(), gaps.median(), gaps.smallest());
	}

	/** Evenly over the list, as neighbours in a series are alike. */
	private static List<Sample> spread(final List<Sample> samples) {
		final int n = Math.min(GAP_IMAGES, samples.size());
		final List<Sample> chosen = new ArrayList<>();
		for (int i = 0; i < n; i++)
			chosen.add(samples.get((int) ((long) i * samples.size() / n)));
		return chosen;
	}

	private static long[] medianSize(final List<Sample> samples) {
		final long[] size = new long[samples.get(0).dimensions()];
		for (int d = 0; d < size.length; d++) {
			final int axis = d;
			size[d] = median(samples.stream().map(s -> (double) s.size()[axis])
				.collect(Collectors.toList())).longValue();
		}
		return size;
	}

	/** The lower one of two in the middle. */
	private static Double median(final List<Double> values) {
		return values.stream().sorted().skip((values.size() - 1) / 2).findFirst()
			.get();
	}

	/** Ignored pixels do not count. */
	private static double[] shares(final List<Sample> samples,
		final TargetConfig target)
	{
		final double[] counts = new double[target.classes()];
		for (final Sample sample : samples)
			for (final int label : sample.labelArray())
				if (label >= 0) counts[target.kind() == LabelKind.CLASSES ? label : Math
					.min(label, 1)]++;
		final double all = Math.max(1, Arrays.stream(counts).sum());
		return Arrays.stream(counts).map(count -> count / all).toArray();
	}

	/** @return a builder that holds one image of 512 pixels without objects */
	public static Builder builder() {
		return new Builder();
	}

	/** @return what the labels mean */
	public LabelKind kind() {
		return kind;
	}

	/** @return number of images trained on */
	public int images() {
		return images;
	}

	/** @return median size x, y[, z] in pixels, axis by axis; a copy */
	public long[] size() {
		return size.clone();
	}

	/**
	 * @return share of each class, background first, in the pixels that count; a
	 *         copy
	 */
	public double[] classShares() {
		return classShares.clone();
	}

	/** @return share of foreground in the middle one of the images */
	public double typicalForeground() {
		return typicalForeground;
	}

	/** @return number of objects; 0 for classes */
	public int objects() {
		return objects;
	}

	/** @return diameter in pixels of the middle one of the objects */
	public double diameter() {
		return diameter;
	}

	/** @return diameter in pixels that a tenth of the objects exceeds */
	public double largeDiameter() {
		return largeDiameter;
	}

	/** @return share of the objects that touch another one, 0 to 1 */
	public double touching() {
		return touching;
	}

	/**
	 * @return pixels between an object and the nearest other one, for the middle
	 *         one of the objects; infinite where most are alone
	 */
	public double gap() {
		return gap;
	}

	/** @return the smallest such gap; infinite where all are alone */
	public double smallestGap() {
		return smallestGap;
	}

	/** Collects the values of {@link DataFacts}. Not thread-safe. */
	public static final class Builder {

		private LabelKind kind = LabelKind.INSTANCES;
		private int images = 1;
		private long[] size = { 512, 512 };
		private double[] classShares = { 0.5, 0.5 };
		private double typicalForeground = 0.5;
		private int objects;
		private double diameter;
		private double largeDiameter;
		private double touching;
		private double gap = Double.POSITIVE_INFINITY;
		private double smallestGap = Double.POSITIVE_INFINITY;

		private Builder() {}

		/** @param value MASK, INSTANCES or CLASSES */
		public Builder kind(final LabelKind value) {
			kind = value;
			return this;
		}

		/**
		 * @param number of images
		 * @param median size x, y[, z] in pixels
		 */
		public Builder images(final int number, final long... median) {
			images = number;
			size = median.clone();
			return this;
		}

		/** @param values share of each class, background first */
		public Builder classShares(final double... values) {
			classShares = values.clone();
			typicalForeground = 1 - values[0];
			return this;
		}

		/**
		 * @param number of objects
		 * @param middle diameter in pixels of the middle one
		 * @param large diameter in pixels that a tenth exceeds
		 */
		public Builder objects(final int number, final double middle,
			final double large)
		{
			objects = number;
			diameter = middle;
			largeDiameter = large;
			return this;
		}

		/**
		 * @param share of the objects that touch another one
		 * @param median pixels to the nearest other one, of the middle object
		 * @param smallest the least such number
		 */
		public Builder gaps(final double share, final double median,
			final double smallest)
		{
			touching = share;
			gap = median;
			smallestGap = smallest;
			return this;
		}

		public DataFacts build() {
			return new DataFacts(this);
		}
	}
}
