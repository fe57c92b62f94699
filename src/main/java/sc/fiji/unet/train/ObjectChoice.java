
package sc.fiji.unet.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.ObjectSizes;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Readout;
import sc.fiji.unet.segment.InstanceLabels;

/**
 * Chooses how probabilities become objects: threshold, seeds, necks and minimum
 * size, by the {@link TaskQuality} of the images held out. First the threshold
 * and the minimum size, then seeds with every threshold, then, for instances,
 * at which necks they are parted, then the minimum size again. What goes
 * further than the usual is taken only if it is better by more than
 * {@value #MARGIN}: a few images cannot tell more. To be used once.
 */
public final class ObjectChoice {

	/** What is simpler stays if seeds are not better by more. */
	private static final double MARGIN = 0.002;
	/** Qualities that differ by less are the same. */
	private static final double EQUAL = 1e-9;
	private static final double[] THRESHOLDS = { 0.2, 0.3, 0.4, 0.5, 0.6, 0.7,
		0.8 };
	private static final double[] SEEDS = { 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9,
		0.95 };
	/** From what nobody would take for one object to what many are like. */
	private static final double[] NECKS = { 0.5, 0.35, 0.2, 0.1, 0.05 };
	/**
	 * A single object of the images held out must not move thresholds far from
	 * the middle: what moving them by 1 costs, times the square root of the
	 * number of objects.
	 */
	private static final double COST_OF_EXTREMES = 0.3;
	private static final double MIDDLE = 0.5;

	/** A way to make objects, and how good they were. */
	public static final class Candidate {

		private final Postprocessing postprocessing;
		private final double quality;

		private Candidate(final Postprocessing postprocessing,
			final double quality)
		{
			this.postprocessing = postprocessing;
			this.quality = quality;
		}

		public Postprocessing postprocessing() {
			return postprocessing;
		}

		/** @return {@link TaskQuality} of the images held out */
		public double quality() {
			return quality;
		}
	}

	/** An image held out, and what the network says about it. */
	private static final class Image {

		private final Sample sample;
		private final float[] probabilities;

		private Image(final Sample sample, final float[] probabilities) {
			this.sample = sample;
			this.probabilities = probabilities;
		}
	}

	private final LabelKind kind;
	private final Readout readout;
	private final List<Long> sizes;
	private final List<Image> images = new ArrayList<>();
	private final List<Candidate> tried = new ArrayList<>();
	private BooleanSupplier cancelled = () -> false;
	private Candidate best;
	/** Number of true objects. */
	private int objects;

	/**
	 * @param kind MASK or INSTANCES
	 * @param readout how the output of the network is read
	 * @param sizes minimum sizes to try, in pixels
	 */
	public ObjectChoice(final LabelKind kind, final Readout readout,
		final Collection<Long> sizes)
	{
		this.readout = readout;
		this.kind = Objects.requireNonNull(kind);
		this.sizes = new ArrayList<>(new TreeSet<>(sizes));
	}

	/**
	 * @param sample image held out
	 * @param probabilities order [class, x, y[, z]]; kept, not copied
	 */
	public ObjectChoice add(final Sample sample, final float[] probabilities) {
		images.add(new Image(sample, probabilities));
		objects += ObjectSizes.of(Collections.singletonList(sample), kind).count();
		return this;
	}

	/** @param query asked before each candidate; true ends the search */
	public ObjectChoice cancelled(final BooleanSupplier query) {
		cancelled = query;
		return this;
	}

	/**
	 * Blocks until done.
	 *
	 * @param start what to start from; its growth over ridges is kept
	 * @return the best; the start where there is no image
	 */
	public Postprocessing choose(final Postprocessing start) {
		if (images.isEmpty()) return start;
		best = judged(start);
		best = bestOf(withThresholds(start.withoutSeeds()), 0);
		// Specks are not to be what thresholds and seeds are chosen by.
		best = bestOf(withSizes(), Double.NEGATIVE_INFINITY);
		best = bestOf(withSeeds(), MARGIN);
		if (kind == LabelKind.INSTANCES) part();
		best = bestOf(withSizes(), Double.NEGATIVE_INFINITY);
		return best.postprocessing;
	}

	/**
	 * The images held out need not show what touches in others, so that the
	 * narrowest necks are parted unless that makes objects worse.
	 */
	private void part() {
		final Postprocessing found = best.postprocessing;
		final Postprocessing seeds = found.hasSeeds() ? found : found.withSeeds(
			found.threshold());
		double margin = -EQUAL;
		for (final double neck : NECKS) {
			best = bestOf(Collections.singletonList(seeds.withNeck(neck)), margin);
			margin = MARGIN;
		}
	}

