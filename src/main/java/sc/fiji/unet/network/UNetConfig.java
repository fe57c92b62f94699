
package sc.fiji.unet.network;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The architecture of a U-Net (Ronneberger et al. 2015), with its defaults.
 * Immutable; made by {@link #builder()}. Levels are counted from 0, the level
 * of the input, down to {@link #depth()}, the bottom.
 */
public final class UNetConfig implements Serializable {

	private static final long serialVersionUID = 1L;

	static final List<String> BORDER_NAMES = Collections.unmodifiableList(Arrays
		.asList("background", "foreground", "border"));

	private final Axes axes;
	private final List<String> channelNames;
	private final List<String> classNames;
	private final int[] features;
	private final int[][] kernel;
	private final int[][] pooling;
	private final Padding padding;
	private final boolean batchNormalization;
	private final double dropout;
	private final long[] outputSize;
	private final boolean borderClass;

	private UNetConfig(final Builder b) {
		axes = b.axes;
		channelNames = Collections.unmodifiableList(new ArrayList<>(
			b.channelNames));
		classNames = Collections.unmodifiableList(new ArrayList<>(b.classNames));
		features = b.features.clone();
		kernel = UNetChecks.perLevel(b.kernel, features.length, axes.dimensions(),
			3, "kernel");
		pooling = UNetChecks.perLevel(b.pooling, features.length - 1, axes
			.dimensions(), 2, "pooling");
		padding = b.padding;
		batchNormalization = b.batchNormalization;
		dropout = b.dropout;
		outputSize = b.outputSize == null ? null : b.outputSize.clone();
		borderClass = b.borderClass;
		UNetChecks.check(this);
	}

	/** @return a builder that holds the defaults */
	public static Builder builder() {
		return new Builder();
	}

	/** @return a builder that starts from the values of this configuration */
	public Builder toBuilder() {
		final Builder b = new Builder();
		b.axes = axes;
		b.channelNames = channelNames;
		b.classNames = classNames;
		b.features = features;
		b.kernel = kernel;
		b.pooling = pooling;
		b.padding = padding;
		b.batchNormalization = batchNormalization;
		b.dropout = dropout;
		b.outputSize = outputSize;
		b.borderClass = borderClass;
		return b;
	}

	/** @return spatial axes with the pixel size that the network was made for */
	public Axes axes() {
		return axes;
	}

	/** @return number of spatial axes: 2 or 3 */
	public int dimensions() {
		return axes.dimensions();
	}

	/** @return names of the input channels, in order */
	public List<String> channelNames() {
		return channelNames;
	}

	/** @return number of input channels */
	public int channels() {
		return channelNames.size();
	}

	/**
	 * @return names of the output channels, in order: one is a foreground
	 *         probability (sigmoid), more are exclusive classes (softmax), of
	 *         which the first is the background
	 */
	public List<String> classNames() {
		return classNames;
	}

	/** @return number of output channels */
	public int classes() {
		return classNames.size();
	}

	/**
	 * @return whether classes are exclusive (softmax) and the first is the
	 *         background
	 */
	public boolean isSoftmax() {
		return classes() > 1;
	}

	/**
	 * @return whether the three classes are background, inside and border of
	 *         objects, which are of one kind
	 */
	public boolean hasBorderClass() {
		return borderClass;
	}

	/** @return whether several kinds of foreground are told apart */
	public boolean isMultiClass() {
		return isSoftmax() && !borderClass;
	}

	/** @return names of the kinds of foreground, at least one */
	public List<String> foregroundNames() {
		return isSoftmax() ? classNames.subList(1, borderClass ? 2 : classes())
			: classNames;
	}

	/** @return number of pooling steps; there are {@code depth() + 1} levels */
	public int depth() {
		return features.length - 1;
	}

	/** @return feature channels of each level, top to bottom; a copy */
	public int[] features() {
		return features.clone();
	}

	/**
	 * @param level 0 to {@link #depth()}
	 * @return kernel size of the level's convolutions along x, y[, z]; a copy
	 */
	public int[] kernel(final int level) {
		return kernel[level].clone();
	}

	/**
	 * @param level 0 to {@code depth() - 1}: the step from this level to the next
	 * @return pooling factor along x, y[, z], which is also kernel and stride of
	 *         the up-convolution back; a copy
	 */
	public int[] pooling(final int level) {
		return pooling[level].clone();
	}

	public Padding padding() {
		return padding;
	}

	/**
	 * @return whether each convolution but the last is followed by batch
	 *         normalisation
	 */
	public boolean batchNormalization() {
		return batchNormalization;
	}

	/**
	 * @return share (0 to 1) of features dropped at the end of the contracting
	 *         path while training
	 */
	public double dropout() {
		return dropout;
	}

	/**
	 * @return size x, y[, z] to which the logits are resized; null keeps the
	 *         network's own; a copy
	 */
	public long[] outputSize() {
		return outputSize == null ? null : outputSize.clone();
	}

	/**
	 * @return the paper's notation: input channels, then feature channels of each
	 *         level
	 */
	public int[] channelList() {
		final int[] list = new int[features.length + 1];
		list[0] = channels();
		System.arraycopy(features, 0, list, 1, features.length);
		return list;
	}

	@Override
	public boolean equals(final Object o) {
		if (!(o instanceof UNetConfig)) return false;
		final UNetConfig c = (UNetConfig) o;
		return axes.equals(c.axes) && channelNames.equals(c.channelNames) &&
			classNames.equals(c.classNames) && Arrays.equals(features, c.features) &&
			Arrays.deepEquals(kernel, c.kernel) && Arrays.deepEquals(pooling,
				c.pooling) && padding == c.padding && borderClass == c.borderClass &&
			batchNormalization == c.batchNormalization && dropout == c.dropout &&
			Arrays.equals(outputSize, c.outputSize);
	}

	@Override
	public int hashCode() {
		return Objects.hash(axes, channelNames, classNames, Arrays.hashCode(
			features), padding, batchNormalization, dropout, borderClass);
	}

	@Override
	public String toString() {
		return "U-Net " + Arrays.toString(channelList()) + " -> " + (borderClass
			? "inside and border" : classes()) + ", " + padding.name().toLowerCase(
				Locale.ROOT) + " padding" + (batchNormalization
					? ", batch normalisation" : "") + (outputSize == null ? ""
						: ", resized to " + Arrays.toString(outputSize));
	}

	/** Collects the values of a {@link UNetConfig}. Not thread-safe. */
	public static final class Builder {

		private Axes axes = Axes.uncalibrated(2);
		private List<String> channelNames = Collections.singletonList("channel 1");
		private List<String> classNames = Collections.singletonList("foreground");
		private int[] features = { 16, 32, 64, 128, 256 };
		private int[][] kernel;
		private int[][] pooling;
		private Padding padding = Padding.SAME;
		private boolean batchNormalization = true;
		private double dropout;
		private long[] outputSize;
		private boolean borderClass;

		private Builder() {}

		/** @param value spatial axes; the default is two, without calibration */
		public Builder axes(final Axes value) {
			axes = Objects.requireNonNull(value);
			return this;
		}

		/** @param list the paper's notation: input channels, then each level's */
		public Builder channelList(final int... list) {
			if (list.length < 3) throw new IllegalArgumentException(
				"The channel list " + Arrays.toString(list) +
					" must name the input and at least two levels, such as [1, 64, 128].");
			return channels(list[0]).features(Arrays.copyOfRange(list, 1,
				list.length));
		}

		/**
		 * @param base feature channels of the first level; each level doubles them
		 * @param depth number of pooling steps
		 */
		public Builder baseAndDepth(final int base, final int depth) {
			if (base < 1 || depth < 1 || depth > 8)
				throw new IllegalArgumentException("Base " + base + " and depth " +
					depth + " must be positive, and the depth at most 8.");
			final int[] f = new int[depth + 1];
			for (int l = 0; l <= depth; l++)
				f[l] = base << l;
			return features(f);
		}

		/** @param value feature channels of each level, top to bottom */
		public Builder features(final int... value) {
			features = value.clone();
			return this;
		}

		/** @param count number of input channels, which get numbers for names */
		public Builder channels(final int count) {
			channelNames = numbered("channel ", 1, count);
			return this;
		}

		/** @param names names of the input channels */
		public Builder channelNames(final List<String> names) {
			channelNames = names;
			return this;
		}

		/**
		 * @param count 1 for a foreground probability, more for exclusive classes
		 *          of which the first is background
		 */
		public Builder classes(final int count) {
			if (count == 1) return classNames(Collections.singletonList(
				"foreground"));
			final List<String> names = numbered("class ", 0, count);
			if (count > 0) names.set(0, "background");
			return classNames(names);
		}

		/**
		 * @param names names of the output channels; see
		 *          {@link UNetConfig#classNames()}
		 */
		public Builder classNames(final List<String> names) {
			classNames = names;
			borderClass = false;
			return this;
		}

		/**
		 * Makes objects of one kind, told from background and from each other by
		 * their border, what the network answers.
		 */
		public Builder objectsWithBorder() {
			classNames(BORDER_NAMES);
			borderClass = true;
			return this;
		}

		/**
		 * @param perLevel kernel sizes [level][axis], odd; null for 3 everywhere
		 */
		public Builder kernel(final int[][] perLevel) {
			kernel = perLevel;
			return this;
		}

		/**
		 * @param perLevel pooling factors [level][axis], one entry fewer than
		 *          levels; null for 2 everywhere
		 */
		public Builder pooling(final int[][] perLevel) {
			pooling = perLevel;
			return this;
		}

		public Builder padding(final Padding value) {
			padding = Objects.requireNonNull(value);
			return this;
		}

		public Builder batchNormalization(final boolean value) {
			batchNormalization = value;
			return this;
		}

		/**
		 * @param share share (0 to 1) of features dropped at the end of the
		 *          contracting path
		 */
		public Builder dropout(final double share) {
			dropout = share;
			return this;
		}

		/**
		 * @param size size x, y[, z] to which logits are resized; null keeps the
		 *          network's own
		 */
		public Builder outputSize(final long... size) {
			outputSize = size;
			return this;
		}

		/**
		 * @throws IllegalArgumentException if values are out of range or contradict
		 *           each other
		 */
		public UNetConfig build() {
			return new UNetConfig(this);
		}

		private static List<String> numbered(final String prefix, final int first,
			final int count)
		{
			final List<String> names = new ArrayList<>();
			for (int i = 0; i < count; i++)
				names.add(prefix + (first + i));
			return names;
		}
	}
}
