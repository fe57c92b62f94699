
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.ItemIO;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.service.Service;

import sc.fiji.unet.Screenshots;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.imagej.ImageOutput;
import sc.fiji.unet.imagej.OtsuThreshold;

/** The dialog of each menu item in a real ImageJ window, with its picture. */
class DialogPicturesTest {

	/** Of a small display. */
	private static final int WIDTH = 1280;
	private static final int HEIGHT = 720;
	private static final Path CELLS = Paths.get(System.getProperty(
		"unet.project.dir", "."), "data", "cells").toAbsolutePath().normalize();
	private static final String OPEN = "cells09.tif";

	@TempDir
	Path folder;

	private static Map<String, Class<?>> commands() {
		final Map<String, Class<?>> commands = new LinkedHashMap<>();
		commands.put("dialog-train", TrainUNet.class);
		commands.put("dialog-cross-validation", CrossValidate.class);
		commands.put("dialog-preview", PreviewTrainingData.class);
		commands.put("dialog-lr-test", TestLearningRates.class);
		commands.put("dialog-weight-map", ComputeWeightMap.class);
		commands.put("dialog-segment", SegmentImage.class);
		commands.put("dialog-segment-folder", SegmentFolder.class);
		commands.put("dialog-compare", PredictionBesideTarget.class);
		commands.put("dialog-evaluate", EvaluateSegmentation.class);
		commands.put("dialog-add", AddToTrainingSet.class);
		commands.put("dialog-labels-to-rois", LabelsToRois.class);
		commands.put("dialog-rois-to-labels", RoisToLabels.class);
		commands.put("dialog-install-model", InstallModel.class);
		commands.put("dialog-samples", OpenSample.class);
		return commands;
	}

	@Test
	void everyDialogShowsItsFieldsInOrderAndFitsASmallDisplay() throws Exception {
		final Path pictures = Screenshots.file("dialog").toAbsolutePath()
			.getParent();
		final List<String> arguments = new ArrayList<>(Arrays.asList(pictures
			.toString(), CELLS.resolve("labels/" + OPEN).toString(), "images=" + CELLS
				.resolve("images") + " labels=" + CELLS.resolve("labels") +
				" samples=cells05", "truth=" + CELLS.resolve("labels") + " results=" +
					thresholded()));
		commands().forEach((picture, command) -> {
			arguments.add(title(command));
			arguments.add(picture);
		});
		final PlainImageJWindow.Result result = PlainImageJWindow.in(folder).with(
			EchoDialogMain.class).run(DialogPicturesMain.class, Duration.ofMinutes(2),
				Paths.get(System.getProperty("unet.project.dir", "."),
					"target/screenshots/dialogs-end.png"), arguments.toArray(
						new String[0]));
		assertEquals(PlainImageJMain.DONE, result.exitCode, result.log);
		commands().forEach((picture, command) -> {
			assertTrue(result.log.contains(title(command) + ": " + String.join(" | ",
				labels(command)) + "\n"), "expected of " + title(command) + ": " +
					labels(command) + "; " + result.log);
			assertFits(title(command), result.log);
			assertTrue(Files.exists(pictures.resolve(picture + ".png")), picture);
		});
		assertTrue(result.log.contains("slice cells05: weights"), result.log);
		assertTrue(result.log.contains("errors 3"), result.log);
		assertFalse(result.log.contains("Exception"), result.log);
	}

	private static void assertFits(final String title, final String log) {
		final Matcher size = Pattern.compile(title + " size (\\d+) x (\\d+)")
			.matcher(log);
		assertTrue(size.find(), log);
		assertTrue(Integer.parseInt(size.group(1)) <= WIDTH && Integer.parseInt(size
			.group(2)) <= HEIGHT, size.group());
	}

	/** What a threshold makes of three images: folder of label images. */
	private Path thresholded() throws Exception {
		final Path results = Files.createDirectories(folder.resolve("results"));
		for (final String name : Arrays.asList("cells07", "cells08", "cells09")) {
			final ImagePlus image = ImageFiles.open(CELLS.resolve("images/" + name +
				".png"));
			image.getProcessor().blurGaussian(1);
			ImageFiles.save(ImageOutput.labels(name, Arrays.asList(OtsuThreshold
				.segment(ImageInput.of(image, ChannelSelection.all()).slice(1, 1))), 1,
				image), results.resolve(name + "_labels.tif"), false);
		}
		return results;
	}

	private static String title(final Class<?> command) {
		return command.getAnnotation(Plugin.class).menuPath().replaceAll(".*>", "");
	}

	/** @return labels of what a user may give, those of super-classes first */
	private static List<String> labels(final Class<?> command) {
		final List<String> labels = new ArrayList<>();
		if (command.getSuperclass() != null) labels.addAll(labels(command
			.getSuperclass()));
		for (final Field field : command.getDeclaredFields()) {
			final Parameter parameter = field.getAnnotation(Parameter.class);
			if (parameter == null || parameter.type() == ItemIO.OUTPUT ||
				Service.class.isAssignableFrom(field.getType()) || parameter.label()
					.isEmpty()) continue;
			labels.add(field.getType() == ImagePlus.class ? parameter.label() + ": " +
				OPEN : parameter.label());
		}
		return labels;
	}
}
