
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
		description = "Names of images held out for validation, separated by commas.")
	private String validationList;

	@Option(names = "--validation", paramLabel = "PERCENT", defaultValue = "20",
		description = "Share of the images held out for validation without a list, in percent (default ${DEFAULT-VALUE}).")
	private double validation;

	/** @return the images, opened */
	TrainingInput value() throws IOException {
		return TrainingInput.of(images.open()).withLabels(images.labelKind(), images
			.ignored()).withValidation(validationList, validation / 100);
	}
}
