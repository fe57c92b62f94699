
package sc.fiji.unet.job;

import java.util.LinkedHashMap;
import java.util.Map;

import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.segment.Averaging;

/**
 * How images are segmented: all that decides on the objects besides the model
 * and where it computes. Immutable.
 */
public final class SegmentSettings {

	/** What stands for a value of the model. */
	public static final String OF_MODEL = ObjectSettings.OF_MODEL;

	private final ChannelSelection channels;
	private final double diameter;
	private final ObjectSettings objects;
	private final Averaging averaging;
	private final boolean joinsSlices;

	private SegmentSettings(final ChannelSelection channels,
		final double diameter, final ObjectSettings objects,
		final Averaging averaging, final boolean joinsSlices)
	{
		this.channels = channels;
		this.diameter = diameter;
		this.objects = objects;
		this.averaging = averaging;
		this.joinsSlices = joinsSlices;
	}

	/** @return all channels, objects as the model has them, no averaging */
	public static SegmentSettings ofModel() {
		return new SegmentSettings(ChannelSelection.all(), 0, ObjectSettings
			.ofModel(), Averaging.NONE, false);
	}

	/** @param value which channels the network gets */
	public SegmentSettings withChannels(final ChannelSelection value) {
		return new SegmentSettings(value, diameter, objects, averaging,
			joinsSlices);
	}

	/**
	 * @param pixels diameter of the objects in the images; 0: not given
	 * @throws IllegalArgumentException if it is negative or no number
	 */
	public SegmentSettings withDiameter(final double pixels) {
		ImageScale.checkDiameter(pixels);
		return new SegmentSettings(channels, pixels, objects, averaging,
			joinsSlices);
	}

	/** @param value how objects are found in what the network gives */
	public SegmentSettings withObjects(final ObjectSettings value) {
		return new SegmentSettings(channels, diameter, value, averaging,
			joinsSlices);
	}

	/**
	 * As {@link ObjectSettings#withThreshold}.
	 *
	 * @throws IllegalArgumentException as there
	 */
	public SegmentSettings withThreshold(final Double value) {
		return withObjects(objects.withThreshold(value));
	}

	/**
	 * As {@link ObjectSettings#withMinimumSize}.
	 *
	 * @throws IllegalArgumentException as there
	 */
	public SegmentSettings withMinimumSize(final Long pixels) {
		return withObjects(objects.withMinimumSize(pixels));
	}

	/** @param value which turned copies of an image to average over */
	public SegmentSettings withAveraging(final Averaging value) {
		return new SegmentSettings(channels, diameter, objects, value, joinsSlices);
	}

	/** @param value whether objects of neighbouring slices are joined */
	public SegmentSettings withJoinedSlices(final boolean value) {
		return new SegmentSettings(channels, diameter, objects, averaging, value);
	}

	/** @return which channels the network gets */
	public ChannelSelection channels() {
		return channels;
	}

	/** @return how objects are found in what the network gives */
	public ObjectSettings objects() {
		return objects;
	}

	/** @return whether objects of neighbouring slices are joined */
	public boolean joinsSlices() {
		return joinsSlices;
	}

	/**
	 * @throws IllegalArgumentException if something has no meaning for the model,
	 *           whatever the image; says what
	 */
	void check(final ModelDescription model) {
		objects.check(model);
		if (diameter > 0) ImageScale.of(model, model.network().axes(), diameter);
	}

	/**
	 * Has a job segment so. Channels are chosen when an image is opened.
	 *
	 * @throws IllegalArgumentException if something has no meaning for the model
	 */
	public void applyTo(final SegmentJob job) {
		job.diameter(diameter).averaging(averaging).joinSlices(joinsSlices).objects(
			objects);
	}

	/** @return what is set to its value, as people write them, in order */
	Map<String, String> texts() {
		final Map<String, String> texts = new LinkedHashMap<>();
		texts.put("channels", channels.toString());
		texts.put("diameter", ObjectSettings.text(diameter));
		texts.put("threshold", objects.threshold());
		texts.put("minimumSize", objects.minimumSize());
		texts.put("split", objects.split());
		texts.put("excludeEdges", "" + objects.excludesEdges());
		texts.put("fillHoles", "" + objects.fillsHoles());
		texts.put("averaging", averaging.toString());
		texts.put("joinSlices", "" + joinsSlices);
		return texts;
	}
}
