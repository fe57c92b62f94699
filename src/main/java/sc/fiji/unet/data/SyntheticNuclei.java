
package sc.fiji.unet.data;

/**
 * Draws nuclei as a stain of DNA shows them in a wide-field microscope: round
 * or oval, about 24 pixels across, bright in the middle, some of them touching,
 * out of focus by a pixel or two, on a haze that is brighter on one side.
 */
final class SyntheticNuclei {

	/** Nuclei per 256 x 256 pixels that are tried; not all find room. */
	private static final double DENSITY = 42;
	/** Of the nuclei, how many are placed beside one that is there. */
	private static final double TOUCHING = 0.25;
	private static final double BACKGROUND = 0.08;

	private final int size;
	private final SeededRandom random;
	private final float[] grey;
	private final short[] labels;
	/** Centre and radius of each nucleus. */
	private final double[][] nuclei;
	private int count;

	private SyntheticNuclei(final int size, final SeededRandom random,
		final float[] grey, final short[] labels)
	{
		this.size = size;
		this.random = random;
		this.grey = grey;
		this.labels = labels;
		nuclei = new double[(int) (DENSITY * size * size / (256.0 * 256))][];
	}

	static void draw(final int size, final SeededRandom random,
		final float[] grey, final short[] labels)
	{
		new SyntheticNuclei(size, random, grey, labels).draw();
	}

	private void draw() {
		for (int tries = 0; tries < nuclei.length; tries++)
			place();
		final float[] texture = SyntheticSamples.texture(size, 1.8, 0.12, random);
		for (int i = 0; i < count; i++)
			nucleus(nuclei[i], (short) (i + 1), texture);
		GaussianFilter.smooth(grey, new int[] { size, size }, 1.3);
		illuminate();
		noise();
	}

	/** Finds room for a nucleus, beside another or anywhere. */
	private void place() {
		final double radius = 10 + 4 * random.uniform();
		final boolean touches = count > 0 && random.uniform() < TOUCHING;
		final double[] other = touches ? nuclei[random.below(count)] : null;
		final double angle = 2 * Math.PI * random.uniform();
		final double distance = touches ? 0.98 * (other[2] + radius) : 0;
		final double x = touches ? other[0] + distance * StrictMath.cos(angle)
			: random.uniform() * size;
		final double y = touches ? other[1] + distance * StrictMath.sin(angle)
			: random.uniform() * size;
		if (isFree(x, y, radius, other)) nuclei[count++] = new double[] { x, y,
			radius };
	}

	private boolean isFree(final double x, final double y, final double radius,
		final double[] neighbour)
	{
		if (x < 0 || y < 0 || x >= size || y >= size) return false;
		for (int i = 0; i < count; i++) {
			final double[] n = nuclei[i];
			final double distance = Math.sqrt((x - n[0]) * (x - n[0]) + (y - n[1]) *
				(y - n[1]));
			if (n != neighbour && distance < 1.25 * (radius + n[2])) return false;
		}
		return true;
	}

	/** An ellipse; what another nucleus has already stays with that. */
	private void nucleus(final double[] nucleus, final short label,
		final float[] texture)
	{
		final double turn = Math.PI * random.uniform();
		final double stretch = 1 + 0.12 * random.uniform();
		final double brightness = 0.35 + 0.4 * random.uniform();
		final int reach = (int) Math.ceil(1.2 * nucleus[2]);
		for (int dy = -reach; dy <= reach; dy++)
			for (int dx = -reach; dx <= reach; dx++) {
				final int x = (int) Math.round(nucleus[0]) + dx;
				final int y = (int) Math.round(nucleus[1]) + dy;
				if (x < 0 || y < 0 || x >= size || y >= size) continue;
				final double u = (dx * StrictMath.cos(turn) + dy * StrictMath.sin(
					turn)) / stretch;
				final double v = (dy * StrictMath.cos(turn) - dx * StrictMath.sin(
					turn)) * stretch;
				final double r2 = (u * u + v * v) / (nucleus[2] * nucleus[2]);
				final int p = y * size + x;
				if (r2 > 1 || labels[p] > 0) continue;
				labels[p] = label;
				grey[p] = (float) (brightness * (1 - 0.45 * r2) * (1 + texture[p]));
			}
	}

	/** Less light towards the corners, and a haze that rises to one side. */
	private void illuminate() {
		final double angle = 2 * Math.PI * random.uniform();
		final double gx = StrictMath.cos(angle) / size;
		final double gy = StrictMath.sin(angle) / size;
		for (int p = 0; p < grey.length; p++) {
			final double x = p % size - size / 2.0;
			final double y = p / size - size / 2.0;
			final double corner = 2 * (x * x + y * y) / ((double) size * size);
			grey[p] = (float) (grey[p] * (1 - 0.3 * corner) + BACKGROUND * (1 + 0.8 *
				(x * gx + y * gy)));
		}
	}

	/** Shot noise, growing with the root of the light, and camera noise. */
	private void noise() {
		for (int p = 0; p < grey.length; p++)
			grey[p] += (float) (Math.sqrt(0.0008 * Math.max(0, grey[p]) + 0.0001) *
				random.gaussian());
	}
}
