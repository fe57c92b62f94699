
package sc.fiji.unet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.UNetConfig;

class ModelCardTest {

	private static ModelDescription model() {
		return ModelDescription.builder("file name", UNetConfig.builder().build())
			.description("as it was").objectDiameter(12.5).build();
	}

	@Test
	void whatIsWrittenIsSaidAndTheRestStays() {
		final ModelDescription d = ModelCard.parse(
			"name: Nuclei; author: Jane Doe; author: John Roe; licence: CC-BY-4.0; cite: Doe et al. 2026, doi:10.1234/abc.5")
			.applyTo(model());
		assertEquals("Nuclei", d.name());
		assertEquals(Arrays.asList("Jane Doe", "John Roe"), d.authors());
		assertEquals("CC-BY-4.0", d.license());
		assertEquals("as it was", d.description());
		assertEquals(12.5, d.objectDiameter());
		assertEquals("10.1234/abc.5", d.citations().get("Doe et al. 2026"));
		assertEquals(2, d.citations().size(), "the U-Net paper and this one");
		assertEquals("Model 'Nuclei' by Jane Doe, John Roe, licence CC-BY-4.0",
			ModelCard.line(d));
	}

	@Test
	void anEmptyCardChangesNothing() {
		final ModelDescription model = model();
		final ModelDescription same = ModelCard.parse(" ").applyTo(model);
		assertEquals(Rdf.write(model, java.util.Collections.emptyMap(), Arrays
			.asList(), Arrays.asList()), Rdf.write(same, java.util.Collections
				.emptyMap(), Arrays.asList(), Arrays.asList()));
		assertEquals("Model 'file name'", ModelCard.line(same));
	}

	@Test
	void citationsMayHaveAWebAddress() {
		assertEquals("https://example.org/a", ModelCard.empty().withCitation(
			"Lab page: https://example.org/a").citations().get("Lab page"));
	}

	@Test
	void theLastReferenceCountsWithoutPunctuation() {
		for (final String cite : new String[] { "Doe 2026, doi:10.1234/abcd.",
			"Doe 2026 (https://doi.org/10.1234/abcd)",
			"Doe 2026, https://a.org, doi:10.1234/abcd" })
			assertTrue(ModelCard.empty().withCitation(cite).citations().containsValue(
				"10.1234/abcd"), cite);
	}

	@Test
	void whatTheFormatDoesNotTakeIsRefusedWithTheRule() {
		for (final String[] wrong : new String[][] { { "licence: free for all",
			"SPDX" }, { "author: a/b", "slash" }, { "cite: Doe 2026", "DOI" }, {
				"colour: red", "licence" }, { "Cells", "name:" }, { "name: ",
					"empty" } })
		{
			final String message = assertThrows(IllegalArgumentException.class,
				() -> ModelCard.parse(wrong[0])).getMessage();
			assertTrue(message.contains(wrong[1]), message);
		}
		final StringBuilder longest = new StringBuilder();
		for (int i = 0; i < 1025; i++)
			longest.append('x');
		assertThrows(IllegalArgumentException.class, () -> ModelCard.empty()
			.withDescription(longest.toString()));
	}
}
