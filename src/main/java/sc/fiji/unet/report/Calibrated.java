
package sc.fiji.unet.report;

import java.util.Locale;
import java.util.function.IntToDoubleFunction;

import sc.fiji.unet.metrics.Reliability;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.train.CalibrationFit;

/** What a probability of the model means, in a sentence and a plot. */
final class Calibrated {

	/** The probability that is taken for an example. */
	private static final double EXAMPLE = 0.8;

	private final CalibrationFit fit;
	private final String about;
	private final UNetConfig network;

	/** @param about what was done, or why nothing was */
	Calibrated(final CalibrationFit fit, final String about,
		final UNetConfig network)
	{
		this.fit = fit;
		this.about = about;
		this.network = network;
	}

	void writeTo(final Html html) {
		html.open("div", "class", "calibration").element("h2",
			"What a probability means");
		writeContent(html);
		html.close();
	}

	private void writeContent(final Html html) {
		final int bin = example(fit.after());
		if (bin >= 0) html.element("p", sentence(bin));
		html.element("p", about);
		if (fit.after().count() == 0) return;
		html.open("div", "class", "figure");
		new ReliabilityChart(fit.before(), fit.after(), !fit.calibration()
			.isIdentity(), what()).writeTo(html);
		html.close();
		html.element("p",
			"Pixels of the images held out, by the probability that they were given. On the dashed line a probability is what it says; below it fewer pixels are what they are said to be, above it more. Neighbouring pixels are alike, so the curve is less certain than so many pixels suggest, and images of another kind may have another one. The expected calibration error is the mean distance from the dashed line, over all pixels." +
				(fit.calibration().isIdentity() ? ""
					: " Where two or more images were held out, each was judged by a calibration that the others gave."),
			"class", "small");
	}

	/** @return the bin nearest to the example that has pixels; -1 for none */
	private static int example(final Reliability reliability) {
		int best = -1;
		for (int bin = 1; bin < Reliability.BINS - 1; bin++)
			if (ReliabilityChart.isShown(reliability, bin) && (best < 0 || distance(
				bin) < distance(best))) best = bin;
		return best;
	}

	private static double distance(final int bin) {
		return Math.abs(Reliability.middle(bin) - EXAMPLE);
	}

	private String sentence(final int bin) {
		return String.format(Locale.ROOT,
			"Of the pixels with a probability of %.1f%s, %s %% are %s%s.", Reliability
				.middle(bin), network.isMultiClass() ? " for a class" : "", percent(bin,
					fit.after()::observed), what(), before(bin));
	}

	private String what() {
		return network.isMultiClass() ? "of that class" : network.hasBorderClass()
			? "foreground" : network.classNames().get(0);
	}

	private String before(final int bin) {
		return fit.calibration().isIdentity() || !ReliabilityChart.isShown(fit
			.before(), bin) ? "" : "; without calibration it would be " + percent(bin,
				fit.before()::observed) + " %";
	}

	private static String percent(final int bin,
		final IntToDoubleFunction share)
	{
		return Long.toString(Math.round(100 * share.applyAsDouble(bin)));
	}
}
