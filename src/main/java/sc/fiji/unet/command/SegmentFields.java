
package sc.fiji.unet.command;

import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.job.SegmentSettings;
import sc.fiji.unet.segment.Averaging;

/**
 * What the fields mean that all commands have that segment. (Their parameters
 * stand in each command: those of a common superclass would come first in the
 * dialog, before the images.)
 */
final class SegmentFields {

	private SegmentFields() {}

	/**
	 * @param threshold number, or {@value SegmentSettings#OF_MODEL}
	 * @param minsize whole number, or {@value SegmentSettings#OF_MODEL}
	 * @throws IllegalArgumentException if a text is none of what it may be, or a
	 *           number out of range
	 */
	static SegmentSettings settings(final String channels, final double diameter,
		final String threshold, final String minsize, final String averaging,
		final boolean linkz)
	{
		return SegmentSettings.ofModel().withChannels(ChannelSelection.parse(
			channels)).withDiameter(diameter).withThreshold(isOfModel(threshold)
				? null : Text.number("threshold", threshold)).withMinimumSize(isOfModel(
					minsize) ? null : (long) Text.whole("minsize", minsize))
			.withAveraging(Averaging.of(averaging)).withJoinedSlices(linkz);
	}

	private static boolean isOfModel(final String text) {
		return text.trim().equals(SegmentSettings.OF_MODEL);
	}
}
