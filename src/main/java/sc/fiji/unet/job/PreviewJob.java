
package sc.fiji.unet.job;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import sc.fiji.unet.data.DataSummary;
import sc.fiji.unet.data.GreyHistogram;
import sc.fiji.unet.data.NameList;
import sc.fiji.unet.data.NaturalOrder;
import sc.fiji.unet.data.NetworkView;
import sc.fiji.unet.data.PatchSampler;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.data.Targets;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.Lettering;
import sc.fiji.unet.imagej.TrainingPreview;
import sc.fiji.unet.segment.TileProgress;
import sc.fiji.unet.train.Machine;
import sc.fiji.unet.train.TrainingPlan;

/**
 * Looks at images before they are trained on: what the network will see of
 * them, in pictures and in sentences. No network is made.
 */
public final class PreviewJob {

	/** Number of patches that are shown. */
	public static final int PATCHES = 8;
	/** Images on one sheet, at most. */
	public static final int MOST_IMAGES = 12;

	/** Pixels along an axis; of larger images the middle is shown. */
	public static final int LARGEST = 2048;

	private final TrainingInput input;
	private final TrainingPlan plan;
	private String samples = "3";
	private BooleanSupplier cancelled = () -> false;
	private TileProgress progress = TileProgress.NONE;
	private Supplier<Machine> machine = ThisMachine::processor;

	/**
	 * @param input what is to be learnt from
	 * @param plan how
	 */
	public PreviewJob(final TrainingInput input, final TrainingPlan plan) {
		this.input = input;
		this.plan = plan;
	}

	/**
	 * @param value which images to show: a number of them, the first ones that
	 *          are trained on, or names separated by commas
	 */
	public PreviewJob samples(final String value) {
		samples = value.trim();
		return this;
	}

	/** @param value machine to train on; asked for if settings depend on it */
	public PreviewJob machine(final Supplier<Machine> value) {
		machine = value;
		return this;
	}

	/** @param query asked before every picture; true ends the job */
	public PreviewJob cancelled(final BooleanSupplier query) {
		cancelled = query;
		return this;
	}

	/** @param value told of every picture */
	public PreviewJob progress(final TileProgress value) {
		progress = value;
		return this;
	}

	/** What was found. */
	public static final class Result {

		private final TrainingPreview preview;
		private final List<String> sentences;

		private Result(final TrainingPreview preview,
			final List<String> sentences)
		{
			this.preview = preview;
			this.sentences = Collections.unmodifiableList(sentences);
		}

		/** @return the pictures */
		public TrainingPreview preview() {
			return preview;
		}

		/** @return what to know of the images; warnings begin with "Warning" */
		public List<String> sentences() {
			return sentences;
		}

		/**
		 * Writes all pictures and sentences on one sheet.
		 *
		 * @param file PNG file
		 * @param overwrite whether an existing file may be replaced
		 * @throws IOException if the file cannot be written
		 */
		public void save(final Path file, final boolean overwrite)
			throws IOException
		{
			ImageFiles.save(preview.sheet(sentences), file, overwrite);
		}
	}

	/**
	 * Checks, before images are opened, whether a sheet can be written; nothing
	 * is changed.
	 *
	 * @param file PNG file
	 * @param overwrite whether an existing file may be replaced
	 * @throws IllegalArgumentException if it cannot; says what to do
	 */
	public static void checkTarget(final Path file, final boolean overwrite) {
		final Path target = file.toAbsolutePath();
		if (!target.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(
			".png")) throw new IllegalArgumentException("Picture '" + file +
				"' must have a name that ends in .png.");
		if (!Files.isDirectory(target.getParent()))
			throw new IllegalArgumentException("There is no folder '" + target
				.getParent() + "' for the picture; make it first.");
		if (!overwrite && Files.exists(target)) throw new IllegalArgumentException(
			"Picture '" + file +
				"' exists already; choose another name, or allow overwriting (overwrite=true, --overwrite).");
	}

	/**
	 * Looks without making pictures.
	 *
	 * @return what to know of the images; warnings begin with "Warning"
	 * @throws IllegalArgumentException if images, labels or settings cannot be
	 *           used; lists what is wrong
	 */
	public List<String> check() {
		return sentences(input.prepare(plan, machine));
	}

