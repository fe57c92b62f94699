
package sc.fiji.unet.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import net.imglib2.Cursor;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

import sc.fiji.unet.data.DataFacts;
import sc.fiji.unet.data.DataSet;
import sc.fiji.unet.data.Folds;
import sc.fiji.unet.data.GreyHistogram;
import sc.fiji.unet.data.GroupRule;
import sc.fiji.unet.data.ImageGroups;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.LabelValues;
import sc.fiji.unet.data.PixelSizes;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.data.Split;
import sc.fiji.unet.model.TestTensors;
import sc.fiji.unet.network.Axes;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.train.Machine;
import sc.fiji.unet.train.Planner;
import sc.fiji.unet.train.TrainingData;
import sc.fiji.unet.train.TrainingPlan;

/**
 * What a user gives to learn from: images with labels, what the labels mean,
 * and which images are held out. Immutable.
 */
public final class TrainingInput {

	private static final double VALIDATION_SHARE = 0.2;

	private final TrainingImages images;
	private final LabelKind kind;
	private final OptionalInt ignore;
	private final String validation;
	private final double validationShare;
	private final GroupRule rule;

	private TrainingInput(final TrainingImages images, final LabelKind kind,
		final OptionalInt ignore, final String validation,
		final double validationShare, final GroupRule rule)
	{
		this.rule = rule;
		this.images = images;
		this.kind = Objects.requireNonNull(kind);
		this.ignore = ignore;
		this.validation = validation;
		this.validationShare = validationShare;
	}

	/**
	 * Finds out what the labels mean, ignores no pixel, and holds out a fifth of
	 * the images, by groups that their names show.
	 */
	public static TrainingInput of(final TrainingImages images) {
		return new TrainingInput(images, images.kind(LabelKind.AUTO), images
			.ignored(OptionalInt.empty()), "", VALIDATION_SHARE, GroupRule.auto());
	}

	/**
	 * @param value what label values mean
	 * @param ignored label value of pixels that count nowhere
	 * @throws IllegalArgumentException if there is such a value, but labels are
	 *           ROIs
	 */
	public TrainingInput withLabels(final LabelKind value,
		final OptionalInt ignored)
	{
		return new TrainingInput(images, images.kind(value), images.ignored(
			ignored), validation, validationShare, rule);
	}

	/**
	 * @param names images, files or groups to hold out for validation, separated
	 *          by commas; empty draws them
	 * @param share share of the images to draw, 0 to below 1
	 */
	public TrainingInput withValidation(final String names, final double share) {
		return new TrainingInput(images, kind, ignore, names, share, rule);
	}

	/** @param value which images belong together, and are not to be parted */
	public TrainingInput withGroups(final GroupRule value) {
		return new TrainingInput(images, kind, ignore, validation, validationShare,
			value);
	}

	/** @return all images, as read */
	TrainingImages images() {
		return images;
	}

	/** @return label value of pixels that count nowhere */
	OptionalInt ignored() {
		return ignore;
	}

	/**
	 * @param wanted number of parts
	 * @return parts of the images for cross-validation, by group where possible
	 * @throws IllegalArgumentException if there are too few images or parts
	 */
	Folds folds(final int wanted) {
		return Folds.of(images.groups(rule), wanted);
	}

	/**
	 * @param names of images, at least one
	 * @param meaning what label values of all images mean, whatever those of
	 *          these look like
	 * @return the same, with these images alone
	 */
	TrainingInput only(final List<String> names, final LabelKind meaning) {
		return new TrainingInput(images.only(names), meaning, ignore, validation,
			validationShare, rule);
	}

	/** @return how images are held out, in words for a file */
	String validation() {
		return "validation " + validationShare + ", groups " + rule;
	}

	/**
	 * Checks, splits and normalises the images.
	 *
	 * @param plan how; channels, classes and the kind of labels are taken from
	 *          the images
	 * @throws IllegalArgumentException if images, labels or settings cannot be
	 *           used; lists what is wrong
	 */
	public TrainingSet prepare(final TrainingPlan plan) {
		return prepare(plan, ThisMachine::processor);
	}

