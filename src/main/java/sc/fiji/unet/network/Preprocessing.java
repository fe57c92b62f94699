
package sc.fiji.unet.network;

import java.io.Serializable;
import java.util.Objects;

/**
 * How grey values become network input: (value - offset) / scale, with offset
 * and scale taken once per channel from the whole image or series. Immutable.
 */
public final class Preprocessing implements Serializable {

	private static final long serialVersionUID = 1L;

	/** Where offset and scale come from. */
	public enum Normalization {
			/** Offset and upper end are two percentiles. */
			PERCENTILES,
			/** Offset is the minimum, the upper end the maximum. */
			MIN_MAX,
			/** Offset is the mean, scale the standard deviation. */
			Z_SCORE
	}

	private final Normalization normalization;
	private final double lowPercentile;
	private final double highPercentile;

	private Preprocessing(final Normalization normalization,
		final double lowPercentile, final double highPercentile)
	{
		this.normalization = Objects.requireNonNull(normalization);
		this.lowPercentile = lowPercentile;
		this.highPercentile = highPercentile;
	}

	/**
	 * @param low percentile (0 to 100) that becomes 0
	 * @param high percentile (0 to 100) that becomes 1
	 * @throws IllegalArgumentException unless 0 &lt;= low &lt; high &lt;= 100
	 */
	public static Preprocessing percentiles(final double low, final double high) {
		if (!(0 <= low && low < high && high <= 100))
			throw new IllegalArgumentException("Percentiles " + low + " and " + high +
				" must satisfy 0 <= low < high <= 100; 1 and 99.8 are usual.");
		return new Preprocessing(Normalization.PERCENTILES, low, high);
	}

	/** @return minimum becomes 0, maximum 1 */
	public static Preprocessing minMax() {
		return new Preprocessing(Normalization.MIN_MAX, 0, 100);
	}

	/** @return mean becomes 0, mean plus one standard deviation 1 */
	public static Preprocessing zScore() {
		return new Preprocessing(Normalization.Z_SCORE, 0, 100);
	}

	public Normalization normalization() {
		return normalization;
	}

	/**
	 * @return percentile (0 to 100) that becomes 0; 0 unless percentiles are used
	 */
	public double lowPercentile() {
		return lowPercentile;
	}

	/**
	 * @return percentile (0 to 100) that becomes 1; 100 unless percentiles are
	 *         used
	 */
	public double highPercentile() {
		return highPercentile;
	}

	@Override
	public boolean equals(final Object o) {
		if (!(o instanceof Preprocessing)) return false;
		final Preprocessing p = (Preprocessing) o;
		return normalization == p.normalization &&
			lowPercentile == p.lowPercentile && highPercentile == p.highPercentile;
	}

	@Override
	public int hashCode() {
		return Objects.hash(normalization, lowPercentile, highPercentile);
	}
}
