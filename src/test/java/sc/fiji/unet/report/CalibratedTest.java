
package sc.fiji.unet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

import sc.fiji.unet.Browser;
import sc.fiji.unet.Screenshots;
import sc.fiji.unet.network.Readout;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.train.CalibrationFit;
import sc.fiji.unet.train.PixelAnswers;

/** What the report says of probabilities, and how it draws them. */
class CalibratedTest {

	private static final UNetConfig NETWORK = UNetConfig.builder().features(1, 1)
		.build();

	/** Most pixels are clear; the network has too many for background. */
	private static List<PixelAnswers> images(final double temperature,
		final double bias)
	{
		final List<PixelAnswers> images = new ArrayList<>();
		for (int n = 0; n < 3; n++) {
			final SplittableRandom random = new SplittableRandom(n);
			final float[] p = new float[60_000];
			final int[] truth = new int[p.length];
			for (int i = 0; i < p.length; i++) {
				final double u = 2 * random.nextDouble() - 1;
				final double logit = 14 * u - 2;
				truth[i] = random.nextDouble() < sigmoid(logit) ? 1 : 0;
				p[i] = (float) sigmoid(temperature * logit - bias);
			}
			images.add(new PixelAnswers(Readout.ofClasses(1), p, truth));
		}
		return images;
	}

	private static double sigmoid(final double x) {
		return 1 / (1 + Math.exp(-x));
	}

	private static String html(final CalibrationFit fit) {
		final Html html = new Html();
		html.open("html", "xmlns", "http://www.w3.org/1999/xhtml").open("head")
			.element("style", TrainingReport.STYLE).close().open("body");
		new Calibrated(fit, fit.sentence(), NETWORK).writeTo(html);
		return html.close().close().toString();
	}

	private static Document page(final CalibrationFit fit) throws Exception {
		return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(
			new ByteArrayInputStream(html(fit).getBytes(StandardCharsets.UTF_8)));
	}

	private static String text(final Document page, final String path)
		throws Exception
	{
		return XPathFactory.newInstance().newXPath().evaluate(path, page);
	}

	private static int count(final Document page, final String path)
		throws Exception
	{
		return ((NodeList) XPathFactory.newInstance().newXPath().evaluate(path,
			page, XPathConstants.NODESET)).getLength();
	}

	@Test
	void aCurveIsThinBeforeAndThickAfter() throws Exception {
		final Document page = page(CalibrationFit.of(images(1.6, 1.2)));
		assertTrue(text(page, "//p[1]").matches(
			"Of the pixels with a probability of 0\\.8, (79|80|81) % are foreground; without calibration it would be \\d\\d %\\."),
			text(page, "//p[1]"));
		assertEquals(2, count(page, "//path"));
		assertEquals("1.2", text(page, "//path[1]/@stroke-width"));
		assertEquals("3.2", text(page, "//path[2]/@stroke-width"));
		// Calibrated, every point lies on the line from (64, 272) to (324, 12).
		for (final String point : text(page, "//path[2]/@d").substring(1).split(
			"L"))
		{
			final String[] xy = point.split(" ");
			assertEquals(0, (Double.parseDouble(xy[0]) - 64) - (272 - Double
				.parseDouble(xy[1])), 5, point);
		}
		assertEquals(11, count(page, "//rect"));
	}

	@Test
	void whatWasNotCalibratedIsCalledSo() throws Exception {
		final Document page = page(CalibrationFit.of(Collections.singletonList(
			new PixelAnswers(Readout.ofClasses(1), new float[200], new int[200]))));
		assertEquals(1, count(page, "//path"));
		assertTrue(text(page, "//body").contains("(not calibrated)"));
		assertTrue(text(page, "//p[1]").contains("of one kind"), text(page,
			"//p[1]"));
		final Document nothing = page(CalibrationFit.none("it was stopped"));
		assertEquals(0, count(nothing, "//*[local-name()='svg']"));
		assertEquals("Probabilities are not calibrated, because it was stopped.",
			text(nothing, "//p[1]"));
	}

	/**
	 * Left out unless it is asked for: {@code mvn test -Dtest=CalibratedTest
	 * -Dunet.excludedGroups= -Dunet.screenshots=docs/images}.
	 */
	@Test
	@Tag("browser")
	void aPicture(@TempDir final Path folder) throws Exception {
		Browser.assumeThere();
		Screenshots.save("report-calibration", Screenshots.small(Browser.shown(html(
			CalibrationFit.of(images(1.6, 1.2))), folder, 740, 1), 675));
	}
}
