
package sc.fiji.unet.train;

/**
 * The learning rates that a {@link RateRangeTest} tries, from low to high in
 * equal factors. Immutable.
 */
public final class RateRange {

	/** As in the notebook that this project started from. */
	public static final double LOWEST = 1e-6;
	public static final double HIGHEST = 10;
	public static final int UPDATES = 50;

	private static final int FEWEST = 10;

	private final double lowest;
	private final double highest;
	private final int updates;

	/**
	 * @param lowest rate of the first update, above 0
	 * @param highest rate of the last update, above the lowest
	 * @param updates number of rates, at least 10
	 * @throws IllegalArgumentException if a number is out of range
	 */
	public RateRange(final double lowest, final double highest,
		final int updates)
	{
		if (!(lowest > 0)) throw new IllegalArgumentException(
			"Lowest learning rate " + lowest +
				" must be a positive number; 1e-6 is usual.");
		if (!(highest > lowest) || Double.isInfinite(highest))
			throw new IllegalArgumentException("Highest learning rate " + highest +
				" must be a number above the lowest, " + lowest + "; 10 is usual.");
		if (updates < FEWEST) throw new IllegalArgumentException(
			"Number of updates " + updates + " must be " + FEWEST +
				" or more, one for each learning rate; 50 is usual.");
		this.lowest = lowest;
		this.highest = highest;
		this.updates = updates;
	}

	/** @return 50 rates from 1e-6 to 10 */
	public static RateRange usual() {
		return new RateRange(LOWEST, HIGHEST, UPDATES);
	}

	/** @return number of updates, each with a rate of its own */
	public int updates() {
		return updates;
	}

	/**
	 * @param update index of the update, 0 to {@code updates() - 1}
	 * @return its learning rate; those of neighbours have the same ratio
	 *         throughout
	 */
	public double rate(final int update) {
		// Exactly, not but for a rounding error.
		if (update == updates - 1) return highest;
		return lowest * StrictMath.pow(highest / lowest, (double) update /
			(updates - 1));
	}
}
