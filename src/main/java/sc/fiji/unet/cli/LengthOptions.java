
package sc.fiji.unet.cli;

import picocli.CommandLine.Option;

import sc.fiji.unet.train.TrainingLength;

/** How long to train. */
final class LengthOptions {

	@Option(names = "--minutes",
		description = "Training time in minutes (default: as the preset; auto and fast have 20).")
	private Double minutes;

	@Option(names = "--epochs",
		description = "Number of epochs instead; an epoch is 100 updates unless the plan says otherwise.")
	private Integer epochs;

	/** @return one of the two, of which one was given */
	TrainingLength value() {
		return epochs != null ? TrainingLength.epochs(epochs) : TrainingLength
			.minutes(minutes);
	}
}
