
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sc.fiji.unet.command.AdjustSegmentationTest.adjust;
import static sc.fiji.unet.command.AdjustSegmentationTest.image;
import static sc.fiji.unet.command.AdjustSegmentationTest.labels;
import static sc.fiji.unet.command.AdjustSegmentationTest.segment;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.job.Prediction;
import sc.fiji.unet.job.SegmentJob;
import sc.fiji.unet.job.SegmentResult;
import sc.fiji.unet.job.SegmentSettings;
import sc.fiji.unet.model.InstalledModels;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.segment.TileProgress;
import sc.fiji.unet.worker.Engine;

/** How long, and how much of, what a network gives is kept. */
class KeptSegmentationTest {

	private static final long MEMORY = Runtime.getRuntime().maxMemory();
	/** Two of these are more than may be kept. */
	private static final long HALF = MEMORY / 7;

	private static KeptSegmentation kept(final ImagePlus image) {
		return new KeptSegmentation(image, SegmentSettings.ofModel());
	}

	private static ImagePlus empty() {
		return IJ.createImage("empty", 8, 8, 1, 8);
	}

	private static SegmentResult result(final ImagePlus image,
		final boolean keeps) throws IOException
	{
		try (SegmentJob job = SegmentJob.open(InstalledModels.here().find(
			(File) null).path(), Engine.factory(), ExecutionConfig.auto().withDevice(
				"cpu")))
		{
			return job.predictions(keeps).run(ImageInput.of(image, ChannelSelection
				.all()), () -> false, TileProgress.NONE);
		}
	}

	@Test
	void allThatIsKeptTakesAQuarterOfTheMemoryTogether() {
		final List<ImagePlus> images = new ArrayList<>();
		final List<KeptSegmentation> all = new ArrayList<>();
		boolean fits = true;
		while (fits && all.size() < 9) {
			images.add(empty());
			all.add(kept(images.get(images.size() - 1)));
			fits = all.get(all.size() - 1).hasRoom(MEMORY / 16);
		}
		assertFalse(fits);
		assertTrue(all.size() > 3 && all.size() <= 5, all.size() + " images");
	}

	@Test
	void whatIsReplacedOrClosedDoesNotCount() throws IOException {
		final ImagePlus image = image(1);
		final SegmentResult result = result(image, true);
		final KeptSegmentation first = kept(image);
		assertTrue(first.hasRoom(HALF));
		first.attach(result, null);
		final ImagePlus other = empty();
		assertFalse(kept(other).hasRoom(HALF), "beside the first one");
		final KeptSegmentation second = kept(image);
		assertTrue(second.hasRoom(HALF), "in its place");
		second.attach(result, null);
		assertSame(second, KeptSegmentation.of(image));
		assertFalse(kept(other).hasRoom(HALF), "beside the second one");
		image.flush();
		assertTrue(kept(other).hasRoom(HALF), "closed: " + second.objects());
	}

	@Test
	void theLabelImageAloneKeepsNothing() throws Exception {
		final ImagePlus image = image(1);
		final ImagePlus shown = labels(segment(image));
		final WeakReference<Prediction> prediction = new WeakReference<>(
			KeptSegmentation.of(shown).prediction());
		image.flush();
		for (int i = 0; i < 50 && prediction.get() != null; i++) {
			System.gc();
			Thread.sleep(20);
		}
		assertNull(prediction.get());
		HeadlessCommandsTest.assertRefused(adjust(shown), "'cells.png', is closed",
			"segment it again");
	}

	@Test
	void earlierLabelsDoNotStandForALaterSegmentation() throws Exception {
		final ImagePlus image = image(1);
		final ImagePlus earlier = labels(segment(image));
		final ImagePlus later = labels(segment(image, "minsize", "120"));
		final int outlines = image.getOverlay().size();
		HeadlessCommandsTest.assertRefused(adjust(earlier, "minsize", "0"),
			"'cells.png' was segmented again since 'cells labels' was made",
			"Choose 'cells.png' itself, or its newest label image");
		assertEquals(outlines, image.getOverlay().size());
		assertSame(later, labels(adjust(later, "minsize", "0")));
		assertTrue(image.getOverlay().size() > outlines, "of the newest labels");
	}

	@Test
	void whatIsTooLargeIsNotKeptAndThatIsSaid() throws Exception {
		final ImagePlus image = image(1);
		final KeptSegmentation kept = kept(image);
		assertTrue(kept.hasRoom(1000));
		assertFalse(kept.hasRoom(MEMORY / 3));
		kept.attach(result(image, false), null);
		HeadlessCommandsTest.assertRefused(adjust(image),
			"What the network gave for 'cells.png' was not kept", "MB",
			"region=slice", "Memory & Threads");
	}

	/** All channels together have 2^31 values. */
	@Test
	void channelsThatWereNotSegmentedDoNotMatter() throws Exception {
		final ImagePlus one = image(1);
		final ImageStack stack = new ImageStack(one.getWidth(), one.getHeight());
		for (int c = 0; c < 1 << 17; c++)
			stack.addSlice(one.getProcessor());
		final ImagePlus image = new ImagePlus("many", stack);
		image.setDimensions(stack.size(), 1, 1);
		final ImagePlus shown = labels(segment(image, "channels", "1"));
		assertSame(shown, labels(adjust(image)));
	}
}
