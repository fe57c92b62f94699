
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import sc.fiji.unet.data.FilePairs;
import sc.fiji.unet.data.GroupRule;
import sc.fiji.unet.data.ImageGroups;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.NameList;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.data.Split;
import sc.fiji.unet.imagej.AnnotatedFiles;
import sc.fiji.unet.imagej.AnnotatedImage;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.imagej.InputImages;
import sc.fiji.unet.imagej.RoiRules;
import sc.fiji.unet.imagej.RoiSamples;
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
	/** Null unless labels were drawn as ROIs. */
	private final RoiSamples drawn;

	private TrainingImages(final Map<String, List<RawSample>> byFile,
		final List<String> warnings, final Provenance provenance,
		final RoiSamples drawn)
	{
		this.drawn = drawn;
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
		return ofFolders(images, labels, exclude, channels, 1, () -> false);
	}

	/**
	 * Opens all pairs of two folders.
	 *
	 * @param exclude names to leave out, separated by commas; may be empty
	 * @param series which series of each image file, from 1
	 * @param cancelled asked before each pair
	 * @throws IOException if a folder cannot be read
	 * @throws IllegalArgumentException if files do not match or cannot be used;
	 *           lists them all
	 * @throws java.util.concurrent.CancellationException if {@code cancelled}
	 *           says so
	 */
	public static TrainingImages ofFolders(final Path images, final Path labels,
		final String exclude, final ChannelSelection channels, final int series,
		final BooleanSupplier cancelled) throws IOException
	{
		final FilePairs used = FilePairs.ofFolders(images, labels, exclude,
			new InputImages());
		if (used.pairs().isEmpty()) throw new IllegalArgumentException(
			"Every image is excluded; leave at least one.");
		final List<String> warnings = new ArrayList<>();
		return new TrainingImages(SampleFiles.open(used, channels, series,
			warnings::add, cancelled), warnings, Provenance.folders(images, labels,
				exclude, channels.toString()).withSeries(series), null);
	}

	/**
	 * Opens the images of a folder that have ROIs: in their overlay, or in
	 * NAME_rois.zip, NAME.zip or NAME.roi beside an image NAME.
	 *
	 * @param exclude names to leave out, separated by commas; may be empty
	 * @param series which series of each file, from 1
	 * @param rules what ROIs and the pixels outside of all stand for
	 * @param kind what objects are
	 * @param cancelled asked before each image
	 * @throws IOException if the folder cannot be read
	 * @throws IllegalArgumentException if files cannot be used, all listed, or as
	 *           {@link RoiSamples#of}
	 * @throws java.util.concurrent.CancellationException if {@code cancelled}
	 *           says so
	 */
	public static TrainingImages ofRois(final Path folder, final String exclude,
		final ChannelSelection channels, final int series, final RoiRules rules,
		final LabelKind kind, final BooleanSupplier cancelled) throws IOException
	{
		final List<String> warnings = new ArrayList<>();
		return ofRois(AnnotatedFiles.open(folder, exclude, series, warnings::add,
			cancelled), channels, rules, kind, warnings).from(Provenance.rois(folder,
				exclude, channels.toString(), rules.unannotated(), rules.pointRadius())
				.withSeries(series));
	}

	/**
	 * @param images with their ROIs
	 * @param channels which channels of the images
	 * @param rules what ROIs and the pixels outside of all stand for
	 * @param kind what objects are
	 * @throws IllegalArgumentException as {@link RoiSamples#of}
	 */
	public static TrainingImages ofRois(final List<AnnotatedImage> images,
		final ChannelSelection channels, final RoiRules rules, final LabelKind kind)
	{
		final List<String> warnings = new ArrayList<>();
		images.forEach(image -> warnings.addAll(ImageInput.warnings(image
			.image())));
		return ofRois(images, channels, rules, kind, warnings);
	}

	private static TrainingImages ofRois(final List<AnnotatedImage> images,
		final ChannelSelection channels, final RoiRules rules, final LabelKind kind,
		final List<String> warnings)
	{
		final RoiSamples drawn = RoiSamples.of(images, channels, rules, kind);
		warnings.addAll(drawn.sentences());
		return new TrainingImages(drawn.samples(), warnings, Provenance.memory(),
			drawn);
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
			.memory(), null);
	}

	/** @return the same, with a note of where they came from */
	public TrainingImages from(final Provenance value) {
		return new TrainingImages(byFile, warnings, value, drawn);
	}

	/**
	 * @param said what the user says that label values mean
	 * @return what they mean, as far as it is known: that of ROIs is
	 */
	LabelKind kind(final LabelKind said) {
		return drawn == null ? said : drawn.kind();
	}

	/**
	 * @param said label value that the user wants to be ignored
	 * @return label value of pixels that count nowhere
	 * @throws IllegalArgumentException if ROIs, which have no values, are to have
	 *           one
	 */
	OptionalInt ignored(final OptionalInt said) {
		if (drawn == null) return said;
		if (said.isPresent()) throw new IllegalArgumentException("ignore=" + said
			.getAsInt() +
			" has no meaning for ROIs; name those that mark pixels to ignore \"ignore\".");
		return drawn.hasIgnored() ? OptionalInt.of(Sample.IGNORE) : OptionalInt
			.empty();
	}

	/** @return whether labels were drawn as ROIs, and have no values */
	boolean areDrawn() {
		return drawn != null;
	}

	/**
	 * @return names of the classes with the values 1, 2, ...; empty if they have
	 *         none
	 */
	List<String> classNames() {
		return drawn == null ? Collections.emptyList() : drawn.classNames();
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
	 * @param rule how files are found to belong together
	 * @return which images belong together
	 * @throws IllegalArgumentException if the rule does not fit the names
	 */
	ImageGroups groups(final GroupRule rule) {
		final Map<String, List<String>> names = new LinkedHashMap<>();
		byFile.forEach((file, images) -> names.put(file, names(images)));
		return ImageGroups.of(names, rule);
	}

	/**
	 * Splits by group, so that no image helps to judge its own neighbour, as far
	 * as possible; see {@link Split#byGroups}.
	 *
	 * @param validation names to hold out, separated by commas: of images, of
	 *          files with all their slices, or of groups; empty draws
	 * @param share share of the images to draw, 0 to below 1
	 * @param seed of the drawing
	 * @param groups which images belong together
	 * @return names of samples
	 */
	public Split split(final String validation, final double share,
		final long seed, final ImageGroups groups)
	{
		return validation.trim().isEmpty() ? Split.byGroups(groups, share, seed)
			: Split.byNames(groups.images(), named(validation, groups));
	}

	private List<String> named(final String list, final ImageGroups groups) {
		final Map<String, List<String>> known = new LinkedHashMap<>();
		samples().forEach(s -> known.put(s.name(), Collections.singletonList(s
			.name())));
		byFile.forEach((file, images) -> known.putIfAbsent(file, names(images)));
		groups.named().forEach(known::putIfAbsent);
		return NameList.parse(list, new ArrayList<>(known.keySet())).stream()
			.flatMap(name -> known.get(name).stream()).distinct().collect(Collectors
				.toList());
	}

	/**
	 * @param names of samples
	 * @return the same, with the name of a file in the place of all its slices
	 */
	List<String> shortened(final List<String> names) {
		final List<String> shortened = new ArrayList<>();
		byFile.forEach((file, images) -> {
			final List<String> own = names(images);
			final boolean whole = byFile.size() > 1 && names.containsAll(own);
			own.retainAll(names);
			shortened.addAll(whole ? Collections.singletonList(file) : own);
		});
		return shortened;
	}

	/**
	 * @param names of samples
	 * @return number of files that they are from
	 */
	int files(final List<String> names) {
		return (int) byFile.values().stream().filter(images -> names(images)
			.stream().anyMatch(names::contains)).count();
	}

	/**
	 * @param names of samples, at least one
	 * @return those images alone
	 */
	TrainingImages only(final List<String> names) {
		final Map<String, List<RawSample>> some = new LinkedHashMap<>();
		byFile.forEach((file, images) -> some.put(file, images.stream().filter(
			s -> names.contains(s.name())).collect(Collectors.toList())));
		some.values().removeIf(List::isEmpty);
		return new TrainingImages(some, warnings, provenanceOf(some), drawn);
	}

	/** No command can leave out a part of the slices of a file. */
	private Provenance provenanceOf(final Map<String, List<RawSample>> some) {
		if (some.entrySet().stream().anyMatch(f -> f.getValue().size() < byFile.get(
			f.getKey()).size())) return Provenance.memory();
		final List<String> others = new ArrayList<>(byFile.keySet());
		others.removeAll(some.keySet());
		return provenance.without(others);
	}

	private static List<String> names(final List<RawSample> samples) {
		return samples.stream().map(RawSample::name).collect(Collectors.toList());
	}
}
