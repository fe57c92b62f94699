
package sc.fiji.unet.train;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

import sc.fiji.unet.train.RateCurve.Finding;

/** What a {@link RateRangeTest} has found, and why it ended. Immutable. */
public final class RateRangeResult {

	/** Why a test was over. */
	public enum End {
			/** Every rate was tried. */
			COMPLETE,
			/** The loss went far above its best. */
			DIVERGED,
			/** The loss became infinite or NaN. */
			NOT_FINITE,
			/** The user did not want to wait. */
			CANCELLED
	}

	private final RateCurve curve;
	private final int planned;
	private final End end;

	/** @param losses of the updates that were made, finite */
	RateRangeResult(final RateRange range, final List<Double> losses,
		final End end)
	{
		final double[] rates = new double[losses.size()];
		for (int i = 0; i < rates.length; i++)
			rates[i] = range.rate(i);
		curve = new RateCurve(rates, losses.stream().mapToDouble(
			Double::doubleValue).toArray());
		planned = range.updates();
		this.end = Objects.requireNonNull(end);
	}

	/** @return the losses; those that are not finite are left out */
	public RateCurve curve() {
		return curve;
	}

	public End end() {
		return end;
	}

	/** @return learning rate to train with; empty if none can be suggested */
	public OptionalDouble suggestion() {
		return curve.suggestion();
	}

	/** @return how the test ended and what it suggests, in two sentences */
	public String message() {
		return ending() + " " + finding();
	}

	private String ending() {
		if (end == End.COMPLETE) return "All " + planned +
			" learning rates were tested.";
		final String after = after();
		if (end == End.CANCELLED) return "The learning rate test was cancelled" +
			after + ".";
		return "The learning rate test ended" + after + ", because the loss " +
			(end == End.DIVERGED ? "was far above its best."
				: "was infinite or no number any more.");
	}

	private String after() {
		final int updates = curve.updates();
		return updates == 0 ? " before the first update" : " after " + updates +
			" of " + planned + " updates, at the learning rate " + number(curve
				.rates()[updates - 1]);
	}

	private String finding() {
		if (suggestion().isPresent()) return "It suggests the learning rate " +
			number(suggestion().getAsDouble()) +
			", at which the loss has fallen half of the way to its minimum.";
		if (end == End.CANCELLED) return "That is too early for a suggestion.";
		if (curve.finding() == Finding.STILL_FALLING) return end == End.NOT_FINITE
			? "It suggests none, because the loss fell until then; test more updates, so that the rates lie closer together."
			: "It suggests none, because the loss still fell at the last one; test up to a higher learning rate.";
		return "It suggests none, because the loss never fell clearly below that " +
			"of the start; test more updates, or larger batches.";
	}

	private static String number(final double rate) {
		return new BigDecimal(rate).round(new MathContext(2)).stripTrailingZeros()
			.toString();
	}
}
