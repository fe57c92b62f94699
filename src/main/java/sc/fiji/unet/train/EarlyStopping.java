
package sc.fiji.unet.train;

/**
 * Watches a value that should fall, and says when it has not done so for too
 * long. Not thread-safe.
 */
public final class EarlyStopping {

	private final int patience;
	private double best = Double.POSITIVE_INFINITY;
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

	/** Goes on with what {@link #best()} and {@link #sinceBest()} returned. */
	EarlyStopping(final int patience, final double best, final int sinceBest) {
		this(patience);
		this.best = best;
		this.sinceBest = sinceBest;
	}

	/**
	 * @param value smaller is better; NaN counts as no improvement
	 * @return whether it is smaller than all before
	 */
	public boolean isNewBest(final double value) {
		final boolean improved = value < best;
		if (improved) best = value;
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

	/** @return number of values since the smallest one */
	public int sinceBest() {
		return sinceBest;
	}
}
