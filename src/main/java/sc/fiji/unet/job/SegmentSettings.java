
package sc.fiji.unet.job;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.segment.Averaging;

/**
 * How images are segmented: all that decides on the objects besides the model
 * and where it computes. Immutable.
 */
public final class SegmentSettings {

	/** What stands for a value of the model. */
	public static final String OF_MODEL = "model";

	private final ChannelSelection channels;
	private final double diameter;
	/** Null: that of the model. */
	private final Double threshold;
	/** Null: that of the model. */
	private final Long minimumSize;
	private final Averaging averaging;
	private final boolean joinsSlices;

	private SegmentSettings(final ChannelSelection channels,
		final double diameter, final Double threshold, final Long minimumSize,
		final Averaging averaging, final boolean joinsSlices)
	{
		this.channels = channels;
		this.diameter = diameter;
		this.threshold = threshold;
		this.minimumSize = minimumSize;
		this.averaging = averaging;
		this.joinsSlices = joinsSlices;
	}

	/** @return all channels, threshold and size of the model, no averaging */
	public static SegmentSettings ofModel() {
		return new SegmentSettings(ChannelSelection.all(), 0, null, null,
			Averaging.NONE, false);
	}

	/** @param value which channels the network gets */
	public SegmentSettings withChannels(final ChannelSelection value) {
		return new SegmentSettings(value, diameter, threshold, minimumSize,
			averaging, joinsSlices);
	}

	/**
	 * @param pixels diameter of the objects in the images; 0: not given
	 * @throws IllegalArgumentException if it is negative or no number
	 */
	public SegmentSettings withDiameter(final double pixels) {
		ImageScale.checkDiameter(pixels);
		return new SegmentSettings(channels, pixels, threshold, minimumSize,
			averaging, joinsSlices);
	}

	/**
	 * @param value probability (0 to 1) from which on a pixel is foreground;
	 *          null: that of the model
	 * @throws IllegalArgumentException if it is out of range
	 */
	public SegmentSettings withThreshold(final Double value) {
		if (value != null) Postprocessing.plain().withThreshold(value);
		return new SegmentSettings(channels, diameter, value, minimumSize,
			averaging, joinsSlices);
	}

	/**
	 * @param pixels size of the smallest object in pixels of the image; null:
	 *          that of the model
	 * @throws IllegalArgumentException if it is negative
	 */
	public SegmentSettings withMinimumSize(final Long pixels) {
		if (pixels != null) Postprocessing.plain().withMinimumSize(pixels);
		return new SegmentSettings(channels, diameter, threshold, pixels, averaging,
			joinsSlices);
	}

	/** @param value which turned copies of an image to average over */
	public SegmentSettings withAveraging(final Averaging value) {
		return new SegmentSettings(channels, diameter, threshold, minimumSize,
			value, joinsSlices);
	}

	/** @param value whether objects of neighbouring slices are joined */
	public SegmentSettings withJoinedSlices(final boolean value) {
		return new SegmentSettings(channels, diameter, threshold, minimumSize,
			averaging, value);
	}

	/** @return which channels the network gets */
	public ChannelSelection channels() {
		return channels;
	}

	/**
	 * @throws IllegalArgumentException if something has no meaning for the model,
	 *           whatever the image; says what
	 */
	void check(final ModelDescription model) {
		if (threshold != null) SegmentJob.checkThreshold(model, threshold);
		if (diameter > 0) ImageScale.of(model, model.network().axes(), diameter);
	}

	/**
	 * Has a job segment so. Channels are chosen when an image is opened.
	 *
	 * @throws IllegalArgumentException if something has no meaning for the model
	 */
	public void applyTo(final SegmentJob job) {
		job.diameter(diameter).averaging(averaging).joinSlices(joinsSlices);
		if (threshold != null) job.threshold(threshold);
		if (minimumSize != null) job.minimumSize(minimumSize);
	}

	/** @return what is set to its value, as people write them, in order */
	Map<String, String> texts() {
		final Map<String, String> texts = new LinkedHashMap<>();
		texts.put("channels", channels.toString());
		texts.put("diameter", number(diameter));
		texts.put("threshold", threshold == null ? OF_MODEL : number(threshold));
		texts.put("minimumSize", minimumSize == null ? OF_MODEL : minimumSize
			.toString());
		texts.put("averaging", averaging.toString());
		texts.put("joinSlices", "" + joinsSlices);
		return texts;
	}

	/** The shortest text that is read as the same number. */
	private static String number(final double value) {
		return value == 0 ? "0" : new BigDecimal(Double.toString(value))
			.stripTrailingZeros().toPlainString();
	}
}
