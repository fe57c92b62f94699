
package sc.fiji.unet.metrics;

import java.util.Map;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;
import sc.fiji.unet.labeling.LabelPixels;
import sc.fiji.unet.labeling.NearestObjects;
import sc.fiji.unet.labeling.SeparatingRidge;

/**
 * The Rand and information scores V_rand and V_info of the EM segmentation
 * challenge ISBI 2012 (Arganda-Carreras et al. 2015, with alpha = 0.5), which
 * ask whether pixels that belong together are together, and only those. They
 * are restricted to the foreground of the truth: what is membrane there counts
 * nowhere, so that the thickness of membranes matters little. Immutable.
 * <p>
 * With p_ij the share of pixels in segment i of the result and segment j of the
 * truth, s_i and t_j its sums: V_rand = sum p_ij^2 / (sum s_i^2 / 2 + sum t_j^2
 * / 2), V_info = 2 I / (H(s) + H(t)), I being the mutual information.
 * </p>
 */
public final class ForegroundRestricted {

	private final double vRand;
	private final double vInfo;

	/** @param vRand NaN = there is none, as for {@code vInfo} */
	public ForegroundRestricted(final double vRand, final double vInfo) {
		this.vRand = vRand;
		this.vInfo = vInfo;
	}

	/**
	 * Compares two masks, or instance labels. Segments are the components of
	 * equal positive value that hang together over faces (4 neighbours in 2-D, 6
	 * in 3-D). Pixels of the result that lie in no segment go to the nearest one
	 * first; without any segment they are all one.
	 *
	 * @param truth mask or instance labels (x, y[, z]): positive = cell; 0 =
	 *          membrane and -1 = ignored count nowhere
	 * @param result mask or instance labels, same size: positive = cell. Where
	 *          the truth is ignored it is taken for membrane, so that what it is
	 *          there joins no cells
	 * @throws IllegalArgumentException if the sizes differ
	 */
	public static ForegroundRestricted of(
		final RandomAccessibleInterval<IntType> truth,
		final RandomAccessibleInterval<IntType> result)
	{
		return ofSegments(truthSegments(truth), ConnectedComponents.ofEqualValues(
			counted(truth, result), Connectivity.FACES));
	}

	/**
	 * As {@link #of}, after {@link BorderThinning} of the result. Objects that
	 * touch are set apart before ({@link SeparatingRidge}), or thinning would not
	 * see that they are two, and get their pixels back afterwards. 2-D only.
	 */
	public static ForegroundRestricted ofThinned(
		final RandomAccessibleInterval<IntType> truth,
		final RandomAccessibleInterval<IntType> result)
	{
		final RandomAccessibleInterval<IntType> counted = counted(truth, result);
		final ArrayImg<IntType, IntArray> apart = SeparatingRidge.separate(counted,
			1);
		final ArrayImg<IntType, IntArray> segments = ConnectedComponents.ofMask(
			BorderThinning.thin(apart), Connectivity.FACES);
		giveBack(LabelPixels.of(counted), LabelPixels.of(apart).values(), segments
			.update(null).getCurrentStorageArray());
		return ofSegments(truthSegments(truth), segments);
	}

	/** A pixel that was cut off goes to a neighbour of its own object. */
	private static void giveBack(final LabelPixels labels, final int[] apart,
		final int[] segments)
	{
		final int width = (int) labels.size()[0];
		final int height = (int) labels.size()[1];
		for (int p = 0; p < apart.length; p++) {
			if (apart[p] != 0 || labels.values()[p] == 0) continue;
			for (int y = Math.max(0, p / width - 1); y <= Math.min(height - 1, p /
				width + 1); y++)
				for (int x = Math.max(0, p % width - 1); x <= Math.min(width - 1, p %
					width + 1); x++)
					if (apart[y * width + x] == labels.values()[p]) segments[p] =
						segments[y * width + x];
		}
	}

	/** @return the result, or 0 where the truth is ignored */
	private static RandomAccessibleInterval<IntType> counted(
		final RandomAccessibleInterval<IntType> truth,
		final RandomAccessibleInterval<IntType> result)
	{
		final LabelPixels truePixels = LabelPixels.of(truth);
		final LabelPixels pixels = LabelPixels.of(result);
		truePixels.checkSameSize(pixels, "Truth and result");
		final int[] counted = pixels.values().clone();
		for (int p = 0; p < counted.length; p++)
			if (truePixels.values()[p] < 0) counted[p] = 0;
		return pixels.imageOf(counted);
	}

	/** Segments of the truth, everything else -1. */
	static RandomAccessibleInterval<IntType> truthSegments(
		final RandomAccessibleInterval<IntType> truth)
	{
		final LabelPixels segments = LabelPixels.of(ConnectedComponents
			.ofEqualValues(truth, Connectivity.FACES));
		final int[] restricted = segments.values().clone();
		for (int p = 0; p < restricted.length; p++)
			if (restricted[p] == 0) restricted[p] = -1;
		return segments.imageOf(restricted);
	}

	/** Compares what {@link #truthSegments} gives with components. */
	static ForegroundRestricted ofSegments(
		final RandomAccessibleInterval<IntType> truth,
		final RandomAccessibleInterval<IntType> result)
	{
		final LabelPixels truePixels = LabelPixels.of(truth);
		truePixels.checkSameSize(LabelPixels.of(result), "Truth and result");
		final int[] filled = NearestObjects.of(result).nearest();
		return of(Overlaps.ofArrays(truePixels.values(), filled));
	}

	private static ForegroundRestricted of(final Overlaps overlaps) {
		final double together = squares(overlaps.pairs());
		final double rand = 2 * together / (squares(overlaps.truths()) + squares(
			overlaps.results()));
		final double entropies = entropy(overlaps.truths()) + entropy(overlaps
			.results());
		final double mutual = entropies - entropy(overlaps.pairs());
		final double information = overlaps.truths().isEmpty() ? Double.NaN
			: entropies == 0 ? 1 : 2 * mutual / entropies;
		return new ForegroundRestricted(rand, information);
	}

	private static double squares(final Map<?, Long> counts) {
		return counts.values().stream().mapToDouble(n -> (double) n * n).sum();
	}

	/** Entropy in nats of the shares that the counts have in their sum. */
	private static double entropy(final Map<?, Long> counts) {
		final double all = counts.values().stream().mapToDouble(n -> n).sum();
		return counts.values().stream().mapToDouble(n -> -n / all * Math.log(n /
			all)).sum();
	}

	/**
	 * @return V_rand, 0 to 1 (perfect); NaN if the truth has no foreground
	 */
	public double vRand() {
		return vRand;
	}

	/**
	 * @return V_info, 0 to 1 (perfect), also 1 if both are one segment
	 */
	public double vInfo() {
		return vInfo;
	}
}
