
package sc.fiji.unet.cli;

import java.io.IOException;

import picocli.CommandLine.Option;

import sc.fiji.unet.data.GroupRule;
import sc.fiji.unet.job.TrainingInput;

/** Options of every command that holds images out by itself. */
final class SplitOptions {

	@Option(names = "--validation", paramLabel = "PERCENT", defaultValue = "20",
		description = "Share of the images held out for validation without a list, in percent (default ${DEFAULT-VALUE}).")
	private double validation;

	@Option(names = "--group-by", paramLabel = "RULE", defaultValue = "auto",
		description = {
			"Which images are of one series and not to be parted: auto (same name but for a running number), none, or the",
			"beginnings of names, separated by commas; # is a number, * any characters: mouse#, or '*_' (default ${DEFAULT-VALUE})." })
	private String groups;

	/**
	 * @param images what to open
	 * @param validationList names to hold out, separated by commas; may be empty
	 * @return the images, opened
	 */
	TrainingInput input(final ImageOptions images, final String validationList)
		throws IOException
	{
		// Before minutes go into opening.
		final GroupRule rule = GroupRule.parse(groups);
		return TrainingInput.of(images.open()).withLabels(images.labelKind(), images
			.ignored()).withValidation(validationList, validation / 100).withGroups(
				rule);
	}
}