	/**
	 * Checks, splits and normalises the images, and derives from those to train
	 * on what the plan leaves open.
	 *
	 * @param plan how; channels, classes and the kind of labels are taken from
	 *          the images
	 * @param machine to train on; asked for if need be
	 * @throws IllegalArgumentException if images, labels or settings cannot be
	 *           used; lists what is wrong
	 */
	public TrainingSet prepare(final TrainingPlan plan,
		final Supplier<Machine> machine)
	{
		final DataSet read = data(plan);
		final ImageGroups groups = images.groups(rule);
		final Split split = images.split(validation, validationShare, plan.seed(),
			groups);
		final List<String> heldOut = images.shortened(split.validation());
		final PixelSizes sizes = new PixelSizes(plan.network().axes(), images
			.samples());
		final Planner.Result planned = planned(complete(plan, read, sizes.axes(),
			images.classNames()), read.samples(split.training()), machine);
		final TrainingPlan complete = planned.plan();
		final DataSet data = complete.preprocessing().equals(plan.preprocessing())
			? read : data(complete);
		final TrainingData samples = new TrainingData(data.samples(split
			.training()), data.samples(split.validation()));
		return new TrainingSet(complete, samples, data.labels(), data.intensities(
			split.training()), crop(images.samples().get(0), complete.network()),
			(split.sentence(heldOut) + " " + groups.remark(split.validation(),
				"held out")).trim(), sentences(sizes), planned.sentences(), images
					.provenance().withLabels(data.labels().kind(), ignore).withHeldOut(
						heldOut, images.files(split.validation()), validationShare,
						validation.trim().isEmpty()).withGroups(rule.toString()));
	}

	/**
	 * @param set made from this
	 * @return grey values of the images trained on, as they were read, an entry a
	 *         channel
	 */
	public List<GreyHistogram> histograms(final TrainingSet set) {
		return GreyHistogram.of(images.samples(), set.samples().training().stream()
			.map(Sample::name).collect(Collectors.toList()), set.intensities());
	}

	private DataSet data(final TrainingPlan plan) {
		return DataSet.of(images.samples(), kind, ignore, plan.preprocessing());
	}

	private static Planner.Result planned(final TrainingPlan plan,
		final List<Sample> training, final Supplier<Machine> machine)
	{
		return plan.auto().isEmpty() ? new Planner.Result(plan) : Planner.complete(
			plan, DataFacts.of(training, plan.target()), machine.get());
	}

	private List<String> sentences(final PixelSizes sizes) {
		final List<String> sentences = new ArrayList<>(images.warnings());
		sentences.addAll(sizes.sentences());
		return sentences;
	}

	private static TrainingPlan complete(final TrainingPlan plan,
		final DataSet data, final Axes axes, final List<String> classNames)
	{
		final UNetConfig wanted = plan.network();
		final UNetConfig.Builder network = wanted.toBuilder().axes(axes);
		if (wanted.channels() != data.channels()) network.channels(data.channels());
		final int classes = data.labels().classes();
		if (data.labels().kind() != LabelKind.CLASSES) {
			if (wanted.isMultiClass()) network.classes(1);
		}
		else if (!classNames.isEmpty()) network.classNames(names(data.labels(),
			classNames));
		else if (!wanted.isMultiClass() || wanted.classes() != classes) network
			.classes(classes);
		return plan.toBuilder().network(network.build()).target(plan.target()
			.withLabels(data.labels())).auto(plan.auto()).build();
	}

	/** @return name of each class, by class index */
	private static List<String> names(final LabelValues labels,
		final List<String> classNames)
	{
		return Arrays.stream(labels.values()).mapToObj(value -> value == 0
			? "background" : classNames.get(value - 1)).collect(Collectors.toList());
	}

	/**
	 * @return grey values [c, x, y] from the middle of the image; null if it is
	 *         smaller
	 */
	private static float[] crop(final RawSample first, final UNetConfig network) {
		final long[] size = TestTensors.size(network);
		final long[] min = new long[size.length + 1];
		final long[] max = new long[size.length + 1];
		for (int d = 0; d < size.length; d++) {
			min[d] = (first.imageSize()[d] - size[d]) / 2;
			max[d] = min[d] + size[d] - 1;
			if (min[d] < 0) return null;
		}
		max[size.length] = network.channels() - 1;
		return channelsFirst(Views.interval(first.image(), new FinalInterval(min,
			max)), network.channels());
	}

	private static float[] channelsFirst(
		final RandomAccessibleInterval<? extends RealType<?>> image,
		final int channels)
	{
		final float[] values = new float[(int) Views.iterable(image).size()];
		final int pixels = values.length / channels;
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(image)
			.cursor();
		for (int c = 0; c < channels; c++)
			for (int i = 0; i < pixels; i++)
				values[i * channels + c] = cursor.next().getRealFloat();
		return values;
	}
}
