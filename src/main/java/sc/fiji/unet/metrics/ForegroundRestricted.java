
package sc.fiji.unet.metrics;

import java.util.Map;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;
import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;
import sc.fiji.unet.labeling.LabelPixels;
import sc.fiji.unet.labeling.NearestObjects;

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

	ForegroundRestricted(final double vRand, final double vInfo) {
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
	 * @param result mask or instance labels, same size: positive = cell
	 * @throws IllegalArgumentException if the sizes differ
	 */
	public static ForegroundRestricted of(
		final RandomAccessibleInterval<IntType> truth,
		final RandomAccessibleInterval<IntType> result)
	{
		return ofSegments(truthSegments(truth), ConnectedComponents.ofEqualValues(
			result, Connectivity.FACES));
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
		return new ForegroundRestricted(rand, entropies == 0 ? 1 : 2 * mutual /
			entropies);
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
