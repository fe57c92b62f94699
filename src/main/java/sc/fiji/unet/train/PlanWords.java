
package sc.fiji.unet.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import sc.fiji.unet.data.DataFacts;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.TargetConfig;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.UNetConfig;

/** The reasons of a {@link Planner}, in words. */
final class PlanWords {

	private final DataFacts facts;

	PlanWords(final DataFacts facts) {
		this.facts = facts;
	}

	/**
	 * @param reach pixels that the network sees around each pixel
	 * @param shortest side in pixels that allows no more; 0 if none was in the
	 *          way
	 */
	String depth(final int depth, final int reach, final long shortest) {
		final String result = "the network pools " + times(depth) + " and sees " +
			reach + " pixels around each pixel";
		final String reason = facts.objects() == 0
			? "The labels show no single objects, so " : "Half of the " + (facts
				.kind() == LabelKind.MASK ? "regions" : "objects") + " are up to " +
				pixels(facts.diameter()) + " pixels across, nine of ten up to " +
				pixels(facts.largeDiameter()) + ", so ";
		return reason + result + (shortest > 0 ? ", as " + shortest +
			" pixels allow for no more." : ".");
	}

	private static String times(final int n) {
		return n == 1 ? "once" : n == 2 ? "twice" : n + " times";
	}

	/** @param usual size of the preset */
	String patch(final long[] patch, final long[] usual,
		final UNetConfig network)
	{
		final String own = "It learns from patches of " + size(patch) + " pixels";
		final boolean larger = larger(patch, usual);
		final boolean limited = !Arrays.equals(patch, usual) && !larger;
		if (network.padding() == Padding.VALID) return own +
			", the size of images and objects with the margin that padding 'valid' loses.";
		if (larger) return own +
			", so that there is room for two large objects along each side.";
		if (limited) return own +
			", because half of the images are no larger than " + size(facts.size()) +
			".";
		return own + (facts.objects() == 0 ? "."
			: ", room for two large objects along each side.");
	}

	private static boolean larger(final long[] a, final long[] b) {
		for (int d = 0; d < a.length; d++)
			if (a[d] > b[d]) return true;
		return false;
	}

	String batch(final int batch, final long[] patch, final TrainingPlan start) {
		return "A batch has " + batch + (batch == 1 ? " patch" : " patches") +
			(batch == start.batchSize() && Arrays.equals(patch, start.patchSize())
				? "." : ", about as many pixels as " + start.batchSize() + " of " +
					size(start.patchSize()) + ".");
	}

	String base(final int base, final int usual, final Machine machine,
		final TrainingLength length)
	{
		final String result = "the first level has " + base + " feature channels";
		if (machine.isGpu()) return "A GPU computes, so " + result + ".";
		final String time = length.isTimed() ? machine + " and " + number(length
			.minutes()) + " minutes" : machine.toString();
		return base > usual ? "There are " + time +
			", enough for a wider network: " + result + "." : "There are " + time +
				", so " + result + "; with more, too few updates could be made.";
	}

	/**
	 * @param over whether it is more than there should be
	 * @param wanted patches in a batch that there should have been
	 */
	String memory(final double bytes, final Machine machine, final boolean over,
		final int wanted, final int batch, final int accumulation)
	{
		final String need = "Training takes about " + gigabytes(bytes) + " GB";
		if (machine.memory() == 0) return need + " of memory.";
		final String of = " of the " + gigabytes(machine.memory()) +
			" GB of memory";
		if (over) return "Warning: " + need + of +
			"; close other programs, or set a smaller patchSize or network.base.";
		return need + of + (batch < wanted ? ": " + wanted +
			" patches at once would take more, so batches of " + batch +
			" are computed one after the other, " + accumulation + " for an update."
			: ".");
	}

	/** @param limit share of foreground below which it is tiny */
	String grey(final Preprocessing chosen, final boolean tiny,
		final double limit)
	{
		return tiny ? "Foreground covers less than " + percent(limit) +
			" of a typical image, so the very brightest pixel becomes 1, and percentile " +
			number(chosen.lowPercentile()) + " becomes 0."
			: "Grey values differ from image to image, so percentile " + number(chosen
				.lowPercentile()) + " of each becomes 0, and percentile " + number(
					chosen.highPercentile()) + " becomes 1.";
	}

	/** @param many whether there are enough objects to do without distortions */
	String augmentation(final boolean many) {
		final String what = facts.kind() == LabelKind.MASK ? "regions" : "objects";
		return many ? "There are " + facts.objects() + " " + what +
			" to learn from, so patches are mirrored and transposed, but only three in ten are turned by any angle, three in ten scaled, and three in ten deformed."
			: facts.objects() == 0
				? "Patches are mirrored, turned by any angle, scaled and deformed, so that the network learns from more than there is."
				: "There are " + facts.objects() + " " + what +
					" to learn from, which is few, so patches are mirrored, turned by any angle, scaled and deformed.";
	}

