
package sc.fiji.unet.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import sc.fiji.unet.network.TrainableNetwork;

/**
 * The folder of a training run with its numbered checkpoints. A checkpoint is
 * written under a temporary name and renamed when it is complete, and it names
 * the best one itself. So a single rename makes it count, and whenever the
 * program ends, the checkpoint with the highest number is complete. Kept are
 * the last two and the best.
 * <p>
 * Open, the folder is locked against a second training. Not thread-safe.
 * </p>
 */
final class Checkpoints implements AutoCloseable {

	private static final String PREFIX = "checkpoint-";
	private static final Pattern COMPLETE = Pattern.compile(PREFIX + "\\d{8}");
	private static final Pattern INCOMPLETE = Pattern.compile("\\.part-" +
		PREFIX + "\\d{8}");
	private static final String STATE = "state.json";
	private static final String HISTORY = "history.csv";
	private static final String NETWORK = "network";
	private static final String PLAN = "plan.json";
	private static final String RATES = "learning_rate_test.csv";
	private static final String LOCK = "lock";
	/** Files of a run, beside its checkpoints. */
	private static final List<String> FILES = Arrays.asList(LOCK, PLAN, HISTORY,
		RATES, WholeFile.temporaryName(PLAN), WholeFile.temporaryName(HISTORY),
		WholeFile.temporaryName(RATES));
	/**
	 * Files of a checkpoint, beside the network, whose files are the engine's.
	 */
	private static final List<String> CHECKPOINT_FILES = Arrays.asList(STATE,
		HISTORY, WholeFile.temporaryName(STATE), WholeFile.temporaryName(HISTORY));
	/** What file browsers leave wherever somebody looks. */
	private static final List<String> LITTER = Arrays.asList(".DS_Store",
		"Thumbs.db", "desktop.ini");

	private final Path folder;
	private final FileChannel lockFile;

	private Checkpoints(final Path folder, final FileChannel lockFile) {
		this.folder = folder;
		this.lockFile = lockFile;
	}

