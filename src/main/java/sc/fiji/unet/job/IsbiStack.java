
package sc.fiji.unet.job;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The training stack of the ISBI 2012 challenge, which U-Net was made for: 30
 * slices of nerve tissue in the electron microscope with labels, 255 in cells
 * and 0 on membranes. It is not ours to hand on, so it is downloaded, once its
 * terms are accepted; afterwards no network is needed.
 */
public final class IsbiStack {

	/** System property with the address of the archive. */
	public static final String ADDRESS = "unet.isbi.address";
	/** System property with the SHA-256 that the archive has to have. */
	public static final String SHA256 = "unet.isbi.sha256";

	/** Terms of use, in sentences. */
	public static final String TERMS =
		"The data of the ISBI 2012 challenge may be used for generating or testing non-commercial image segmentation software. Publications that derive from their usage must cite TrakEM2 and: Cardona A, Saalfeld S, Preibisch S, Schmid B, Cheng A, Pulokas J, Tomancak P, Hartenstein V (2010) An Integrated Micro- and Macroarchitectural Analysis of the Drosophila Brain by Computer-Assisted Serial Section Electron Microscopy. PLoS Biol 8(10): e1000502. doi:10.1371/journal.pbio.1000502";

	/** Linked by https://imagej.net/events/isbi-2012-segmentation-challenge. */
	private static final String PUBLIC =
		"https://downloads.imagej.net/ISBI-2012-challenge.zip";
	/** Names within the archive, in whatever folder. */
	private static final String VOLUME = "train-volume.tif";
	private static final String LABELS = "train-labels.tif";
	/** Bytes: several times what the archive, and a file of it, have. */
	private static final long MOST = 256L << 20;

	/** Hears how much has come. */
	public interface Progress {

		/** @param total number of bytes; 0 while it is not known */
		void bytes(long done, long total);
	}

	private final Path folder;
	private Duration patience = HttpDownload.PATIENCE;

	/** @param folder gets a folder isbi2012 with the files */
	public IsbiStack(final Path folder) {
		this.folder = folder.toAbsolutePath().normalize().resolve("isbi2012");
	}

	/** @param value how long nothing may come */
	IsbiStack patience(final Duration value) {
		patience = value;
		return this;
	}

	/** @return file of the images, a stack, whether it is there or not */
	public Path images() {
		return folder.resolve("images").resolve("isbi2012.tif");
	}

	/** @return file of the labels, a stack, whether it is there or not */
	public Path labels() {
		return folder.resolve("labels").resolve("isbi2012_labels.tif");
	}

	private Path terms() {
		return folder.resolve("TERMS.txt");
	}

	/** @return whether both files are there, whatever they hold */
	public boolean isThere() {
		return Files.exists(images()) && Files.exists(labels());
	}

	/** @return where the archive is downloaded from */
	public static String address() {
		return setting(ADDRESS, "UNET_ISBI_ADDRESS", PUBLIC);
	}

	private static String expected() {
		return setting(SHA256, "UNET_ISBI_SHA256", "").toLowerCase(Locale.ROOT);
	}

	private static String setting(final String property, final String variable,
		final String otherwise)
	{
		final String value = System.getProperty(property, System.getenv(variable));
		return value == null || value.trim().isEmpty() ? otherwise : value.trim();
	}

	/**
	 * Downloads the files, unless they are there, and checks them. Blocks until
	 * done; leaves nothing half written.
	 *
	 * @param accepted whether the user has accepted the {@link #TERMS}
	 * @param cancelled asked several times a second
	 * @return what was done, in a sentence, with the checksum of a download
	 * @throws IllegalArgumentException if a download is needed and the terms are
	 *           not accepted, the address is none, or one of the files is there
	 *           without the other
	 * @throws IOException if the archive cannot be had or written, or does not
	 *           hold the stack; or if the files that are there are others
	 * @throws CancellationException if {@code cancelled} says so
	 */
	public String fetch(final boolean accepted, final BooleanSupplier cancelled,
		final Progress progress) throws IOException
	{
		if (isThere()) {
			checkThere();
			return "The stack is there already, in " + folder +
				"; nothing was downloaded.";
		}
		for (final Path file : Arrays.asList(images(), labels()))
			if (Files.exists(file)) throw new IllegalArgumentException("'" + file +
				"' is there without its counterpart; remove it, or choose another folder.");
		if (!accepted) throw new IllegalArgumentException(TERMS +
			". To accept these terms and download the stack from " + address() +
			", write terms=accept, on the command line --accept-terms.");
		return download(uri(), cancelled, progress);
	}

	private static URI uri() {
		final String address = address();
		if (address.matches("(?i)https?://.+")) try {
			return URI.create(address);
		}
		catch (final IllegalArgumentException e) {
			throw noAddress(address, e);
		}
		throw noAddress(address, null);
	}

	private static IllegalArgumentException noAddress(final String address,
		final Exception cause)
	{
		return new IllegalArgumentException(ADDRESS + "=" + address +
			" is no address of the web; write one that begins with https://.", cause);
	}