	/**
	 * @param near whether a border term would have any effect
	 * @param rarest share of the rarest class
	 * @param rare share from which on a class is no longer rare
	 */
	List<String> target(final TargetConfig target, final boolean near,
		final double rarest, final double rare, final Set<AutoSetting> open)
	{
		final List<String> sentences = new ArrayList<>();
		if (target.kind() != LabelKind.CLASSES && facts.objects() > 1) sentences
			.add(neighbours(target, near, open));
		if (open.contains(AutoSetting.BALANCE)) sentences.add(balance(target
			.weights().balanceClasses(), rarest, rare));
		return sentences;
	}

	private String neighbours(final TargetConfig target, final boolean near,
		final Set<AutoSetting> open)
	{
		final double w0 = target.kind() == LabelKind.MASK ? target.maskW0() : target
			.weights().w0();
		if (target.hasBorderClass()) return distances() + "; the outer " + percent(
			target.border()) +
			" of each object's depth is a class of its own, to keep neighbours apart" +
			(open.contains(AutoSetting.BORDER)
				? ", unless a trial shows that border weights do so better." : ".");
		if (near && w0 == 0) return distances() +
			"; background between neighbours weighs as much as any other (w0 0).";
		return distances() + (w0 > 0
			? ", so background between neighbours weighs more: by up to " + number(
				w0) + " (w0) where they touch, and hardly where they are more than " +
				number(Math.round(2 * target.weights().sigma())) +
				" pixels apart (two sigma)."
			: ", so there is no need for a border weight.");
	}

	private String distances() {
		final String what = facts.kind() == LabelKind.MASK ? "regions" : "objects";
		final String touching = facts.touching() > 0 ? some(facts.touching()) +
			" of the " + what + " touch another one" : "";
		final String gap = Double.isInfinite(facts.gap()) ? "most " + what +
			" are alone in their image" : "half of the " + what +
				" have another one within " + pixels(Math.max(1, Math.ceil(facts
					.gap()))) + (facts.gap() <= 1 ? " pixel" : " pixels");
		if (facts.touching() >= 0.5) return touching;
		if (!touching.isEmpty()) return touching + ", and " + gap;
		return Character.toUpperCase(gap.charAt(0)) + gap.substring(1);
	}

	private String balance(final boolean balanced, final double rarest,
		final double rare)
	{
		final boolean classes = facts.kind() == LabelKind.CLASSES;
		final String share = classes ? "The rarest class has " + percent(rarest)
			: (facts.kind() == LabelKind.MASK ? "Foreground covers "
				: "Objects cover ") + percent(1 - facts.classShares()[0]);
		if (!balanced) return share +
			" of the pixels, which is not rare, so no class weighs more than another.";
		return share + " of the pixels" + (rarest < rare ? ", less than " + percent(
			rare) : "") + ", and rarer classes weigh more.";
	}

	/** @return what was not derived, with its values; empty if all was */
	String fixed(final TrainingPlan plan, final Set<AutoSetting> open) {
		final List<String> fixed = new ArrayList<>();
		for (final AutoSetting setting : AutoSetting.values())
			if (!open.contains(setting)) fixed.add(setting.key() + " " + value(
				setting, plan));
		return fixed.isEmpty() ? "" : "Given, and so not derived: " + String.join(
			", ", fixed) + ".";
	}

	/** @param tried whether a trial decides on the border class */
	String idle(final TargetConfig target, final boolean tried) {
		return "target.w0 is without effect while target.border is above 0, as " +
			number(target.border()) +
			" is; set target.border to 0 for border weights" + (tried
				? ", unless a trial decides for them anyway." : ".");
	}

	private static String value(final AutoSetting setting,
		final TrainingPlan plan)
	{
		switch (setting) {
			case DEPTH:
				return plan.network().depth() + "";
			case BASE:
				return plan.network().features()[0] + "";
			case PATCH_SIZE:
				return size(plan.patchSize());
			case HIGH_PERCENTILE:
				return plan.settings().getOrDefault(setting.key(), "none");
			case AUGMENTATION:
				return "with its transforms";
			default:
				return plan.settings().get(setting.key());
		}
	}

	private static String size(final long[] size) {
		return Arrays.stream(size).mapToObj(Long::toString).collect(Collectors
			.joining(" x "));
	}

	private static String pixels(final double length) {
		return String.format(Locale.ROOT, "%.0f", length);
	}

	/** @return a share of objects, to begin a sentence with */
	private static String some(final double share) {
		return share == 1 ? "All" : percent(share);
	}

	private static String percent(final double share) {
		return String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%.0f %%", 100 *
			share);
	}

	private static String gigabytes(final double bytes) {
		return String.format(Locale.ROOT, "%.1f", bytes / 1e9);
	}

	private static String number(final double value) {
		return value == Math.rint(value) ? String.valueOf((long) value) : String
			.valueOf(value);
	}
}
