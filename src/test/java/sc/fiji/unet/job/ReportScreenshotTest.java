
package sc.fiji.unet.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.OptionalInt;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.Browser;
import sc.fiji.unet.Screenshots;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.tensorflow.TensorFlowFactory;
import sc.fiji.unet.train.Preset;
import sc.fiji.unet.train.TrainingLength;

/**
 * The report of a real training as a browser shows it. Takes a minute and needs
 * chromium, so it is left out unless it is asked for:
 * {@code mvn test -Dtest=ReportScreenshotTest -Dunet.excludedGroups=
 * -Dunet.screenshots=docs/images}.
 */
@Tag("browser")
class ReportScreenshotTest {

	private static final Path DATA = Paths.get(System.getProperty(
		"unet.project.dir", "."), "data", "cells");
	/** Leaves the examples alone. */
	private static final String EXAMPLES =
		"h1,h2,p,table,ul,pre,.tiles,.figure,.calibration,body>h3{display:none}body{margin-top:0}";

	/** Leaves the scores alone. */
	private static final String SCORES =
		"body>*,body>.tiles{display:none}body>.caution,body>.note{display:block}body>.scores{display:table}body{margin-top:1em}";

	@TempDir
	Path folder;

	@Test
	void ofATrainingOnTheSampleCells() throws Exception {
		Browser.assumeThere();
		final Path model = folder.resolve("cells.zip");
		final TrainingInput input = TrainingInput.of(TrainingImages.ofFolders(DATA
			.resolve("images"), DATA.resolve("labels"), "", ChannelSelection.all()))
			.withLabels(LabelKind.AUTO, OptionalInt.empty()).withValidation("", 0.4);
		new TrainJob(input, Preset.FAST.plan().toBuilder().batchSize(2).length(
			TrainingLength.updates(320)).updatesPerEpoch(16).build(), model,
			new TensorFlowFactory()).execution(ExecutionConfig.auto().withDevice(
				"cpu")).run();
		final String html = Files.readString(folder.resolve("cells.html")).replace(
			folder.toString(), "/home/me").replace(DATA.toAbsolutePath().normalize()
				.toString(), "/home/me/cells");
		Screenshots.save("report", Browser.shown(html, folder, 1480, 0.75));
		Screenshots.save("report-examples", Browser.shown(html.replace("</style>",
			EXAMPLES + "</style>"), folder, 530, 0.6));
		Screenshots.save("report-scores", Browser.shown(html.replace("</style>",
			SCORES + "</style>"), folder, 600, 0.8));
	}
}
