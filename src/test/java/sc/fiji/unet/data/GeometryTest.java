
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.TreeSet;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.Batch;

/** Where patch pixels come from, and what is found there. */
class GeometryTest {

	private static final long[] PATCH = { 21, 21 };

	private static PatchGrid grid(final long... patch) {
		return PatchGrid.ofInput(PatchSize.of(patch, patch));
	}

	/** Sources of all points [point][axis]. */
	private static double[][] sources(final CoordinateMap map,
		final PatchGrid grid)
	{
		final double[][] result = new double[grid.points()][grid.size.length];
		final CoordinateMap.Lines lines = map.on(grid);
		for (int line = 0; line < grid.lines(); line++) {
			final double[][] source = lines.source(line);
			for (int x = 0; x < grid.size[0]; x++)
				for (int d = 0; d < source.length; d++)
					result[line * grid.size[0] + x][d] = source[d][x];
		}
		return result;
	}

	private static double[][] draw(final AugmentationConfig config,
		final long seed, final long... patch)
	{
		final double[] centre = new double[patch.length];
		Arrays.fill(centre, 10);
		return sources(GeometricAugmentation.draw(config, patch, centre,
			new SeededRandom(seed, 0)), grid(patch));
	}

	private static AugmentationConfig only(final Transform transform,
		final double range)
	{
		return AugmentationConfig.none().toBuilder().with(transform, 1, range)
			.build();
	}

	@Test
	void withoutTransformsPixelsComeFromWhereTheyAre() {
		final double[][] source = draw(AugmentationConfig.none(), 1, PATCH);
		for (int i = 0; i < source.length; i++)
			assertArrayEquals(new double[] { i % 21, i / 21 }, source[i]);
	}

	@Test
	void flipsAndTurnsMapPixelsOntoPixelsExactly() {
		assertArrayEquals(new double[] { 20, 20 }, draw(only(Transform.FLIP, 0), 1,
			PATCH)[0]);
		assertArrayEquals(new double[] { 0, 3 }, draw(only(Transform.TRANSPOSE, 0),
			1, PATCH)[3]);
		final TreeSet<String> corners = new TreeSet<>();
		for (int seed = 0; seed < 40; seed++)
			corners.add(Arrays.toString(draw(only(Transform.QUARTER_TURN, 0), seed,
				PATCH)[0]));
		assertEquals("[[0.0, 0.0], [0.0, 20.0], [20.0, 0.0], [20.0, 20.0]]", corners
			.toString());
	}

	@Test
	void rotationKeepsDistancesAndStaysInItsRange() {
		double largest = 0;
		for (int seed = 0; seed < 200; seed++) {
			final double[][] s = draw(only(Transform.ROTATE, 45), seed, PATCH);
			assertEquals(20, Math.hypot(s[20][0] - s[0][0], s[20][1] - s[0][1]),
				1e-9);
			assertEquals(10, s[10 * 21 + 10][0], 1e-9, "the centre stays");
			largest = Math.max(largest, Math.abs(Math.toDegrees(Math.atan2(s[20][1] -
				s[0][1], s[20][0] - s[0][0]))));
		}
		assertTrue(largest > 43 && largest <= 45, "expected 43 to 45, got " +
			largest);
	}

	@Test
	void shiftAndScaleReachTheirRangesAndNoFurther() {
		double shift = 0;
		double least = 9;
		double most = 0;
		for (int seed = 0; seed < 300; seed++) {
			final double[] centre = draw(only(Transform.SHIFT, 0.1), seed, PATCH)[10 *
				21 + 10];
			shift = Math.max(shift, Math.abs(centre[0] - 10));
			final double[][] s = draw(only(Transform.SCALE, 0.1), seed, PATCH);
			least = Math.min(least, (s[20][0] - s[0][0]) / 20);
			most = Math.max(most, (s[20][0] - s[0][0]) / 20);
		}
		assertTrue(shift > 2 && shift <= 2.1, "shift " + shift);
		assertTrue(least >= 0.9 && least < 0.91 && most > 1.09 && most <= 1.1,
			least + " to " + most);
	}

