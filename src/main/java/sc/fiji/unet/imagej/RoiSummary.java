
package sc.fiji.unet.imagej;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import sc.fiji.unet.data.LabelKind;

/** What ROIs were taken for, in sentences for the user. */
final class RoiSummary {

	private static final int SHOWN = 6;

	private final RoiRules rules;
	private final LabelKind kind;
	private final List<String> classNames;
	private final List<String> leftOut = new ArrayList<>();
	private final Map<RoiSource, Integer> sources = new EnumMap<>(
		RoiSource.class);
	private int images;
	private int slices;
	private long pixels;
	private long covered;
	private long shared;
	private long objects;
	private int withoutPixels;

	/** @param classNames of classes, in the order of their values 1, 2, ... */
	RoiSummary(final RoiRules rules, final LabelKind kind,
		final List<String> classNames)
	{
		this.rules = rules;
		this.kind = kind;
		this.classNames = classNames;
	}

	/** A slice has no ROI. */
	void leftOut(final String name) {
		leftOut.add(name);
	}

	/** A ROI marks no pixel. */
	void withoutPixels() {
		withoutPixels++;
	}

	/** @param source where the ROIs of an image are from */
	void image(final RoiSource source, final int usedSlices) {
		images++;
		slices += usedSlices;
		sources.merge(source, 1, Integer::sum);
	}

	void slice(final RoiLabels labels, final long drawn) {
		pixels += labels.image().size();
		covered += labels.covered();
		shared += labels.shared();
		objects += drawn;
	}

	List<String> sentences() {
		final List<String> sentences = new ArrayList<>();
		sentences.add("ROIs show " + count(objects, "object") + " on " +
			(slices > images ? count(slices, "slice") + " of " : "") + count(images,
				"image") + " (" + sources() + ").");
		sentences.add("They cover " + percent((double) covered / pixels) +
			" of the pixels; the rest " + (rules.ignoresRest()
				? "is ignored: it counts neither in training nor in scores."
				: "counts as background."));
		if (kind == LabelKind.MASK && rules.ignoresRest()) sentences.add(
			"They are taken for pieces of foreground and background, not for whole objects, so that touching objects are not told apart; where each ROI is a whole object, write labelkind=instances (--label-kind instances).");
		if (!classNames.isEmpty()) sentences.add("Their classes are " + values() +
			".");
		if (shared > 0) sentences.add(count(shared, "pixel") + (shared == 1
			? " lies" : " lie") +
			" in ROIs of several objects, and count for the last one.");
		if (withoutPixels > 0) sentences.add(count(withoutPixels, "ROI") +
			(withoutPixels == 1 ? " marks" : " mark") +
			" no pixel of its image (outside of it, a text, a picture), and does not count.");
		if (!leftOut.isEmpty()) sentences.add(leftOut());
		return sentences;
	}

	private static String count(final long number, final String what) {
		return number + " " + what + (number == 1 ? "" : "s");
	}

	private String sources() {
		return sources.entrySet().stream().map(e -> e.getKey().of(e.getValue()) +
			(sources.size() > 1 ? " of " + e.getValue() : "")).collect(Collectors
				.joining(", "));
	}

	private static String percent(final double share) {
		return String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%.0f %%", 100 *
			share);
	}

	private String values() {
		final List<String> texts = new ArrayList<>();
		for (final String name : classNames)
			texts.add(name + " (" + (texts.size() + 1) + ")");
		return String.join(", ", texts);
	}

	private String leftOut() {
		return (leftOut.size() == 1 ? "One without ROIs is" : leftOut.size() +
			" without ROIs are") + " left out (" + leftOut.stream().limit(SHOWN)
				.collect(Collectors.joining(", ")) + (leftOut.size() > SHOWN ? ", ..."
					: "") +
			"); if there is nothing in one, draw a ROI over it and name it background.";
	}
}
