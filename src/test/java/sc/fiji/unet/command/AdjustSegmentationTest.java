
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.ResultsTable;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;

import sc.fiji.unet.job.ObjectSettings;
import sc.fiji.unet.job.SegmentSettings;

/** Segment and Adjust Segmentation with the model that comes along. */
class AdjustSegmentationTest {

	private static final Path CELLS = Paths.get(System.getProperty(
		"unet.project.dir", "."), "data", "cells", "images").toAbsolutePath();
	private static final int SIZE = 128;
	/** Of what is not the model's. */
	private static final Object[][] SETTINGS = { {}, { "threshold", "0.8" }, {
		"threshold", "0.2", "minsize", "0" }, { "split", "0", "minsize", "60" }, {
			"split", "0.4", "excludeedges", true }, { "threshold", "0.6", "minsize",
				"10", "fillholes", true, "excludeedges", true } };

	@TempDir
	Path folder;

	static ImagePlus image(final int slices) {
		final ImagePlus sample = IJ.openImage(CELLS.resolve("cells01.png")
			.toString());
		final ImageStack stack = new ImageStack(SIZE, SIZE);
		for (int z = 0; z < slices; z++) {
			sample.setRoi(20 + 2 * z, 30, SIZE, SIZE);
			stack.addSlice(sample.crop().getProcessor());
		}
		final ImagePlus image = new ImagePlus("cells.png", stack);
		image.getCalibration().setUnit("pixel");
		return image;
	}

	static CommandModule segment(final ImagePlus image, final Object... more)
		throws Exception
	{
		final CommandModule module = HeadlessCommandsTest.run(SegmentImage.class,
			join(new Object[] { "image", image, "device", "cpu" }, more));
		HeadlessCommandsTest.assertDone(module);
		return module;
	}

	static CommandModule adjust(final ImagePlus image, final Object... more)
		throws Exception
	{
		return HeadlessCommandsTest.run(AdjustSegmentation.class, join(
			new Object[] { "image", image }, more));
	}

	private static Object[] join(final Object[] first, final Object[] more) {
		final Object[] all = Arrays.copyOf(first, first.length + more.length);
		System.arraycopy(more, 0, all, first.length, more.length);
		return all;
	}

	static ImagePlus labels(final CommandModule module) {
		HeadlessCommandsTest.assertDone(module);
		return (ImagePlus) module.getOutput("labelImage");
	}

	private static List<String> outlines(final ImagePlus image) {
		final List<String> shapes = new ArrayList<>();
		for (final Roi roi : image.getOverlay())
			shapes.add(roi.getName() + " " + roi.getPosition() + " " + roi
				.getBounds() + " " + roi.getStatistics().area + " " + roi
					.getStrokeColor());
		return shapes;
	}

	private static void assertSamePixels(final ImagePlus expected,
		final ImagePlus actual, final String what)
	{
		assertArrayEquals(expected.getDimensions(), actual.getDimensions(), what);
		for (int i = 1; i <= expected.getStackSize(); i++)
			assertArrayEquals((short[]) expected.getStack().getPixels(i),
				(short[]) actual.getStack().getPixels(i), what + ", slice " + i);
	}

	private static void assertAdjustedIsSegmented(final int slices,
		final Object... always) throws Exception
	{
		final ImagePlus adjusted = image(slices);
		final ImagePlus shown = labels(segment(adjusted, always));
		final List<Long> areas = new ArrayList<>();
		for (final Object[] settings : SETTINGS) {
			final ImagePlus image = image(slices);
			final ImagePlus expected = labels(segment(image, join(settings, always)));
			final boolean joined = Arrays.asList(always).contains("linkz");
			final ImagePlus result = labels(adjust(adjusted, join(settings, joined
				? new Object[] { "linkz", true } : new Object[0])));
			assertSame(shown, result, "the same window");
			assertSamePixels(expected, result, Arrays.toString(settings));
			assertEquals(outlines(image), outlines(adjusted), Arrays.toString(
				settings));
			areas.add(area(result));
		}
		assertTrue(areas.stream().distinct().count() > 4,
			"settings that make a difference: " + areas);
	}

