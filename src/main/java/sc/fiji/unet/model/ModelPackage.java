
package sc.fiji.unet.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;

import sc.fiji.unet.network.CalibratedNetwork;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.NetworkException;
import sc.fiji.unet.network.NetworkFactory;

/**
 * A model on disk, opened: a {@code .zip} in the bioimage.io model format 0.5
 * whose content lies unpacked in a temporary folder until {@link #close()}.
 * <p>
 * Content: {@code rdf.yaml} (description), {@code weights.zip} (what the engine
 * exported, a TensorFlow SavedModel), {@code test_input.npy} and
 * {@code test_output.npy}, {@code README.md}, and the attached files; a folder
 * is attached as a zip of its own. Not thread-safe.
 * </p>
 */
public final class ModelPackage implements AutoCloseable {

	/** Version of our part of the format; older ones can be read. */
	public static final int FORMAT_VERSION = 1;

	/** Name for the attached cover picture. */
	public static final String COVER = "cover.png";
	/** Name for the attached training plan. */
	public static final String PLAN = "plan.json";
	/** Name for the attached plan that makes the same training again. */
	public static final String REPLAY = "replay.json";
	/** Name for the attached history of the training. */
	public static final String HISTORY = "history.csv";
	/** Name for the attached losses of a learning rate range test. */
	public static final String RATE_TEST = "learning_rate_test.csv";
	/** Name for the attached plot of them. */
	public static final String RATE_PLOT = "learning_rate_test.png";
	/** Name for the attached folder from which training can go on. */
	public static final String TRAINING_STATE = "training_state";

	/** Where weights and attached folders are unpacked to. */
	static final String EXPORTED = "exported";
	static final String FOLDERS = "folders";

	static final double TOLERANCE_FLOAT32 = 1e-4;
	static final double TOLERANCE_GPU = 5e-3;
	static final double TOLERANCE_BFLOAT16 = 2e-2;

	private final Path folder;
	private final ModelDescription description;
	private final Path exported;
	private final TestTensors test;
	private final Map<String, Path> attachments;

	private ModelPackage(final Path folder, final ModelDescription description,
		final Path exported, final TestTensors test,
		final Map<String, Path> attachments)
	{
		this.folder = folder;
		this.description = description;
		this.exported = exported;
		this.test = test;
		this.attachments = attachments;
	}

	/**
	 * Writes a package, whole or not at all: to a temporary name beside the
	 * target, flushed to the disk, then moved.
	 *
	 * @param target the {@code .zip} to write; its folder is made where missing
	 * @param description what the model is
	 * @param exported folder that the engine has exported to
	 * @param test input with the answer of these weights
	 * @param attachments name in the package to the file or folder to attach;
	 *          names without slashes
	 * @param overwrite whether an existing target may be replaced
	 * @throws IOException if the target exists and may not be replaced, or
	 *           something cannot be read or written; the target is then as before
	 * @throws IllegalArgumentException if an attachment's name is not admissible
	 */
	public static void write(final Path target,
		final ModelDescription description, final Path exported,
		final TestTensors test, final Map<String, Path> attachments,
		final boolean overwrite) throws IOException
	{
		new PackageWriter(description, exported, test, attachments).write(target,
			overwrite);
	}

	/**
	 * Reads what a package says about itself, without unpacking it.
	 *
	 * @throws IOException as {@link #open}
	 */
	public static ModelDescription describe(final Path zip) throws IOException {
		try (ZipFile file = Zips.open(zip)) {
			return Rdf.description(readRdf(file, zip));
		}
	}

	/**
	 * @param file which may be anything
	 * @return whether it is an archive with a description by this program, of
	 *         whatever version; says nothing of the rest. Cheap
	 */
	public static boolean isPackage(final Path file) {
		if (!file.toString().toLowerCase(Locale.ROOT).endsWith(Zips.SUFFIX) ||
			!Files.isRegularFile(file)) return false;
		try (ZipFile zip = Zips.open(file)) {
			return zip.getEntry(Rdf.FILE) != null && Rdf.isOurs(new String(Zips.read(
				zip, Rdf.FILE), StandardCharsets.UTF_8));
		}
		catch (final IOException | IllegalArgumentException e) {
			// Somebody else may know what it is.
			return false;
		}
	}

