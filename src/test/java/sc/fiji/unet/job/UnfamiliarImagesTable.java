
package sc.fiji.unet.job;

import ij.ImagePlus;
import ij.plugin.filter.GaussianBlur;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ImageStatistics;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.data.FilePairs;
import sc.fiji.unet.data.ImageTraits;
import sc.fiji.unet.data.Normalizer;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.data.TraitDeviation;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.imagej.InputImages;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.TrainingTraits;

/**
 * How often an image gets a warning: of the same set as those of the training
 * but not among them, of other sets, and changed in ways that happen. Run as a
 * program it prints the table of docs/explanation.md; the argument is the
 * folder of the sets. Splits are drawn with a fixed seed.
 */
final class UnfamiliarImagesTable {

	static final List<String> SETS = Arrays.asList("isbi2012", "phc-u373",
		"dic-hela", "dsb2018-nuclei");
	/** Splits into a training and a test part. */
	private static final int SPLITS = 60;

	/** What happens to images, by name; "" changes nothing. */
	static final Map<String, Function<FloatProcessor, ImageProcessor>> CHANGES =
		new LinkedHashMap<>();

	static {
		CHANGES.put("", image -> image);
		CHANGES.put("gain 200, offset 1000 (16 bits)", image -> {
			image.multiply(200);
			image.add(1000);
			return image;
		});
		CHANGES.put("inverted", image -> {
			image.multiply(-1);
			return image;
		});
		CHANGES.put("blurred, sigma 3 px", image -> blurred(image, 3));
		CHANGES.put("blurred, sigma 2 px", image -> blurred(image, 2));
		CHANGES.put("noise, 10 % of the contrast", image -> noisy(image, 0.1));
		CHANGES.put("noise, 20 % of the contrast", image -> noisy(image, 0.2));
		CHANGES.put("a third of the magnification", image -> scaled(image, 1 /
			3.0));
		CHANGES.put("half the magnification", image -> scaled(image, 0.5));
		CHANGES.put("three times the magnification", image -> scaled(image, 3));
		CHANGES.put("brightest 20 % clipped", image -> {
			image.max(percentile(image, 0.8));
			return image;
		});
		CHANGES.put("gamma 2", image -> {
			final ImageStatistics s = image.getStats();
			image.subtract(s.min);
			image.sqr();
			return image;
		});
		CHANGES.put("empty, with noise of the camera", image -> {
			image.set(100);
			return noisy(image, 2);
		});
		CHANGES.put("blank", image -> {
			image.set(7);
			return image;
		});
	}

	private final Map<String, List<String>> names = new LinkedHashMap<>();
	/** Set, name and change to traits. */
	private final Map<List<String>, ImageTraits> traits = new LinkedHashMap<>();

	/** @param changes those of {@link #CHANGES} that are looked at */
	UnfamiliarImagesTable(final Path data, final List<String> changes)
		throws IOException
	{
		for (final String set : SETS) {
			names.put(set, new ArrayList<>());
			for (final Path file : FilePairs.list(data.resolve(set).resolve("images"),
				new InputImages()))
			{
				final ImagePlus image = ImageFiles.open(file);
				final String name = FilePairs.stem(file);
				names.get(set).add(name);
				for (final String change : changes)
					add(set, name, change, ImageInput.of(image, ChannelSelection.all())
						.withChannels(1).slice(1, 1));
			}
		}
	}

	private void add(final String set, final String name, final String change,
		final ArrayImg<FloatType, FloatArray> read)
	{
		final FloatProcessor grey = new FloatProcessor((int) read.dimension(0),
			(int) read.dimension(1), read.update(null).getCurrentStorageArray());
		final ImageProcessor changed = CHANGES.get(change).apply(grey);
		final ArrayImg<FloatType, FloatArray> image = ArrayImgs.floats(
			(float[]) changed.getPixels(), changed.getWidth(), changed.getHeight(),
			1);
		final Sample sample = new Sample(name, Normalizer.of(image, Preprocessing
			.percentiles(1, 99.8)).apply(image), ArrayImgs.ints(changed.getWidth(),
				changed.getHeight()));
		traits.put(Arrays.asList(set, name, change), ImageTraits.of(sample));
	}

	private static ImageProcessor blurred(final FloatProcessor image,
		final double sigma)
	{
		new GaussianBlur().blurGaussian(image, sigma, sigma, 1e-4);
		return image;
	}

