
package sc.fiji.unet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ImageProcessor;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;

import net.imglib2.converter.Converters;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;

import sc.fiji.unet.command.SegmentImage;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.data.SyntheticSamples;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.imagej.LabelInput;
import sc.fiji.unet.imagej.OtsuThreshold;
import sc.fiji.unet.imagej.SampleFiles;
import sc.fiji.unet.job.SampleJob;
import sc.fiji.unet.job.SegmentJob;
import sc.fiji.unet.job.SegmentResult;
import sc.fiji.unet.metrics.Detection;
import sc.fiji.unet.model.BundledModel;
import sc.fiji.unet.model.ModelDescription;
import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.segment.TileProgress;
import sc.fiji.unet.worker.Engine;

/**
 * The model that comes along, on the project's own sample: nuclei of another
 * source than those that it was trained on.
 */
class BundledModelTest {

	private static final Path DATA = Paths.get(System.getProperty(
		"unet.project.dir", "."), "data", "cells");
	private static final long MOST_BYTES = 8_000_000;
	/** Of objects that touch each other, with noise; Otsu's threshold has 0.3. */
	private static final double F1 = 0.85;

	private static final double NUCLEI_F1 = 0.9;

	@TempDir
	Path folder;

	private static ImagePlus image(final int number) {
		return IJ.openImage(DATA.resolve("images/cells0" + number + ".png")
			.toString());
	}

	private static ImagePlus enlarged(final int number) {
		final ImageProcessor grey = image(number).getProcessor();
		grey.setInterpolationMethod(ImageProcessor.BILINEAR);
		return new ImagePlus("enlarged", grey.resize(2 * grey.getWidth(), 2 * grey
			.getHeight()));
	}

	private static ArrayImg<IntType, IntArray> truth(final int number) {
		return LabelInput.slices(IJ.openImage(DATA.resolve("labels/cells0" +
			number + ".tif").toString())).get(0);
	}

	private static ArrayImg<IntType, IntArray> enlargedTruth(final int number) {
		final ImageProcessor labels = IJ.openImage(DATA.resolve("labels/cells0" +
			number + ".tif").toString()).getProcessor();
		labels.setInterpolationMethod(ImageProcessor.NONE);
		return LabelInput.slices(new ImagePlus("truth", labels.resize(2 * labels
			.getWidth(), 2 * labels.getHeight()))).get(0);
	}

	private static SegmentJob open() throws IOException {
		return SegmentJob.open(BundledModel.file(), Engine.factory(),
			ExecutionConfig.auto().withDevice("cpu"));
	}

	private static SegmentResult run(final SegmentJob job,
		final ImagePlus image)
	{
		return job.run(ImageInput.of(image, ChannelSelection.all()), () -> false,
			TileProgress.NONE);
	}

	@Test
	void isSmallAndSaysWhatItIs() throws IOException {
		final Path file = BundledModel.file();
		assertTrue(Files.size(file) <= MOST_BYTES, Files.size(file) + " bytes");
		final ModelDescription model = ModelPackage.describe(file);
		assertEquals(BundledModel.NAME, model.name());
		assertEquals("CC0-1.0", model.license());
		assertFalse(model.authors().isEmpty(), "authors");
		assertFalse(model.scores().isEmpty(), "scores");
		assertTrue(model.objectDiameter() > 10 && model.objectDiameter() < 40, model
			.objectDiameter() + " pixels");
		assertTrue(model.citations().toString().contains("Data Science Bowl"), model
			.citations().toString());
		assertTrue(ModelPackage.text(file, ModelPackage.REPLAY).isPresent(),
			"can be made again");
		try (ModelPackage pack = ModelPackage.open(file)) {
			assertFalse(pack.attachments().containsKey(ModelPackage.TRAINING_STATE),
				"training state");
		}
	}