	/**
	 * @throws IllegalArgumentException if images, labels or settings cannot be
	 *           used, or an image that is wanted is not there; lists what is
	 *           wrong
	 * @throws IllegalStateException if Java has no fonts
	 * @throws CancellationException if it was cancelled
	 */
	public Result run() {
		Lettering.check();
		final TrainingSet set = input.prepare(plan, machine);
		final List<Sample> shown = choose(set);
		final List<GreyHistogram> histograms = input.histograms(set);
		final Targets targets = set.samples().targets(set.plan());
		final int total = shown.size() + PATCHES;
		final List<NetworkView> images = new ArrayList<>();
		for (final Sample sample : shown) {
			step(images.size(), total);
			images.add(NetworkView.ofImage(sample.middle(LARGEST), targets));
		}
		final PatchSampler sampler = set.samples().patches(set.plan(), targets);
		final List<NetworkView> patches = new ArrayList<>();
		for (int k = 0; k < PATCHES; k++) {
			step(images.size() + k, total);
			patches.add(NetworkView.ofPatch(sampler, k));
		}
		step(total, total);
		final List<String> sentences = sentences(set);
		sentences.add(weights(images, patches));
		if (set.plan().target().hasBorderClass()) sentences.add(String.format(
			Locale.ROOT,
			"For the network the outer %.0f %% of each object, its border, are a class of their own; objects then grow from their insides.",
			100 * set.plan().target().border()));
		if (images.stream().anyMatch(view -> !shown.contains(view.sample())))
			sentences.add("Of images beyond " + LARGEST +
				" pixels the middle is shown.");
		return new Result(new TrainingPreview(set.labels().kind(), images, patches,
			histograms), sentences);
	}

	private void step(final int done, final int total) {
		if (cancelled.getAsBoolean()) throw new CancellationException(
			"The preview was cancelled.");
		progress.tiles(done, total);
	}

	/** Those trained on come first, as they matter most. */
	private List<Sample> choose(final TrainingSet set) {
		final List<Sample> all = new ArrayList<>(set.samples().training());
		all.addAll(set.samples().validation());
		final List<Sample> chosen;
		if (samples.matches("[1-9]\\d{0,8}")) chosen = all.subList(0, Math.min(all
			.size(), Integer.parseInt(samples)));
		else {
			final List<String> names = NameList.parse(samples, all.stream().map(
				Sample::name).sorted(NaturalOrder.INSTANCE).collect(Collectors
					.toList()));
			chosen = all.stream().filter(s -> names.contains(s.name())).collect(
				Collectors.toList());
		}
		if (chosen.isEmpty() || chosen.size() > MOST_IMAGES)
			throw new IllegalArgumentException("samples=" + samples + " means " +
				chosen.size() + " images; choose 1 to " + MOST_IMAGES +
				", by a number or by their names.");
		return chosen;
	}

	private static List<String> sentences(final TrainingSet set) {
		final DataSummary summary = new DataSummary(set.samples().training(), set
			.plan().patch(), set.plan().target());
		final List<String> sentences = new ArrayList<>();
		summary.warnings().forEach(w -> sentences.add("Warning: " + w));
		sentences.addAll(set.sentences());
		sentences.addAll(summary.facts());
		sentences.addAll(set.reasons());
		return sentences;
	}

	private static String weights(final List<NetworkView> images,
		final List<NetworkView> patches)
	{
		float least = Float.POSITIVE_INFINITY;
		float most = 0;
		float border = 0;
		final List<NetworkView> all = new ArrayList<>(images);
		all.addAll(patches);
		for (final NetworkView view : all) {
			for (final float weight : view.weights().update(null)
				.getCurrentStorageArray())
				if (weight > 0) {
					least = Math.min(least, weight);
					most = Math.max(most, weight);
				}
			for (final float part : view.border().update(null)
				.getCurrentStorageArray())
				border = Math.max(border, part);
		}
		return "In what is shown, " + (least < most ? "pixels weigh " + number(
			least) + " to " + number(most) : "every pixel weighs " + number(most)) +
			(border > 0 ? "; up to " + number(border) +
				" of that is the border term between neighbouring objects."
				: ", without a border term.");
	}

	private static String number(final float value) {
		return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros()
			.toPlainString();
	}
}
