
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.Test;

class DatasetChecksTest {

	private static ArrayImg<FloatType, FloatArray> grey(final int side,
		final int channels)
	{
		final float[] values = new float[side * side * channels];
		for (int i = 0; i < values.length; i++)
			values[i] = i;
		return ArrayImgs.floats(values, side, side, channels);
	}

	private static ArrayImg<IntType, IntArray> labels(final int side,
		final int first)
	{
		final int[] values = new int[side * side];
		values[0] = first;
		return ArrayImgs.ints(values, side, side);
	}

	private static RawSample good(final String name) {
		return new RawSample(name, grey(16, 1), labels(16, 1));
	}

	@Test
	void everythingWrongIsListedInOneMessage() {
		final float[] nan = new float[256];
		Arrays.fill(nan, Float.NaN);
		final float[] oneBad = new float[256];
		oneBad[7] = Float.POSITIVE_INFINITY;
		final List<RawSample> samples = Arrays.asList(good("fine"), new RawSample(
			"sizes", grey(16, 1), labels(17, 1)), new RawSample("blank", grey(16, 1),
				labels(16, 0)), new RawSample("nan", ArrayImgs.floats(nan, 16, 16, 1),
					labels(16, 1)), new RawSample("infinite", ArrayImgs.floats(oneBad, 16,
						16, 1), labels(16, 1)), new RawSample("tiny", grey(1, 1), labels(1,
							1)), new RawSample("rgb", grey(16, 3), labels(16, 1)));
		final String message = assertThrows(IllegalArgumentException.class,
			() -> DatasetChecks.check(samples, OptionalInt.empty())).getMessage();
		for (final String part : new String[] {
			"Image 'sizes' is 16 x 16 pixels, but its labels are 17 x 17",
			"labels of 'blank' are empty",
			"Image 'nan' has no pixel that is a finite number",
			"Image 'infinite' has 1 pixels", "Image 'tiny' is 1 x 1 pixels",
			"3 channels and 2 axes in 'rgb'" })
			assertTrue(message.contains(part), "expected '" + part + "' in " +
				message);
		assertEquals(6, DatasetChecks.problems(samples, OptionalInt.empty())
			.size());
	}

	@Test
	void aSoundDataSetPasses() {
		assertEquals(Collections.emptyList(), DatasetChecks.problems(Arrays.asList(
			good("a"), new RawSample("larger", grey(20, 1), labels(20, 255))),
			OptionalInt.empty()));
	}

	@Test
	void namesThatAreThereTwiceAreRefusedAsTheyWouldBeTrainedOnAndHeldOut() {
		final List<String> problems = DatasetChecks.problems(Arrays.asList(good(
			"a-1"), good("b"), good("a-1")), OptionalInt.empty());
		assertEquals(1, problems.size(), problems.toString());
		assertTrue(problems.get(0).contains("2 images are called 'a-1'") && problems
			.get(0).contains("rename"), problems.get(0));
	}

	@Test
	void noImageAtAllIsAProblem() {
		assertEquals(1, DatasetChecks.problems(new ArrayList<>(), OptionalInt
			.empty()).size());
	}

	@Test
	void labelsThatAreAllIgnoredAreEmpty() {
		final List<RawSample> samples = Collections.singletonList(new RawSample("a",
			grey(16, 1), labels(16, 9)));
		assertEquals(Collections.emptyList(), DatasetChecks.problems(samples,
			OptionalInt.empty()));
		final String problem = DatasetChecks.problems(samples, OptionalInt.of(9))
			.toString();
		assertTrue(problem.contains("ignored value 9"), problem);
	}

	@Test
	void greyImagesSavedAsRgbCountAsGrey() {
		final float[] three = new float[16 * 16 * 3];
		for (int i = 0; i < three.length; i++)
			three[i] = i % 256;
		final RawSample greyRgb = new RawSample("greyRgb", ArrayImgs.floats(three,
			16, 16, 3), labels(16, 1));
		final RawSample colour = new RawSample("colour", grey(16, 3), labels(16,
			1));
		assertEquals(Collections.emptyList(), DatasetChecks.problems(Arrays.asList(
			good("a"), greyRgb), OptionalInt.empty()));
		assertEquals(1, Channels.reduce(Arrays.asList(good("a"), greyRgb)).get(1)
			.channels());
		assertEquals(Collections.emptyList(), DatasetChecks.problems(Arrays.asList(
			colour, greyRgb), OptionalInt.empty()));
		assertEquals(3, Channels.reduce(Arrays.asList(colour, greyRgb)).get(1)
			.channels());
		assertFalse(DatasetChecks.problems(Arrays.asList(good("a"), colour),
			OptionalInt.empty()).isEmpty());
	}

	@Test
	void labelValuesBeyondAnIntAreNamedWithTheirImage() {
		final int[] values = new int[256];
		values[7] = -1;
		final RawSample sample = new RawSample("huge", grey(16, 1), ArrayImgs
			.unsignedInts(values, 16, 16));
		final String problem = DatasetChecks.problems(Arrays.asList(sample),
			OptionalInt.empty()).toString();
		assertTrue(problem.contains("'huge'") && problem.contains("4294967295") &&
			problem.contains("anew"), problem);
	}
}
