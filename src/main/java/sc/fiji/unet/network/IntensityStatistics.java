
package sc.fiji.unet.network;

import java.io.Serializable;

/**
 * Grey-value statistics of one channel over an image or a series. Immutable.
 */
public final class IntensityStatistics implements Serializable {

	private static final long serialVersionUID = 1L;

	/** Percentiles, 0 to 100, whose grey values {@link #percentiles()} holds. */
	public static final double[] PERCENTILES = { 0, 0.2, 1, 5, 25, 50, 75, 95, 99,
		99.8, 100 };

	private final long count;
	private final double mean;
	private final double standardDeviation;
	private final double[] percentiles;

	/**
	 * @param count number of pixels
	 * @param mean mean grey value
	 * @param standardDeviation of the grey values
	 * @param percentiles grey values at {@link #PERCENTILES}
	 */
	public IntensityStatistics(final long count, final double mean,
		final double standardDeviation, final double... percentiles)
	{
		if (percentiles.length != PERCENTILES.length)
			throw new IllegalArgumentException("Statistics need " +
				PERCENTILES.length + " percentiles, not " + percentiles.length + ".");
		this.count = count;
		this.mean = mean;
		this.standardDeviation = standardDeviation;
		this.percentiles = percentiles.clone();
	}

	/** @return number of pixels */
	public long count() {
		return count;
	}

	/** @return mean grey value */
	public double mean() {
		return mean;
	}

	/** @return standard deviation of the grey values */
	public double standardDeviation() {
		return standardDeviation;
	}

	/** @return grey values at {@link #PERCENTILES}; a copy */
	public double[] percentiles() {
		return percentiles.clone();
	}
}
