
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

class MacroOptionsTest {

	@Test
	void keysHaveValuesAndBracketsHoldBlanks() {
		final Map<String, String> expected = new LinkedHashMap<>();
		expected.put("model", "C:\\my models\\a [1].zip");
		expected.put("overlay", "true");
		expected.put("channels", "");
		expected.put("threshold", "0.5");
		final Map<String, String> options = MacroOptions.parse(
			" model=[C:\\my models\\a [1].zip] overlay=true  channels= threshold=0.5 ");
		assertEquals(expected, options);
		assertEquals(expected.keySet().toString(), options.keySet().toString());
		assertEquals(Collections.emptyMap(), MacroOptions.parse("  "));
	}

	@Test
	void quotedValuesAreReadBack() {
		for (final String value : new String[] { "", "a", "a b", "[a]", "[a] b",
			"a=b", "/x/[1] (2).tif", "a\tb", "a [b", "a] b", "[a", "'a'", "'a b",
			"it's a [b]" })
			assertEquals(Collections.singletonMap("k", value), MacroOptions.parse(
				"k=" + MacroOptions.quote(value)), value);
	}

	@Test
	void whatCannotBeWrittenIsKnown() {
		for (final String value : new String[] { "it's", "it's a", "a [b", "[it's]",
			"it's[" })
			assertTrue(MacroOptions.canQuote(value), value);
		assertFalse(MacroOptions.canQuote("it's a [b"));
	}

	@Test
	void whatIsWrongIsSaid() {
		assertRefused("verbose", "verbose=true");
		assertRefused("model=a verbose", "\"verbose\" has no value");
		assertRefused("model=[a b", "not closed");
		assertRefused("a=1 a=2", "given twice");
		assertRefused("a='b c", "no second one");
	}

	private static void assertRefused(final String options, final String reason) {
		final Exception e = assertThrows(IllegalArgumentException.class,
			() -> MacroOptions.parse(options));
		assertTrue(e.getMessage().contains(reason), e.getMessage());
	}
}