	@Test
	void affineJitterMovesTheCornersOfASquare() {
		double largest = 0;
		for (int seed = 0; seed < 200; seed++) {
			final double[][] s = draw(only(Transform.AFFINE, 3), seed, PATCH);
			for (final int[] corner : new int[][] { { 17, 17 }, { 17, 3 }, { 3, 3 } })
				for (int d = 0; d < 2; d++) {
					final double moved = Math.abs(s[corner[1] * 21 + corner[0]][d] -
						corner[d]);
					largest = Math.max(largest, moved);
				}
		}
		assertTrue(largest > 2.8 && largest <= 3 + 1e-9, "largest " + largest);
	}

	@Test
	void exactlyOneRigidTransformIsMadeWhereOneIsAskedFor() {
		final AugmentationConfig one = AugmentationConfig.none().toBuilder().oneOf(
			1).with(Transform.SHIFT, 1, 0.5).build();
		final TreeSet<String> kinds = new TreeSet<>();
		for (int seed = 0; seed < 100; seed++) {
			final double[][] s = draw(one, seed, PATCH);
			final double dx = s[1][0] - s[0][0];
			final double dy = s[21][1] - s[0][1];
			kinds.add(dx + " " + dy);
		}
		assertEquals(new TreeSet<>(Arrays.asList("-1.0 -1.0", "-1.0 1.0", "0.0 0.0",
			"1.0 -1.0", "1.0 1.0")), kinds, "flips, turns, transposition, shift");
	}

	@Test
	void elasticGridHasItsDeviationAtTheNodesAndIsSmoothInBetween() {
		double sum = 0;
		double steepest = 0;
		final int n = 400;
		for (int seed = 0; seed < n; seed++) {
			final double[][] s = draw(only(Transform.ELASTIC_GRID, 2), seed, 21, 21);
			sum += (s[0][0] * s[0][0] + s[0][1] * s[0][1] + Math.pow(s[440][0] - 20,
				2) + Math.pow(s[440][1] - 20, 2)) / 4;
			for (int i = 1; i < 21; i++)
				steepest = Math.max(steepest, Math.abs(s[i][0] - s[i - 1][0] - 1));
		}
		assertEquals(2, Math.sqrt(sum / n), 0.15, "deviation at corner nodes");
		// Nodes lie 10 px apart and differ by less than 5 deviations.
		assertTrue(steepest < 2, "steepest change " + steepest);
	}

	@Test
	void elasticGridIsBicubicBetweenItsNodes() {
		final AugmentationConfig config = only(Transform.ELASTIC_GRID, 2)
			.toBuilder().gridPoints(5).build();
		for (int seed = 0; seed < 20; seed++) {
			final double[][] s = draw(config, seed, PATCH);
			double offLinear = 0;
			for (int i = 0; i < s.length; i++)
				for (int c = 0; c < 2; c++) {
					final double moved = s[i][c] - (c == 0 ? i % 21 : i / 21);
					assertEquals(between(s, i, c, true), moved, 1e-9, "pixel " + i);
					offLinear = Math.max(offLinear, Math.abs(moved - between(s, i, c,
						false)));
				}
			assertTrue(offLinear > 0.3, "bilinear would be off by " + offLinear);
		}
	}

	/**
	 * Displacement along an axis, from those at the nodes, every fifth pixel.
	 * Beyond the outermost nodes these repeat.
	 */
	private static double between(final double[][] sources, final int pixel,
		final int axis, final boolean cubic)
	{
		double sum = 0;
		for (int ny = -1; ny <= 5; ny++)
			for (int nx = -1; nx <= 5; nx++) {
				final int x = 5 * Math.max(0, Math.min(4, nx));
				final int y = 5 * Math.max(0, Math.min(4, ny));
				final double node = sources[y * 21 + x][axis] - (axis == 0 ? x : y);
				sum += node * kernel(pixel % 21 / 5.0 - nx, cubic) * kernel(pixel / 21 /
					5.0 - ny, cubic);
			}
		return sum;
	}

