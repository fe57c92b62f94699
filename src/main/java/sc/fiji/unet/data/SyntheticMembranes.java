
package sc.fiji.unet.data;

/**
 * Draws cells as in an electron micrograph: the regions nearest to random
 * centres, distorted so that borders wind, with dark membranes in between that
 * fade in places, dark organelles inside, texture and noise.
 */
final class SyntheticMembranes {

	/** Mean distance of cell centres in pixels. */
	private static final double SPACING = 36;

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
		divide(centres());
		final float[] width = texture(6, 0.35);
		paint(width, texture(10, 0.05), texture(1.5, 0.045));
		organelles();
		GaussianFilter.smooth(grey, new int[] { size, size }, 0.8);
		for (int p = 0; p < grey.length; p++)
			grey[p] += (float) (0.06 * random.gaussian());
	}

	/** Jittered grid reaching beyond the image: x and y of each centre. */
	private double[][] centres() {
		final int n = (int) Math.ceil(size / SPACING) + 4;
		final double[][] centres = new double[n * n][2];
		for (int i = 0; i < centres.length; i++) {
			centres[i][0] = (i % n - 1.5 + random.symmetric(0.48)) * SPACING;
			centres[i][1] = (i / n - 1.5 + random.symmetric(0.48)) * SPACING;
		}
		return centres;
	}

	/** Numbers the cells and measures the distance to the border between two. */
	private void divide(final double[][] centres) {
		final float[] dx = warp();
		final float[] dy = warp();
		final int[] owner = new int[grey.length];
		for (int p = 0; p < owner.length; p++)
			owner[p] = nearest(centres, p % size + dx[p], p / size + dy[p], p);
		relabel(owner, centres.length);
	}

	/** Displacement that makes straight borders wind. */
	private float[] warp() {
		final float[] wide = texture(12, 6);
		final float[] fine = texture(4, 1.3);
		for (int p = 0; p < wide.length; p++)
			wide[p] += fine[p];
		return wide;
	}

	private int nearest(final double[][] centres, final double x, final double y,
		final int pixel)
	{
		int first = -1;
		int second = -1;
		double d1 = Double.POSITIVE_INFINITY;
		double d2 = Double.POSITIVE_INFINITY;
		for (int i = 0; i < centres.length; i++) {
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
	 * @param shade slow changes of grey inside cells
	 * @param grain fine texture
	 */
	private void paint(final float[] width, final float[] shade,
		final float[] grain)
	{
		final int cells = Short.MAX_VALUE;
		final float[] tone = new float[cells];
		for (int i = 0; i < cells; i++)
			tone[i] = (float) (0.68 + 0.07 * random.symmetric(1));
		for (int p = 0; p < grey.length; p++) {
			final double half = 2.2 * Math.max(0.5, 1 + width[p]);
			final double dark = 1 / (1 + StrictMath.exp(2.2 * (distance[p] - half)));
			grey[p] = (float) (tone[labels[p]] + shade[p] + grain[p] - 0.45 * dark);
			if (distance[p] <= half) labels[p] = 0;
		}
	}

	/** Dark, banded ovals (mitochondria) and small dark rings (vesicles). */
	private void organelles() {
		final int tries = size * size / 1500;
		for (int i = 0; i < tries; i++) {
			final boolean vesicle = random.chance(0.6);
			final double length = vesicle ? 2.5 + random.uniform() : 6 + 4 * random
				.uniform();
			organelle(random.below(size), random.below(size), length, vesicle);
		}
	}

	private void organelle(final int x, final int y, final double length,
		final boolean vesicle)
	{
		final double room = (vesicle ? 1 : 0.6) * length + 4;
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

	/** Smooth noise of the given deviation. */
	private float[] texture(final double sigma, final double deviation) {
		final float[] noise = new float[grey.length];
		// Smoothing by sigma leaves 1 / (2 sqrt(pi) sigma) of the deviation.
		final double amplitude = deviation * 2 * Math.sqrt(Math.PI) * sigma;
		for (int p = 0; p < noise.length; p++)
			noise[p] = (float) (amplitude * random.gaussian());
		GaussianFilter.smooth(noise, new int[] { size, size }, sigma);
		return noise;
	}
}
