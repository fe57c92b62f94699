
package sc.fiji.unet.imagej;

import ij.gui.Roi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.NaturalOrder;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.imagej.RoiName.Role;

/**
 * Samples out of annotated images, one a slice with ROIs: objects by their
 * number, or classes where the ROIs name several. Slices without an object or
 * marked background are left out, since nobody has annotated them. Immutable.
 */
public final class RoiSamples {

	private final RoiRules rules;
	private final ChannelSelection channels;
	private final LabelKind kind;
	/** As ROIs have them, "" where none has one; of classes alone. */
	private final List<String> classNames;
	private final Map<String, List<RawSample>> samples = new LinkedHashMap<>();
	private final RoiSummary summary;
	private boolean hasBackground;
	private boolean hasIgnored;

	private RoiSamples(final List<AnnotatedImage> images,
		final ChannelSelection channels, final RoiRules rules,
		final LabelKind wanted)
	{
		this.rules = rules;
		this.channels = channels;
		final List<String> named = classNames(images);
		kind = kind(wanted, named);
		classNames = kind == LabelKind.CLASSES ? named : Collections.emptyList();
		checkClasses();
		summary = new RoiSummary(rules, kind, classNames());
		images.forEach(this::add);
		if (samples.isEmpty()) throw new IllegalArgumentException(
			"None of the images has a ROI to learn from. Outline cells and add them to the overlay (key b) or to the ROI Manager (key t); in a folder, save images as TIFF with their overlay, or a ROI set NAME_rois.zip or NAME.roi beside each image NAME.");
		if (!hasBackground) throw new IllegalArgumentException(rules.ignoresRest()
			? "Pixels outside of the ROIs are ignored, and no ROI marks background, so that there is nothing to tell objects from. Draw around some background and name that ROI background, or count what is not annotated as background (unannotated=background, --unannotated background)."
			: "The ROIs leave no pixel that is background; there must be some to tell objects from.");
	}

	/**
	 * @param images with their ROIs; some may have none
	 * @param channels which channels of the images
	 * @param rules what ROIs and the pixels outside of all stand for
	 * @param kind what objects are: INSTANCES, MASK, CLASSES, or AUTO: classes
	 *          where ROIs name several; else objects, but where the pixels
	 *          outside are ignored, pieces of foreground
	 * @throws IllegalArgumentException if no image has a ROI, some objects have a
	 *           class and some have none, or there is nothing but foreground
	 */
	public static RoiSamples of(final List<AnnotatedImage> images,
		final ChannelSelection channels, final RoiRules rules, final LabelKind kind)
	{
		return new RoiSamples(images, channels, rules, kind);
	}

	private LabelKind kind(final LabelKind wanted, final List<String> named) {
		if (wanted != LabelKind.AUTO) return wanted;
		// One name alone is no choice: what was found before has none.
		if (named.stream().filter(name -> !name.isEmpty()).count() > 1)
			return LabelKind.CLASSES;
		return rules.ignoresRest() ? LabelKind.MASK : LabelKind.INSTANCES;
	}

	/** @return classes of objects, "" included, in natural order */
	private static List<String> classNames(final List<AnnotatedImage> images) {
		final TreeSet<String> names = new TreeSet<>(NaturalOrder.INSTANCE);
		for (final AnnotatedImage image : images)
			for (final Roi roi : image.rois()) {
				final RoiName name = RoiName.of(roi);
				if (name.role() == Role.OBJECT && !RoiShapes.areas(roi, 1).isEmpty())
					names.add(name.className());
			}
		return new ArrayList<>(names);
	}

	private void checkClasses() {
		if (classNames.size() > 1 && classNames.contains(""))
			throw new IllegalArgumentException("Some ROIs have a class (" + classNames
				.stream().filter(name -> !name.isEmpty()).collect(Collectors.joining(
					", ")) +
				"), and some have none. Name all of them class#number, as in " +
				classNames.get(1) +
				"#1, or set their groups; where all are objects of one kind, write labelkind=instances (--label-kind instances).");
	}

	private void add(final AnnotatedImage annotated) {
		final ImageInput input = ImageInput.of(annotated.image(), channels);
		final List<RawSample> slices = new ArrayList<>();
		final int planes = input.slices() * input.frames();
		for (int i = 0; i < planes; i++) {
			final String name = planes == 1 ? annotated.name() : annotated.name() +
				"-" + (i + 1);
			final List<Roi> rois = marking(annotated.at(i % input.slices() + 1, i /
				input.slices() + 1), annotated);
			if (rois.stream().allMatch(roi -> RoiName.of(roi).role() == Role.IGNORED))
				summary.leftOut(name);
			else slices.add(new RawSample(name, annotated.name(), input.planes().get(
				i), labels(rois, annotated).image()).withAxes(input.axes())
				.withEmptyLabelsAllowed());
		}
		if (slices.isEmpty()) return;
		if (samples.put(annotated.name(), slices) != null)
			throw new IllegalArgumentException("Two images with ROIs are called '" +
				annotated.name() + "'; rename or exclude one of them.");
		summary.image(annotated.source(), slices.size());
	}

	/** @return those that mark a pixel of the image */
	private List<Roi> marking(final List<Roi> rois,
		final AnnotatedImage annotated)
	{
		final List<Roi> marking = new ArrayList<>();
		final int width = annotated.image().getWidth();
		final int height = annotated.image().getHeight();
		for (final Roi roi : rois) {
			final boolean[] hit = new boolean[1];
			RoiShapes.areas(roi, rules.pointRadius()).forEach(area -> RoiShapes
				.forEachPixel(area, width, height, pixel -> hit[0] = true));
			if (hit[0]) marking.add(roi);
			else summary.withoutPixels();
		}
		return marking;
	}

	private RoiLabels labels(final List<Roi> rois,
		final AnnotatedImage annotated)
	{
		final Map<String, Integer> values = new HashMap<>();
		for (final String name : classNames)
			values.put(name, values.size() + 1);
		final ToIntFunction<RoiName> numbers = kind == LabelKind.CLASSES
			? name -> values.get(name.className()) : RoiLabels.instanceNumbers(rois);
		final RoiLabels labels = RoiLabels.of(rois, annotated.image().getWidth(),
			annotated.image().getHeight(), rules, numbers);
		hasBackground |= labels.has(0);
		hasIgnored |= labels.has(Sample.IGNORE);
		summary.slice(labels, kind == LabelKind.CLASSES ? rois.stream().filter(
			roi -> RoiName.of(roi).role() == Role.OBJECT).count() : labels.objects());
		return labels;
	}

	/** @return name of each image to its samples, in the order given */
	public Map<String, List<RawSample>> samples() {
		return Collections.unmodifiableMap(samples);
	}

	/** @return MASK, INSTANCES or CLASSES: what the label values mean */
	public LabelKind kind() {
		return kind;
	}

	/**
	 * @return for classes the name of each, in the order of their values 1, 2,
	 *         ...; else empty
	 */
	public List<String> classNames() {
		return classNames.stream().map(name -> name.isEmpty() ? RoiName.DEFAULT
			: name).collect(Collectors.toList());
	}

	/** @return whether there are pixels {@link Sample#IGNORE} */
	public boolean hasIgnored() {
		return hasIgnored;
	}

	/** @return what was found, a sentence each */
	public List<String> sentences() {
		return summary.sentences();
	}
}
