
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import sc.fiji.unet.data.FilePairs;
import sc.fiji.unet.data.NameList;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.data.Split;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.InputImages;
import sc.fiji.unet.imagej.SampleFiles;
import sc.fiji.unet.report.Provenance;

/**
 * The images and labels to train on, as read, grouped by the file that they
 * come from. Immutable.
 */
public final class TrainingImages {

	private final Map<String, List<RawSample>> byFile;
	private final List<String> warnings;
	private final Provenance provenance;

	private TrainingImages(final Map<String, List<RawSample>> byFile,
		final List<String> warnings, final Provenance provenance)
	{
		this.provenance = provenance;
		this.byFile = byFile;
		this.warnings = Collections.unmodifiableList(warnings);
	}

	/**
	 * Opens all pairs of two folders.
	 *
	 * @param exclude names to leave out, separated by commas; may be empty
	 * @throws IOException if a folder cannot be read
	 * @throws IllegalArgumentException if files do not match or cannot be used;
	 *           lists them all
	 */
	public static TrainingImages ofFolders(final Path images, final Path labels,
		final String exclude, final ChannelSelection channels) throws IOException
	{
		return ofFolders(images, labels, exclude, channels, () -> false);
	}

	/**
	 * Opens all pairs of two folders.
	 *
	 * @param exclude names to leave out, separated by commas; may be empty
	 * @param cancelled asked before each pair
	 * @throws IOException if a folder cannot be read
	 * @throws IllegalArgumentException if files do not match or cannot be used;
	 *           lists them all
	 * @throws java.util.concurrent.CancellationException if {@code cancelled}
	 *           says so
	 */
	public static TrainingImages ofFolders(final Path images, final Path labels,
		final String exclude, final ChannelSelection channels,
		final BooleanSupplier cancelled) throws IOException
	{
		final FilePairs used = FilePairs.ofFolders(images, labels, exclude,
			new InputImages());
		if (used.pairs().isEmpty()) throw new IllegalArgumentException(
			"Every image is excluded; leave at least one.");
		final List<String> warnings = new ArrayList<>();
		return new TrainingImages(SampleFiles.open(used, channels, warnings::add,
			cancelled), warnings, Provenance.folders(images, labels, exclude, channels
				.toString()));
	}

	/**
	 * @param name what the samples come from
	 * @param samples at least one, for example the slices of a stack
	 */
	public static TrainingImages of(final String name,
		final List<RawSample> samples)
	{
		final Map<String, List<RawSample>> byFile = new LinkedHashMap<>();
		byFile.put(name, samples);
		return new TrainingImages(byFile, Collections.emptyList(), Provenance
			.memory());
	}

	/** @return the same, with a note of where they came from */
	public TrainingImages from(final Provenance value) {
		return new TrainingImages(byFile, warnings, value);
	}

	/** @return where the images came from */
	Provenance provenance() {
		return provenance;
	}

	/** @return sentences about what the user may not expect; mostly none */
	public List<String> warnings() {
		return warnings;
	}

	/** @return all samples, in order */
	public List<RawSample> samples() {
		return byFile.values().stream().flatMap(List::stream).collect(Collectors
			.toList());
	}

	/**
	 * Splits by file, so that no image helps to judge its own neighbour; slices
	 * of a single stack are split among themselves.
	 *
	 * @param validation names to hold out, separated by commas; empty draws them
	 * @param share share of the images to draw, 0 to below 1
	 * @param seed of the drawing
	 * @return names of samples
	 */
	public Split split(final String validation, final double share,
		final long seed)
	{
		final List<String> units = byFile.size() > 1 ? new ArrayList<>(byFile
			.keySet()) : sampleNames();
		return validation.trim().isEmpty() ? Split.byShare(units, share, seed)
			: Split.byNames(units, NameList.parse(validation, units));
	}

	/**
	 * @param units names as {@link #split} gives them
	 * @return names of the samples that belong to them
	 */
	public List<String> sampleNames(final List<String> units) {
		if (byFile.size() == 1) return units;
		return units.stream().flatMap(u -> byFile.get(u).stream()).map(
			RawSample::name).collect(Collectors.toList());
	}

	private List<String> sampleNames() {
		return samples().stream().map(RawSample::name).collect(Collectors.toList());
	}
}
