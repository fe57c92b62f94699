
package sc.fiji.unet.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

import sc.fiji.unet.network.Calibration;
import sc.fiji.unet.network.IntensityStatistics;
import sc.fiji.unet.network.ModelReference;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.TrainingTraits;
import sc.fiji.unet.network.UNetConfig;

/**
 * What a model is, who made it and from what, and how to segment with it: all
 * that its package says besides the weights. Immutable; made by
 * {@link #builder(String, UNetConfig)}.
 */
public final class ModelDescription {

	/** Citation that every model carries, with its DOI. */
	public static final Map<String, String> UNET_PAPER = Collections.singletonMap(
		"Ronneberger, Fischer, Brox: U-Net: Convolutional Networks for Biomedical Image Segmentation. MICCAI 2015.",
		"10.1007/978-3-319-24574-4_28");

	/**
	 * Among the {@link #scores()} the number of images that they were computed
	 * on.
	 */
	public static final String VALIDATION_IMAGES = "validation images";

	/** Longest description that the bioimage.io format takes, in characters. */
	static final int LONGEST_DESCRIPTION = 1024;

	private final String name;
	private final UNetConfig network;
	private final String description;
	private final List<String> authors;
	private final String license;
	private final List<String> tags;
	private final Map<String, String> citations;
	private final Preprocessing preprocessing;
	private final Postprocessing postprocessing;
	private final Calibration calibration;
	private final int[] classValues;
	private final List<IntensityStatistics> statistics;
	private final TrainingTraits traits;
	private final String trainingData;
	private final Map<String, Double> scores;
	private final Instant created;
	private final String tensorflowVersion;
	private final double objectDiameter;
	/** Null for a model from scratch. */
	private final ModelReference parent;

	private ModelDescription(final Builder b) {
		name = b.name;
		network = b.network;
		description = b.description;
		authors = Collections.unmodifiableList(new ArrayList<>(b.authors));
		license = b.license;
		tags = Collections.unmodifiableList(new ArrayList<>(b.tags));
		citations = Collections.unmodifiableMap(new LinkedHashMap<>(b.citations));
		preprocessing = b.preprocessing;
		postprocessing = b.postprocessing;
		calibration = b.calibration;
		classValues = b.classValues == null ? standardValues() : b.classValues
			.clone();
		statistics = Collections.unmodifiableList(new ArrayList<>(b.statistics));
		traits = b.traits;
		trainingData = b.trainingData;
		scores = Collections.unmodifiableMap(new LinkedHashMap<>(b.scores));
		created = b.created.truncatedTo(ChronoUnit.SECONDS);
		tensorflowVersion = b.tensorflowVersion;
		objectDiameter = b.objectDiameter;
		parent = b.parent;
		validate();
	}

	/** Masks of one foreground class are those of ImageJ. */
	private int[] standardValues() {
		return network.isMultiClass() ? IntStream.range(0, network.classes())
			.toArray() : new int[] { 0, 255 };
	}

	private void validate() {
		if (!(objectDiameter >= 0) || Double.isInfinite(objectDiameter))
			throw new IllegalArgumentException("Object diameter " + objectDiameter +
				" must be a positive number of pixels, or 0 where it is not known.");
		if (name.trim().isEmpty()) throw new IllegalArgumentException(
			"A model needs a name.");
		if (description.length() > LONGEST_DESCRIPTION)
			throw new IllegalArgumentException("The description has " + description
				.length() + " characters; use at most " + LONGEST_DESCRIPTION + ".");
		for (final String author : authors)
			if (author.trim().isEmpty() || author.matches(".*[/\\\\].*"))
				throw new IllegalArgumentException("Author '" + author +
					"' must be a name without slashes; give several authors one by one.");
		final int classes = 1 + network.foregroundNames().size();
		if (classValues.length != classes) throw new IllegalArgumentException(
			"There are " + classValues.length +
				" label values, but the network tells " + classes +
				" classes apart; give one a class.");
		calibration.checkClasses(network.classes());
		if (!statistics.isEmpty() && statistics.size() != network.channels())
			throw new IllegalArgumentException("There are intensity statistics of " +
				statistics.size() + " channels, but the network has " + network
					.channels() + "; give one a channel, or none.");
		if (traits != null && traits.channels() != network.channels())
			throw new IllegalArgumentException("There are traits of " + traits
				.channels() + " channels, but the network has " + network.channels() +
				"; give those of each channel, or none.");
	}

	/**
	 * @param name what the user calls the model
	 * @param network architecture
	 * @return a builder with neutral values for the rest
	 */
	public static Builder builder(final String name, final UNetConfig network) {
		return new Builder(name, network);
	}

	/** @return what the user calls the model */
	public String name() {
		return name;
	}

	/** @return architecture with channels, classes and pixel size */
	public UNetConfig network() {
		return network;
	}

	/** @return what the model is good for, in a few sentences */
	public String description() {
		return description;
	}

	/** @return names of the authors; empty if not stated */
	public List<String> authors() {
		return authors;
	}

	/** @return SPDX identifier such as "CC-BY-4.0"; null if not stated */
	public String license() {
		return license;
	}

	/** @return words to find the model by */
	public List<String> tags() {
		return tags;
	}

	/** @return what to cite: text to DOI or web address */
	public Map<String, String> citations() {
		return citations;
	}

	/** @return how grey values become network input */
	public Preprocessing preprocessing() {
		return preprocessing;
	}