	/** @return number of pixels of objects */
	private static long area(final ImagePlus labels) {
		long area = 0;
		for (int i = 1; i <= labels.getStackSize(); i++)
			for (final short label : (short[]) labels.getStack().getPixels(i))
				area += label != 0 ? 1 : 0;
		return area;
	}

	@Test
	void givesWhatSegmentWouldHaveGiven() throws Exception {
		assertAdjustedIsSegmented(1);
	}

	@Test
	void ofAScaledImageToo() throws Exception {
		assertAdjustedIsSegmented(1, "diameter", 30.0);
	}

	@Test
	void ofAJoinedStackToo() throws Exception {
		assertAdjustedIsSegmented(2, "linkz", true);
	}

	@Test
	void onlyTheSelectionChanges() throws Exception {
		final ImagePlus image = image(3);
		image.setSlice(2);
		image.setRoi(10, 20, 90, 70);
		final Roi mine = new Roi(1, 1, 4, 4);
		image.setOverlay(new Overlay(mine));
		final ImagePlus shown = labels(segment(image, "region", "selection"));
		image.setSlice(3);
		image.setRoi(0, 0, 5, 5);
		assertSame(shown, labels(adjust(image, "threshold", "0.3", "excludeedges",
			true)));
		final ImagePlus other = image(3);
		other.setSlice(2);
		other.setRoi(10, 20, 90, 70);
		assertSamePixels(labels(segment(other, "region", "selection", "threshold",
			"0.3", "excludeedges", true)), shown, "selection");
		assertSame(mine, image.getOverlay().get(0));
		assertEquals(outlines(other), outlines(image).subList(1, image.getOverlay()
			.size()));
		assertTrue(other.getOverlay().size() > 1, outlines(other).toString());
	}

	@Test
	void theLabelImageIsAsGoodAsTheImage() throws Exception {
		final ImagePlus image = image(1);
		final ImagePlus shown = labels(segment(image));
		shown.setTitle("my labels");
		shown.getCalibration().setUnit("furlong");
		final int before = image.getOverlay().size();
		assertSame(shown, labels(adjust(shown, "minsize", "150", "table", true)));
		assertTrue(image.getOverlay().size() < before, before + " were there");
		assertEquals("my labels", shown.getTitle());
		assertEquals("furlong", shown.getCalibration().getUnit());
		assertEquals(image.getOverlay().size(), shown.getStatistics().max);
	}

	@Test
	void aMacroThatSaysNothingMeansTheModelWhateverWasAdjustedBefore()
		throws Exception
	{
		final ImagePlus image = image(1);
		segment(image, "threshold", "0.9", "minsize", "100");
		final ImagePlus expected = labels(segment(image(1)));
		assertSamePixels(expected, labels(adjust(image)), "not the last values");
		labels(adjust(image, "threshold", "0.1", "split", "0"));
		assertSamePixels(expected, labels(adjust(image)), "nor earlier ones");
	}

	@Test
	void theDialogBeginsWithWhatIsInEffect() throws Exception {
		final ImagePlus image = image(1);
		segment(image, "minsize", "33", "excludeedges", true);
		final KeptSegmentation kept = KeptSegmentation.of(image);
		assertEquals("33", kept.settings().minimumSize());
		assertEquals(SegmentSettings.OF_MODEL, kept.settings().threshold());
		final double threshold = Double.parseDouble(kept.prediction().inNumbers(kept
			.settings()).threshold());
		assertTrue(threshold > 0 && threshold < 1, "threshold " + threshold);
		labels(adjust(image, "fillholes", true, "threshold", "0.25"));
		assertEquals("0.25", kept.settings().threshold());
		assertTrue(kept.settings().fillsHoles());
		assertFalse(kept.settings().excludesEdges());
		assertEquals(image.getOverlay().size(), kept.objects());
	}

