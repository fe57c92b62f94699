
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;

import org.junit.jupiter.api.Test;

class TextTest {

	@Test
	void longMessagesAreBrokenBetweenWords() {
		final String text = String.join(" ", Collections.nCopies(60, "nucleus"));
		final String lines = Text.inLines(text);
		assertTrue(Arrays.stream(lines.split("\n")).allMatch(l -> l.length() <= 90),
			lines);
		assertTrue(lines.split("\n").length < 8, "not shorter than need be");
		assertEquals(text, lines.replace('\n', ' '), "nothing is lost");
	}

	@Test
	void shortAndUnbreakableTextsStay() {
		assertEquals("Choose a model.\n\nOr train one.", Text.inLines(
			"Choose a model.\n\nOr train one."));
		final String path = String.join("/", Collections.nCopies(60, "folder"));
		assertEquals("In\n" + path + "\nis nothing.", Text.inLines("In " + path +
			" is nothing."));
	}
}
