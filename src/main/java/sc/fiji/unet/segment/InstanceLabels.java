
package sc.fiji.unet.segment;

import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.Views;

import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Readout;

/**
 * Makes instance labels of probabilities that come tile by tile. Foreground is
 * what reaches the threshold, or with several classes the pixels whose most
 * probable class is not the background. Objects are connected components of
 * equal class, across all tiles; or, with seeds, what grows from the components
 * of a higher threshold. On wish both are parted where the foreground has a
 * neck, background that one object encloses becomes part of it, and objects at
 * the edge are dropped.
 * <p>
 * Pixels hang together by faces (4 neighbours in 2-D, 6 in 3-D): networks learn
 * to keep touching objects apart by a ridge that is often only one pixel wide,
 * and by their corners objects would join across it wherever it runs
 * diagonally.
 * </p>
 * <p>
 * Besides the label image, which may be of any size, memory is needed only for
 * a few lines and 16 bytes a component; with seeds, which take images below
 * 2^31 pixels only, for 9 bytes a pixel, and 18 more where they are parted;
 * without seeds parting takes as many pixels only, and 23 bytes for each. Not
 * thread-safe.
 * </p>
 */
public final class InstanceLabels implements TileSink {

	private final RandomAccessibleInterval<IntType> labels;
	private final Readout readout;
	private final Postprocessing postprocessing;
	/** Null unless objects grow from seeds. */
	private final SeedGrowth growth;
	/** Null unless the foreground is parted where there are no seeds. */
	private final ForegroundParts parts;
	private int[] classOfObject = {};

	/**
	 * @param labels receives the labels (x, y[, z]); where no tile comes it must
	 *          be 0
	 * @param readout how the output of the network is read
	 * @param postprocessing threshold, seeds, necks, holes, minimum size, ridge
	 *          width, edge
	 * @throws IllegalArgumentException if objects shall grow from seeds or be
	 *           parted, and there are 2^31 pixels or more
	 */
	public InstanceLabels(final RandomAccessibleInterval<IntType> labels,
		final Readout readout, final Postprocessing postprocessing)
	{
		this.labels = labels;
		this.readout = readout;
		this.postprocessing = postprocessing;
		growth = !readout.isMultiClass() && postprocessing.hasSeeds()
			? new SeedGrowth(labels, readout, postprocessing) : null;
		parts = growth == null && postprocessing.neck() > 0 ? new ForegroundParts(
			labels) : null;
	}

	/**
	 * @param probabilities of a whole image, order [class, x, y[, z]]
	 * @param size its size x, y[, z] in pixels
	 * @param readout how the output of the network is read
	 * @param postprocessing how they become objects
	 * @return instance labels: 0 = background, 1 to n in scan order
	 */
	public static ArrayImg<IntType, IntArray> of(final float[] probabilities,
		final long[] size, final Readout readout,
		final Postprocessing postprocessing)
	{
		final ArrayImg<IntType, IntArray> image = ArrayImgs.ints(size);
		final InstanceLabels labels = new InstanceLabels(image, readout,
			postprocessing);
		labels.accept(image, probabilities);
		labels.finish(() -> false);
		return image;
	}

	/** Keeps the class of each pixel or seed, until {@link #finish}. */
	@Override
	public void accept(final Interval tile, final float[] probabilities) {
		if (growth != null) growth.accept(tile, probabilities);
		int i = 0;
		for (final IntType pixel : Views.flatIterable(Views.interval(labels,
			tile)))
		{
			pixel.set(readout.isMultiClass() ? mostProbable(probabilities, i * readout
				.channels()) : isObject(probabilities, i) ? 1 : 0);
			i++;
		}
	}

	/** Whether the pixel is part of a seed, or of the foreground without. */
	private boolean isObject(final float[] probabilities, final int pixel) {
		return readout.foreground(probabilities, pixel, 0) >= postprocessing
			.threshold() && (growth == null || readout.inside(probabilities,
				pixel) >= postprocessing.seedThreshold());
	}

	private int mostProbable(final float[] probabilities, final int first) {
		int best = 0;
		for (int c = 1; c < readout.channels(); c++)
			if (probabilities[first + c] > probabilities[first + best]) best = c;
		return best;
	}

	/**
	 * Turns classes into objects, once all tiles have come; blocks until done.
	 * Holes are filled before objects below the minimum size vanish, so that they
	 * count; then objects grow over the ridges between them. The holes that
	 * either leaves are filled, too, and what touches the edge vanishes last:
	 * until then it keeps its neighbours from growing into it.
	 *
	 * @param cancelled asked from time to time
	 * @return number of objects; they have the labels 1 to n in scan order
	 * @throws CancellationException if {@code cancelled} says so; the label image
	 *           is of no use then
	 */
	public int finish(final BooleanSupplier cancelled) {
		if (growth != null) growSeeds(cancelled);
		else if (parts != null) classOfObject = parts.run(postprocessing.neck(),
			readout.foregrounds(), cancelled);
		else joinPixels(cancelled);
		fillHoles(cancelled);
		dropSmall();
		if (postprocessing.ridgeWidth() > 0) new RidgeGrowth(labels, postprocessing
			.ridgeWidth()).run(() -> check(cancelled));
		fillHoles(cancelled);
		if (postprocessing.dropsEdgeObjects()) dropAtEdge();
		return classOfObject.length - 1;
	}

