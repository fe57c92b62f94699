
package sc.fiji.unet.segment;

import java.util.Arrays;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;

/**
 * Gives background to the object that encloses it. Background hangs together by
 * faces (4 neighbours in 2-D, 6 in 3-D), as objects do and as <i>Process &gt;
 * Binary &gt; Fill Holes</i> in ImageJ has it. What reaches the edge of the
 * image, or touches a second object, beside the hole or within it, stays
 * background.
 * <p>
 * Works line by line in the label image itself, where background has the
 * negative number of its part until all parts are known; besides, memory is
 * needed for 20 bytes a part. Not thread-safe; to be used once.
 * </p>
 */
final class HoleFilling {

	private static final int NOBODY = 0;
	/** Owner of what no object encloses alone. */
	private static final int SEVERAL = -1;

	private final RandomAccessibleInterval<IntType> labels;
	private final LabelLines lines;
	private final Components components = new Components();
	/** Object that each part of the background touches. */
	private int[] owners = new int[1024];

	/** @param labels instance labels (x, y[, z]), 0 = background */
	HoleFilling(final RandomAccessibleInterval<IntType> labels) {
		this.labels = labels;
		lines = new LabelLines(labels);
	}

	/** @param beforeEach called before each line; throws to stop */
	void run(final Runnable beforeEach) {
		final int[] line = new int[lines.width()];
		final int[][] before = new int[labels.numDimensions() - 1][line.length];
		for (long l = 0; l < lines.count(); l++) {
			beforeEach.run();
			lines.moveTo(l);
			lines.read(line);
			number(line, before);
			lines.write(line);
		}
		settle(line);
	}

	/** Replaces background by the numbers of its parts, which are negative. */
	private void number(final int[] line, final int[][] before) {
		final boolean edge = lines.isAtEdge();
		for (int d = 1; d <= before.length; d++)
			if (lines.readBefore(d, before[d - 1])) joinAcross(line, before[d - 1]);
			else Arrays.fill(before[d - 1], 0);
		for (int x = 0; x < line.length; x++) {
			if (line[x] <= 0) joinAlong(line, x);
			if (line[x] < 0 && (edge || x == 0 || x == line.length - 1)) own(-line[x],
				SEVERAL);
			if (x > 0) touch(line[x - 1], line[x]);
			for (final int[] other : before)
				touch(other[x], line[x]);
		}
	}

	private void joinAcross(final int[] line, final int[] before) {
		for (int x = 0; x < line.length; x++) {
			if (line[x] > 0 || before[x] >= 0) continue;
			if (line[x] < 0) components.join(-line[x], -before[x]);
			line[x] = before[x];
		}
	}

	private void joinAlong(final int[] line, final int x) {
		final int left = x > 0 ? line[x - 1] : 0;
		if (left < 0 && line[x] < 0) components.join(-left, -line[x]);
		else if (left < 0) line[x] = left;
		else if (line[x] == 0) line[x] = -components.add(0);
	}

	/** Two neighbours; counts if one is background and the other an object. */
	private void touch(final int a, final int b) {
		if (a < 0 && b > 0) own(-a, b);
		if (b < 0 && a > 0) own(-b, a);
	}

	private void own(final int part, final int owner) {
		if (part >= owners.length) owners = Arrays.copyOf(owners, Math.max(part + 1,
			(int) Math.min(Integer.MAX_VALUE - 8L, 2L * owners.length)));
		owners[part] = common(owners[part], owner);
	}

	private static int common(final int a, final int b) {
		if (a == NOBODY || a == b) return b;
		return b == NOBODY ? a : SEVERAL;
	}

	private void settle(final int[] line) {
		final int[] numbers = components.number(0);
		final int[] ownerOf = new int[numbers.length];
		for (int part = 1; part < numbers.length && part < owners.length; part++)
			ownerOf[numbers[part]] = common(ownerOf[numbers[part]], owners[part]);
		for (long l = 0; l < lines.count(); l++) {
			lines.moveTo(l);
			lines.read(line);
			for (int x = 0; x < line.length; x++)
				if (line[x] < 0) line[x] = Math.max(0, ownerOf[numbers[-line[x]]]);
			lines.write(line);
		}
	}
}
