
package sc.fiji.unet.imagej;

import ij.gui.Roi;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import sc.fiji.unet.data.Sample;
import sc.fiji.unet.imagej.RoiName.Role;

/**
 * The label image (x, y) that ROIs draw: background first, objects over it in
 * their order, ignored pixels over all.
 */
public final class RoiLabels {

	private final int width;
	private final int height;
	private final double pointRadius;
	private final int[] labels;
	private final BitSet covered = new BitSet();
	private long shared;

	private RoiLabels(final int width, final int height, final RoiRules rules) {
		this.width = width;
		this.height = height;
		pointRadius = rules.pointRadius();
		labels = new int[Math.multiplyExact(width, height)];
		if (rules.ignoresRest()) Arrays.fill(labels, Sample.IGNORE);
	}

	/**
	 * @param rois all of the slice
	 * @param rules what ROIs and the pixels outside of all stand for
	 * @return labels (x, y): the number in the name of each object, as in
	 *         {@code cell#12} or {@code 12}, and others where it has none; 0 =
	 *         background, {@link Sample#IGNORE} = ignored
	 */
	public static ArrayImg<IntType, IntArray> instances(final List<Roi> rois,
		final int width, final int height, final RoiRules rules)
	{
		return of(rois, width, height, rules, instanceNumbers(rois)).image();
	}

	/**
	 * @param rois all of the slice
	 * @param numbers label of an object, positive; asked for each area
	 */
	static RoiLabels of(final List<Roi> rois, final int width, final int height,
		final RoiRules rules, final ToIntFunction<RoiName> numbers)
	{
		final RoiLabels result = new RoiLabels(width, height, rules);
		result.draw(rois, Role.BACKGROUND, name -> 0);
		result.draw(rois, Role.OBJECT, numbers);
		result.draw(rois, Role.IGNORED, name -> Sample.IGNORE);
		return result;
	}

	/**
	 * @param rois all of the slice
	 * @return the number in the name of each object, and others where it has
	 *         none; objects of different classes with the same number get
	 *         different ones
	 */
	static ToIntFunction<RoiName> instanceNumbers(final List<Roi> rois) {
		final Map<Integer, String> owners = new HashMap<>();
		for (final Roi roi : rois)
			if (RoiName.of(roi).role() == Role.OBJECT && LabelRois.label(roi) > 0)
				owners.putIfAbsent(LabelRois.label(roi), key(RoiName.of(roi)));
		final Map<String, Integer> numbers = new HashMap<>();
		owners.forEach((number, key) -> numbers.put(key, number));
		final int[] last = { 0 };
		return name -> name.instance().isEmpty() ? next(owners, last) : numbers
			.computeIfAbsent(key(name), k -> next(owners, last));
	}

	private static String key(final RoiName name) {
		return name.className() + "#" + name.instance();
	}

	private static int next(final Map<Integer, String> owners, final int[] last) {
		do
			last[0]++;
		while (owners.containsKey(last[0]));
		return last[0];
	}

	private void draw(final List<Roi> rois, final Role role,
		final ToIntFunction<RoiName> numbers)
	{
		for (final Roi roi : rois) {
			final RoiName name = RoiName.of(roi);
			if (name.role() != role) continue;
			final List<Roi> areas = RoiShapes.areas(roi, pointRadius);
			// Each of several points is an object, whatever all are called.
			final RoiName own = areas.size() == 1 ? name : name.withoutInstance();
			areas.forEach(area -> fill(area, numbers.applyAsInt(own)));
		}
	}

	private void fill(final Roi area, final int label) {
		RoiShapes.forEachPixel(area, width, height, pixel -> {
			if (label > 0 && labels[pixel] > 0 && labels[pixel] != label) shared++;
			labels[pixel] = label;
			covered.set(pixel);
		});
	}

	/**
	 * @return labels (x, y): 0 = background, {@link Sample#IGNORE} = ignored
	 */
	ArrayImg<IntType, IntArray> image() {
		return ArrayImgs.ints(labels, width, height);
	}

	/** @return number of pixels that lie in a ROI */
	long covered() {
		return covered.cardinality();
	}

	/** @return number of pixels that an object has taken from another one */
	long shared() {
		return shared;
	}

	/** @return whether a pixel has this label */
	boolean has(final int label) {
		return Arrays.stream(labels).anyMatch(value -> value == label);
	}

	/** @return number of different objects or classes that are seen */
	long objects() {
		return Arrays.stream(labels).filter(label -> label > 0).distinct().count();
	}
}
