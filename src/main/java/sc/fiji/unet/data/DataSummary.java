
package sc.fiji.unet.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What somebody should know about the images that are trained on before an hour
 * is spent: what they show, and what is likely to go wrong with them.
 * Immutable.
 */
public final class DataSummary {

	private static final double FEW_COUNT = 0.1;
	private static final double LITTLE_FOREGROUND = 0.005;
	private static final double MUCH_FOREGROUND = 0.98;
	/** Pixels across of objects that a network can hardly see. */
	private static final double TINY = 4;
	private static final int NAMES = 5;

	private final List<Sample> samples;
	private final PatchSize size;
	private final TargetConfig config;
	/** Pixels of each class; the last entry counts those ignored. */
	private final long[] pixels;
	private final ObjectSizes objects;
	private final List<String> facts = new ArrayList<>();
	private final List<String> warnings = new ArrayList<>();

	/**
	 * @param samples trained on, normalised; at least one, all two- or all
	 *          three-dimensional
	 * @param size of a patch
	 * @param config what the labels mean
	 */
	public DataSummary(final List<Sample> samples, final PatchSize size,
		final TargetConfig config)
	{
		this.samples = samples;
		this.size = size;
		this.config = config;
		pixels = pixels();
		objects = config.kind() == LabelKind.CLASSES ? null : ObjectSizes.of(
			samples, config.kind());
		sizes();
		fractions();
		if (objects != null) objects();
		constants();
	}

	/** @return what the images show, a sentence each */
	public List<String> facts() {
		return Collections.unmodifiableList(facts);
	}

	/** @return what may go wrong and what to do, a sentence each; mostly none */
	public List<String> warnings() {
		return Collections.unmodifiableList(warnings);
	}

	private long[] pixels() {
		final long[] counts = new long[config.classes() + 1];
		for (final Sample sample : samples)
			for (final int label : sample.labelArray())
				counts[label < 0 ? config.classes() : config.kind() == LabelKind.CLASSES
					? label : Math.min(label, 1)]++;
		return counts;
	}

	private void sizes() {
		final List<String> sizes = samples.stream().map(s -> text(s.size()))
			.distinct().collect(Collectors.toList());
		final int channels = samples.get(0).channels();
		facts.add("The images trained on have " + sizes.stream().limit(NAMES)
			.collect(Collectors.joining(", ")) + (sizes.size() > NAMES
				? " and other sizes in" : "") + " pixels and " + (channels == 1
					? "one channel." : channels + " channels."));
		final boolean inner = !Arrays.equals(size.input(), size.region());
		facts.add("The network sees " + text(size.input()) + " pixels at once" +
			(inner ? " and answers for the " + text(size.region()) +
				" in their middle." : "."));
		smaller();
	}

	private void smaller() {
		final List<String> small = names(1);
		final List<String> tiny = names(2);
		final String patch = text(size.input());
		if (!tiny.isEmpty()) warnings.add(list(tiny) + (tiny.size() == 1 ? " is"
			: " are") + " less than half as wide or high as the " + patch +
			" pixels that the network sees at once: most of what it sees will be mirrored. Set a smaller patchSize.");
		else if (!small.isEmpty()) facts.add(list(small) + (small.size() == 1
			? " is" : " are") + " smaller than that; what is missing is mirrored.");
	}

	/** @return images of which several copies would go into a patch */
	private List<String> names(final int times) {
		final long[] input = size.input();
		return samples.stream().filter(s -> {
			final long[] image = s.size();
			for (int d = 0; d < input.length; d++)
				if (image[d] * times < input[d]) return true;
			return false;
		}).map(Sample::name).collect(Collectors.toList());
	}

	private void fractions() {
		final int n = config.classes();
		final long counted = Arrays.stream(pixels, 0, n).sum();
		final double ignored = pixels[n] / (double) (pixels[n] + counted);
		if (ignored > 0) facts.add(percent(ignored) +
			" of the pixels are ignored.");
		if (1 - ignored < FEW_COUNT) warnings.add("Only " + percent(1 - ignored) +
			" of the pixels count, all others are ignored; label more, or check the ignored label value.");
		final double[] shares = Arrays.stream(pixels, 0, n).mapToDouble(p -> p /
			(double) Math.max(1, counted)).toArray();
		if (config.kind() == LabelKind.CLASSES) classes(shares);
		else foreground(shares[1]);
	}

