
package sc.fiji.unet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class LineChartTest {

	private static Document draw(final LineChart chart) throws Exception {
		final Html html = new Html();
		chart.writeTo(html);
		return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(
			new ByteArrayInputStream(html.toString().getBytes(
				StandardCharsets.UTF_8)));
	}

	private static String path(final Document svg) throws Exception {
		return XPathFactory.newInstance().newXPath().evaluate("//path/@d", svg);
	}

	private static NodeList ticks(final Document svg) throws Exception {
		return (NodeList) XPathFactory.newInstance().newXPath().evaluate(
			"//text[@text-anchor='end' and @x='58.0']", svg, XPathConstants.NODESET);
	}

	private static int[] epochs(final int count) {
		return IntStream.rangeClosed(1, count).toArray();
	}

	@Test
	void pointsLieWhereTheirValuesAre() throws Exception {
		final Document svg = draw(new LineChart("t", epochs(3)).curve("a",
			new double[] { 0, 2, 1 }));
		assertEquals("M64.0 210.0L384.0 34.0L704.0 122.0", path(svg));
		assertEquals("0", ticks(svg).item(0).getTextContent());
		assertEquals("2", ticks(svg).item(ticks(svg).getLength() - 1)
			.getTextContent());
	}

	@Test
	void decadesAreEquallyFarApartOnALogarithmicAxis() throws Exception {
		final LineChart chart = new LineChart("t", epochs(3)).curve("a",
			new double[] { 100, 10, 1 }).logWhereItHelps();
		assertEquals("M64.0 34.0L384.0 122.0L704.0 210.0", path(draw(chart)));
		assertEquals(7, ticks(draw(chart)).getLength(), "1, 2, 5, 10, ..., 100");
	}

	@Test
	void valuesThatAreAlikeNeedNoLogarithm() throws Exception {
		final LineChart chart = new LineChart("t", epochs(2)).curve("a",
			new double[] { 4, 1 }).logWhereItHelps();
		assertFalse(draw(chart).getDocumentElement().getTextContent().contains(
			"logarithmic"));
	}

	@Test
	void whatIsNotThereIsAGap() throws Exception {
		assertEquals("M64.0 34.0M490.7 122.0L704.0 34.0", path(draw(new LineChart(
			"t", epochs(4)).curve("a", new double[] { 2, Double.NaN, 1, 2 }))));
		assertTrue(new LineChart("t", epochs(2)).curve("a", new double[] {
			Double.NaN, Double.NaN }).isEmpty());
	}

	@Test
	void aSingleEpochIsAPoint() throws Exception {
		for (final double value : new double[] { 0, 1, 0.5, 1e-9, -3 }) {
			final Document svg = draw(new LineChart("t", epochs(1)).curve("a",
				new double[] { value }).mark(1).logWhereItHelps());
			assertFalse(path(svg).contains("NaN") || path(svg).contains("Inf"), path(
				svg));
			assertTrue(ticks(svg).getLength() >= 2, "ticks for " + value);
		}
	}

	@Test
	void aThousandEpochsHaveFewTicks() throws Exception {
		final Document svg = draw(new LineChart("t <&>", epochs(1000)).curve("a",
			IntStream.range(0, 1000).mapToDouble(i -> Math.exp(-0.02 * i)).toArray())
			.logWhereItHelps());
		assertTrue(ticks(svg).getLength() <= 12, ticks(svg).getLength() + " ticks");
		assertEquals(0, ((NodeList) XPathFactory.newInstance().newXPath().evaluate(
			"//circle", svg, XPathConstants.NODESET)).getLength());
	}

	@Test
	void whatXmlCannotHoldIsReplaced() {
		assertEquals("a\uFFFD&lt;&amp;&gt;&quot;\u00e4\ud83d\udd2c", Html.escape(
			"a\u0001<&>\"\u00e4\ud83d\udd2c"));
	}
}
