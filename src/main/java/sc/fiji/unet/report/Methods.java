
package sc.fiji.unet.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import sc.fiji.unet.data.AugmentationConfig;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.TargetConfig;
import sc.fiji.unet.data.Transform;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.OptimizerConfig.Method;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.train.Criterion;
import sc.fiji.unet.train.History;
import sc.fiji.unet.train.Schedule;
import sc.fiji.unet.train.TaskQuality;
import sc.fiji.unet.train.TrainingData;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.train.TrainingResult;

/**
 * What was done, in the words of a Methods section, with the works to cite. Not
 * thread-safe.
 */
final class Methods {

	/** Works by the words that the text cites them with. */
	private static final Map<String, String> WORKS = new LinkedHashMap<>();
	static {
		WORKS.put("Abadi et al. 2016",
			"Abadi M, et al. TensorFlow: A system for large-scale machine learning. OSDI 2016, 265-283. arXiv:1605.08695");
		WORKS.put("Arganda-Carreras et al. 2015",
			"Arganda-Carreras I, et al. Crowdsourcing the creation of image segmentation algorithms for connectomics. Frontiers in Neuroanatomy 9:142, 2015. doi:10.3389/fnana.2015.00142");
		WORKS.put("Falk et al. 2019",
			"Falk T, et al. U-Net: deep learning for cell counting, detection, and morphometry. Nature Methods 16:67-70, 2019. doi:10.1038/s41592-018-0261-2");
		WORKS.put("Guo et al. 2017",
			"Guo C, Pleiss G, Sun Y, Weinberger KQ. On calibration of modern neural networks. ICML 2017. arXiv:1706.04599");
		WORKS.put("He et al. 2015",
			"He K, Zhang X, Ren S, Sun J. Delving deep into rectifiers: Surpassing human-level performance on ImageNet classification. ICCV 2015, 1026-1034. doi:10.1109/ICCV.2015.123");
		WORKS.put("Ioffe and Szegedy 2015",
			"Ioffe S, Szegedy C. Batch normalization: Accelerating deep network training by reducing internal covariate shift. ICML 2015. arXiv:1502.03167");
		WORKS.put("Kingma and Ba 2015",
			"Kingma DP, Ba J. Adam: A method for stochastic optimization. ICLR 2015. arXiv:1412.6980");
		WORKS.put("Kirillov et al. 2019",
			"Kirillov A, He K, Girshick R, Rother C, Dollar P. Panoptic segmentation. CVPR 2019, 9404-9413. doi:10.1109/CVPR.2019.00963");
		WORKS.put("Loshchilov and Hutter 2017",
			"Loshchilov I, Hutter F. SGDR: Stochastic gradient descent with warm restarts. ICLR 2017. arXiv:1608.03983");
		WORKS.put("Loshchilov and Hutter 2019",
			"Loshchilov I, Hutter F. Decoupled weight decay regularization. ICLR 2019. arXiv:1711.05101");
		WORKS.put("Meyer and Beucher 1990",
			"Meyer F, Beucher S. Morphological segmentation. Journal of Visual Communication and Image Representation 1:21-46, 1990. doi:10.1016/1047-3203(90)90014-M");
		WORKS.put("Pietzsch et al. 2012",
			"Pietzsch T, Preibisch S, Tomancak P, Saalfeld S. ImgLib2 - generic image processing in Java. Bioinformatics 28:3009-3011, 2012. doi:10.1093/bioinformatics/bts543");
		WORKS.put("Ronneberger et al. 2015",
			"Ronneberger O, Fischer P, Brox T. U-Net: Convolutional networks for biomedical image segmentation. MICCAI 2015, LNCS 9351:234-241. doi:10.1007/978-3-319-24574-4_28");
		WORKS.put("Rueden et al. 2017",
			"Rueden CT, et al. ImageJ2: ImageJ for the next generation of scientific image data. BMC Bioinformatics 18:529, 2017. doi:10.1186/s12859-017-1934-z");
		WORKS.put("Schindelin et al. 2012",
			"Schindelin J, et al. Fiji: an open-source platform for biological-image analysis. Nature Methods 9:676-682, 2012. doi:10.1038/nmeth.2019");
		WORKS.put("Simard et al. 2003",
			"Simard PY, Steinkraus D, Platt JC. Best practices for convolutional neural networks applied to visual document analysis. ICDAR 2003, 958-963. doi:10.1109/ICDAR.2003.1227801");
	}

