
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;

import sc.fiji.unet.network.IntensityStatistics;
import sc.fiji.unet.network.Preprocessing;

/**
 * Images and labels, checked and brought to the form that training needs.
 * Immutable.
 */
public final class DataSet {

	private final List<Sample> samples;
	private final LabelValues labels;
	/** The samples as they were read, in the same order. */
	private final List<RawSample> raw;

	private DataSet(final List<Sample> samples, final LabelValues labels,
		final List<RawSample> raw)
	{
		this.samples = Collections.unmodifiableList(samples);
		this.labels = labels;
		this.raw = raw;
	}

	/**
	 * Reduces equal channels to one, checks everything, finds out what labels
	 * mean, and normalises each image by itself.
	 *
	 * @param raw images and labels as read
	 * @param kind what label values mean
	 * @param ignore label value of pixels that do not count
	 * @param preprocessing how grey values are normalised
	 * @throws IllegalArgumentException if anything is wrong with an image (all is
	 *           listed), or the meaning of labels is ambiguous
	 */
	public static DataSet of(final List<RawSample> raw, final LabelKind kind,
		final OptionalInt ignore, final Preprocessing preprocessing)
	{
		DatasetChecks.check(raw, ignore);
		return of(raw, labels -> LabelValues.of(labels, kind, ignore),
			preprocessing);
	}

	/** What the values of all label images together mean. */
	@FunctionalInterface
	public interface Meaning {

		/** @throws IllegalArgumentException if it cannot be told */
		LabelValues of(
			List<? extends RandomAccessibleInterval<? extends IntegerType<?>>> labels);
	}

	/**
	 * As {@link #of(List, LabelKind, OptionalInt, Preprocessing)}, for images
	 * that nothing is learnt from, which need not have any object.
	 *
	 * @param meaning tells what labels mean
	 * @throws IllegalArgumentException if anything is wrong with an image, all is
	 *           listed, or as {@code meaning} says
	 */
	public static DataSet toCompare(final List<RawSample> raw,
		final Meaning meaning, final Preprocessing preprocessing)
	{
		DatasetChecks.checkComparable(raw);
		return of(raw, meaning, preprocessing);
	}

	private static DataSet of(final List<RawSample> raw, final Meaning meaning,
		final Preprocessing preprocessing)
	{
		final List<RawSample> reduced = Channels.reduce(raw);
		final LabelValues labels = meaning.of(reduced.stream().map(
			RawSample::labels).collect(Collectors.toList()));
		final Map<String, Normalizer> normalizers = new HashMap<>();
		reduced.stream().collect(Collectors.groupingBy(RawSample::series)).forEach((
			series, images) -> normalizers.put(series, Normalizer.of(statistics(
				images), preprocessing)));
		final List<Sample> samples = new ArrayList<>();
		for (final RawSample sample : reduced)
			samples.add(new Sample(sample.name(), normalizers.get(sample.series())
				.apply(sample.image()), labels.apply(sample.labels())));
		return new DataSet(samples, labels, reduced);
	}

	private static ImageStatistics statistics(final List<RawSample> samples) {
		return ImageStatistics.of(samples.stream().map(RawSample::name).collect(
			Collectors.toList()), samples.stream().map(RawSample::image).collect(
				Collectors.toList()));
	}

	/**
	 * @return the samples as they were read, with the channels that count, in the
	 *         same order
	 */
	public List<RawSample> raw() {
		return Collections.unmodifiableList(raw);
	}

	/** @return the samples in the order given */
	public List<Sample> samples() {
		return samples;
	}

	/**
	 * @param names names of samples
	 * @return those samples, in the order of the data set
	 * @throws IllegalArgumentException if a name is not there; lists the names
	 */
	public List<Sample> samples(final List<String> names) {
		final List<String> chosen = NameList.choose(names, samples.stream().map(
			Sample::name).collect(Collectors.toList()));
		return samples.stream().filter(s -> chosen.contains(s.name())).collect(
			Collectors.toList());
	}

	/** @return number of channels of every image */
	public int channels() {
		return samples.get(0).channels();
	}

	/** @return what the label values mean */
	public LabelValues labels() {
		return labels;
	}

	/**
	 * @param names names of samples, such as those trained on: what is stored
	 *          with a model must not come from images held out
	 * @return grey values as stored, these images taken together, an entry a
	 *         channel; computed anew at each call
	 * @throws IllegalArgumentException if there is no name, or one is unknown
	 */
	public List<IntensityStatistics> intensities(final List<String> names) {
		if (names.isEmpty()) throw new IllegalArgumentException(
			"There is no image to count grey values of; name one.");
		final List<String> chosen = NameList.choose(names, raw.stream().map(
			RawSample::name).collect(Collectors.toList()));
		return statistics(raw.stream().filter(s -> chosen.contains(s.name()))
			.collect(Collectors.toList())).intensities();
	}
}
