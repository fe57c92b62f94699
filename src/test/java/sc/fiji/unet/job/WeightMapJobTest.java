
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.data.LabelKind;

class WeightMapJobTest {

	/** Two pixels that touch by a corner. */
	private static final int[] CORNER = { 255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0,
		0 };

	private static ArrayImg<IntType, IntArray> plane() {
		return ArrayImgs.ints(CORNER, 4, 3);
	}

	private static WeightMapJob job() {
		return new WeightMapJob(LabelKind.MASK, 10, 5, false, 0);
	}

	private static float[] values(final ArrayImg<FloatType, FloatArray> image) {
		return image.update(null).getCurrentStorageArray();
	}

	@Test
	void tellsHowFarItIsAndEndsWhenItShall() {
		final List<ArrayImg<IntType, IntArray>> planes = Arrays.asList(plane(),
			plane(), plane());
		final List<Long> done = new ArrayList<>();
		assertEquals(3, job().progress((d, total) -> done.add(10 * d + total)).run(
			planes).weights().size());
		assertEquals(Arrays.asList(13L, 23L, 33L), done);
		done.clear();
		assertThrows(CancellationException.class, () -> job().progress((d,
			total) -> done.add(d)).cancelled(() -> done.size() == 2).run(planes));
		assertEquals(Arrays.asList(1L, 2L), done);
	}

	@Test
	void ofASingleImageToo() {
		final List<ArrayImg<IntType, IntArray>> planes = Collections.singletonList(
			plane());
		final int[] asked = new int[1];
		job().border(true).ridge(true).cancelled(() -> asked[0]++ < 0).run(planes);
		assertEquals(5, asked[0],
			"before the objects, weights, border and ridge, and at the end");
		for (int i = 0; i < 5; i++) {
			final int last = i;
			asked[0] = 0;
			assertThrows(CancellationException.class, () -> job().border(true).ridge(
				true).cancelled(() -> asked[0]++ == last).run(planes));
			assertEquals(last + 1, asked[0]);
		}
	}

	@Test
	void theBorderIsThereWhereItIsWanted() {
		final List<ArrayImg<IntType, IntArray>> planes = Collections.singletonList(
			plane());
		assertTrue(job().run(planes).border().isEmpty(), "nobody wants it");
		final WeightMapJob.Result both = job().border(true).mask(255, 4).run(
			planes);
		final float[] border = values(both.border().get(0));
		assertTrue(border[1] > 1, "two objects by sides: " + border[1]);
		assertEquals(values(both.weights().get(0))[1], border[1] + 1, 1e-6);
		final List<Long> done = new ArrayList<>();
		final WeightMapJob.Result alone = job().weights(false).border(true).mask(
			255, 4).progress((d, total) -> done.add(10 * d + total)).run(planes);
		assertTrue(alone.weights().isEmpty(), "nobody wants them");
		assertArrayEquals(border, values(alone.border().get(0)));
		assertEquals(Arrays.asList(11L), done);
		assertArrayEquals(new float[12], values(job().border(true).mask(255, 8).run(
			planes).border().get(0)), "one object by corners");
	}

	@Test
	void theUsualConnectivityIsThatByCornersInAVolumeToo() {
		final int[] two = new int[24];
		two[0] = 255;
		two[12 + 5] = 255;
		final List<ArrayImg<IntType, IntArray>> volume = Collections.singletonList(
			ArrayImgs.ints(two, 4, 3, 2));
		assertArrayEquals(new float[24], values(job().border(true).run(volume)
			.border().get(0)));
		assertTrue(values(job().border(true).mask(255, 6).run(volume).border().get(
			0))[1] > 1, "two objects by faces");
		assertThrows(IllegalArgumentException.class, () -> job().mask(255, 4).run(
			volume));
	}

	@Test
	void theLineBetweenTouchingObjectsIsAnImageOfItsOwn() {
		final List<ArrayImg<IntType, IntArray>> touching = Collections
			.singletonList(ArrayImgs.ints(new int[] { 1, 1, 1, 2, 2, 1, 1, 1, 2, 2, 1,
				1, 1, 2, 2 }, 5, 3));
		final WeightMapJob job = new WeightMapJob(LabelKind.INSTANCES, 10, 5, false,
			1);
		assertTrue(job.run(touching).ridge().isEmpty(), "nobody wants it");
		assertArrayEquals(new float[] { 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255,
			0, 0 }, values(job.ridge(true).run(touching).ridge().get(0)));
	}

	@Test
	void distancesFollowTheSpacing() {
		final List<ArrayImg<IntType, IntArray>> apart = Collections.singletonList(
			ArrayImgs.ints(new int[] { 1, 0, 2 }, 3, 1));
		final WeightMapJob job = new WeightMapJob(LabelKind.INSTANCES, 10, 5, false,
			0).border(true).spacing(3, 1);
		assertEquals(10 * Math.exp(-36 / 50.0), values(job.run(apart).border().get(
			0))[1], 1e-5);
	}
}