	private final TrainingPlan plan;
	private final TrainingResult result;
	private final TrainingData samples;
	private final String device;
	private final Map<String, String> versions;
	private Postprocessing objects = Postprocessing.plain();
	private boolean calibrated;

	/** @param versions name of each program to its version */
	Methods(final TrainingPlan plan, final TrainingResult result,
		final TrainingData samples, final String device,
		final Map<String, String> versions)
	{
		this.plan = plan;
		this.result = result;
		this.samples = samples;
		this.device = device;
		this.versions = versions;
	}

	/**
	 * @param value how probabilities become objects
	 * @param areCalibrated whether they are calibrated before
	 */
	Methods objects(final Postprocessing value, final boolean areCalibrated) {
		objects = value;
		calibrated = areCalibrated;
		return this;
	}

	/** @return the paragraph */
	String text() {
		return String.join(" ", network(), images(), loss(), augmentation(),
			optimizer(), length(), objects(), software());
	}

	/** @return full titles of what the paragraph cites, in order */
	List<String> citations() {
		final String text = text();
		return WORKS.entrySet().stream().filter(work -> text.contains(work
			.getKey())).map(Map.Entry::getValue).collect(Collectors.toList());
	}

	private String network() {
		final UNetConfig network = plan.network();
		final int[] features = network.features();
		return "A U-Net (Ronneberger et al. 2015; Falk et al. 2019) with " + count(
			features.length - 1, "pooling") + ", " + Arrays.stream(features).mapToObj(
				Integer::toString).collect(Collectors.joining(", ")) +
			" feature channels from the first level to the last, convolutions " +
			(network.padding() == Padding.VALID ? "without padding"
				: "padded with zeros") + (network.batchNormalization()
					? ", batch normalisation (Ioffe and Szegedy 2015)" : "") + (network
						.dropout() > 0 ? ", dropout of " + percent(network.dropout()) +
							" at the end of the contracting path" : "") + " and " + (network
								.hasBorderClass()
									? "a softmax over background, inside and border of objects (the outer " +
										percent(plan.target().border()) + " of their depth)"
									: network.isSoftmax() ? "a softmax over " + network
										.classes() + " classes" : "a logistic output") +
			" was trained to segment images of " + count(network.channels(),
				"channel") + ". " + weights();
	}

	private String weights() {
		return plan.startFrom().map(
			model -> "Training started from the weights of the model \"" + model
				.name() + "\" (SHA-256 " + model.sha256() +
				"); weights of classes that it lacks were drawn").orElse(
					"Weights were drawn") +
			" from normal distributions with the standard deviation (2 / n)^0.5, n being the number of inputs of a unit (He et al. 2015); the seed was " +
			plan.seed() + ".";
	}

	private String images() {
		final int n = samples.training().size();
		final int held = samples.validation().size();
		return "It learnt from " + count(n, "image") + " with " + kind() + "; " +
			(held == 0 ? "no image was held out" : count(held, "further image") +
				(held == 1 ? " was" : " were") +
				" held out to choose the epoch and how objects are made") + ". " +
			preprocessing();
	}

	private String kind() {
		switch (plan.target().kind()) {
			case MASK:
				return "foreground masks";
			case CLASSES:
				return "labels of " + plan.target().classes() + " classes";
			default:
				return "instance labels";
		}
	}

	private String preprocessing() {
		final Preprocessing p = plan.preprocessing();
		switch (p.normalization()) {
			case Z_SCORE:
				return "Grey values of each image and channel were brought to mean 0 and standard deviation 1.";
			case MIN_MAX:
				return "Grey values of each image and channel were scaled so that the minimum became 0 and the maximum 1.";
			default:
				return "Grey values of each image and channel were scaled so that the percentile " +
					number(p.lowPercentile()) + " became 0 and the percentile " + number(p
						.highPercentile()) + " became 1.";
		}
	}

