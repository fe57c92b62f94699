
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;

import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.RawSample;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.SampleFiles;
import sc.fiji.unet.train.TrainingListener;

/** The page beside a model: what it says, and what it may replace. */
class ReportTest {

	private static final int SIZE = 48;
	private static final String STRANGE = "1 <b> & \"co\"";

	@TempDir
	Path folder;

	private final BrightEngine engine = new BrightEngine();
	private final List<String> said = new ArrayList<>();
	private Path model;
	private Path report;

	@BeforeEach
	void names() {
		model = folder.resolve("cells.zip");
		report = folder.resolve("cells.html");
	}

	/**
	 * Two squares, of which the network, which takes bright for foreground, finds
	 * the fewer the higher the number.
	 */
	private static RawSample sample(final String name, final int number) {
		final float[] grey = new float[SIZE * SIZE];
		final int[] labels = new int[SIZE * SIZE];
		for (int y = 8; y < 20; y++)
			for (int x = 8; x < 40; x++) {
				if (x >= 20 && x < 28) continue;
				labels[y * SIZE + x] = x < 24 ? 1 : 2;
				grey[y * SIZE + x] = y < 20 - number || x < 24 ? 200 : 0;
			}
		return new RawSample(name, ArrayImgs.floats(grey, SIZE, SIZE, 1), ArrayImgs
			.ints(labels, SIZE, SIZE));
	}

	private static List<RawSample> samples(final int count) {
		final List<RawSample> samples = new ArrayList<>();
		for (int i = 1; i <= count; i++)
			samples.add(sample(i == 1 ? STRANGE : "" + i, i));
		return samples;
	}

	private TrainJob job(final TrainingImages images, final String heldOut) {
		return new TrainJob(TrainingInput.of(images).withLabels(LabelKind.INSTANCES,
			OptionalInt.empty()).withValidation(heldOut, 0), TrainJobTest.plan(),
			model, engine).listener(new TrainingListener()
		{

				@Override
				public void message(final String sentence) {
					said.add(sentence);
				}
			});
	}

	private TrainJob job(final int count, final String heldOut) {
		return job(TrainingImages.of("cells", samples(count)), heldOut);
	}

	private Document page() throws Exception {
		return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(
			report.toFile());
	}

	private static String text(final Document page, final String path)
		throws Exception
	{
		return XPathFactory.newInstance().newXPath().evaluate(path, page);
	}

	private static NodeList nodes(final Document page, final String path)
		throws Exception
	{
		return (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, page,
			XPathConstants.NODESET);
	}

	@Test
	void everyPartIsThere() throws Exception {
		job(9, STRANGE + ",2,3,4,5,6").run();
		final Document page = page();
		assertEquals("cells", text(page, "//h1"));
		assertEquals(9, nodes(page, "//tr[td[.='held out' or .='training']]")
			.getLength());
		assertEquals("held out", text(page, "//tr[td='" + STRANGE + "']/td[4]"));
		assertEquals("48 x 48", text(page, "//tr[td='9']/td[2]"));
		assertTrue(text(page, "//body").contains("The labels are instances"));
		assertEquals(4, nodes(page, "//*[local-name()='svg']").getLength(),
			"loss, scores, rate, reliability");
		final String methods = text(page, "//p[@class='methods']");
		for (final String part : new String[] { "Ronneberger et al. 2015",
			"Falk et al. 2019", "Schindelin et al. 2012", "Rueden et al. 2017",
			"Pietzsch et al. 2012", "Abadi et al. 2016", "Kingma and Ba 2015",
			"He et al. 2015", "seed was 1", "from 3 images with instance labels",
			"6 further images were held out", "TensorFlow 2.18.0", "4 updates" })
			assertTrue(methods.contains(part), part + " in: " + methods);
		assertTrue(text(page, "//li[contains(., 'Kingma')]").contains("1412.6980"));
		assertTrue(text(page, "//p[@class='caution']").contains("optimistic"));
		assertTrue(text(page, "//p[@class='caution']").startsWith(
			"n = 6 slices of 1 file; slices of one file are alike"));
		for (final String part : new String[] { "Pixels with a probability of",
			"Kirillov et al. 2019", "to choose the epoch and how objects are made" })
			assertTrue(methods.contains(part), part + " in: " + methods);
		assertTrue(text(page, "//body").contains("PQ: panoptic quality"));
		assertTrue(text(page, "//tr[td[1]='\u2192 batchSize']").contains("1"));
	}

