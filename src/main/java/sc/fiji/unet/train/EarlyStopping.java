
package sc.fiji.unet.train;

/**
 * Watches a value that should fall, and says when it has not done so for too
 * long. Not thread-safe.
 */
public final class EarlyStopping {

	private final int patience;
	private double best = Double.POSITIVE_INFINITY;
	private double secondOfBest = Double.POSITIVE_INFINITY;
	private int sinceBest;

	/**
	 * @param patience number of values in a row without a new smallest one after
	 *          which to stop; 0 never stops
	 * @throws IllegalArgumentException if it is negative
	 */
	public EarlyStopping(final int patience) {
		if (patience < 0) throw new IllegalArgumentException("Patience " +
			patience + " must be 0 (never stop early) or a number of epochs.");
		this.patience = patience;
	}

	/**
	 * Goes on with what {@link #best()}, {@link #secondOfBest()} and
	 * {@link #sinceBest()} returned.
	 */
	EarlyStopping(final int patience, final double best,
		final double secondOfBest, final int sinceBest)
	{
		this(patience);
		this.best = best;
		this.secondOfBest = secondOfBest;
		this.sinceBest = sinceBest;
	}

	/**
	 * @param value smaller is better; NaN counts as no improvement
	 * @param second what decides between equal values, as where few pixels are
	 *          judged and all of them are right; smaller is better
	 * @return whether it is better than all before
	 */
	public boolean isNewBest(final double value, final double second) {
		final boolean improved = value < best || value == best &&
			second < secondOfBest;
		if (improved) {
			best = value;
			secondOfBest = second;
		}
		sinceBest = improved ? 0 : sinceBest + 1;
		return improved;
	}

	/** @return whether patience has run out; stays so until a new best comes */
	public boolean shouldStop() {
		return patience > 0 && sinceBest >= patience;
	}

	/** @return smallest value so far; positive infinity if there is none */
	public double best() {
		return best;
	}

	/** @return second value of the best one; positive infinity likewise */
	public double secondOfBest() {
		return secondOfBest;
	}

	/** @return number of values since the best one */
	public int sinceBest() {
		return sinceBest;
	}
}