	/** Cameras clip at 0, so the images do so where they did so before. */
	private static ImageProcessor noisy(final FloatProcessor image,
		final double share)
	{
		final double contrast = percentile(image, 0.998) - percentile(image, 0.01);
		final Random random = new Random(1);
		for (int i = 0; i < image.getPixelCount(); i++)
			image.setf(i, (float) Math.max(0, image.getf(i) + (contrast > 0 ? share *
				contrast : share) * random.nextGaussian()));
		return image;
	}

	private static ImageProcessor scaled(final FloatProcessor image,
		final double factor)
	{
		image.setInterpolationMethod(ImageProcessor.BILINEAR);
		return image.resize((int) (image.getWidth() * factor), (int) (image
			.getHeight() * factor), true);
	}

	private static double percentile(final FloatProcessor image,
		final double share)
	{
		final float[] sorted = ((float[]) image.getPixels()).clone();
		Arrays.sort(sorted);
		return sorted[(int) (share * (sorted.length - 1))];
	}

	List<String> names(final String set, final Predicate<String> which) {
		return names.get(set).stream().filter(which).collect(Collectors.toList());
	}

	TrainingTraits training(final String set, final List<String> images) {
		return ImageTraits.ranges(images.stream().map(name -> traits.get(Arrays
			.asList(set, name, ""))).collect(Collectors.toList()));
	}

	boolean isUnfamiliar(final TrainingTraits training, final String set,
		final String name, final String change)
	{
		return TraitDeviation.of(training, traits.get(Arrays.asList(set, name,
			change))).isPresent();
	}

	double share(final TrainingTraits training, final String set,
		final List<String> images, final String change)
	{
		return images.stream().filter(name -> isUnfamiliar(training, set, name,
			change)).count() / (double) images.size();
	}

	/** Each image once, all others of its set being those of the training. */
	double leaveOneOut(final String set) {
		return names.get(set).stream().mapToDouble(one -> share(training(set, names(
			set, name -> !name.equals(one))), set, Collections.singletonList(one),
			"")).average().orElse(0);
	}

	/**
	 * @param size images of the training; 0: half of the set
	 * @param otherSets whether those of other sets are tested, and not the rest
	 *          of this one
	 * @return share of tested images that get a warning, mean over the splits
	 */
	double random(final String set, final int size, final int splits,
		final boolean otherSets, final String change)
	{
		final Random random = new Random(7);
		double sum = 0;
		for (int i = 0; i < splits; i++) {
			final List<String> mixed = new ArrayList<>(names.get(set));
			Collections.shuffle(mixed, random);
			final int n = size == 0 ? mixed.size() / 2 : size;
			final TrainingTraits training = training(set, mixed.subList(0, n));
			sum += otherSets ? SETS.stream().filter(other -> !other.equals(set))
				.mapToDouble(other -> share(training, other, names.get(other), change))
				.average().orElse(0) : share(training, set, mixed.subList(n, mixed
					.size()), change);
		}
		return sum / splits;
	}

	private void print(final String row, final Function<String, Double> share) {
		System.out.print("| " + row);
		for (final String set : SETS) {
			final Double value = share.apply(set);
			System.out.print(" | " + (value == null ? "" : String.format(Locale.ROOT,
				"%.0f %%", 100 * value)));
		}
		System.out.println(" |");
	}

	/** From the images that a rule names to the others of their set. */
	private Double across(final String set, final boolean back) {
		final Predicate<String> first = name -> set.equals("isbi2012") ? Integer
			.parseInt(name) < 15 : name.startsWith("01");
		if (set.equals("dsb2018-nuclei")) return null;
		return share(training(set, names(set, back ? first.negate() : first)), set,
			names(set, back ? first : first.negate()), "");
	}

	public static void main(final String... args) throws IOException {
		final UnfamiliarImagesTable table = new UnfamiliarImagesTable(Paths.get(
			args[0]), new ArrayList<>(CHANGES.keySet()));
		table.print("one image left out", table::leaveOneOut);
		for (final int size : new int[] { 0, 10, 5, 3, 2, 1 })
			table.print(size == 0 ? "half of the set" : size + " images",
				set -> size >= table.names.get(set).size() ? null : table.random(set,
					size, SPLITS, false, ""));
		table.print("first part to second", set -> table.across(set, false));
		table.print("second part to first", set -> table.across(set, true));
		table.print("other sets", set -> table.random(set, 0, SPLITS, true, ""));
		for (final String change : CHANGES.keySet())
			if (!change.isEmpty()) table.print(change, set -> table.random(set, 0,
				SPLITS, false, change));
		// ImageJ leaves threads behind that do not end by themselves.
		System.exit(0);
	}
}