	@Test
	void theBestAndTheWorstAreShown() throws Exception {
		job(9, STRANGE + ",2,3,4,5,6").run();
		final Document page = page();
		final NodeList titles = nodes(page, "//div[@class='example']/h3");
		assertEquals(4, titles.getLength());
		assertTrue(titles.item(0).getTextContent().startsWith("Best: " + STRANGE +
			" (F1 (objects) 1.000, "), titles.item(0).getTextContent());
		assertTrue(titles.item(1).getTextContent().startsWith(
			"Second best: 2 (F1 (objects) 1.000, "), titles.item(1).getTextContent());
		assertTrue(titles.item(2).getTextContent().startsWith(
			"Second worst: 5 (F1 (objects) 1.000, "), titles.item(2)
				.getTextContent());
		assertTrue(titles.item(3).getTextContent().startsWith(
			"Worst: 6 (F1 (objects) 0.5"), titles.item(3).getTextContent());
		final NodeList images = nodes(page, "//img/@src");
		assertEquals(16, images.getLength());
		for (int i = 0; i < images.getLength(); i++) {
			final String source = images.item(i).getNodeValue();
			final String start = "data:image/jpeg;base64,";
			assertTrue(source.startsWith(start), source);
			assertEquals(400, ImageIO.read(new ByteArrayInputStream(Base64
				.getDecoder().decode(source.substring(start.length())))).getWidth());
		}
		assertTrue(Files.size(report) < 2_000_000, "bytes " + Files.size(report));
		assertEquals("2 / 2", text(page, "//tr[td='" + STRANGE + "']/td[5]"));
		assertEquals("0.0 %", text(page, "//tr[td='" + STRANGE + "']/td[6]"));
		assertEquals(7, nodes(page, "//table[.//th='Image held out']/tr[td]")
			.getLength(), "six images and all together");
		final String all = text(page, "//tr[td='All 6 together']");
		assertTrue(all.matches("(?s).*1[12] / 12.*"), all);
		final String body = text(page, "//body");
		for (final String part : new String[] { "From the worst to the best image",
			"Count error: ", "A result without any object would have a pixel error",
			"false positives do not lower it", "These images have chosen" })
			assertTrue(body.contains(part), part);
		assertFalse(body.contains("mask:") || body.contains(
			"ignored in the truth"));
	}

	/** Labels 0, 1 and 2 as classes; pixels of class 2 do not count. */
	@Test
	void classesAndMasksAreShownToo() throws Exception {
		for (final LabelKind kind : new LabelKind[] { LabelKind.CLASSES,
			LabelKind.MASK })
		{
			final OptionalInt ignored = kind == LabelKind.MASK ? OptionalInt.of(2)
				: OptionalInt.empty();
			new TrainJob(TrainingInput.of(TrainingImages.of("cells", samples(3)))
				.withLabels(kind, ignored).withValidation("2", 0), TrainJobTest.plan(),
				model, engine).overwrite(true).run();
			final Document page = page();
			assertEquals(4, nodes(page, "//img").getLength(), kind.toString());
			final String scores = text(page,
				"//table[.//th='Image held out']/tr[td='2']");
			assertTrue(scores.matches("(?s)2\\s+[01]\\.\\d{3}.*"), scores);
			final String body = text(page, "//body");
			assertEquals(kind == LabelKind.MASK, body.contains("F1 (regions)") && body
				.contains("cells that touch are one region") && body.contains(
					"false positives outside annotations not counted"), body);
			assertTrue(body.contains("Pixel error of all "), body);
			assertTrue(text(page, "//p[@class='methods']").contains(
				kind == LabelKind.MASK ? "foreground masks"
					: "softmax over 3 classes"));
		}
	}

