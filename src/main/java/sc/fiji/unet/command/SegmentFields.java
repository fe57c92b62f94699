
package sc.fiji.unet.command;

import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.job.ObjectSettings;
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
	 * @throws IllegalArgumentException if a text is none of what it may be, or a
	 *           number out of range
	 */
	static SegmentSettings settings(final String channels, final double diameter,
		final ObjectSettings objects, final String averaging, final boolean linkz)
	{
		return SegmentSettings.ofModel().withChannels(ChannelSelection.parse(
			channels)).withDiameter(diameter).withObjects(objects).withAveraging(
				Averaging.of(averaging)).withJoinedSlices(linkz);
	}

	/**
	 * @param threshold number, or {@value SegmentSettings#OF_MODEL}
	 * @param minsize whole number, or {@value SegmentSettings#OF_MODEL}
	 * @param split number, or {@value SegmentSettings#OF_MODEL}
	 * @throws IllegalArgumentException if a text is neither, or a number out of
	 *           range
	 */
	static ObjectSettings objects(final String threshold, final String minsize,
		final String split, final boolean excludeedges, final boolean fillholes)
	{
		return ObjectSettings.ofModel().withThreshold(number("threshold",
			threshold)).withMinimumSize(isOfModel(minsize) ? null : (long) Text.whole(
				"minsize", minsize)).withSplit(number("split", split))
			.withExcludedEdges(excludeedges).withFilledHoles(fillholes);
	}

	private static Double number(final String key, final String text) {
		return isOfModel(text) ? null : Text.number(key, text);
	}

	private static boolean isOfModel(final String text) {
		return text.trim().equals(SegmentSettings.OF_MODEL);
	}
}