	private void growSeeds(final BooleanSupplier cancelled) {
		relabel(scan(cancelled).number(0), cancelled);
		if (postprocessing.neck() > 0) growth.part(postprocessing.neck(),
			cancelled);
		classOfObject = new int[growth.grow(() -> check(cancelled)) + 1];
		Arrays.fill(classOfObject, 1, classOfObject.length, 1);
	}

	private void joinPixels(final BooleanSupplier cancelled) {
		final Components components = scan(cancelled);
		final int[] numbers = components.number(isSizeOfComponents()
			? postprocessing.minimumSize() : 0);
		classOfObject = classes(components, numbers);
		relabel(numbers, cancelled);
	}

	/** Whether objects have the size of components, which is known early. */
	private boolean isSizeOfComponents() {
		return growth == null && parts == null && !postprocessing.fillsHoles();
	}

	private void fillHoles(final BooleanSupplier cancelled) {
		if (postprocessing.fillsHoles()) new HoleFilling(labels).run(() -> check(
			cancelled));
	}

	private void dropSmall() {
		if (isSizeOfComponents()) return;
		final ObjectFilter filter = filter();
		final long[] sizes = filter.sizes();
		keep(filter, label -> sizes[label] >= postprocessing.minimumSize());
	}

	private void dropAtEdge() {
		final BitSet atEdge = EdgeObjects.of(labels);
		keep(filter(), label -> !atEdge.get(label));
	}

	private ObjectFilter filter() {
		return new ObjectFilter(labels, classOfObject.length - 1);
	}

	private void keep(final ObjectFilter filter, final IntPredicate kept) {
		final int[] before = classOfObject;
		classOfObject = Arrays.stream(filter.keep(kept)).map(label -> before[label])
			.toArray();
	}

	/**
	 * @param label 1 to the number of objects
	 * @return class of the object: 1, or with several classes 1 to the number of
	 *         classes - 1
	 */
	public int classOf(final int label) {
		return classOfObject[label];
	}

	private static void check(final BooleanSupplier cancelled) {
		if (cancelled.getAsBoolean()) throw new CancellationException(
			"Segmentation was cancelled.");
	}

	/** Replaces classes by the numbers of parts. */
	private Components scan(final BooleanSupplier cancelled) {
		final Components components = new Components();
		final LabelLines lines = new LabelLines(labels);
		final int[] line = new int[lines.width()];
		final int[] before = new int[lines.width()];
		final int[] parts = new int[lines.width()];
		for (long l = 0; l < lines.count(); l++) {
			check(cancelled);
			lines.moveTo(l);
			lines.read(line);
			Arrays.fill(parts, 0);
			for (int d = 1; d < labels.numDimensions(); d++)
				if (lines.readBefore(d, before)) joinAcross(line, before, parts,
					components);
			joinAlong(line, parts, components);
			lines.write(parts);
		}
		return components;
	}

	/** Takes over the parts of the line before, where the class is the same. */
	private static void joinAcross(final int[] line, final int[] before,
		final int[] parts, final Components components)
	{
		for (int x = 0; x < line.length; x++) {
			if (line[x] == 0 || before[x] == 0 || components.classOf(
				before[x]) != line[x]) continue;
			if (parts[x] == 0) parts[x] = before[x];
			else components.join(parts[x], before[x]);
		}
	}

	/** Joins runs of equal class; those without a part get a new one. */
	private static void joinAlong(final int[] line, final int[] parts,
		final Components components)
	{
		for (int x = 0; x < line.length; x++) {
			if (line[x] == 0) continue;
			if (x > 0 && line[x - 1] == line[x]) {
				if (parts[x] == 0) parts[x] = parts[x - 1];
				else components.join(parts[x], parts[x - 1]);
			}
			else if (parts[x] == 0) parts[x] = components.add(line[x]);
			components.addPixel(parts[x]);
		}
	}

	private static int[] classes(final Components components,
		final int[] numbers)
	{
		int objects = 0;
		for (final int number : numbers)
			objects = Math.max(objects, number);
		final int[] classes = new int[objects + 1];
		for (int p = 1; p < numbers.length; p++)
			classes[numbers[p]] = components.classOf(p);
		classes[0] = 0;
		return classes;
	}

	private void relabel(final int[] numbers, final BooleanSupplier cancelled) {
		final LabelLines lines = new LabelLines(labels);
		final int[] line = new int[lines.width()];
		for (long l = 0; l < lines.count(); l++) {
			check(cancelled);
			lines.moveTo(l);
			lines.read(line);
			for (int x = 0; x < line.length; x++)
				line[x] = numbers[line[x]];
			lines.write(line);
		}
	}
}