	/** What was accepted by its checksum once, is so again. */
	private void checkThere() throws IOException {
		final boolean known = IsbiContent.isKnown(images(), labels());
		final boolean trusted = !expected().isEmpty() && Files.exists(terms()) &&
			new String(Files.readAllBytes(terms()), StandardCharsets.UTF_8).contains(
				expected());
		if (!known && !trusted) throw new IOException("The files in '" + folder +
			"' are not the training stack of ISBI 2012 as it is known here; remove them, or choose another folder.");
	}

	private String download(final URI address, final BooleanSupplier cancelled,
		final Progress progress) throws IOException
	{
		final List<Path> made = missing();
		boolean whole = false;
		Files.createDirectories(folder);
		final Path part = Files.createTempDirectory(folder, ".download");
		try {
			final Path archive = part.resolve("archive.zip");
			final String sum = new HttpDownload(address, patience, MOST).to(archive,
				cancelled, progress);
			checkSum(sum, address);
			unpack(archive, part, address);
			check(part, sum, address);
			Files.write(part.resolve("terms"), text(address, sum).getBytes(
				StandardCharsets.UTF_8));
			move(part);
			whole = true;
			return "Downloaded " + address + " (SHA-256 " + sum + ") to " + folder +
				".";
		}
		finally {
			remove(part);
			if (!whole) for (final Path begun : made)
				Files.deleteIfExists(begun);
		}
	}

	/** @return the files and folders that are not there, innermost first */
	private List<Path> missing() {
		return Stream.concat(Stream.of(images(), labels(), terms(), images()
			.getParent(), labels().getParent()).filter(path -> !Files.exists(path)),
			Stream.iterate(folder, Path::getParent).takeWhile(path -> !Files.exists(
				path))).collect(Collectors.toList());
	}

	private static void checkSum(final String sum, final URI address)
		throws IOException
	{
		if (!expected().isEmpty() && !expected().equals(sum)) throw new IOException(
			address + " has the SHA-256 " + sum + ", but " + SHA256 + " says " +
				expected() + "; nothing was kept.");
	}

	private static void unpack(final Path archive, final Path part,
		final URI address) throws IOException
	{
		try (ZipFile zip = new ZipFile(archive.toFile())) {
			unpack(zip, VOLUME, part);
			unpack(zip, LABELS, part);
		}
		catch (final ZipException e) {
			throw new IOException("What has come from " + address +
				" is no zip archive, or a damaged one (" + e.getMessage() +
				"); nothing was kept.", e);
		}
	}

	private static void unpack(final ZipFile zip, final String name,
		final Path part) throws IOException
	{
		final ZipEntry entry = zip.stream().filter(e -> e.getName().equals(name) ||
			e.getName().endsWith("/" + name)).findFirst().orElseThrow(
				() -> new ZipException("it has no file " + name));
		if (entry.getSize() > MOST) throw new ZipException(name + " has " + entry
			.getSize() + " bytes");
		try (InputStream in = zip.getInputStream(entry)) {
			Files.copy(in, part.resolve(name));
		}
	}

	private static void check(final Path part, final String sum,
		final URI address) throws IOException
	{
		final boolean known;
		try {
			known = IsbiContent.isKnown(part.resolve(VOLUME), part.resolve(LABELS));
		}
		catch (final IOException e) {
			throw new IOException("What has come from " + address +
				" is not the training stack of ISBI 2012: " + e.getMessage() +
				" Nothing was kept.", e);
		}
		if (!known && expected().isEmpty()) throw new IOException(
			"What has come from " + address +
				" has the form of the training stack of ISBI 2012, but other pixels than those that are known here; nothing was kept. If you trust it, set " +
				SHA256 + " (or UNET_ISBI_SHA256) to its checksum, " + sum +
				", and try again.");
	}

	private static String text(final URI address, final String sum) {
		return "Training stack of the ISBI 2012 challenge: images/isbi2012.tif, labels/isbi2012_labels.tif (255: cell, 0: membrane)\n\n" +
			TERMS + "\n\nFrom: " + address + "\nSHA-256 of the archive: " + sum +
			"\n";
	}

	private void move(final Path part) throws IOException {
		Files.createDirectories(images().getParent());
		Files.createDirectories(labels().getParent());
		Files.move(part.resolve("terms"), terms(),
			StandardCopyOption.REPLACE_EXISTING);
		Files.move(part.resolve(VOLUME), images(), StandardCopyOption.ATOMIC_MOVE);
		Files.move(part.resolve(LABELS), labels(), StandardCopyOption.ATOMIC_MOVE);
	}

	private static void remove(final Path part) throws IOException {
		try (Stream<Path> files = Files.walk(part)) {
			for (final Path file : files.sorted(Comparator.reverseOrder()).collect(
				Collectors.toList()))
				Files.deleteIfExists(file);
		}
	}
}