	/**
	 * Reads an attached text, without unpacking the rest.
	 *
	 * @param name of the attachment
	 * @return the text; empty if the package has no such attachment
	 * @throws IOException as {@link #open}
	 */
	public static Optional<String> text(final Path zip, final String name)
		throws IOException
	{
		try (ZipFile file = Zips.open(zip)) {
			final String sha256 = Rdf.checksums(readRdf(file, zip)).get(name);
			return sha256 == null ? Optional.empty() : Optional.of(new String(Zips
				.read(file, name, sha256), StandardCharsets.UTF_8));
		}
	}

	/**
	 * @return SHA-256 of a package, 64 hexadecimal digits in lower case, as
	 *         {@code sha256sum} prints it
	 * @throws IOException if the file cannot be read
	 */
	public static String sha256(final Path zip) throws IOException {
		final MessageDigest digest = Zips.sha256();
		try (InputStream in = new DigestInputStream(Files.newInputStream(zip),
			digest))
		{
			in.transferTo(OutputStream.nullOutputStream());
		}
		return Zips.hex(digest);
	}

	/**
	 * Opens a package: unpacks it and checks every file against its checksum.
	 *
	 * @param zip package that {@link #write} has written
	 * @throws IOException if it is missing, no package, damaged, or of a newer
	 *           version; the message says which
	 */
	public static ModelPackage open(final Path zip) throws IOException {
		return open(zip, true);
	}

	/**
	 * As {@link #open}, without attachments, which may be most of the package:
	 * all that is needed to predict.
	 *
	 * @param zip package that {@link #write} has written
	 * @throws IOException as {@link #open}
	 */
	public static ModelPackage openToPredict(final Path zip) throws IOException {
		return open(zip, false);
	}

	private static ModelPackage open(final Path zip,
		final boolean withAttachments) throws IOException
	{
		final Path folder = Files.createTempDirectory("unet-model-");
		try (ZipFile file = Zips.open(zip)) {
			return unpack(file, zip, folder, withAttachments);
		}
		catch (final IllegalArgumentException | ArithmeticException
				| IndexOutOfBoundsException e)
		{
			throw discard(folder, new IOException(zip.getFileName() +
				" does not say what its files need, so it is damaged or was changed: " +
				e.getMessage() + " Get the file again.", e));
		}
		catch (final IOException e) {
			throw discard(folder, e);
		}
	}

	/** @return the reason, also where the folder cannot be deleted */
	private static IOException discard(final Path folder,
		final IOException reason)
	{
		try {
			Zips.deleteFolder(folder);
		}
		catch (final IOException e) {
			reason.addSuppressed(e);
		}
		return reason;
	}

	private static Section readRdf(final ZipFile file, final Path zip)
		throws IOException
	{
		final String name = zip.getFileName().toString();
		if (file.getEntry(Rdf.FILE) == null) throw new IOException(name +
			" is no model: it contains no " + Rdf.FILE +
			". Take a .zip that Train U-Net has written.");
		return Rdf.parse(new String(Zips.read(file, Rdf.FILE),
			StandardCharsets.UTF_8), name);
	}

	private static ModelPackage unpack(final ZipFile file, final Path zip,
		final Path folder, final boolean withAttachments) throws IOException
	{
		final Section rdf = readRdf(file, zip);
		final ModelDescription description = Rdf.description(rdf);
		final Map<String, String> checksums = new LinkedHashMap<>(Rdf.checksums(
			rdf));
		if (!withAttachments) for (final Section attachment : rdf.sections(
			"attachments"))
			checksums.remove(attachment.string("source"));
		for (final Map.Entry<String, String> e : checksums.entrySet())
			Zips.extract(file, e.getKey(), e.getValue(), folder);
		final Path exported = folder.resolve(EXPORTED);
		Zips.unpack(folder.resolve(Rdf.weights(rdf).string("source")), exported);
		final Npy input = npy(folder, rdf.sections("inputs"));
		final TestTensors test = TestTensors.of(description.network(), input, npy(
			folder, rdf.sections("outputs")));
		return new ModelPackage(folder, description, exported, test, withAttachments
			? attachments(folder, rdf) : Collections.emptyMap());
	}

