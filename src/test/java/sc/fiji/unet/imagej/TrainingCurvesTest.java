
package sc.fiji.unet.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Random;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.Screenshots;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.train.History;
import sc.fiji.unet.train.Preset;
import sc.fiji.unet.train.TrainingData;
import sc.fiji.unet.train.TrainingRecord;
import sc.fiji.unet.train.TrainingStart;

class TrainingCurvesTest {

	@TempDir
	Path folder;

	private final Random random = new Random(1);

	private History history(final int epochs, final boolean validation)
		throws IOException
	{
		final StringBuilder csv = new StringBuilder(
			"epoch,updates,seconds,learning_rate,loss,loss_min,loss_max,loss_sd,validation_loss,IoU,F1\n");
		for (int e = 1; e <= epochs; e++) {
			final double loss = loss(100 * e - 50);
			csv.append(String.format(Locale.ROOT, "%d,%d,%d,%g,%g,%g,%g,%g,%s\n", e,
				100 * e, 60 * e, rate(100 * e), loss, loss / 2, loss * 2, loss / 4,
				validation ? String.format(Locale.ROOT, "%g,%g,%g", 0.03 + loss + 2e-3 *
					e, 0.95 - loss, 0.97 - loss) : ",,"));
		}
		return History.read(Files.writeString(folder.resolve("history.csv"), csv));
	}

	private static double loss(final double update) {
		return 0.02 + 0.65 * Math.exp(-update / 160);
	}

	private static double rate(final double update) {
		return 0.003 * (update < 120 ? update / 120 : 0.5 * (1 + Math.cos(Math.PI *
			(update - 120) / 2280)));
	}

	private static TrainingStart start(final History history) {
		final Sample sample = new Sample("a", ArrayImgs.floats(8, 8, 1), ArrayImgs
			.ints(8, 8));
		return new TrainingStart(Preset.FAST.plan(), "CPU", new TrainingData(
			Collections.singletonList(sample), Collections.emptyList()), history,
			2400, 100);
	}

	/** A training that is shown from its beginning, or from a resume on. */
	private TrainingRecord record(final int before, final int epochs,
		final boolean validation) throws IOException
	{
		final TrainingRecord record = new TrainingRecord();
		record.started(start(history(before, validation)));
		for (int u = 100 * before + 1; u <= 100 * epochs; u++)
			record.step(u, 2400, loss(u) * Math.exp(0.3 * random.nextGaussian()),
				rate(u), 1);
		history(epochs, validation).rows().stream().skip(before).forEach(
			record::epoch);
		return record;
	}

	@Test
	void looksRight() throws IOException {
		final BufferedImage picture = TrainingCurves.picture(record(0, 24, true),
			1000, 400);
		assertEquals(1000, picture.getWidth());
		assertEquals(400, picture.getHeight());
		Screenshots.save("training-curves", picture);
	}

	@Test
	void classesAreToldApartByTheirColours() throws IOException {
		final int classes = 3;
		final StringBuilder csv = new StringBuilder(
			"epoch,updates,seconds,learning_rate,loss,loss_min,loss_max,loss_sd,validation_loss,mean_IoU,IoU,F1,IoU_background,IoU_nucleus,IoU_vesicle,IoU_membrane\n");
		for (int e = 1; e <= 24; e++) {
			final double loss = loss(100 * e);
			csv.append(String.format(Locale.ROOT, "%d,%d,%d,%g,%g,%g,%g,%g,%g", e,
				100 * e, 60 * e, rate(100 * e), loss, loss / 2, loss * 2, loss / 4,
				loss));
			for (final double best : new double[] { 0.75, 0.85, 0.92, 0.98, 0.9, 0.8,
				0.55 })
				csv.append(String.format(Locale.ROOT, ",%g", Math.max(0, best - loss)));
			csv.append('\n');
		}
		final History history = History.read(Files.writeString(folder.resolve(
			"classes.csv"), csv));
		final TrainingRecord record = new TrainingRecord();
		record.started(start(history));
		final BufferedImage picture = TrainingCurves.picture(record, 1000, 400);
		Screenshots.save("training-curves-classes", picture);
		for (int c = 1; c <= classes; c++) {
			final int colour = ClassColours.of(c).getRGB();
			assertTrue(count(picture, colour) > 100, "class " + c + " has " + count(
				picture, colour) + " pixels");
		}
	}

	private static int count(final BufferedImage picture, final int rgb) {
		int count = 0;
		for (int y = 0; y < picture.getHeight(); y++)
			for (int x = 0; x < picture.getWidth(); x++)
				if (picture.getRGB(x, y) == rgb) count++;
		return count;
	}

	@Test
	void everyStageOfATrainingCanBeDrawn() throws IOException {
		final TrainingRecord started = record(0, 0, true);
		final BufferedImage empty = TrainingCurves.picture(started, 600, 300);
		started.step(1, 0, 0.7, 0, Double.NaN);
		final BufferedImage one = TrainingCurves.picture(started, 600, 300);
		final BufferedImage first = TrainingCurves.picture(record(0, 1, true), 600,
			300);
		final BufferedImage without = TrainingCurves.picture(record(0, 5, false),
			600, 300);
		for (final BufferedImage picture : Arrays.asList(empty, one, first,
			without))
			assertTrue(ink(picture) > 1000, ink(picture) + " dark pixels");
	}

	@Test
	void aResumedTrainingShowsTheEpochsBefore() throws IOException {
		final BufferedImage resumed = TrainingCurves.picture(record(12, 13, true),
			1000, 400);
		int blue = 0;
		for (int x = 100; x < 300; x++)
			for (int y = 0; y < 400; y++)
				if (resumed.getRGB(x, y) == 0xff1f77b4) blue++;
		assertTrue(blue > 100, blue + " pixels of the mean of earlier epochs");
	}

	@Test
	void aPictureIsNotChangedByWhatFollows() throws IOException {
		final TrainingRecord record = record(0, 3, true);
		final TrainingRecord copy = record.copy();
		record.step(301, 2400, 5, 0.1, 1);
		assertEquals(300, copy.trace().size());
		assertNotEquals(record.update(), copy.update());
	}

	private static int ink(final BufferedImage picture) {
		int ink = 0;
		for (int y = 0; y < picture.getHeight(); y++)
			for (int x = 0; x < picture.getWidth(); x++)
				if ((picture.getRGB(x, y) & 0xff) < 128) ink++;
		return ink;
	}
}