	private void classes(final double[] shares) {
		final List<String> texts = new ArrayList<>();
		for (int c = 0; c < shares.length; c++) {
			texts.add(percent(shares[c]) + " class " + c);
			if (shares[c] < LITTLE_FOREGROUND) warnings.add("Only " + percent(
				shares[c]) + " of the pixels are class " + c + "; label more of it" +
				orBalance());
		}
		facts.add("Of the pixels that count are " + String.join(", ", texts) + ".");
	}

	private String orBalance() {
		return config.weights().balanceClasses() ? "."
			: ", or have rare classes weigh more (target.balanceClasses).";
	}

	private void foreground(final double share) {
		facts.add(percent(share) + (pixels[2] > 0
			? " of the pixels that count are foreground."
			: " of the pixels are foreground."));
		if (share < LITTLE_FOREGROUND) warnings.add("Only " + percent(share) +
			" of the pixels are foreground; label every object" + orBalance());
		if (share > MUCH_FOREGROUND) warnings.add(percent(share) +
			" of the pixels are foreground; are objects and background exchanged? 0 must be background.");
	}

	private void objects() {
		final boolean mask = config.kind() == LabelKind.MASK;
		if (objects.count() == 0) return;
		final String what = mask ? objects.count() == 1 ? " region" : " regions"
			: objects.count() == 1 ? " object" : " objects";
		facts.add("The labels show " + objects.count() + what + " (" + (objects
			.fewest() < objects.most() ? objects.fewest() + " to " : "") + objects
				.most() + " an image), " + pixels(objects.diameter(0)) + " to " +
			pixels(objects.diameter(1)) + " pixels across, in the middle " + pixels(
				objects.diameter(0.5)) + ".");
		if (objects.diameter(0.5) < TINY) warnings.add("Half of the" + what +
			" are less than " + pixels(TINY) +
			" pixels across; enlarge images and labels, or clean the labels.");
		final List<int[]> large = objects.beyond(size.region());
		if (!large.isEmpty()) (mask ? facts : warnings).add(large.size() +
			" of the " + objects.count() + what + " reach" + (large.size() == 1 ? "es"
				: "") + " beyond the " + text(size.region()) +
			" pixels that the network answers for at once" + (mask
				? "; in a mask objects that touch are one. Use label images if they are to be told apart, else all is well."
				: ". Set a larger patchSize, or scale images and labels down."));
	}

	private void constants() {
		final List<String> names = samples.stream().filter(DataSummary::isConstant)
			.map(Sample::name).collect(Collectors.toList());
		if (!names.isEmpty()) warnings.add(list(names) + (names.size() == 1 ? " has"
			: " have") +
			" the same grey value everywhere in a channel, from which nothing can be learnt; replace or exclude.");
	}

	private static boolean isConstant(final Sample sample) {
		final float[] values = sample.imageArray();
		final int plane = values.length / sample.channels();
		for (int c = 0; c < sample.channels(); c++) {
			int i = c * plane;
			while (i < (c + 1) * plane && values[i] == values[c * plane])
				i++;
			if (i == (c + 1) * plane) return true;
		}
		return false;
	}

	private String list(final List<String> names) {
		if (names.size() > 1 && names.size() == samples.size()) return names
			.size() == 2 ? "Both images" : "All " + names.size() + " images";
		final String some = names.stream().limit(NAMES).map(n -> "'" + n + "'")
			.collect(Collectors.joining(", "));
		return (names.size() == 1 ? "Image " : names.size() + " images (") + some +
			(names.size() > NAMES ? ", ..." : "") + (names.size() == 1 ? "" : ")");
	}

	private static String text(final long[] size) {
		return Arrays.stream(size).mapToObj(Long::toString).collect(Collectors
			.joining(" x "));
	}

	private static String percent(final double share) {
		return share > 0 && share < 0.0005 ? "less than 0.1 %" : String.format(
			Locale.ROOT, share < 0.1 || share > 0.9 && share < 1 ? "%.1f %%"
				: "%.0f %%", 100 * share);
	}

	private static String pixels(final double diameter) {
		return String.format(Locale.ROOT, "%.0f", diameter);
	}
}