	private String loss() {
		final TargetConfig target = plan.target();
		final List<String> weights = new ArrayList<>();
		if (target.weights().balanceClasses()) weights.add(
			"the frequency of the most frequent class over that of the pixel's class");
		if (target.hasBorderTerm()) weights.add("a border term of height w0 = " +
			number(target.w0()) + " and width sigma = " + number(target.weights()
				.sigma()) +
			" px between near objects (Ronneberger et al. 2015, equation 2)");
		return "The loss was the cross entropy" + (weights.isEmpty()
			? ", every pixel counting the same" : ", pixels weighing " + (target
				.weights().balanceClasses() ? "" : "1 plus ") + String.join(" plus ",
					weights)) + "." + ridge();
	}

	private String ridge() {
		final TargetConfig target = plan.target();
		return target.hasRidge()
			? " Touching objects were set apart by a line of background of " + target
				.weights().ridgeWidth() + " px." : "";
	}

	private String augmentation() {
		final AugmentationConfig a = plan.augmentation();
		final List<String> changes = Arrays.stream(Transform.values()).filter(t -> a
			.probability(t) > 0).map(t -> change(a, t)).collect(Collectors.toList());
		final String size = Arrays.stream(plan.patchSize()).mapToObj(Long::toString)
			.collect(Collectors.joining(" x "));
		final String patches = "Patches of " + size + " px were drawn at random";
		return changes.isEmpty() ? patches + " and not augmented." : patches +
			" and augmented by " + String.join(", ", changes) + (a
				.oneOfProbability() > 0
					? "; of mirroring, transposition, quarter turns, and shift, scaling and rotation together, exactly one was made (probability " +
						number(a.oneOfProbability()) + ")" : "") +
			"; unless stated otherwise, each was made always, with a random strength.";
	}

	private static String change(final AugmentationConfig a, final Transform t) {
		final String range = number(a.range(t));
		final String words = words(a, t, range);
		final boolean isOneOf = a.oneOfProbability() > 0 && Arrays.asList(
			Transform.FLIP, Transform.TRANSPOSE, Transform.QUARTER_TURN,
			Transform.SHIFT, Transform.SCALE, Transform.ROTATE).contains(t);
		return a.probability(t) == 1 || isOneOf ? words : words + " (probability " +
			number(a.probability(t)) + ")";
	}

	private static String words(final AugmentationConfig a, final Transform t,
		final String range)
	{
		switch (t) {
			case FLIP:
				return "mirroring along each axis";
			case TRANSPOSE:
				return "exchanging x and y";
			case QUARTER_TURN:
				return "quarter turns";
			case SHIFT:
				return "shifts of up to " + percent(a.range(t)) + " of the patch";
			case SCALE:
				return "scaling by up to " + percent(a.range(t));
			case ROTATE:
				return "rotation by up to " + range + " degrees";
			case AFFINE:
				return "affine deformation of up to " + range + " px";
			case ELASTIC_GRID:
				return "elastic deformation by gaussian displacements (standard deviation " +
					range + " px) of a " + a.gridPoints() + " x " + a.gridPoints() +
					" grid, bicubic in between";
			case ELASTIC_DENSE:
				return "elastic deformation by uniform displacements of up to " +
					range + " px at every pixel, smoothed with sigma " + number(a
						.smoothing()) + " px (Simard et al. 2003)";
			case NOISE:
				return "gaussian noise with a standard deviation of up to " + range;
			case MULTIPLICATIVE_NOISE:
				return "multiplicative noise of up to " + percent(a.range(t));
			case BRIGHTNESS:
				return "a change of brightness by up to " + range;
			case CONTRAST:
				return "a change of contrast by up to " + percent(a.range(t));
			case LOG_CONTRAST:
				return "a change of contrast by a factor exp(u), |u| up to " + range;
			default:
				return "a gamma of exp(u), |u| up to " + range;
		}
	}