	/** Keys 1981 with a = -1/2, or linear. */
	private static double kernel(final double signed, final boolean cubic) {
		final double t = Math.abs(signed);
		if (!cubic) return Math.max(0, 1 - t);
		if (t <= 1) return 1.5 * t * t * t - 2.5 * t * t + 1;
		return t < 2 ? -0.5 * t * t * t + 2.5 * t * t - 4 * t + 2 : 0;
	}

	@Test
	void imagesAreInterpolatedOnceHoweverManyStepsThereAre() {
		final Random random = new Random(3);
		final float[] noise = new float[96 * 96];
		final float[] ramp = new float[noise.length];
		for (int i = 0; i < noise.length; i++) {
			noise[i] = random.nextFloat();
			ramp[i] = 3 * (i % 96) + 5 * (i / 96);
		}
		for (final AugmentationConfig config : new AugmentationConfig[] {
			AugmentationConfig.fast(), AugmentationConfig.paper(), AugmentationConfig
				.notebook().toBuilder().oneOf(0).build() })
			for (int seed = 0; seed < 5; seed++) {
				final CoordinateMap map = GeometricAugmentation.draw(config, PATCH,
					new double[] { 47.5, 47.5 }, new SeededRandom(seed, 0));
				final double[][] s = sources(map, grid(PATCH));
				final float[] greys = patch(noise, map);
				final float[] heights = patch(ramp, map);
				for (int i = 0; i < s.length; i++) {
					assertEquals(bilinear(noise, s[i]), greys[i], 1e-4, "noise");
					assertEquals(3 * s[i][0] + 5 * s[i][1], heights[i], 1e-3, "ramp");
				}
			}
	}

	private static float[] patch(final float[] pixels, final CoordinateMap map) {
		final Sample sample = new Sample("", ArrayImgs.floats(pixels, 96, 96, 1),
			ArrayImgs.ints(96, 96));
		final PatchWriter writer = new PatchWriter(Collections.singletonList(
			sample), PatchSize.of(PATCH, PATCH), Targets.of(new TargetConfig(
				LabelKind.MASK, 2, Patches.PLAIN), Collections.singletonList(sample)));
		final Batch batch = writer.newBatch(1);
		writer.write(0, map, planes -> {}, batch, 0);
		return Patches.input(batch);
	}

	private static double bilinear(final float[] pixels, final double[] at) {
		final int x = (int) Math.floor(at[0]);
		final int y = (int) Math.floor(at[1]);
		final double fx = at[0] - x;
		final double fy = at[1] - y;
		final int p = y * 96 + x;
		return (1 - fy) * ((1 - fx) * pixels[p] + fx * pixels[p + 1]) + fy * ((1 -
			fx) * pixels[p + 96] + fx * pixels[p + 97]);
	}

	@Test
	void denseElasticIsSmoothedToAboutOneOverTwoRootPiSigma() {
		double sum = 0;
		int count = 0;
		for (int seed = 0; seed < 20; seed++) {
			final double[][] s = draw(only(Transform.ELASTIC_DENSE, 35), seed, 64,
				64);
			// Near the border, mirroring makes displacements larger.
			for (int i = 16 * 64; i < 48 * 64; i++)
				if (i % 64 >= 16 && i % 64 < 48) {
					sum += Math.pow(s[i][0] - 10 + 31.5 - i % 64, 2);
					count++;
				}
		}
		final double expected = 35 / Math.sqrt(3) / (2 * Math.sqrt(Math.PI) * 5);
		assertEquals(expected, Math.sqrt(sum / count), 0.1);
	}

	@Test
	void alongZPatchesAreOnlyFlippedAndShifted() {
		final AugmentationConfig all = AugmentationConfig.fast().toBuilder().with(
			Transform.AFFINE, 1, 3).with(Transform.ELASTIC_DENSE, 1, 35).build();
		for (int seed = 0; seed < 10; seed++) {
			final double[][] s = draw(all, seed, 9, 9, 5);
			for (int z = 0; z < 5; z++)
				for (int i = 0; i < 81; i++)
					assertEquals(2, Math.abs(s[z * 81 + i][2] - 10) + Math.abs(2 - Math
						.abs(z - 2)), 1e-9);
		}
	}

