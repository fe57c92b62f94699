
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.List;

/** Draws the geometric part of an augmentation as one coordinate map. */
final class GeometricAugmentation {

	private final AugmentationConfig config;
	private final SeededRandom random;
	private final long[] patch;
	/** Product of the linear steps so far; image from patch. */
	private double[][] linear;
	/** Movement of the centre, in pixels of the image. */
	private final double[] shift;

	private GeometricAugmentation(final AugmentationConfig config,
		final long[] patch, final SeededRandom random)
	{
		this.config = config;
		this.patch = patch;
		this.random = random;
		linear = identity(patch.length);
		shift = new double[patch.length];
	}

	/**
	 * @param patch size of the input
	 * @param sourceCentre pixel coordinate of the image that the middle of the
	 *          patch shows
	 * @return the map from patch to image
	 */
	static CoordinateMap draw(final AugmentationConfig config, final long[] patch,
		final double[] sourceCentre, final SeededRandom random)
	{
		return new GeometricAugmentation(config, patch, random).draw(sourceCentre);
	}

	private CoordinateMap draw(final double[] sourceCentre) {
		if (config.oneOfProbability() > 0) oneOf();
		else each();
		final boolean dense = draws(Transform.ELASTIC_DENSE);
		if (config.isJoint() ? dense : draws(Transform.AFFINE)) affine(config.range(
			Transform.AFFINE));
		final double[] patchCentre = new double[patch.length];
		final double[] centre = sourceCentre.clone();
		for (int d = 0; d < patch.length; d++) {
			patchCentre[d] = (patch[d] - 1) / 2.0;
			centre[d] += shift[d];
		}
		return new CoordinateMap(linear, patchCentre, centre, displacements(dense));
	}

	private boolean draws(final Transform transform) {
		return random.chance(config.probability(transform));
	}

	private void each() {
		for (int d = 0; d < patch.length; d++)
			if (draws(Transform.FLIP)) flip(d);
		if (draws(Transform.TRANSPOSE)) transpose();
		if (draws(Transform.QUARTER_TURN)) quarterTurns(random.below(4));
		shiftScaleRotate();
	}

	private void oneOf() {
		if (!random.chance(config.oneOfProbability())) return;
		final int choice = random.below(patch.length + 3);
		if (choice < patch.length) flip(choice);
		else if (choice == patch.length) transpose();
		else if (choice == patch.length + 1) quarterTurns(random.below(4));
		else shiftScaleRotate();
	}

	private void shiftScaleRotate() {
		if (draws(Transform.SHIFT)) for (int d = 0; d < patch.length; d++)
			shift[d] += random.symmetric(config.range(Transform.SHIFT)) * patch[d];
		if (draws(Transform.SCALE)) scale(1 + random.symmetric(config.range(
			Transform.SCALE)));
		if (draws(Transform.ROTATE)) rotate(Math.toRadians(random.symmetric(config
			.range(Transform.ROTATE))));
	}

	private List<Displacement> displacements(final boolean dense) {
		final List<Displacement> result = new ArrayList<>();
		if (draws(Transform.ELASTIC_GRID)) result.add(new ElasticGrid(patch, config
			.gridPoints(), config.range(Transform.ELASTIC_GRID), random));
		if (dense) result.add(new ElasticDense(patch, config.range(
			Transform.ELASTIC_DENSE), config.smoothing(), random));
		return result;
	}

	private void flip(final int axis) {
		final double[][] m = identity(patch.length);
		m[axis][axis] = -1;
		multiply(m);
	}

	private void transpose() {
		plane(0, 1, 1, 0);
	}

	private void quarterTurns(final int turns) {
		for (int i = 0; i < turns; i++)
			plane(0, -1, 1, 0);
	}

	private void scale(final double factor) {
		plane(factor, 0, 0, factor);
	}

	private void rotate(final double angle) {
		final double cos = StrictMath.cos(angle);
		final double sin = StrictMath.sin(angle);
		plane(cos, -sin, sin, cos);
	}

	/**
	 * Moves the corners (s, s), (s, -s) and (-s, -s) of a square about the
	 * centre, and the plane with them.
	 */
	private void affine(final double range) {
		final double[][] moved = new double[3][2];
		for (final double[] corner : moved)
			for (int i = 0; i < 2; i++)
				corner[i] = random.symmetric(range);
		final double side = 2 * Math.max(1, Math.min(patch[0], patch[1]) / 3.0);
		for (int i = 0; i < 2; i++)
			for (int d = 0; d < shift.length; d++)
				shift[d] += linear[d][i] * (moved[0][i] + moved[2][i]) / 2;
		plane(1 + (moved[1][0] - moved[2][0]) / side, (moved[0][0] - moved[1][0]) /
			side, (moved[1][1] - moved[2][1]) / side, 1 + (moved[0][1] -
				moved[1][1]) / side);
	}

	/** Applies a matrix in the plane of x and y, before the steps so far. */
	private void plane(final double xx, final double xy, final double yx,
		final double yy)
	{
		final double[][] m = identity(patch.length);
		m[0][0] = xx;
		m[0][1] = xy;
		m[1][0] = yx;
		m[1][1] = yy;
		multiply(m);
	}

	private void multiply(final double[][] right) {
		final double[][] product = new double[linear.length][linear.length];
		for (int r = 0; r < product.length; r++)
			for (int c = 0; c < product.length; c++)
				for (int k = 0; k < product.length; k++)
					product[r][c] += linear[r][k] * right[k][c];
		linear = product;
	}

	private static double[][] identity(final int n) {
		final double[][] m = new double[n][n];
		for (int i = 0; i < n; i++)
			m[i][i] = 1;
		return m;
	}
}