	private static List<Postprocessing> withThresholds(
		final Postprocessing start)
	{
		return Arrays.stream(THRESHOLDS).mapToObj(start::withThreshold).collect(
			Collectors.toList());
	}

	private List<Postprocessing> withSeeds() {
		return Arrays.stream(SEEDS).boxed().flatMap(seeds -> withThresholds(
			best.postprocessing).stream().filter(p -> readout.hasBorder() || p
				.threshold() < seeds).map(p -> p.withSeeds(seeds))).collect(Collectors
					.toList());
	}

	/** The larger of two that are equally good comes first: it drops more. */
	private List<Postprocessing> withSizes() {
		return sizes.stream().sorted(Comparator.reverseOrder()).map(
			best.postprocessing::withMinimumSize).collect(Collectors.toList());
	}

	/**
	 * @return the best so far, unless one of these is better by a margin; with a
	 *         margin of minus infinity the best of these; if it is cancelled, no
	 *         worse than the best so far
	 */
	private Candidate bestOf(final List<Postprocessing> candidates,
		final double margin)
	{
		Candidate result = best;
		double toBeat = value(best) + margin;
		for (final Postprocessing candidate : candidates) {
			if (cancelled.getAsBoolean()) return value(result) < value(best) ? best
				: result;
			final Candidate judged = judged(candidate);
			final double value = value(judged);
			if (!(value > toBeat)) continue;
			result = judged;
			toBeat = value;
		}
		return result;
	}

	private double value(final Candidate candidate) {
		return candidate.quality - costs(candidate.postprocessing);
	}

	/**
	 * How much better than others something extreme must be. Seeds of a mask cost
	 * nothing: they leave its pixels almost as they are, and close its leaks.
	 */
	private double costs(final Postprocessing candidate) {
		final double seeds = kind != LabelKind.MASK && isSeeded(candidate)
			? candidate.seedThreshold() : MIDDLE;
		return COST_OF_EXTREMES * (Math.abs(candidate.threshold() - MIDDLE) + Math
			.abs(seeds - MIDDLE)) / Math.sqrt(Math.max(1, objects));
	}

	/** Seeds from the threshold itself on are no choice of their own. */
	private boolean isSeeded(final Postprocessing candidate) {
		return candidate.hasSeeds() && (readout.hasBorder() || candidate
			.seedThreshold() != candidate.threshold());
	}

	private Candidate judged(final Postprocessing candidate) {
		final List<ArrayImg<IntType, IntArray>> labels = IntStream.range(0, images
			.size()).parallel().mapToObj(i -> InstanceLabels.of(images.get(
				i).probabilities, images.get(i).sample.size(), readout, candidate))
			.collect(Collectors.toList());
		final TaskQuality quality = TaskQuality.of(kind);
		for (int i = 0; i < labels.size(); i++)
			quality.add(images.get(i).sample.labels(), labels.get(i));
		final Candidate result = new Candidate(candidate, quality.value());
		tried.add(result);
		return result;
	}

	/** @return {@link TaskQuality} of the choice; 0 without images */
	public double quality() {
		return best == null ? 0 : best.quality;
	}

	/** @return all that was tried, in order */
	public List<Candidate> tried() {
		return Collections.unmodifiableList(tried);
	}

	/** @return the choice and its reason in a sentence; empty without images */
	public String sentence() {
		if (best == null) return "";
		final Postprocessing chosen = best.postprocessing;
		return String.format(Locale.ROOT,
			"On %s held out, objects are best %s%s (%s %.3f; %s): of %d ways that were tried.",
			images.size() == 1 ? "the image" : "the " + images.size() + " images",
			isSeeded(chosen) ? "grown from seeds of probability " + chosen
				.seedThreshold() + " over what reaches " + chosen.threshold()
				: "taken as what hangs together from probability " + chosen
					.threshold() + " on", chosen.neck() > 0 ? " and parted at necks" : "",
			TaskQuality.name(kind), best.quality, best(!isSeeded(chosen)), tried
				.size());
	}

	/** The best of the other kind, for comparison. */
	private String best(final boolean withSeeds) {
		final double[] others = tried.stream().filter(c -> isSeeded(
			c.postprocessing) == withSeeds).mapToDouble(c -> c.quality).toArray();
		return (withSeeds ? "with seeds " : "without seeds ") + (others.length == 0
			? "not tried" : String.format(Locale.ROOT, "%.3f", Arrays.stream(others)
				.max().getAsDouble()));
	}
}