	@Test
	void nothingIsAskedOfTheNet() throws Exception {
		job(3, "2").run();
		final String html = Files.readString(report);
		assertFalse(html.contains("<script") || html.contains("<link") || html
			.contains("url(") || html.contains("src=\"http"), "self-contained");
		assertTrue(html.startsWith("<!DOCTYPE html>"));
	}

	@Test
	void fewImagesAreCalledFew() throws Exception {
		job(3, "2").run();
		assertTrue(text(page(), "//p[@class='caution']").contains(
			"n = 1, indicative only"));
		Files.delete(model);
		Files.delete(report);
		job(3, "").run();
		assertTrue(text(page(), "//p[@class='caution']").contains(
			"No image was held out"));
	}

	@Test
	void commandsAreGivenWhereThereAreSome() throws Exception {
		SampleFiles.write(samples(3).subList(1, 3), folder, false);
		final TrainingImages images = TrainingImages.ofFolders(folder.resolve(
			"images"), folder.resolve("labels"), "", ChannelSelection.all());
		job(images, "").run();
		assertTrue(text(page(), "//*[@id='command-line']").startsWith(
			"bin/unet train --images " + folder.resolve("images") + " "));
		assertTrue(text(page(), "//*[@id='macro']").contains("validation=0 plan=" +
			model + " minutes=0 seed=1 model=" + folder.resolve("cells-again.zip")),
			text(page(), "//*[@id='macro']"));
		job(images, "2").overwrite(true).run();
		assertTrue(text(page(), "//*[@id='command-line']").contains(
			"--validation-list 2"));
		assertEquals("", text(page(), "//*[@id='macro']"));
		assertTrue(text(page(), "//h3[.='Macro']/following-sibling::p").contains(
			"cannot name the images held out"));
		job(3, "2").overwrite(true).run();
		assertEquals(0, nodes(page(), "//pre").getLength());
	}

	@Test
	void aPageOfOthersIsLeftAlone() throws IOException {
		final byte[] mine = "<html>mine</html>".getBytes();
		Files.write(report, mine);
		for (final boolean overwrite : new boolean[] { false, true }) {
			final String message = assertThrows(IllegalArgumentException.class,
				() -> job(3, "2").overwrite(overwrite).run()).getMessage();
			assertTrue(message.contains("cells.html") && message.contains(
				"move it away"), message);
		}
		assertArrayEquals(mine, Files.readAllBytes(report));
		assertEquals(0, engine.created, "nothing was started");
	}

	@Test
	void anOlderReportIsReplacedIfTheModelMayBe() throws IOException {
		job(3, "2").run();
		Files.delete(model);
		final String message = assertThrows(IllegalArgumentException.class,
			() -> job(3, "2").run()).getMessage();
		assertTrue(message.contains("cells.html") && message.contains(
			"overwrite=true"), message);
		Files.writeString(report, Files.readString(report) + " ");
		final long before = Files.size(report);
		job(3, "2").overwrite(true).run();
		assertTrue(Files.size(report) != before && Files.exists(model));
	}

	@Test
	void aReportThatCannotBeWrittenCostsNoModel() throws IOException {
		engine.onLearn = () -> report.toFile().mkdir();
		job(3, "2").run();
		assertTrue(Files.exists(model), said.toString());
		assertTrue(said.stream().anyMatch(s -> s.startsWith(
			"The model is written, but its report") && s.contains("cells.html")), said
				.toString());
		assertFalse(Files.exists(folder.resolve("cells.training")));
	}

	@Test
	void aTrainingThatWasStoppedHasAReportAtOnce() throws Exception {
		final int[] asked = new int[1];
		job(3, "2").cancelled(() -> asked[0]++ >= 3).run();
		assertTrue(text(page(), "//body").contains("stopped in a hurry"));
		assertEquals(0, nodes(page(), "//img").getLength());
		job(3, "2").resume(true).run();
		assertEquals(4, nodes(page(), "//img").getLength());
	}

	@Test
	void nothingTrainedNoReport() throws IOException {
		job(3, "2").cancelled(() -> true).run();
		assertFalse(Files.exists(report));
		engine.loss = Double.NaN;
		job(3, "2").run();
		assertFalse(Files.exists(report));
	}
}
