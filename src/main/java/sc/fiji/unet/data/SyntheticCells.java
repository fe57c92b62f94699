
package sc.fiji.unet.data;

/**
 * Draws touching fluorescent cells. Cells are placed in clusters of one to five
 * so that they touch; where two would overlap, the border runs in between. Each
 * has a brightness of its own, fine texture, and a dimmer rim.
 */
final class SyntheticCells {

	private static final int[] CLUSTER = { 1, 1, 2, 2, 3, 4, 5 };
	/** Cells per 256 x 256 pixels that are tried; not all find room. */
	private static final double DENSITY = 70;
	private static final double BACKGROUND = 0.1;

	private final int size;
	private final SeededRandom random;
	private final float[] grey;
	private final short[] labels;
	/** How far inside its cell a pixel lies: 1 in the centre, 0 on the border. */
	private final float[] depth;
	private int cells;

	private SyntheticCells(final int size, final SeededRandom random,
		final float[] grey, final short[] labels)
	{
		this.size = size;
		this.random = random;
		this.grey = grey;
		this.labels = labels;
		depth = new float[grey.length];
	}

	static void draw(final int size, final SeededRandom random,
		final float[] grey, final short[] labels)
	{
		new SyntheticCells(size, random, grey, labels).draw();
	}

	private void draw() {
		final double tries = DENSITY * size * size / (256.0 * 256);
		for (int i = 0; i < tries;)
			i += cluster();
		keepLargestParts();
		paintCells();
		debris();
		GaussianFilter.smooth(grey, new int[] { size, size }, 1.2);
		illuminate();
		noise();
	}

	/** @return number of cells tried */
	private int cluster() {
		final int count = CLUSTER[random.below(CLUSTER.length)];
		double x = random.uniform() * size;
		double y = random.uniform() * size;
		double radius = radius();
		final int first = cells;
		for (int i = 0; i < count; i++) {
			if (isFree(x, y, radius, first)) cell(x, y, radius);
			final double nextRadius = radius();
			final double angle = 2 * Math.PI * random.uniform();
			final double distance = 0.93 * (radius + nextRadius);
			x += distance * StrictMath.cos(angle);
			y += distance * StrictMath.sin(angle);
			radius = nextRadius;
		}
		return count;
	}

	private double radius() {
		return 9 + 5 * random.uniform();
	}

	/** Cells of other clusters keep a distance, those of the same may touch. */
	private boolean isFree(final double x, final double y, final double radius,
		final int first)
	{
		if (x < 0 || y < 0 || x >= size || y >= size) return false;
		for (int i = 0; i < 48; i++) {
			final double angle = 2 * Math.PI * i / 48;
			final boolean inner = i % 2 == 0;
			final double r = inner ? 0.6 * radius : 1.25 * radius;
			final int id = labelAt(x + r * StrictMath.cos(angle), y + r * StrictMath
				.sin(angle));
			if (id > 0 && (inner || id <= first)) return false;
		}
		return labelAt(x, y) == 0;
	}

	private int labelAt(final double x, final double y) {
		final int ix = (int) Math.round(x);
		final int iy = (int) Math.round(y);
		if (ix < 0 || iy < 0 || ix >= size || iy >= size) return 0;
		return labels[iy * size + ix];
	}

	/** An ellipse with a gently waving outline. */
	private void cell(final double x, final double y, final double radius) {
		cells++;
		final double turn = Math.PI * random.uniform();
		final double stretch = 1 + 0.25 * random.uniform();
		final double wave = 0.07 * random.uniform();
		final double phase = 2 * Math.PI * random.uniform();
		final int reach = (int) Math.ceil(1.5 * radius);
		for (int dy = -reach; dy <= reach; dy++)
			for (int dx = -reach; dx <= reach; dx++) {
				final int px = (int) Math.round(x) + dx;
				final int py = (int) Math.round(y) + dy;
				if (px < 0 || py < 0 || px >= size || py >= size) continue;
				final double u = (dx * StrictMath.cos(turn) + dy * StrictMath.sin(
					turn)) / stretch;
				final double v = (dy * StrictMath.cos(turn) - dx * StrictMath.sin(
					turn)) * stretch;
				final double outline = radius * (1 + wave * StrictMath.sin(3 *
					StrictMath.atan2(v, u) + phase));
				claim(py * size + px, (float) (1 - Math.sqrt(u * u + v * v) / outline));
			}
	}

	/** A pixel belongs to the cell in which it lies deepest. */
	private void claim(final int pixel, final float depthInCell) {
		if (depthInCell <= depth[pixel]) return;
		depth[pixel] = depthInCell;
		labels[pixel] = (short) cells;
	}

	/** What the border between two cells cuts off becomes background. */
	private void keepLargestParts() {
		final int[] parts = SyntheticSamples.parts(labels, size);
		final int[] areas = SyntheticSamples.areas(parts);
		final int[] largest = new int[cells + 1];
		for (int p = 0; p < parts.length; p++)
			if (areas[parts[p]] > areas[largest[labels[p]]]) largest[labels[p]] =
				parts[p];
		final short[] number = new short[cells + 1];
		cells = 0;
		for (int p = 0; p < parts.length; p++) {
			final int label = labels[p];
			final boolean kept = parts[p] > 0 && parts[p] == largest[label] &&
				areas[parts[p]] >= SyntheticSamples.SMALLEST_OBJECT;
			if (kept && number[label] == 0) number[label] = (short) ++cells;
			labels[p] = kept ? number[label] : 0;
		}
	}

	private void paintCells() {
		final float[] brightness = new float[cells + 1];
		for (int i = 1; i <= cells; i++)
			brightness[i] = (float) StrictMath.exp(StrictMath.log(0.1) + random
				.uniform() * StrictMath.log(6));
		final float[] texture = SyntheticSamples.texture(size, 2.5, 0.2, random);
		for (int p = 0; p < grey.length; p++)
			if (labels[p] > 0) grey[p] = brightness[labels[p]] * (0.55f + 0.45f * Math
				.min(1, 3 * depth[p])) * (1 + texture[p]);
	}

	/** Small bright specks that are no cells. */
	private void debris() {
		final int specks = size * size / 4096 + random.below(5);
		for (int i = 0; i < specks; i++) {
			final int x = 2 + random.below(size - 4);
			final int y = 2 + random.below(size - 4);
			final float value = (float) (0.3 + 0.6 * random.uniform());
			final double radius = 0.8 + 1.2 * random.uniform();
			for (int dy = -2; dy <= 2; dy++)
				for (int dx = -2; dx <= 2; dx++)
					if (dx * dx + dy * dy <= radius * radius) grey[(y + dy) * size + x +
						dx] += value;
		}
	}

	/** Uneven light on cells, and a background that rises to one side. */
	private void illuminate() {
		final double angle = 2 * Math.PI * random.uniform();
		final double gx = StrictMath.cos(angle) / size;
		final double gy = StrictMath.sin(angle) / size;
		final float[] haze = SyntheticSamples.texture(size, size / 16.0, 0.02,
			random);
		for (int p = 0; p < grey.length; p++) {
			final double side = (p % size - size / 2.0) * gx + (p / size - size /
				2.0) * gy;
			grey[p] = (float) (grey[p] * (1 - 0.4 * side) + BACKGROUND * (1 + 1.1 *
				side) + haze[p]);
		}
	}

	/** Shot noise, growing with the root of the light, and camera noise. */
	private void noise() {
		for (int p = 0; p < grey.length; p++)
			grey[p] += (float) (Math.sqrt(0.0016 * Math.max(0, grey[p]) + 0.0002) *
				random.gaussian());
	}
}