	@Test
	void theOutputGridLiesInTheMiddleOfTheInput() {
		final PatchGrid grid = PatchGrid.ofOutput(PatchSize.of(new long[] { 572,
			572 }, new long[] { 388, 388 }), new int[] { 15, 15 });
		assertEquals(92 - 15, grid.start[0]);
		assertEquals(388 + 30, grid.size[0]);
		assertEquals(1, grid.step[0]);
	}

	@Test
	void mirroringRepeatsNoBorderPixelAndWorksAtAnyDistance() {
		final int[] expected = { 1, 0, 1, 2, 1, 0, 1, 2, 1, 0 };
		assertArrayEquals(expected, Mirror.indices(-5, 10, 3));
		assertArrayEquals(new int[4], Mirror.indices(-2, 4, 1));
	}

	@Test
	void interpolationEqualsTheDefinition() {
		final Random random = new Random(1);
		final long[] size = { 5, 4, 3 };
		final float[] pixels = new float[60];
		for (int i = 0; i < 60; i++)
			pixels[i] = random.nextFloat();
		final double[][] points = new double[3][100];
		for (final double[] axis : points)
			for (int i = 0; i < 100; i++)
				axis[i] = random.nextDouble() * 20 - 8;
		final float[] result = new float[100];
		final MirroredImage image = new MirroredImage(size, 100);
		image.locate(points);
		image.interpolate(pixels, 0, result, 0);
		for (int i = 0; i < 100; i++) {
			double expected = 0;
			for (int dz = 0; dz < 2; dz++)
				for (int dy = 0; dy < 2; dy++)
					for (int dx = 0; dx < 2; dx++) {
						final int x = (int) Math.floor(points[0][i]) + dx;
						final int y = (int) Math.floor(points[1][i]) + dy;
						final int z = (int) Math.floor(points[2][i]) + dz;
						expected += (1 - Math.abs(points[0][i] - x)) * (1 - Math.abs(
							points[1][i] - y)) * (1 - Math.abs(points[2][i] - z)) *
							pixels[(Mirror.index(z, 3) * 4 + Mirror.index(y, 4)) * 5 + Mirror
								.index(x, 5)];
					}
			assertEquals(expected, result[i], 1e-5);
		}
	}

	@Test
	void labelsComeFromTheNearestPixel() {
		final int[] result = new int[5];
		new MirroredImage(new long[] { 4, 1 }, 5).nearest(new double[][] { { -1.4,
			0.49, 0.51, 3.4, 4.2 }, new double[5] }, new int[] { 10, 11, 12, 13 },
			result, 0);
		assertArrayEquals(new int[] { 11, 10, 11, 13, 12 }, result);
	}

	@Test
	void gaussianFilterKeepsAConstantAndSpreadsAPointAlongEveryAxis() {
		final float[] constant = new float[7 * 6 * 5];
		Arrays.fill(constant, 3);
		GaussianFilter.smooth(constant, new int[] { 7, 6, 5 }, 2);
		for (final float v : constant)
			assertEquals(3, v, 1e-5);
		final float[] point = new float[31 * 31];
		point[15 * 31 + 15] = 1;
		GaussianFilter.smooth(point, new int[] { 31, 31 }, 2);
		for (final int[] d : new int[][] { { 0, 0 }, { 2, 0 }, { 0, 2 }, { 3, 1 } })
			assertEquals(Math.exp(-(d[0] * d[0] + d[1] * d[1]) / 8.0) / (8 * Math.PI),
				point[(15 + d[1]) * 31 + 15 + d[0]], 3e-4, Arrays.toString(d));
	}

	@Test
	void aSecondDisplacementAddsToTheFirst() {
		final Displacement.Lines one = (position, c) -> c[0][0] += 1;
		final CoordinateMap map = new CoordinateMap(new double[][] { { 2, 0 }, { 0,
			2 } }, new double[2], new double[] { 5, 5 }, Collections.nCopies(2,
				g -> one));
		assertArrayEquals(new double[] { 9, 5 }, sources(map, grid(1, 1))[0]);
	}
}