	/** Opening compares the model's answer to its test image, too. */
	@Test
	void findsNucleiAlsoInAnImageOfAnotherScale() throws IOException {
		try (SegmentJob job = open()) {
			for (final int number : new int[] { 1, 5 }) {
				final SegmentResult result = run(job, image(number));
				final double f1 = Detection.of(truth(number), result.labels().get(0))
					.f1();
				final double otsu = Detection.of(truth(number), OtsuThreshold.segment(
					ImageInput.of(image(number), ChannelSelection.all()).slice(1, 1)))
					.f1();
				assertTrue(f1 > F1 && f1 > otsu, f1 + " in image " + number +
					", Otsu " + otsu);
				final SegmentResult asItIs = run(job, enlarged(number));
				final SegmentResult scaled = run(job.diameter(2 * job.model()
					.objectDiameter()), enlarged(number));
				assertEquals(f1, Detection.of(enlargedTruth(number), scaled.labels()
					.get(0)).f1(), 0.1, "F1 in the enlarged image " + number);
				final int found = result.objects();
				assertEquals(found, scaled.objects(), 0.15 * found, "objects");
				assertTrue(Math.abs(scaled.objects() - found) < Math.abs(asItIs
					.objects() - found), asItIs.objects() + " objects without scaling");
				job.diameter(0);
			}
		}
	}

	/** What the menu item Samples opens to try the model on. */
	@Test
	void findsTheNucleiOfTheSample() throws IOException {
		try (SegmentJob job = open()) {
			for (final RawSample sample : SyntheticSamples.nuclei(SampleJob.NUCLEI,
				SampleJob.SIZE, SampleJob.SEED))
			{
				final SegmentResult result = run(job, SampleFiles.stack(sample.name(),
					Collections.singletonList(sample)));
				final double f1 = Detection.of(Converters.convert(sample.labels(), (
					from, to) -> to.set(from.getInteger()), new IntType()), result
						.labels().get(0)).f1();
				assertTrue(f1 > NUCLEI_F1, f1 + " in " + sample.name());
			}
		}
	}

	@Test
	void theMenuItemNeedsNoModel() throws Exception {
		final File name = new File(BundledModel.NAME);
		final ImagePlus[] labels = new ImagePlus[2];
		for (int i = 0; i < labels.length; i++)
			try (Context context = new Context()) {
				final ImagePlus image = image(1);
				final Object[] inputs = { "image", image, "device", "cpu", "diameter",
					20, "model", i == 0 ? null : name };
				final CommandModule module = context.getService(CommandService.class)
					.run(SegmentImage.class, true, inputs).get();
				assertFalse(module.isCanceled(), module.getCancelReason());
				labels[i] = (ImagePlus) module.getOutput("labelImage");
				assertTrue(image.getOverlay().size() > 20, "outlines");
			}
		assertArrayEquals((short[]) labels[0].getProcessor().getPixels(),
			(short[]) labels[1].getProcessor().getPixels());
	}

	@Test
	void theCommandLineNeedsNoModel() {
		assertEquals(0, UNet.run("segment", "--output", folder.toString(), DATA
			.resolve("images/cells03.png").toString()));
		assertTrue(Files.exists(folder.resolve("cells03_labels.tif")));
	}

	@Test
	void exportWritesAnotherCard() throws IOException {
		final Path small = folder.resolve("small.zip");
		final String[] args = { "export", "--model", BundledModel.file().toString(),
			"--output", small.toString(), "--name", "Mine", "--author", "Jane Doe" };
		assertEquals(0, UNet.run(args));
		assertEquals("Mine", ModelPackage.describe(small).name());
		assertEquals("CC0-1.0", ModelPackage.describe(small).license());
		assertEquals(UNet.WRONG_INPUT, UNet.run(args), "it is there already");
		assertEquals(UNet.WRONG_INPUT, UNet.run("export", "--model", BundledModel
			.file().toString(), "--output", folder.resolve("b.zip").toString(),
			"--licence", "free for all"));
	}
}
