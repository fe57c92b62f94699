
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;

import picocli.CommandLine.Option;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.RoiRules;
import sc.fiji.unet.job.TrainingImages;

/** Options of every command that looks at images with labels. */
final class ImageOptions {

	@Option(names = "--images", required = true, paramLabel = "DIR",
		description = "Folder of the images.")
	private Path images;

	@Option(names = "--labels", paramLabel = "DIR",
		description = "Folder of the labels; may be the same (default: ROIs in the images, or in NAME_rois.zip or NAME.roi beside an image NAME).")
	private Path labels;

	@Option(names = "--label-kind", defaultValue = "auto",
		description = "What label values mean: auto, mask, instances or classes (default ${DEFAULT-VALUE}).")
	private String labelKind;

	@Option(names = "--ignore", paramLabel = "VALUE",
		description = "Label value of pixels that count nowhere.")
	private Integer ignore;

	@Option(names = "--unannotated", paramLabel = "WHAT",
		description = "What pixels outside of all ROIs are: background or ignored (default: background).")
	private String unannotated;

	@Option(names = "--point-radius", paramLabel = "PX",
		description = "Radius of the disk that a point ROI stands for (default: 3).")
	private Double pointRadius;

	@Option(names = "--channels", defaultValue = "all",
		description = "Channels to use: all, or numbers such as 1,3 (default ${DEFAULT-VALUE}).")
	private String channels;

	@Option(names = "--series", paramLabel = "N", defaultValue = "1",
		description = "Which series of each image file with several, such as .lif, by Bio-Formats: a number from 1 (default ${DEFAULT-VALUE}).")
	private int series;

	@Option(names = "--exclude", paramLabel = "LIST", defaultValue = "",
		description = "Names of images to leave out, separated by commas.")
	private String exclude;

	/** @return images and labels, opened */
	TrainingImages open() throws IOException {
		final LabelKind kind = labelKind();
		final ChannelSelection selection = ChannelSelection.parse(channels);
		if (series < 1) throw new IllegalArgumentException("--series " + series +
			" is no series; they are counted from 1.");
		if (labels == null) return TrainingImages.ofRois(images, exclude, selection,
			series, rules(), kind, () -> false);
		if (unannotated != null || pointRadius != null)
			throw new IllegalArgumentException(
				"--unannotated and --point-radius are for ROIs, but there are label images (--labels); leave one or the other out.");
		return TrainingImages.ofFolders(images, labels, exclude, selection, series,
			() -> false);
	}

	private RoiRules rules() {
		RoiRules rules = RoiRules.standard();
		if (unannotated != null) rules = rules.unannotated(unannotated);
		return pointRadius == null ? rules : rules.pointRadius(pointRadius);
	}

	/**
	 * @return what label values mean
	 * @throws IllegalArgumentException if there is no such kind
	 */
	LabelKind labelKind() {
		return LabelKind.of(labelKind);
	}

	/** @return label value of pixels that count nowhere */
	OptionalInt ignored() {
		return ignore == null ? OptionalInt.empty() : OptionalInt.of(ignore);
	}
}