	private static Npy npy(final Path folder, final List<Section> tensors)
		throws IOException
	{
		if (tensors.size() != 1) throw new IOException("The model has " + tensors
			.size() + " inputs or outputs; this program can use one of each.");
		final String name = tensors.get(0).section("test_tensor").string("source");
		return Npy.parse(Files.readAllBytes(folder.resolve(name)), name);
	}

	private static Map<String, Path> attachments(final Path folder,
		final Section rdf) throws IOException
	{
		final List<String> zipped = rdf.section("config").section("fiji_unet")
			.strings("folders");
		final Map<String, Path> attachments = new LinkedHashMap<>();
		for (final Section attachment : rdf.sections("attachments")) {
			final String name = attachment.string("source");
			if (zipped.contains(name)) {
				final String plain = name.substring(0, name.length() - Zips.SUFFIX
					.length());
				attachments.put(plain, folder.resolve(FOLDERS).resolve(plain));
				Zips.unpack(folder.resolve(name), attachments.get(plain));
			}
			else attachments.put(name, folder.resolve(name));
		}
		return Collections.unmodifiableMap(attachments);
	}

	/** @return what the model is */
	public ModelDescription description() {
		return description;
	}

	/**
	 * @return folder for {@link NetworkFactory#open}; vanishes with
	 *         {@link #close()}
	 */
	public Path exported() {
		return exported;
	}

	/** @return input with the answer that it has to get */
	public TestTensors test() {
		return test;
	}

	/**
	 * @return name to file or folder of each attachment; they vanish with
	 *         {@link #close()}; none if it was opened to predict
	 */
	public Map<String, Path> attachments() {
		return attachments;
	}

	/**
	 * Opens the network and lets it answer the test input; blocks until done. Its
	 * probabilities are calibrated, those of the test are not. The network is the
	 * caller's to close; it does not need this package any more.
	 *
	 * @param factory engine
	 * @param execution where and how to compute
	 * @throws IOException if the weights are damaged
	 * @throws NetworkException if the engine fails, or its answer is further from
	 *           the recorded one than {@link #tolerance} allows
	 */
	public Network load(final NetworkFactory factory,
		final ExecutionConfig execution) throws IOException
	{
		final Network network = factory.open(description.network(), exported,
			execution);
		try {
			verify(network);
			return CalibratedNetwork.of(network, description.calibration());
		}
		catch (final RuntimeException e) {
			network.close();
			throw e;
		}
	}

	private void verify(final Network network) {
		final double allowed = tolerance(network.device());
		final double difference = test.difference(network);
		if (difference > allowed) throw new NetworkException("The model '" +
			description.name() + "' does not give its recorded test result on " +
			network.device() + ": probabilities differ by " + difference +
			" in the root mean square, allowed are " + allowed +
			". Get the file again, try device=cpu, or train the model anew.");
	}

	/**
	 * How far probabilities may be from the recorded ones, which were computed in
	 * float32 on a CPU: 1e-4 for float32 and float64 on a CPU, 5e-3 on a GPU
	 * (which may multiply in TF32), 2e-2 in bfloat16 (8 bits of mantissa).
	 *
	 * @param device in the words of {@link Network#device()}
	 * @return largest allowed root mean square difference
	 */
	public static double tolerance(final String device) {
		final String words = device.toLowerCase(Locale.ROOT);
		if (words.contains("bfloat16")) return TOLERANCE_BFLOAT16;
		return words.contains("gpu") ? TOLERANCE_GPU : TOLERANCE_FLOAT32;
	}

	/**
	 * Writes the package without the training state, which is most of its size. A
	 * training can still start from its weights.
	 *
	 * @param target the {@code .zip} to write
	 * @param card what shall be said otherwise about the model
	 * @param overwrite whether an existing target may be replaced
	 * @throws IOException as {@link #write}
	 */
	public void writeForDistribution(final Path target, final ModelCard card,
		final boolean overwrite) throws IOException
	{
		final Map<String, Path> kept = new LinkedHashMap<>(attachments);
		kept.remove(TRAINING_STATE);
		write(target, card.applyTo(description), exported, test, kept, overwrite);
	}

	/**
	 * Deletes the unpacked files. Further calls do nothing.
	 *
	 * @throws IOException if one cannot be deleted
	 */
	@Override
	public void close() throws IOException {
		Zips.deleteFolder(folder);
	}
}
