
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.data.ImageTraits;
import sc.fiji.unet.data.Normalizer;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.TrainingTraits;

/** What users read, for images that they may well have. */
class UnfamiliarImageTest {

	private static final int SIZE = 200;

	private static float[] cells(final double diameter, final double blur,
		final double noise, final long seed)
	{
		final Random random = new Random(seed);
		final double grid = diameter * 1.6;
		final double shift = random.nextDouble() * grid;
		final float[] v = new float[SIZE * SIZE];
		for (int i = 0; i < v.length; i++) {
			final double dx = (i % SIZE + shift) % grid - grid / 2;
			final double dy = (i / SIZE + shift) % grid - grid / 2;
			final double beyond = Math.sqrt(dx * dx + dy * dy) - diameter / 2;
			v[i] = (float) (1 / (1 + Math.exp(2 * beyond / blur)) + noise * random
				.nextGaussian());
		}
		return v;
	}

	private static Sample sample(final float[]... channels) {
		final int pixels = SIZE * SIZE;
		final float[] all = new float[pixels * channels.length];
		for (int c = 0; c < channels.length; c++)
			System.arraycopy(channels[c], 0, all, c * pixels, pixels);
		final Normalizer normalizer = Normalizer.of(ArrayImgs.floats(all, SIZE,
			SIZE, channels.length), Preprocessing.percentiles(1, 99.8));
		return new Sample("s", normalizer.apply(ArrayImgs.floats(all, SIZE, SIZE,
			channels.length)), ArrayImgs.ints(SIZE, SIZE));
	}

	private static float[] usual(final long seed) {
		return cells(15 + seed % 3, 1, 0.03, seed);
	}

	private static final TrainingTraits TRAINING = ImageTraits.ofTraining(
		IntStream.range(0, 8).mapToObj(seed -> sample(usual(seed))).collect(
			Collectors.toList()));

	private static Optional<String> sentence(final float[] image) {
		return UnfamiliarImage.sentence(TRAINING, ImageTraits.of(sample(image)));
	}

	private static float[] changed(final DoubleUnaryOperator change) {
		return changed(usual(99), change);
	}

	private static float[] changed(final float[] v,
		final DoubleUnaryOperator change)
	{
		for (int i = 0; i < v.length; i++)
			v[i] = (float) change.applyAsDouble(v[i]);
		return v;
	}

	private static void assertSays(final float[] image, final String... parts) {
		final String said = sentence(image).orElse("nothing");
		assertTrue(said.startsWith("Warning: this image ") && said.endsWith("."),
			said);
		for (final String part : parts)
			assertTrue(said.contains(part), "\"" + said + "\" does not say \"" +
				part + "\"");
		assertFalse(said.contains("NaN"), said);
	}

	@Test
	void imagesLikeThoseOfTheTrainingGetNoWarning() {
		for (int seed = 20; seed < 60; seed++)
			assertEquals(Optional.empty(), sentence(usual(seed)), "seed " + seed);
		assertEquals(Optional.empty(), sentence(changed(v -> 1000 + 200 * v)),
			"another gain");
	}

	@Test
	void whatUsersDoToImagesIsNamed() {
		assertSays(cells(16, 1, 0.3, 1), "much noisier than the images that the",
			"of the contrast, in training 0.0", "train on such images, too");
		assertSays(cells(16, 5, 0.002, 2), "out of focus");
		assertSays(cells(4, 1, 0.03, 3), "much smaller structures",
			"give the diameter of its objects");
		assertSays(cells(60, 1, 0.03, 4), "much larger structures");
		assertSays(changed(v -> -v), "looks inverted", "Edit > Invert");
		assertSays(changed(v -> Math.min(v, 0.3)), "is overexposed: ",
			" % of its pixels have the highest");
		assertSays(changed(v -> Math.max(v, 0.3)), "is cut off in the dark: ");
		assertSays(changed(v -> 7), "is blank");
	}

	/** As after the subtraction of a background. */
	@Test
	void invertedImageIsNotTakenForOverexposed() {
		final TrainingTraits clipped = ImageTraits.ofTraining(IntStream.range(0, 8)
			.mapToObj(seed -> sample(changed(usual(seed), v -> Math.max(v, 0))))
			.collect(Collectors.toList()));
		final String said = UnfamiliarImage.sentence(clipped, ImageTraits.of(sample(
			changed(usual(99), v -> -Math.max(v, 0))))).get();
		assertTrue(said.contains("looks inverted"), said);
	}

	@Test
	void channelIsNamedWhereThereAreSeveral() {
		final List<Sample> samples = IntStream.range(0, 8).mapToObj(seed -> sample(
			usual(seed), cells(30, 1, 0.03, seed))).collect(Collectors.toList());
		final TrainingTraits training = ImageTraits.ofTraining(samples);
		final String said = UnfamiliarImage.sentence(training, ImageTraits.of(
			sample(usual(9), cells(30, 1, 0.5, 9)))).get();
		assertTrue(said.startsWith("Warning: channel 2 of this image "), said);
		assertEquals(Optional.empty(), UnfamiliarImage.sentence(training,
			ImageTraits.of(sample(usual(9), cells(30, 1, 0.03, 9)))));
		assertTrue(UnfamiliarImage.sentence(training, ImageTraits.of(sample(cells(
			30, 1, 0.03, 9), usual(9)))).isPresent(), "channels in the wrong order");
	}

	@Test
	void trainingOnBlankChannelsExpectsThem() {
		final float[] blank = new float[SIZE * SIZE];
		Arrays.fill(blank, 3);
		final TrainingTraits training = ImageTraits.ofTraining(Collections
			.singletonList(sample(blank)));
		assertEquals(Optional.empty(), UnfamiliarImage.sentence(training,
			ImageTraits.of(sample(blank))));
	}
}
