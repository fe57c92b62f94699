
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import sc.fiji.unet.model.BundledModel;
import sc.fiji.unet.model.InstalledModels;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.network.ModelReference;
import sc.fiji.unet.network.TrainableNetwork;
import sc.fiji.unet.network.Transfer;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.train.TrainingPlan;

/**
 * A model whose weights a training starts from. It decides on the architecture
 * and the normalisation, the images on channels and classes, and the plan on
 * all else. Immutable.
 */
public final class StartModel {

	private final Path file;
	private final String place;
	private final ModelDescription description;
	private final ModelReference reference;

	private StartModel(final Path file, final String place,
		final ModelDescription description, final ModelReference reference)
	{
		this.file = file;
		this.place = place;
		this.description = description;
		this.reference = reference;
	}

	/**
	 * Reads a model and checks all of it against its checksums.
	 *
	 * @param model package that a training has written, or the name of an
	 *          installed model, such as the bundled one
	 * @throws IllegalArgumentException if there is none such
	 * @throws IOException if it is no model of this program, or damaged
	 */
	public static StartModel read(final Path model) throws IOException {
		final boolean bundled = InstalledModels.isBundled(model.toFile());
		final Path file = InstalledModels.here().findNamed(model.toFile()).path();
		try (ModelPackage pack = ModelPackage.open(file)) {
			final ModelDescription description = pack.description();
			return new StartModel(file, bundled ? BundledModel.NAME : file.toString(),
				description, new ModelReference(description.name(), ModelPackage.sha256(
					file)));
		}
	}

	/**
	 * @param preset settings of a training from scratch
	 * @return those of one that starts from the model
	 * @throws IllegalArgumentException if they are for images of other dimensions
	 */
	public TrainingPlan onto(final TrainingPlan preset) {
		return withArchitecture(preset).toBuilder().startFrom(reference).build();
	}

	/** @return the plan with the architecture and normalisation of the model */
	private TrainingPlan withArchitecture(final TrainingPlan plan) {
		final UNetConfig model = description.network();
		final UNetConfig other = plan.network();
		if (model.dimensions() != other.dimensions())
			throw new IllegalArgumentException("The model " + reference +
				" is for images of " + model.dimensions() +
				" dimensions, but the training is for " + other.dimensions() +
				"; start from another model, or from scratch.");
		final UNetConfig.Builder network = model.toBuilder().axes(other.axes())
			.channelNames(other.channelNames());
		final UNetConfig withClasses = (other.hasBorderClass() ? network
			.objectsWithBorder() : network.classNames(other.classNames())).build();
		return plan.toBuilder().network(withClasses).fitPatchSize().preprocessing(
			description.preprocessing()).build();
	}

	/**
	 * Checks that plan and model belong together.
	 *
	 * @param start null for a training from scratch
	 * @param plan with all settings
	 * @throws IllegalArgumentException if the plan belongs to a training that
	 *           started from something else, or has settings that contradict the
	 *           model; says what to do
	 */
	public static void check(final StartModel start, final TrainingPlan plan) {
		final ModelReference named = plan.startFrom().orElse(null);
		if (start == null && named != null) throw new IllegalArgumentException(
			"The plan belongs to a training that started from the model " + named +
				"; give its file, too (from=, --from).");
		if (start == null) return;
		if (!start.reference.equals(named)) throw new IllegalArgumentException(
			"The plan belongs to a training that started from " + (named == null
				? "scratch" : "the model " + named) + ", not from the model " +
				start.reference +
				"; give what it started from (from=, --from), or leave the plan out.");
		start.checkArchitecture(plan);
	}

