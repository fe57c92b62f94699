
package sc.fiji.unet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.Random;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.ImageTrait;
import sc.fiji.unet.network.Preprocessing;

class ImageTraitsTest {

	private static final int W = 150;
	private static final int H = 131;

	/** Discs of a diameter, slightly blurred, with noise. */
	private static float[] discs(final int w, final int h, final int diameter,
		final double noise, final long seed)
	{
		final Random random = new Random(seed);
		final float[] v = new float[w * h];
		final int grid = diameter * 11 / 5;
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) {
				final double dx = x % grid - grid / 2.0;
				final double dy = y % grid - grid / 2.0;
				final double beyond = Math.sqrt(dx * dx + dy * dy) - diameter / 2.0;
				v[y * w + x] = (float) (1 / (1 + Math.exp(2 * beyond)) + noise * random
					.nextGaussian());
			}
		return v;
	}

	private static ArrayImg<FloatType, FloatArray> image(final int w, final int h,
		final float[]... channels)
	{
		final float[] all = new float[w * h * channels.length];
		for (int c = 0; c < channels.length; c++)
			System.arraycopy(channels[c], 0, all, c * w * h, w * h);
		return ArrayImgs.floats(all, w, h, channels.length);
	}

	/** As they are, without normalisation. */
	private static ImageTraits traits(final int w, final int h,
		final float[]... channels)
	{
		return ImageTraits.of(Collections.singletonList(image(w, h, channels)),
			Normalizer.identity(channels.length));
	}

	private static ImageTraits normalised(
		final ArrayImg<FloatType, FloatArray> image)
	{
		return ImageTraits.of(Collections.singletonList(image), Normalizer.of(image,
			Preprocessing.percentiles(1, 99.8)));
	}

	/** Every trait once more, from its definition and with plain loops. */
	private static double naive(final float[] v, final int w, final int h,
		final ImageTrait trait)
	{
		final double[][] image = new double[h][w];
		for (int i = 0; i < v.length; i++)
			image[i / w][i % w] = v[i];
		final float[] sorted = v.clone();
		Arrays.sort(sorted);
		switch (trait) {
			case NOISE:
				double sum = 0;
				final int[] second = { 1, -2, 1 };
				for (int y = 1; y < h - 1; y++)
					for (int x = 1; x < w - 1; x++) {
						double difference = 0;
						for (int j = 0; j < 3; j++)
							for (int i = 0; i < 3; i++)
								difference += second[i] * second[j] * image[y + j - 1][x + i -
									1];
						sum += Math.abs(difference);
					}
				return sum / ((w - 2) * (h - 2)) / 6 * Math.sqrt(Math.PI / 2);
			case DETAIL:
				final double[] p = powers(image);
				return Math.sqrt((p[0] + 9e-6) / ((p[1] + p[2] + p[3]) / 3 + 9e-6));
			case SIZE:
				double levels = 0;
				double total = 0;
				final double[] all = powers(image);
				final double variance = Math.pow(naive(v, w, h, ImageTrait.NOISE), 2);
				for (int k = 0; k < 5; k++) {
					final double power = 1e-6 + Math.max(0, all[k] - variance *
						TraitMeter.NOISE_POWER[k]);
					levels += k * power;
					total += power;
				}
				return 2.5 * Math.pow(2, levels / total);
			case LEVEL:
				final double low = sorted[(int) Math.round(0.01 * (v.length - 1))];
				final double high = sorted[(int) Math.round(0.99 * (v.length - 1))];
				return (sorted[Math.round(0.5f * (v.length - 1))] - low) / (high - low);
			case LINES:
				return lines(image);
			case BRIGHTEST:
				return share(v, sorted[v.length - 1]);
			default:
				return share(v, sorted[0]);
		}
	}

	private static double share(final float[] values, final float value) {
		int count = 0;
		for (final float v : values)
			if (v == value) count++;
		return (double) count / values.length;
	}

	private static double[] powers(final double[][] image) {
		final double[] powers = new double[5];
		double[][] level = image;
		for (int k = 0; k < 5; k++) {
			final double[][] smooth = smooth(level);
			for (int y = 0; y < level.length; y++)
				for (int x = 0; x < level[0].length; x++)
					powers[k] += Math.pow(level[y][x] - smooth[y][x], 2) / level.length /
						level[0].length;
			level = everySecond(smooth);
		}
		return powers;
	}

	/** By the eigenvalue of the Hessian that is larger in magnitude. */
	private static double lines(final double[][] image) {
		double signed = 0;
		double unsigned = 0;
		double[][] level = everySecond(smooth(image));
		for (int k = 1; k <= 2; k++) {
			final double[][] s = smooth(level);
			for (int y = 1; y < s.length - 1; y++)
				for (int x = 1; x < s[0].length - 1; x++) {
					final double a = s[y][x - 1] - 2 * s[y][x] + s[y][x + 1];
					final double d = s[y - 1][x] - 2 * s[y][x] + s[y + 1][x];
					final double b = (s[y - 1][x - 1] + s[y + 1][x + 1] - s[y - 1][x +
						1] - s[y + 1][x - 1]) / 4;
					final double root = Math.sqrt((a + d) * (a + d) - 4 * (a * d - b *
						b));
					final double one = (a + d + root) / 2;
					final double other = (a + d - root) / 2;
					final double most = Math.abs(one) > Math.abs(other) ? one : other;
					signed -= most * Math.abs(most);
					unsigned += most * most;
				}
			level = everySecond(s);
		}
		return signed / unsigned;
	}

	/** Gaussian of sigma 1, truncated at 3, mirrored without the edge pixel. */
	private static double[][] smooth(final double[][] image) {
		final int h = image.length;
		final int w = image[0].length;
		final double[] weights = new double[7];
		for (int i = 0; i < 7; i++)
			weights[i] = Math.exp(-(i - 3) * (i - 3) / 2.0);
		final double total = Math.pow(Arrays.stream(weights).sum(), 2);
		final double[][] result = new double[h][w];
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++)
				for (int j = -3; j <= 3; j++)
					for (int i = -3; i <= 3; i++)
						result[y][x] += weights[j + 3] * weights[i + 3] / total *
							image[mirror(y + j, h)][mirror(x + i, w)];
		return result;
	}

	private static int mirror(final int i, final int length) {
		return i < 0 ? -i : i >= length ? 2 * length - 2 - i : i;
	}

	private static double[][] everySecond(final double[][] image) {
		final double[][] half = new double[(image.length + 1) /
			2][(image[0].length + 1) / 2];
		for (int y = 0; y < half.length; y++)
			for (int x = 0; x < half[0].length; x++)
				half[y][x] = image[2 * y][2 * x];
		return half;
	}

	@Test
	void everyTraitIsThatOfItsDefinition() {
		final float[] v = discs(W, H, 9, 0.05, 1);
		for (int i = 0; i < 300; i++) {
			v[7 * i] = -1;
			v[11 * i + 1] = 2;
		}
		for (final ImageTrait trait : ImageTrait.values())
			assertEquals(naive(v, W, H, trait), traits(W, H, v).value(0, trait), 1e-4,
				trait.name());
	}

	@Test
	void noiseIsThatWhichWasAdded() {
		for (final double noise : new double[] { 0.02, 0.1, 0.3 })
			assertEquals(1, traits(W, H, discs(W, H, 40, noise, 2)).value(0,
				ImageTrait.NOISE) / noise, 0.1, "noise " + noise);
	}

	@Test
	void whiteNoiseHasThePowerThatIsTakenOff() {
		final Random random = new Random(17);
		final double[][] noise = new double[600][600];
		for (final double[] row : noise)
			for (int x = 0; x < row.length; x++)
				row[x] = random.nextGaussian();
		final double[] powers = powers(noise);
		for (int k = 0; k < powers.length; k++)
			assertEquals(1, powers[k] / TraitMeter.NOISE_POWER[k], 0.02 * Math.pow(2,
				k), "level " + k);
	}

	@Test
	void noiseDoesNotMakeStructuresSmaller() {
		final double clean = traits(300, 300, discs(300, 300, 16, 0, 3)).value(0,
			ImageTrait.SIZE);
		final double noisy = traits(300, 300, discs(300, 300, 16, 0.2, 3)).value(0,
			ImageTrait.SIZE);
		assertEquals(1, noisy / clean, 0.1, clean + " and " + noisy);
	}

	@Test
	void sizeIsThatOfDiscs() {
		for (final int diameter : new int[] { 6, 12, 24 })
			assertEquals(1, traits(300, 300, discs(300, 300, diameter, 0, 3)).value(0,
				ImageTrait.SIZE) / diameter, 0.25, "diameter " + diameter);
	}

	@Test
	void gainAndOffsetOfTheCameraChangeNothing() {
		final float[] eight = discs(W, H, 9, 0.05, 4);
		final float[] sixteen = new float[eight.length];
		for (int i = 0; i < eight.length; i++) {
			eight[i] = Math.round(100 + 100 * eight[i]);
			sixteen[i] = 1000 + 200 * eight[i];
		}
		final ImageTraits one = normalised(image(W, H, eight));
		final ImageTraits other = normalised(image(W, H, sixteen));
		for (final ImageTrait trait : ImageTrait.values())
			assertEquals(one.value(0, trait), other.value(0, trait), 1e-4, trait
				.name());
	}

	@Test
	void invertedImageIsItsMirrorImageInTheTraitsOfContrast() {
		final float[] v = discs(W, H, 9, 0.05, 5);
		final float[] inverted = new float[v.length];
		for (int i = 0; i < v.length; i++)
			inverted[i] = 1 - v[i];
		final ImageTraits a = traits(W, H, v);
		final ImageTraits b = traits(W, H, inverted);
		assertEquals(1, a.value(0, ImageTrait.LEVEL) + b.value(0, ImageTrait.LEVEL),
			1e-3);
		assertEquals(0, a.value(0, ImageTrait.LINES) + b.value(0, ImageTrait.LINES),
			1e-5);
		assertTrue(a.value(0, ImageTrait.LEVEL) < 0.4, "bright on dark");
		for (final ImageTrait trait : new ImageTrait[] { ImageTrait.NOISE,
			ImageTrait.DETAIL, ImageTrait.SIZE })
			assertEquals(a.value(0, trait), b.value(0, trait), 1e-4, trait.name());
	}

	@Test
	void channelsAreMeasuredOneByOne() {
		final float[] a = discs(W, H, 9, 0.05, 6);
		final float[] b = discs(W, H, 25, 0.2, 7);
		final ImageTraits both = traits(W, H, a, b);
		assertEquals(2, both.channels());
		for (final ImageTrait trait : ImageTrait.values()) {
			assertEquals(traits(W, H, a).value(0, trait), both.value(0, trait));
			assertEquals(traits(W, H, b).value(0, trait), both.value(1, trait));
		}
	}

	@Test
	void planesOfASeriesCountTogether() {
		final float[] quiet = discs(W, H, 9, 0.02, 8);
		final float[] noisy = discs(W, H, 9, 0.2, 9);
		final ImageTraits series = ImageTraits.of(Arrays.asList(image(W, H, quiet),
			image(W, H, noisy), image(W, H, noisy)), Normalizer.identity(1));
		final double expected = (naive(quiet, W, H, ImageTrait.NOISE) + 2 * naive(
			noisy, W, H, ImageTrait.NOISE)) / 3;
		assertEquals(expected, series.value(0, ImageTrait.NOISE), 1e-4);
	}

	@Test
	void ofALargeImagePartsOfAllRegionsAreMeasured() {
		final int length = 3 * ImageTraits.BLOCK + 5;
		final float[] v = discs(length, 200, 9, 0.05, 10);
		for (final ImageTrait trait : new ImageTrait[] { ImageTrait.NOISE,
			ImageTrait.SIZE, ImageTrait.LEVEL, ImageTrait.LINES })
			assertEquals(naive(v, length, 200, trait), traits(length, 200, v).value(0,
				trait), 0.02, trait.name());
	}

	@Test
	void blankAndTinyImagesHaveFiniteTraits() {
		final float[] constant = new float[W * H];
		Arrays.fill(constant, 5);
		final ImageTraits blank = normalised(image(W, H, constant));
		assertEquals(1, blank.value(0, ImageTrait.BRIGHTEST));
		assertEquals(1, blank.value(0, ImageTrait.DARKEST));
		for (int size = 1; size < 20; size++)
			for (final ImageTrait trait : ImageTrait.values()) {
				assertTrue(Double.isFinite(traits(size, size, discs(size, size, 9, 0.1,
					size)).value(0, trait)), size + " " + trait);
				assertTrue(Double.isFinite(blank.value(0, trait)), trait.name());
			}
	}

	@Test
	void pixelsThatAreNoNumbersAreRefused() {
		final float[] v = discs(W, H, 9, 0.05, 11);
		v[77] = Float.NaN;
		final String message = assertThrows(IllegalArgumentException.class,
			() -> traits(W, H, v)).getMessage();
		assertTrue(message.contains("finite"), message);
	}

	@Test
	void rangesHoldTheLowestAndTheHighestOfAllImages() {
		final float[][] images = { discs(W, H, 9, 0.05, 12), discs(W, H, 15, 0.1,
			13), discs(W, H, 11, 0.2, 14) };
		final Sample[] samples = new Sample[3];
		for (int i = 0; i < 3; i++)
			samples[i] = new Sample("" + i, image(W, H, images[i]), ArrayImgs.ints(W,
				H));
		final double[] range = ImageTraits.ofTraining(Arrays.asList(samples))
			.ranges(0).get(ImageTrait.NOISE);
		assertEquals(naive(images[0], W, H, ImageTrait.NOISE), range[0], 1e-4);
		assertEquals(naive(images[2], W, H, ImageTrait.NOISE), range[1], 1e-4);
		assertEquals(3, ImageTraits.ofTraining(Arrays.asList(samples)).images());
	}

	@Test
	void volumeIsASeriesOfItsSlices() {
		final float[] a = discs(W, H, 9, 0.05, 15);
		final float[] b = discs(W, H, 9, 0.2, 16);
		final float[] both = Arrays.copyOf(a, 2 * a.length);
		System.arraycopy(b, 0, both, a.length, b.length);
		final ImageTraits volume = ImageTraits.of(new Sample("v", ArrayImgs.floats(
			both, W, H, 2, 1), ArrayImgs.ints(W, H, 2)));
		final ImageTraits series = ImageTraits.of(Arrays.asList(image(W, H, a),
			image(W, H, b)), Normalizer.identity(1));
		for (final ImageTrait trait : ImageTrait.values())
			assertEquals(series.value(0, trait), volume.value(0, trait), trait
				.name());
	}
}