	/**
	 * Creates the folder if need be, locks it, and clears what an interrupted
	 * program has left half written.
	 *
	 * @throws IOException if another training uses the folder, or it cannot be
	 *           written to
	 */
	static Checkpoints open(final Path folder) throws IOException {
		Files.createDirectories(folder);
		final FileChannel lockFile = FileChannel.open(folder.resolve(LOCK),
			StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		try {
			if (!isLocked(lockFile)) throw new IOException("Folder " + folder +
				" is in use by another training; wait for it, or save the model under another name.");
			final Checkpoints checkpoints = new Checkpoints(folder, lockFile);
			checkpoints.clearTemporary();
			return checkpoints;
		}
		catch (IOException | RuntimeException e) {
			lockFile.close();
			throw e;
		}
	}

	/** The lock ends with the channel, or with the process. */
	private static boolean isLocked(final FileChannel lockFile)
		throws IOException
	{
		try {
			final FileLock lock = lockFile.tryLock();
			return lock != null;
		}
		catch (final OverlappingFileLockException e) {
			return false;
		}
	}

	/** @return whether the folder holds a checkpoint */
	static boolean exist(final Path folder) throws IOException {
		return Files.isDirectory(folder) && !names(folder, COMPLETE).isEmpty();
	}

	/** @return where the result of a range test lies, if there was one */
	static Path rates(final Path folder) {
		return folder.resolve(RATES);
	}

	/** @return the state of the last checkpoint, of which there must be one */
	static RunState state(final Path folder) throws IOException {
		final List<String> names = names(folder, COMPLETE);
		return RunState.read(folder.resolve(names.get(names.size() - 1)).resolve(
			STATE));
	}

	/** @return names of what the folder holds of a kind, in order */
	private static List<String> names(final Path folder, final Pattern kind)
		throws IOException
	{
		try (Stream<Path> entries = Files.list(folder)) {
			return entries.map(e -> e.getFileName().toString()).filter(n -> kind
				.matcher(n).matches()).sorted().collect(Collectors.toList());
		}
	}

	/** @return name of the last checkpoint; null if there is none */
	String last() throws IOException {
		final List<String> names = names(folder, COMPLETE);
		return names.isEmpty() ? null : names.get(names.size() - 1);
	}

	/** @return folder of the network within a checkpoint */
	Path network(final String name) {
		return folder.resolve(name).resolve(NETWORK);
	}

	RunState readState(final String name) throws IOException {
		return RunState.read(folder.resolve(name).resolve(STATE));
	}

	History readHistory(final String name) throws IOException {
		return History.read(folder.resolve(name).resolve(HISTORY));
	}

	/** Writes the history where the user looks for it. */
	void publish(final History history) throws IOException {
		history.write(folder.resolve(HISTORY));
	}

	/** Writes the plan where the user looks for it. */
	void publish(final TrainingPlan plan) throws IOException {
		WholeFile.write(folder.resolve(PLAN), plan.toJson());
	}

	/**
	 * Writes a checkpoint and removes those that are no longer needed.
	 *
	 * @param isBest whether the checkpoint is the best one from now on; noted in
	 *          the state
	 * @throws IOException if it cannot be written; the ones before stay as they
	 *           are
	 */
	void save(final TrainableNetwork network, final RunState state,
		final History history, final boolean isBest) throws IOException
	{
		final String name = nextName();
		if (isBest) state.bestCheckpoint = name;
		// What an interrupted save has left.
		delete(temporary(name));
		final Path temporary = Files.createDirectory(temporary(name));
		network.save(Files.createDirectory(temporary.resolve(NETWORK)));
		WholeFile.write(temporary.resolve(STATE), state.toJson());
		history.write(temporary.resolve(HISTORY));
		flush(temporary.resolve(NETWORK));
		Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
		removeOthers();
	}

	private String nextName() throws IOException {
		final String last = last();
		final int number = last == null ? 1 : 1 + Integer.parseInt(last.substring(
			PREFIX.length()));
		return String.format(Locale.ROOT, "%s%08d", PREFIX, number);
	}

	/** Waits until the files are on the disk, not only in its cache. */
	private static void flush(final Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path file : files.filter(Files::isRegularFile).collect(
				Collectors.toList()))
				try (FileChannel channel = FileChannel.open(file,
					StandardOpenOption.WRITE))
				{
					channel.force(true);
				}
		}
	}

	/** Keeps the last two, and the best ones that these name. */
	private void removeOthers() throws IOException {
		final List<String> names = names(folder, COMPLETE);
		final Set<String> needed = new TreeSet<>(names.subList(Math.max(0, names
			.size() - 2), names.size()));
		for (final String name : new ArrayList<>(needed)) {
			final String best = readState(name).bestCheckpoint;
			if (best != null) needed.add(best);
		}
		for (final String name : names)
			if (!needed.contains(name)) remove(name);
	}

	private Path temporary(final String name) {
		return folder.resolve(".part-" + name);
	}

	/**
	 * After a divergence: removes the last checkpoint if no finite loss was ever
	 * computed with its weights and there is another one. For gradients can
	 * overflow in an update whose own loss is still finite.
	 *
	 * @param updates number of updates after which the loss was not finite
	 */
	void removeUnproven(final long updates) throws IOException {
		final List<String> names = names(folder, COMPLETE);
		if (names.size() < 2) return;
		final String last = names.get(names.size() - 1);
		final RunState state = readState(last);
		if (state.updates == updates && !state.proven) remove(last);
	}

	/**
	 * Renames first, so that a half removed checkpoint does not look complete.
	 */
	private void remove(final String name) throws IOException {
		final Path temporary = temporary(name);
		Files.move(folder.resolve(name), temporary, StandardCopyOption.ATOMIC_MOVE);
		delete(temporary);
	}

	private void clearTemporary() throws IOException {
		for (final String name : names(folder, INCOMPLETE))
			delete(folder.resolve(name));
	}

	/**
	 * @return what lies in the folder of a run, or within one of its checkpoints,
	 *         and was not written by a training; paths from the folder on, in
	 *         order
	 */
	static List<String> foreign(final Path folder) throws IOException {
		final List<String> foreign = new ArrayList<>();
		if (!Files.isDirectory(folder)) return foreign;
		for (final Path entry : entries(folder)) {
			final String name = entry.getFileName().toString();
			final boolean checkpoint = COMPLETE.matcher(name).matches() || INCOMPLETE
				.matcher(name).matches();
			if (checkpoint && isFolder(entry)) addForeign(entry, foreign);
			else if (!isFile(entry, FILES)) foreign.add(name);
		}
		return foreign;
	}

	private static void addForeign(final Path checkpoint,
		final List<String> foreign) throws IOException
	{
		for (final Path entry : entries(checkpoint)) {
			final Path name = entry.getFileName();
			final boolean network = name.toString().equals(NETWORK) && isFolder(
				entry);
			if (!network && !isFile(entry, CHECKPOINT_FILES)) foreign.add(checkpoint
				.getFileName().resolve(name).toString());
		}
	}

	private static List<Path> entries(final Path folder) throws IOException {
		try (Stream<Path> entries = Files.list(folder)) {
			return entries.sorted().collect(Collectors.toList());
		}
	}

	/** A link leads to what somebody else has put elsewhere. */
	private static boolean isFolder(final Path path) {
		return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
	}

	private static boolean isFile(final Path path, final List<String> names) {
		final String name = path.getFileName().toString();
		return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && (names
			.contains(name) || LITTER.contains(name));
	}

	/**
	 * Removes a run with all its checkpoints, and the folder if nothing else is
	 * in it.
	 *
	 * @throws IOException if the folder holds what no training has written, or
	 *           another training uses it; nothing is removed then
	 */
	static void discard(final Path folder) throws IOException {
		if (!Files.isDirectory(folder)) return;
		refuseForeign(folder);
		try (Checkpoints checkpoints = open(folder)) {
			// The last one first: it names the others, which must not be missing.
			final List<String> names = names(folder, COMPLETE);
			Collections.reverse(names);
			for (final String name : names)
				checkpoints.remove(name);
			for (final Path entry : entries(folder))
				if (!entry.getFileName().toString().equals(LOCK) && isFile(entry,
					FILES)) Files.deleteIfExists(entry);
		}
		Files.deleteIfExists(folder.resolve(LOCK));
		deleteIfEmpty(folder);
	}

	private static void refuseForeign(final Path folder) throws IOException {
		final List<String> foreign = foreign(folder);
		if (!foreign.isEmpty()) throw new IOException("Folder " + folder +
			" holds what no training has written: " + String.join(", ", foreign) +
			". Nothing was removed; move this elsewhere, or save the model under another name.");
	}

	private static void deleteIfEmpty(final Path folder) throws IOException {
		try {
			Files.deleteIfExists(folder);
		}
		catch (final DirectoryNotEmptyException e) {
			// Something has come in meanwhile, which is not ours to remove.
		}
	}

	/** Removes a file, or a folder with all in it, if it is there. */
	static void delete(final Path path) throws IOException {
		final List<Path> files;
		try (Stream<Path> walk = Files.walk(path)) {
			files = walk.sorted(Comparator.reverseOrder()).collect(Collectors
				.toList());
		}
		catch (final NoSuchFileException e) {
			return;
		}
		for (final Path file : files)
			Files.deleteIfExists(file);
	}

	/** Unlocks the folder. */
	@Override
	public void close() throws IOException {
		lockFile.close();
	}
}