	@Test
	void onlyWhatIsWantedIsRenewed() throws Exception {
		final ImagePlus image = image(1);
		final ImagePlus shown = labels(segment(image));
		final List<String> before = outlines(image);
		final CommandModule table = adjust(image, "minsize", "120", "overlay",
			false, "labels", false, "table", true);
		HeadlessCommandsTest.assertDone(table);
		assertNull(table.getOutput("labelImage"));
		assertEquals(before, outlines(image));
		assertEquals(before.size(), shown.getStatistics().max);
		final ResultsTable objects = (ResultsTable) table.getOutput("objectTable");
		assertTrue(objects.size() < before.size(), objects.size() + " objects");
		assertTrue(objects.getValue("Area", 0) >= 120, "" + objects.getValue("Area",
			0));
		assertEquals(objects.size(), ((ResultsTable) table.getOutput(
			"summaryTable")).getValue("Objects", 0));
		final KeptSegmentation kept = KeptSegmentation.of(image);
		assertEquals(before.size(), kept.objects(), "as the image shows");
		assertEquals(SegmentSettings.OF_MODEL, kept.settings().minimumSize());
		HeadlessCommandsTest.assertRefused(adjust(image, "rois", true),
			"no ROI Manager", "rois=false");
	}

	@Test
	void labelsAppearAnewWhereTheyWereClosedOrNotAskedFor() throws Exception {
		final ImagePlus image = image(1);
		assertNull(labels(segment(image, "labels", false)));
		final ImagePlus first = labels(adjust(image));
		assertEquals("cells labels", first.getTitle());
		assertSame(first, labels(adjust(image, "minsize", "50")));
		assertSame(KeptSegmentation.of(image), KeptSegmentation.of(first));
		first.flush();
		final ImagePlus second = labels(adjust(image, "minsize", "50"));
		assertNotSame(first, second);
	}

	@Test
	void valuesOfTheImageAreThoseOfNow() throws Exception {
		final ImagePlus image = image(1);
		final ImagePlus shown = labels(segment(image));
		final ImagePlus before = shown.duplicate();
		image.getProcessor().set(7);
		final CommandModule module = adjust(image, "table", true);
		assertSamePixels(before, labels(module), "objects are those of then");
		assertEquals(7, ((ResultsTable) module.getOutput("objectTable")).getValue(
			"Mean", 0));
		assertNull(before.getProperty("unet.segmentation"),
			"a copy is not adjusted");
	}

	@Test
	void whatCannotBeAdjustedSaysWhy() throws Exception {
		HeadlessCommandsTest.assertRefused(adjust(image(1)),
			"'cells.png' has no segmentation that could be adjusted",
			"segment the image first");
		final ImagePlus image = image(1);
		final ImagePlus shown = labels(segment(image));
		final Overlay overlay = image.getOverlay();
		final List<String> before = outlines(image);
		HeadlessCommandsTest.assertRefused(adjust(image, "threshold", "high"),
			"threshold=high");
		HeadlessCommandsTest.assertRefused(adjust(image, "threshold", "1.5"),
			"between 0 and 1");
		HeadlessCommandsTest.assertRefused(adjust(image, "split", "1"),
			"Split 1.0 must be 0");
		HeadlessCommandsTest.assertRefused(adjust(image, "minsize", "-1"),
			"Minimum size -1");
		assertSame(overlay, image.getOverlay());
		assertEquals(before, outlines(image), "nothing was done");
		image.setProcessor(image.getProcessor().resize(64));
		HeadlessCommandsTest.assertRefused(adjust(shown),
			"'cells.png' has 64 x 64 pixels now, but had 128 x 128");
		image.flush();
		HeadlessCommandsTest.assertRefused(adjust(shown), "'cells.png', is closed",
			"segment it again");
	}