	private void checkArchitecture(final TrainingPlan plan) {
		final Map<String, String> asked = plan.settings();
		final Map<String, String> model = withArchitecture(plan).settings();
		final TreeSet<String> keys = new TreeSet<>(asked.keySet());
		keys.addAll(model.keySet());
		keys.removeIf(key -> !key.matches("(network|preprocessing)\\..*") || asked
			.getOrDefault(key, "").equals(model.getOrDefault(key, "")));
		if (keys.isEmpty()) return;
		final List<String> differences = new ArrayList<>();
		for (final String key : keys)
			differences.add(key + " is " + model.getOrDefault(key, "as usual") +
				" in the model, but " + asked.getOrDefault(key, "as usual") +
				" was asked for");
		throw new IllegalArgumentException("The settings contradict the model " +
			reference + " that the training starts from: " + String.join("; ",
				differences) +
			". Leave them out (--base, --depth, --padding, settings or plan file), or train from scratch.");
	}

	/**
	 * @param target model that the training is to write
	 * @throws IllegalArgumentException if it would take the place of this one,
	 *           without which nobody could resume or repeat the training
	 * @throws IOException if one cannot be looked at
	 */
	void checkKept(final Path target) throws IOException {
		if (Files.exists(target) && Files.isSameFile(file, target))
			throw new IllegalArgumentException("Model '" + target +
				"' would be written over the one that the training starts from, which is needed to resume or repeat it; choose another name.");
	}

	/** @return where the model lies, or the name of the bundled one */
	String place() {
		return place;
	}

	/**
	 * @param complete plan with the channels and classes of the images
	 * @return the plan with the names of the model, where there are as many and
	 *         nobody has given names
	 */
	TrainingPlan named(final TrainingPlan complete) {
		final UNetConfig network = complete.network();
		final UNetConfig numbered = UNetConfig.builder().channels(network
			.channels()).classes(network.classes()).build();
		final UNetConfig model = description.network();
		final UNetConfig.Builder named = network.toBuilder().channelNames(names(
			network.channelNames(), numbered.channelNames(), model.channelNames()));
		if (network.isMultiClass() && model.isMultiClass()) named.classNames(names(
			network.classNames(), numbered.classNames(), model.classNames()));
		return complete.toBuilder().network(named.build()).build();
	}

	private static List<String> names(final List<String> now,
		final List<String> numbered, final List<String> model)
	{
		return now.equals(numbered) && now.size() == model.size() ? model : now;
	}

	/**
	 * @param complete plan with the channels and classes of the images
	 * @return what is taken over and what is new, in sentences
	 */
	List<String> sentences(final TrainingPlan complete) {
		final Transfer transfer = new Transfer(description.network(), complete
			.network());
		final List<String> sentences = new ArrayList<>();
		final boolean whole = transfer.keptClasses().isEmpty();
		sentences.add((whole ? "All layers but the last come" : "All layers come") +
			" from the model " + reference + ", which was trained on " + description
				.created().atZone(ZoneOffset.UTC).toLocalDate() +
			". Its network and its normalisation are kept.");
		if (!transfer.keepsChannels()) sentences.add(
			"The first layer is adapted from " + channels(transfer.from()) + " to " +
				channels(transfer.to()) +
				": each gets an equal share of the sum of its weights.");
		if (whole) sentences.add(
			"The last layer starts anew, because the classes are others: " + String
				.join(", ", complete.network().classNames()) + " instead of " + String
					.join(", ", description.network().classNames()) + ".");
		else if (!transfer.newClasses().isEmpty()) sentences.add(
			"In the last layer classes of the same name keep their weights: " + String
				.join(", ", transfer.keptClasses()) + ". New: " + String.join(", ",
					transfer.newClasses()) + ".");
		return sentences;
	}

	private static String channels(final UNetConfig network) {
		return network.channels() + (network.channels() == 1 ? " channel"
			: " channels");
	}

	/**
	 * Gives a network that was made for the plan the weights of the model; blocks
	 * until done.
	 *
	 * @throws IOException if the model cannot be read, or is another by now
	 */
	void takeOver(final TrainableNetwork network) throws IOException {
		if (!ModelPackage.sha256(file).equals(reference.sha256()))
			throw new IOException("The model '" + file +
				"' was changed while the training was prepared; start again.");
		try (ModelPackage pack = ModelPackage.open(file)) {
			network.restoreMatching(pack.exported(), description.network());
		}
	}
}
