
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * Looks at a whole data set before training starts and names everything that is
 * wrong with it at once.
 */
public final class DatasetChecks {

	/** Smallest image along x and y, in pixels, that can be trained on. */
	public static final int SMALLEST = 8;

	private DatasetChecks() {}

	/**
	 * @param samples images and labels as read
	 * @param ignore label value of pixels that do not count
	 * @throws IllegalArgumentException if anything is wrong; lists it all, naming
	 *           the images
	 */
	public static void check(final List<RawSample> samples,
		final OptionalInt ignore)
	{
		refuse("trained on", problems(samples, ignore));
	}

	/**
	 * As {@link #check}, of images that are but to be compared with a prediction:
	 * their labels may be empty.
	 *
	 * @throws IllegalArgumentException if anything is wrong; lists it all, naming
	 *           the images
	 */
	static void checkComparable(final List<RawSample> samples) {
		final List<String> problems = new ArrayList<>();
		for (final RawSample sample : samples)
			check(sample, problems);
		checkNames(samples, problems);
		checkChannels(samples, problems);
		refuse("compared", problems);
	}

	private static void refuse(final String use, final List<String> problems) {
		if (!problems.isEmpty()) throw new IllegalArgumentException(
			"These images cannot be " + use + ":\n- " + String.join("\n- ",
				problems) + "\nRepair or exclude them.");
	}

	/**
	 * @param samples images and labels as read
	 * @param ignore label value of pixels that do not count
	 * @return what is wrong, a sentence each; empty if nothing is
	 */
	public static List<String> problems(final List<RawSample> samples,
		final OptionalInt ignore)
	{
		final List<String> problems = new ArrayList<>();
		if (samples.isEmpty()) problems.add("There is no image to train on.");
		for (final RawSample sample : samples) {
			check(sample, problems);
			checkNotEmpty(sample, ignore, problems);
		}
		checkNames(samples, problems);
		checkChannels(samples, problems);
		return problems;
	}

	/**
	 * Images are trained on or held out by their names, so one of two with the
	 * same name would end up on both sides.
	 */
	private static void checkNames(final List<RawSample> samples,
		final List<String> problems)
	{
		final Map<String, Long> counts = samples.stream().collect(Collectors
			.groupingBy(RawSample::name, TreeMap::new, Collectors.counting()));
		counts.forEach((name, count) -> {
			if (count > 1) problems.add(count + " images are called '" + name +
				"', such as a file and a slice of a stack, whose slices are numbered; rename the files.");
		});
	}

	private static void check(final RawSample sample,
		final List<String> problems)
	{
		final String image = "Image '" + sample.name() + "' ";
		final long[] size = sample.imageSize();
		if (size.length < 2 || size.length > 3) problems.add(image + "has " +
			size.length + " spatial axes; it must have 2 or 3.");
		else if (Math.min(size[0], size[1]) < SMALLEST) problems.add(image + "is " +
			text(size) + " pixels; it must be at least " + SMALLEST + " x " +
			SMALLEST + ".");
		if (!Arrays.equals(size, sample.labelSize())) problems.add(image + "is " +
			text(size) + " pixels, but its labels are " + text(sample.labelSize()) +
			"; they must be equal.");
		final long notFinite = countNotFinite(sample.image());
		if (notFinite > 0) problems.add(image + (notFinite == Views.iterable(sample
			.image()).size() ? "has no pixel that is a finite number; replace it."
				: ImageStatistics.notFinite(notFinite) + "."));
		final OptionalLong tooLarge = outOfRange(sample.labels());
		tooLarge.ifPresent(value -> problems.add("The labels of '" + sample.name() +
			"' hold the value " + value + ", beyond " + Integer.MAX_VALUE +
			"; number the objects anew."));
	}

	private static void checkNotEmpty(final RawSample sample,
		final OptionalInt ignore, final List<String> problems)
	{
		if (!sample.mayBeEmpty() && isEmpty(sample.labels(), ignore)) problems.add(
			"The labels of '" + sample.name() +
				"' are empty: no pixel differs from background (0)" + (ignore
					.isPresent() ? " and the ignored value " + ignore.getAsInt() : "") +
				".");
	}

	private static String text(final long[] size) {
		return Arrays.stream(size).mapToObj(Long::toString).collect(Collectors
			.joining(" x "));
	}

	private static long countNotFinite(
		final RandomAccessibleInterval<? extends RealType<?>> image)
	{
		if (Views.iterable(image).firstElement() instanceof IntegerType) return 0;
		final Cursor<? extends RealType<?>> cursor = Views.iterable(image).cursor();
		long count = 0;
		while (cursor.hasNext())
			if (!Double.isFinite(cursor.next().getRealDouble())) count++;
		return count;
	}

	/** First label value that is no int. */
	private static OptionalLong outOfRange(
		final RandomAccessibleInterval<? extends IntegerType<?>> labels)
	{
		if (Views.iterable(labels).firstElement()
			.getMaxValue() <= Integer.MAX_VALUE) return OptionalLong.empty();
		final Cursor<? extends IntegerType<?>> cursor = Views.flatIterable(labels)
			.cursor();
		while (cursor.hasNext()) {
			final long value = cursor.next().getIntegerLong();
			if ((int) value != value) return OptionalLong.of(value);
		}
		return OptionalLong.empty();
	}

	private static boolean isEmpty(
		final RandomAccessibleInterval<? extends IntegerType<?>> labels,
		final OptionalInt ignore)
	{
		final Cursor<? extends IntegerType<?>> cursor = Views.iterable(labels)
			.cursor();
		while (cursor.hasNext()) {
			final long value = cursor.next().getIntegerLong();
			if (value != 0 && !(ignore.isPresent() && value == ignore.getAsInt()))
				return false;
		}
		return true;
	}

	/** Equal channels have been reduced before, if they are in all images. */
	private static void checkChannels(final List<RawSample> samples,
		final List<String> problems)
	{
		final TreeMap<String, List<String>> names = new TreeMap<>();
		for (final RawSample sample : Channels.reduce(samples))
			names.computeIfAbsent(sample.channels() + (sample.channels() == 1
				? " channel" : " channels") + " and " + sample.imageSize().length +
				" axes", k -> new ArrayList<>()).add(sample.name());
		if (names.size() > 1) problems.add("Images of different kinds are mixed: " +
			names.entrySet().stream().map(e -> e.getKey() + " in " + some(e
				.getValue())).collect(Collectors.joining("; ")) +
			". Convert them to the same number of channels (all grey or all RGB).");
	}

	/** Enough names to find the images, even if there are hundreds. */
	private static String some(final Collection<String> names) {
		final int shown = 10;
		final String list = names.stream().limit(shown).map(n -> "'" + n + "'")
			.collect(Collectors.joining(", "));
		return names.size() <= shown ? list : list + " and " + (names.size() -
			shown) + " more";
	}
}