	@Test
	void thatSlicesAreNotJoinedAnyMoreIsSaid() throws Exception {
		final ImagePlus image = image(2);
		segment(image, "linkz", true);
		assertTrue(HeadlessCommandsTest.said(() -> adjust(image)).contains(
			"not joined in Z; linkz=true"));
		assertFalse(HeadlessCommandsTest.said(() -> adjust(image, "linkz", true))
			.contains("not joined in Z"));
	}

	/** Fiji calls this before it shows what is said, and previews after that. */
	@Test
	void whatWasSaidOfEarlierValuesIsNotShownBesideNewOnes() throws Exception {
		final CommandModule module = new CommandModule(new CommandInfo(
			AdjustSegmentation.class));
		for (final String key : new String[] { "threshold", "minsize", "split",
			"excludeedges", "fillholes", "linkz", "preview" })
		{
			module.setInput("found", "7 objects; were 8");
			module.getInfo().getInput(key).callback(module);
			assertEquals("", module.getInput("found"), key);
		}
	}

	private static void await(final BooleanSupplier condition)
		throws InterruptedException
	{
		for (int i = 0; i < 600 && !condition.getAsBoolean(); i++)
			Thread.sleep(50);
		assertTrue(condition.getAsBoolean(), "it came to pass in time");
	}

	/** What Segment would show in that slice, and then all as it was. */
	@Test
	void thePreviewChangesTheShownSliceAndIsTakenBack() throws Exception {
		final ImagePlus image = image(2);
		segment(image);
		final Roi mine = new Roi(1, 1, 4, 4);
		image.getOverlay().add(mine);
		image.setHideOverlay(true);
		final Overlay overlay = image.getOverlay();
		final List<String> before = outlines(image);
		image.setSlice(2);
		final AtomicReference<String> said = new AtomicReference<>("");
		final AdjustPreview preview = new AdjustPreview(KeptSegmentation.of(image),
			said::set);
		preview.update(ObjectSettings.ofModel());
		preview.update(ObjectSettings.ofModel().withExcludedEdges(true));
		await(() -> said.get().startsWith("Slice 2: "));
		final ImagePlus other = image(2);
		segment(other, "excludeedges", true);
		final List<String> second = outlines(other);
		second.removeIf(roi -> !roi.contains(" 2 "));
		final List<String> shown = outlines(image);
		assertTrue(shown.containsAll(second), shown.toString());
		shown.removeAll(second);
		final List<String> kept = new ArrayList<>(before);
		kept.removeIf(roi -> roi.contains("#") && roi.contains(" 2 "));
		assertEquals(kept, shown, "the other slice, and what is mine");
		assertEquals("Slice 2: " + second.size() + " objects; were " + (before
			.size() - kept.size()), said.get());
		preview.say("not possible");
		assertEquals("not possible", said.get());
		preview.close();
		assertSame(overlay, image.getOverlay());
		assertTrue(image.getHideOverlay());
		assertEquals(before, outlines(image));
		assertEquals("", said.get());
	}

	@Test
	void oneMacroSegmentsAndAdjustsWithoutWindows() throws Exception {
		final PlainImageJWindow.Result result = PlainImageJWindow.in(folder)
			.runHeadless(String.join("\n", "open('" + CELLS.resolve("cells01.png") +
				"');", "run('Segment', 'device=cpu');",
				"print('active ' + getTitle());", "getStatistics(a, m, i, max);",
				"print('before ' + max);",
				"run('Adjust Segmentation', 'minsize=150 excludeedges=true');",
				"print('active ' + getTitle());", "getStatistics(a, m, i, max);",
				"print('after ' + max);", "run('Adjust Segmentation', 'threshold=2');",
				"print('went on');"), Duration.ofMinutes(2));
		assertTrue(result.log.contains("active cells01 labels\nbefore "),
			result.log);
		assertTrue(result.log.matches(
			"(?s).*Adjusted 'cells01.png': (\\d+) objects; were (\\d+)[.].*active cells01 labels\nafter \\1\n.*"),
			result.log);
		assertTrue(result.log.contains("between 0 and 1"), result.log);
		assertFalse(result.log.contains("Exception"), result.log);
	}
}