	/** @return what makes the network's answers probabilities to be trusted */
	public Calibration calibration() {
		return calibration;
	}

	/** @return how calibrated probabilities become objects */
	public Postprocessing postprocessing() {
		return postprocessing;
	}

	/**
	 * @return label value that stands for each class in a mask of classes,
	 *         background first; a copy
	 */
	public int[] classValues() {
		return classValues.clone();
	}

	/**
	 * @return raw grey values of the training images, one entry a channel; empty
	 *         if not known
	 */
	public List<IntensityStatistics> statistics() {
		return statistics;
	}

	/**
	 * @return what the images trained on have in common; empty if not known, as
	 *         in models of earlier versions
	 */
	public Optional<TrainingTraits> traits() {
		return Optional.ofNullable(traits);
	}

	/** @return what the model was trained on, in words; empty if not stated */
	public String trainingData() {
		return trainingData;
	}

	/** @return name of each score on held-out images to its value */
	public Map<String, Double> scores() {
		return scores;
	}

	/** @return when the model was trained, to the second */
	public Instant created() {
		return created;
	}

	/** @return version of the TensorFlow that wrote the weights */
	public String tensorflowVersion() {
		return tensorflowVersion;
	}

	/** @return model that the training started from; empty: none */
	public Optional<ModelReference> parent() {
		return Optional.ofNullable(parent);
	}

	/**
	 * @return median diameter in pixels of the circles with as many pixels as the
	 *         objects of the training; 0 where it is not known
	 */
	public double objectDiameter() {
		return objectDiameter;
	}

	/** Collects the values of a {@link ModelDescription}. Not thread-safe. */
	public static final class Builder {

		private final String name;
		private final UNetConfig network;
		private String description = "";
		private List<String> authors = Collections.emptyList();
		private String license;
		private List<String> tags;
		private Map<String, String> citations = UNET_PAPER;
		private Preprocessing preprocessing = Preprocessing.percentiles(1, 99.8);
		private Postprocessing postprocessing = Postprocessing.plain();
		private Calibration calibration = Calibration.identity();
		private int[] classValues;
		private List<IntensityStatistics> statistics = Collections.emptyList();
		private TrainingTraits traits;
		private String trainingData = "";
		private Map<String, Double> scores = Collections.emptyMap();
		private Instant created = Instant.now();
		private String tensorflowVersion = "2.18.0";
		private double objectDiameter;
		private ModelReference parent;

		private Builder(final String name, final UNetConfig network) {
			this.name = Objects.requireNonNull(name);
			this.network = Objects.requireNonNull(network);
			tags = Arrays.asList("unet", "segmentation", "fiji", network
				.dimensions() + "d");
		}

		/** @param text what the model is good for, at most 1024 characters */
		public Builder description(final String text) {
			description = Objects.requireNonNull(text);
			return this;
		}

		/** @param names names without slashes, in order */
		public Builder authors(final List<String> names) {
			authors = names;
			return this;
		}

		/** @param spdx SPDX identifier such as "CC-BY-4.0"; null: not stated */
		public Builder license(final String spdx) {
			license = spdx;
			return this;
		}

		/** @param words words to find the model by */
		public Builder tags(final List<String> words) {
			tags = words;
			return this;
		}

		/** @param cite text to DOI or web address; replaces the U-Net paper */
		public Builder citations(final Map<String, String> cite) {
			citations = cite;
			return this;
		}

		public Builder preprocessing(final Preprocessing value) {
			preprocessing = Objects.requireNonNull(value);
			return this;
		}

		/** @param value for the network's output classes; the default is none */
		public Builder calibration(final Calibration value) {
			calibration = Objects.requireNonNull(value);
			return this;
		}

		public Builder postprocessing(final Postprocessing value) {
			postprocessing = Objects.requireNonNull(value);
			return this;
		}

		/**
		 * @param values label value of each class in the training, background
		 *          first; the default is 0, 1, 2, ..., or for one foreground
		 *          probability 0 and 255
		 */
		public Builder classValues(final int... values) {
			classValues = values.clone();
			return this;
		}

		/** @param perChannel raw grey values of the training images */
		public Builder statistics(final List<IntensityStatistics> perChannel) {
			statistics = perChannel;
			return this;
		}

		/** @param value what the images trained on have in common */
		public Builder traits(final TrainingTraits value) {
			traits = Objects.requireNonNull(value);
			return this;
		}

		/** @param text what the model was trained on, in words */
		public Builder trainingData(final String text) {
			trainingData = Objects.requireNonNull(text);
			return this;
		}

		/** @param values name of each score on held-out images to its value */
		public Builder scores(final Map<String, Double> values) {
			scores = values;
			return this;
		}

		/** @param time when the model was trained; the default is now */
		public Builder created(final Instant time) {
			created = Objects.requireNonNull(time);
			return this;
		}

		/** @param version of the TensorFlow that wrote the weights */
		public Builder tensorflowVersion(final String version) {
			tensorflowVersion = Objects.requireNonNull(version);
			return this;
		}

		/** @param model that the training started from; null: none */
		public Builder parent(final ModelReference model) {
			parent = model;
			return this;
		}

		/**
		 * @param pixels median diameter of the objects of the training; 0: not
		 *          known
		 */
		public Builder objectDiameter(final double pixels) {
			objectDiameter = pixels;
			return this;
		}

		/**
		 * @throws IllegalArgumentException if a value is not admissible; the
		 *           message says which and why
		 */
		public ModelDescription build() {
			return new ModelDescription(this);
		}
	}
}
