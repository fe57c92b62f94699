
package sc.fiji.unet.data;

/**
 * Draws cells as in an electron micrograph: the regions nearest to random
 * centres, distorted so that borders wind, with dark membranes in between that
 * fade in places, dark organelles inside, texture and noise.
 */
final class SyntheticMembranes {

	/** Mean distance of cell centres in pixels. */
	private static final double SPACING = 36;
	/** Nodes of the grid of centres beyond the image on each side. */
	private static final int BEYOND = 3;
	/** Grey of a membrane below that of the cell, where it is darkest. */
	private static final double DARKNESS = 0.45;

	private final int size;
	private final SeededRandom random;
	private final float[] grey;
	private final short[] labels;
	/** Distance to the nearest membrane's middle, in pixels. */
	private final float[] distance;

	private SyntheticMembranes(final int size, final SeededRandom random,
		final float[] grey, final short[] labels)
	{
		this.size = size;
		this.random = random;
		this.grey = grey;
		this.labels = labels;
		distance = new float[grey.length];
	}

	static void draw(final int size, final SeededRandom random,
		final float[] grey, final short[] labels)
	{
		new SyntheticMembranes(size, random, grey, labels).draw();
	}

	private void draw() {
		divide();
		paint(texture(6, 0.35), texture(8, 0.25));
		organelles();
		numberParts();
		GaussianFilter.smooth(grey, new int[] { size, size }, 0.8);
		for (int p = 0; p < grey.length; p++)
			grey[p] += (float) (0.075 * random.gaussian());
	}

	/**
	 * Jittered grid reaching beyond the image.
	 *
	 * @param n nodes along each axis
	 * @return x and y of each centre
	 */
	private double[][] centres(final int n) {
		final double[][] centres = new double[n * n][2];
		for (int i = 0; i < centres.length; i++) {
			centres[i][0] = (i % n - BEYOND + random.symmetric(0.48)) * SPACING;
			centres[i][1] = (i / n - BEYOND + random.symmetric(0.48)) * SPACING;
		}
		return centres;
	}

	/** Numbers the cells and measures the distance to the border between two. */
	private void divide() {
		final int n = (int) Math.ceil(size / SPACING) + 2 * BEYOND;
		final double[][] centres = centres(n);
		final float[] dx = warp();
		final float[] dy = warp();
		final int[] owner = new int[grey.length];
		for (int p = 0; p < owner.length; p++)
			owner[p] = nearest(centres, n, p % size + dx[p], p / size + dy[p], p);
		relabel(owner, centres.length);
	}

	/** Displacement that makes straight borders wind. */
	private float[] warp() {
		final float[] wide = texture(13, 5.5);
		final float[] fine = texture(4, 1);
		for (int p = 0; p < wide.length; p++)
			wide[p] += fine[p];
		return wide;
	}

	/** Only centres up to two nodes of the grid away can be the two nearest. */
	private int nearest(final double[][] centres, final int n, final double x,
		final double y, final int pixel)
	{
		final int column = inside((int) Math.round(x / SPACING) + BEYOND, n);
		final int row = inside((int) Math.round(y / SPACING) + BEYOND, n);
		int first = -1;
		int second = -1;
		double d1 = Double.POSITIVE_INFINITY;
		double d2 = Double.POSITIVE_INFINITY;
		for (int k = 0; k < 25; k++) {
			final int i = (row + k / 5 - 2) * n + column + k % 5 - 2;
			final double d = square(x - centres[i][0]) + square(y - centres[i][1]);
			if (d < d1) {
				second = first;
				d2 = d1;
				first = i;
				d1 = d;
			}
			else if (d < d2) {
				second = i;
				d2 = d;
			}
		}
		final double apart = Math.sqrt(square(centres[first][0] -
			centres[second][0]) + square(centres[first][1] - centres[second][1]));
		distance[pixel] = (float) ((d2 - d1) / (2 * apart));
		return first;
	}

	private static int inside(final int node, final int n) {
		return Math.max(2, Math.min(n - 3, node));
	}

	private static double square(final double v) {
		return v * v;
	}

	/** Numbers the cells that are in the picture from 1, in scan order. */
	private void relabel(final int[] owner, final int centres) {
		final short[] number = new short[centres];
		short count = 0;
		for (int p = 0; p < owner.length; p++) {
			if (number[owner[p]] == 0) number[owner[p]] = ++count;
			labels[p] = number[owner[p]];
		}
	}

	/**
	 * @param width relative change of the membrane's width
	 * @param fading by how much less dark a membrane is, as far as positive
	 */
	private void paint(final float[] width, final float[] fading) {
		final float[] shade = texture(10, 0.05);
		final float[] grain = texture(1.5, 0.045);
		final float[] tone = new float[Short.MAX_VALUE];
		for (int i = 0; i < tone.length; i++)
			tone[i] = (float) (0.66 + random.symmetric(0.09));
		for (int p = 0; p < grey.length; p++) {
			final double half = 2.2 * Math.max(0.5, 1 + width[p]);
			final double dark = DARKNESS * (1 - Math.max(0, Math.min(0.55,
				fading[p]))) / (1 + StrictMath.exp(2.2 * (distance[p] - half)));
			grey[p] = (float) (tone[labels[p]] + shade[p] + grain[p] - dark);
			if (distance[p] <= half) labels[p] = 0;
		}
	}

	/** Dark, banded ovals (mitochondria) and small dark rings (vesicles). */
	private void organelles() {
		final int tries = size * size / 500;
		for (int i = 0; i < tries; i++) {
			final boolean vesicle = random.chance(0.5);
			final double length = vesicle ? 2.5 + random.uniform() : 5 + 4 * random
				.uniform();
			organelle(random.below(size), random.below(size), length, vesicle);
		}
	}

	private void organelle(final int x, final int y, final double length,
		final boolean vesicle)
	{
		final double room = (vesicle ? 1 : 0.6) * length + 3.5;
		if (distance[y * size + x] < room) return;
		final double turn = Math.PI * random.uniform();
		final double thickness = vesicle ? length : 0.6 * length;
		final int reach = (int) Math.ceil(length) + 1;
		for (int py = Math.max(0, y - reach); py <= Math.min(size - 1, y +
			reach); py++)
			for (int px = Math.max(0, x - reach); px <= Math.min(size - 1, x +
				reach); px++)
			{
				final double u = (px - x) * StrictMath.cos(turn) + (py - y) * StrictMath
					.sin(turn);
				final double v = (py - y) * StrictMath.cos(turn) - (px - x) * StrictMath
					.sin(turn);
				final double r = Math.sqrt(square(u / length) + square(v / thickness));
				if (r > 1 || labels[py * size + px] == 0) continue;
				final double band = vesicle ? r > 0.55 ? 0.2 : 0 : r > 0.75 ? 0.28
					: 0.16 + 0.07 * StrictMath.sin(2.2 * u);
				grey[py * size + px] -= (float) band;
			}
	}

	/** What membranes cut off is an object of its own. */
	private void numberParts() {
		final int[] parts = SyntheticSamples.parts(labels, size);
		final int[] areas = SyntheticSamples.areas(parts);
		final short[] number = new short[areas.length];
		short count = 0;
		for (int p = 0; p < parts.length; p++) {
			final int part = parts[p];
			final boolean kept = areas[part] >= SyntheticSamples.SMALLEST_OBJECT;
			if (kept && number[part] == 0) number[part] = ++count;
			labels[p] = number[part];
		}
	}

	private float[] texture(final double sigma, final double deviation) {
		return SyntheticSamples.texture(size, sigma, deviation, random);
	}
}
