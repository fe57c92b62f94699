
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ByteProcessor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.BioFormatsStandIn;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.RoiRules;
import sc.fiji.unet.imagej.RoiZip;

/** Training on a series of files with several, with a stand-in. */
class TrainingSeriesTest {

	@TempDir
	Path folder;

	private Path images;
	private Path labels;

	@BeforeEach
	void files() throws IOException {
		images = Files.createDirectory(folder.resolve("images"));
		labels = Files.createDirectory(folder.resolve("labels"));
		BioFormatsStandIn.write(images.resolve("a.lif"), new int[] { 30, 20, 50 },
			new int[] { 40, 50, 200 });
		final ByteProcessor mask = new ByteProcessor(40, 50);
		mask.setValue(255);
		mask.fillRect(3, 4, 9, 8);
		ImageFiles.save(new ImagePlus("a", mask), labels.resolve("a.tif"), false);
	}

	private TrainingImages open(final int series) throws IOException {
		return TrainingImages.ofFolders(images, labels, "", ChannelSelection.all(),
			series, () -> false);
	}

	private static float brightest(final TrainingImages opened) {
		float most = 0;
		for (final RealType<?> value : Views.iterable(opened.samples().get(0)
			.image()))
			most = Math.max(most, value.getRealFloat());
		return most;
	}

	@Test
	void imagesAreOfTheSeriesAndLabelsOfTheFirst() throws IOException {
		try (BioFormatsStandIn standIn = new BioFormatsStandIn(folder)) {
			assertEquals(200, brightest(open(2)));
			final String none = assertThrows(IllegalArgumentException.class,
				() -> open(3)).getMessage();
			assertTrue(none.contains("a.lif") && none.contains("it has 2 series"),
				none);
		}
	}

	@Test
	void imagesWithRoisAreOfTheSeries() throws IOException {
		RoiZip.write(Arrays.asList(new Roi(3, 4, 9, 8)), images.resolve(
			"a_rois.zip"), false);
		try (BioFormatsStandIn standIn = new BioFormatsStandIn(folder)) {
			assertEquals(200, brightest(TrainingImages.ofRois(images, "",
				ChannelSelection.all(), 2, RoiRules.standard(), LabelKind.AUTO,
				() -> false)));
		}
	}
}