	private String optimizer() {
		final OptimizerConfig o = plan.optimizer();
		final boolean adam = o.method() == Method.ADAM;
		final String method = adam ? "Adam (Kingma and Ba 2015; beta1 " + number(o
			.beta1()) + ", beta2 " + number(o.beta2()) + ")"
			: "stochastic gradient descent with momentum " + number(o.beta1());
		final String batch = (plan.batchSize() == 1 ? "1 patch" : plan.batchSize() +
			" patches") + " a batch" + (plan.accumulation() > 1
				? ", the gradients of " + plan.accumulation() +
					" batches averaged for an update" : "");
		return "The optimiser was " + method + ", with " + batch + (o
			.weightDecay() > 0 ? ", weight decay " + number(o.weightDecay()) + (adam
				? " (Loshchilov and Hutter 2019)" : "") : "") +
			" and a learning rate of " + number(plan.learningRate()) + (plan
				.schedule() == Schedule.COSINE ? ", to which it rose over the first " +
					percent(Schedule.WARM_UP) +
					" of the updates before it fell to 0 along half a cosine (Loshchilov and Hutter 2017)"
					: "") + "." + (o.averageDecay() > 0
						? " The moving average of the weights (decay " + number(o
							.averageDecay()) + ") was used." : "");
	}

	private String length() {
		final History.Row best = result.bestEpoch();
		final int epochs = result.history().rows().size();
		final String effort = "Training took " + count(result.updates(), "update") +
			(epochs > 0 ? " in " + count(epochs, "epoch") : "") + " and " + minutes(
				result.seconds()) + " (" + device + ")";
		if (best == null) return effort + "; the weights at its end were kept.";
		return effort + "; the weights of epoch " + best.epoch() +
			" were kept, which had the " + (plan.best() == Criterion.LOSS
				? "lowest loss" : "highest " + quality()) + " on the images held out" +
			(plan.patience() > 0 ? " (patience " + plan.patience() + " epochs)"
				: "") + ".";
	}

	private String objects() {
		final boolean classes = plan.target().kind() == LabelKind.CLASSES;
		final String pixels = classes
			? "Each pixel was given its most probable class"
			: "Pixels with a probability of " + number(objects.threshold()) +
				" or more were taken as foreground" + (objects.hasSeeds()
					? ", over which objects grew, by a watershed (Meyer and Beucher 1990), from seeds of probability " +
						number(objects.seedThreshold()) + (objects.neck() > 0
							? ", parted at necks narrower by a share of " + number(objects
								.neck()) : "") : ", and what hung together as an object");
		return (calibrated
			? "Probabilities were calibrated by temperature and bias (Guo et al. 2017). "
			: "") + pixels + (objects.minimumSize() > 1 ? "; objects below " + objects
				.minimumSize() + " px were dropped" : "") + "." + (classes || samples
					.validation().isEmpty() ? "" : " These values had the best " +
						TaskQuality.inWords(plan.target().kind()) +
						" on the images held out.");
	}

	private String software() {
		return "Computations were done with U-Net for Fiji (" + versions
			.getOrDefault("U-Net for Fiji", "") + ") on TensorFlow " + versions
				.getOrDefault("TensorFlow", "") + " (Abadi et al. 2016), in ImageJ " +
			versions.getOrDefault("ImageJ", "") +
			" (Fiji, Schindelin et al. 2012; ImageJ2, Rueden et al. 2017; ImgLib2, Pietzsch et al. 2012), Java " +
			versions.getOrDefault("Java", "") + ".";
	}

	private String quality() {
		return plan.target().kind() == LabelKind.CLASSES
			? "mean intersection over union" : TaskQuality.inWords(plan.target()
				.kind());
	}

	private static String minutes(final double seconds) {
		return seconds < 90 ? Math.round(seconds) + " s" : Math.round(seconds /
			60) + " min";
	}

	private static String count(final long n, final String what) {
		return n + " " + what + (n == 1 ? "" : "s");
	}

	private static String percent(final double share) {
		return number(100 * share) + " %";
	}

	/** Four digits, and no more than are needed. */
	static String number(final double value) {
		return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros()
			.toPlainString();
	}
}
