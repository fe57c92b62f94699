
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
	private static final String BROWSER = "chromium";
	private static final int WIDTH = 900;
	/** Leaves the examples alone. */
	private static final String EXAMPLES =
		"h1,h2,p,table,ul,pre,.tiles,.figure,body>h3{display:none}body{margin-top:0}";

	/** Leaves the scores alone. */
	private static final String SCORES =
		"body>*{display:none}body>.caution,body>.note{display:block}body>.scores{display:table}body{margin-top:1em}";

	@TempDir
	Path folder;

	@Test
	void ofATrainingOnTheSampleCells() throws Exception {
		assumeTrue(hasBrowser(), "there is no " + BROWSER + " on the path");
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
		Screenshots.save("report", shown(html, 1480, 0.75));
		Screenshots.save("report-examples", shown(html.replace("</style>",
			EXAMPLES + "</style>"), 530, 0.6));
		Screenshots.save("report-scores", shown(html.replace("</style>", SCORES +
			"</style>"), 540, 0.85));
	}

	private static boolean hasBrowser() {
		return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
			.anyMatch(path -> Files.isExecutable(Paths.get(path, BROWSER)));
	}

	private BufferedImage shown(final String html, final int height,
		final double scale) throws IOException, InterruptedException
	{
		final Path page = Files.writeString(folder.resolve("page.html"), html);
		final Path png = folder.resolve("page.png");
		final Process browser = new ProcessBuilder(BROWSER, "--headless",
			"--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=" +
				WIDTH + "," + height, "--screenshot=" + png, page.toUri().toString())
			.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile())
			.start();
		assertTrue(browser.waitFor(1, TimeUnit.MINUTES), "the browser hangs");
		assertEquals(0, browser.exitValue(), Files.readString(folder.resolve(
			"log")));
		return scaled(ImageIO.read(png.toFile()), scale);
	}

	private static BufferedImage scaled(final BufferedImage picture,
		final double scale)
	{
		final BufferedImage scaled = new BufferedImage((int) (scale * picture
			.getWidth()), (int) (scale * picture.getHeight()),
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = scaled.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_INTERPOLATION,
			RenderingHints.VALUE_INTERPOLATION_BICUBIC);
		g.drawImage(picture, 0, 0, scaled.getWidth(), scaled.getHeight(), null);
		g.dispose();
		return scaled;
	}
}
