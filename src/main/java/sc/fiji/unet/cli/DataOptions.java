
package sc.fiji.unet.cli;

import java.io.IOException;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import sc.fiji.unet.job.TrainingInput;

/** Options of every command that looks at images to train on. */
final class DataOptions {

	@Mixin
	private ImageOptions images;

	@Option(names = "--validation-list", paramLabel = "LIST", defaultValue = "",
		description = "Names of images, or of series of images, held out for validation, separated by commas.")
	private String validationList;

	@Mixin
	private SplitOptions split;

	/** @return the images, opened */
	TrainingInput value() throws IOException {
		return split.input(images, validationList);
	}
}
