
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;

import picocli.CommandLine.Option;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.job.TrainingImages;
import sc.fiji.unet.job.TrainingInput;

/** Options of every command that looks at images to train on. */
final class DataOptions {

	@Option(names = "--images", required = true, paramLabel = "DIR",
		description = "Folder of the images.")
	private Path images;

	@Option(names = "--labels", required = true, paramLabel = "DIR",
		description = "Folder of the labels; may be the same.")
	private Path labels;

	@Option(names = "--label-kind", defaultValue = "auto",
		description = "What label values mean: auto, mask, instances or classes (default ${DEFAULT-VALUE}).")
	private String labelKind;

	@Option(names = "--ignore", paramLabel = "VALUE",
		description = "Label value of pixels that count nowhere.")
	private Integer ignore;

	@Option(names = "--channels", defaultValue = "all",
		description = "Channels to use: all, or numbers such as 1,3 (default ${DEFAULT-VALUE}).")
	private String channels;

	@Option(names = "--exclude", paramLabel = "LIST", defaultValue = "",
		description = "Names of images to leave out, separated by commas.")
	private String exclude;

	@Option(names = "--validation-list", paramLabel = "LIST", defaultValue = "",
		description = "Names of images held out for validation, separated by commas.")
	private String validationList;

	@Option(names = "--validation", paramLabel = "PERCENT", defaultValue = "20",
		description = "Share of the images held out for validation without a list, in percent (default ${DEFAULT-VALUE}).")
	private double validation;

	/** @return the images, opened */
	TrainingInput value() throws IOException {
		final LabelKind kind = LabelKind.of(labelKind);
		final TrainingImages opened = TrainingImages.ofFolders(images, labels,
			exclude, ChannelSelection.parse(channels));
		return TrainingInput.of(opened).withLabels(kind, ignore == null
			? OptionalInt.empty() : OptionalInt.of(ignore)).withValidation(
				validationList, validation / 100);
	}
}
