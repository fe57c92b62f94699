
package sc.fiji.unet.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

import sc.fiji.unet.data.LabelKind;

/**
 * Where the images of a training came from, what was done with them, and which
 * were held out: all that a command needs to find them again. Immutable.
 */
public final class Provenance {

	/** What the images lay in. */
	enum Place {
			/** Folders of files. */
			FOLDERS,
			/** Windows of ImageJ. */
			STACKS,
			/** Windows of ImageJ with ROIs. */
			ROIS,
			/** The memory of a program. */
			MEMORY
	}

	private final Place place;
	private final String images;
	private final String labels;
	private final String exclude;
	private final String channels;
	private LabelKind kind = LabelKind.AUTO;
	private OptionalInt ignore = OptionalInt.empty();
	private List<String> heldOut = Collections.emptyList();
	private int heldOutFiles;
	private double share;
	private boolean drawn = true;
	private String groups = "auto";
	private String start = "";
	/** Empty unless labels were drawn as ROIs. */
	private String unannotated = "";
	private double pointRadius;
	private int series = 1;

	private Provenance(final Place place, final String images,
		final String labels, final String exclude, final String channels)
	{
		this.place = place;
		this.images = images;
		this.labels = labels;
		this.exclude = exclude;
		this.channels = channels;
	}

	/**
	 * @param exclude names of images left out, separated by commas; may be empty
	 * @param channels "all", or numbers from 1
	 */
	public static Provenance folders(final Path images, final Path labels,
		final String exclude, final String channels)
	{
		return new Provenance(Place.FOLDERS, images.toAbsolutePath().normalize()
			.toString(), labels.toAbsolutePath().normalize().toString(), exclude
				.trim(), channels);
	}

	/**
	 * @param images title of the open images
	 * @param labels title of the open labels
	 * @param channels "all", or numbers from 1
	 */
	public static Provenance stacks(final String images, final String labels,
		final String channels)
	{
		return new Provenance(Place.STACKS, images, labels, "", channels);
	}

	/**
	 * @param files names of files to leave out as well
	 * @return of the images that are left
	 */
	public Provenance without(final List<String> files) {
		final List<String> out = new ArrayList<>(files);
		if (!exclude.isEmpty()) out.add(0, exclude);
		return new Provenance(place, images, labels, String.join(",", out),
			channels).drawn(unannotated, pointRadius).withSeries(series);
	}

	/**
	 * @param folder of images with ROIs
	 * @param exclude names of images left out, separated by commas; may be empty
	 * @param channels "all", or numbers from 1
	 * @param unannotated "background" or "ignored"
	 * @param pointRadius radius in pixels of the disk that a point stands for
	 */
	public static Provenance rois(final Path folder, final String exclude,
		final String channels, final String unannotated, final double pointRadius)
	{
		return new Provenance(Place.FOLDERS, folder.toAbsolutePath().normalize()
			.toString(), "", exclude.trim(), channels).drawn(unannotated,
				pointRadius);
	}

	/**
	 * @param title of an open image with ROIs; empty: all open images with ROIs
	 * @param channels "all", or numbers from 1
	 * @param unannotated "background" or "ignored"
	 * @param pointRadius radius in pixels of the disk that a point stands for
	 */
	public static Provenance openRois(final String title, final String channels,
		final String unannotated, final double pointRadius)
	{
		return new Provenance(Place.ROIS, title, "", "", channels).drawn(
			unannotated, pointRadius);
	}

	private Provenance drawn(final String value, final double radius) {
		unannotated = value;
		pointRadius = radius;
		return this;
	}

	/** @return of images that no command can find */
	public static Provenance memory() {
		return new Provenance(Place.MEMORY, "", "", "", "all");
	}

	/**
	 * @param value what label values were found to mean
	 * @param ignored label value of pixels that count nowhere
	 */
	public Provenance withLabels(final LabelKind value,
		final OptionalInt ignored)
	{
		final Provenance copy = copy();
		copy.kind = value;
		// Ignored ROIs have a name, and no value.
		if (!areRois()) copy.ignore = ignored;
		return copy;
	}

	/**
	 * @param names of the images held out
	 * @param files number of files that they are from
	 * @param asked share of the images that was to be held out, 0 to below 1
	 * @param isDrawn whether the names follow from share and seed
	 */
	public Provenance withHeldOut(final List<String> names, final int files,
		final double asked, final boolean isDrawn)
	{
		final Provenance copy = copy();
		copy.heldOut = Collections.unmodifiableList(new ArrayList<>(names));
		copy.heldOutFiles = files;
		copy.share = asked;
		copy.drawn = isDrawn;
		return copy;
	}

	/** @param rule how images were found to belong together, as it is written */
	public Provenance withGroups(final String rule) {
		final Provenance copy = copy();
		copy.groups = rule;
		return copy;
	}

	/** @param model file or name of what the weights came from at the start */
	public Provenance withStart(final String model) {
		final Provenance copy = copy();
		copy.start = model;
		return copy;
	}

	/** @param value which series of each image file was used, from 1 */
	public Provenance withSeries(final int value) {
		final Provenance copy = copy();
		copy.series = value;
		return copy;
	}

	private Provenance copy() {
		final Provenance copy = new Provenance(place, images, labels, exclude,
			channels).drawn(unannotated, pointRadius);
		copy.kind = kind;
		copy.ignore = ignore;
		copy.heldOut = heldOut;
		copy.heldOutFiles = heldOutFiles;
		copy.share = share;
		copy.drawn = drawn;
		copy.groups = groups;
		copy.start = start;
		copy.series = series;
		return copy;
	}

	/** @return how images were found to belong together */
	String groups() {
		return groups;
	}

	Place place() {
		return place;
	}

	/** @return folder or title */
	String images() {
		return images;
	}

	/** @return folder or title */
	String labels() {
		return labels;
	}

	/** @return names of images left out; may be empty */
	String exclude() {
		return exclude;
	}

	String channels() {
		return channels;
	}

	/** @return which series of each image file was used, from 1 */
	int series() {
		return series;
	}

	LabelKind kind() {
		return kind;
	}

	OptionalInt ignore() {
		return ignore;
	}

	/** @return whether labels were drawn as ROIs */
	boolean areRois() {
		return !unannotated.isEmpty();
	}

	/** @return what pixels outside of all ROIs count as */
	String unannotated() {
		return unannotated;
	}

	/** @return radius in pixels of the disk that a point stands for */
	double pointRadius() {
		return pointRadius;
	}

	/** @return number of files that the images held out are from */
	public int heldOutFiles() {
		return heldOutFiles;
	}

	/** @return names of the images held out; may be empty */
	List<String> heldOut() {
		return heldOut;
	}

	/** @return share of the images that was to be held out */
	double share() {
		return share;
	}

	/** @return model that the weights came from at the start; empty: none */
	String start() {
		return start;
	}

	/** @return whether the images held out follow from share and seed */
	boolean isDrawn() {
		return drawn;
	}
}
