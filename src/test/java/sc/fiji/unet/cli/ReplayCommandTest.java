
package sc.fiji.unet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.train.TrainingPlan;

/** What the report says makes the same training again really does. */
class ReplayCommandTest {

	private static final Path DATA = Paths.get(System.getProperty(
		"unet.project.dir", "."), "data", "cells");
	private static final String PLAN =
		"{ \"network\": { \"features\": [ 4, 8, 16 ] }, \"patchSize\": [ 64 ], \"batchSize\": 2, \"updatesPerEpoch\": 10, \"seed\": 5 }";

	@TempDir
	Path temporary;

	@Test
	void theCommandLineOfTheReportGivesTheSameWeights() throws Exception {
		// With blanks and quotes, as people name folders.
		final Path folder = Files.createDirectory(temporary.resolve(
			"Anna's cells & more"));
		final Path plan = Files.write(folder.resolve("plan.json"), PLAN.getBytes(
			StandardCharsets.UTF_8));
		final Path model = folder.resolve("my model.zip");
		assertEquals(0, UNet.run("train", "--images", DATA.resolve("images")
			.toString(), "--labels", DATA.resolve("labels").toString(), "--model",
			model.toString(), "--plan", plan.toString(), "--minutes", "0.06",
			"--exclude", "cells01, cells02", "--device", "cpu", "--threads", "1"));
		final String[] line = words(code(folder.resolve("my model.html"),
			"command-line"));
		assertEquals("bin/unet", line[0]);
		assertEquals(0, UNet.run(Arrays.copyOfRange(line, 1, line.length)), String
			.join(" ", line));
		final Path again = folder.resolve("my model-again.zip");
		assertArrayEquals(weights(model), weights(again));
		assertEquals(history(model), history(again));
		assertTrue(replay(model).length().isReplay());
		assertEquals(replay(model), replay(again).with("precision=auto"));
		assertTrue(Arrays.asList(line).contains("--validation-list"), String.join(
			" ", line));
	}

	@Test
	void anotherLengthMakesAnotherTrainingWithTheSameSettings() throws Exception {
		final Path plan = Files.write(temporary.resolve("plan.json"), PLAN.getBytes(
			StandardCharsets.UTF_8));
		final Path model = temporary.resolve("a.zip");
		final List<String> start = new ArrayList<>(Arrays.asList("train",
			"--images", DATA.resolve("images").toString(), "--labels", DATA.resolve(
				"labels").toString(), "--device", "cpu"));
		final List<String> first = new ArrayList<>(start);
		first.addAll(Arrays.asList("--model", model.toString(), "--plan", plan
			.toString(), "--minutes", "0.03"));
		assertEquals(0, UNet.run(first.toArray(new String[0])));
		start.addAll(Arrays.asList("--model", temporary.resolve("b.zip").toString(),
			"--plan", model.toString(), "--epochs", "1"));
		assertEquals(0, UNet.run(start.toArray(new String[0])));
		final TrainingPlan other = replay(temporary.resolve("b.zip"));
		assertFalse(other.length().isReplay());
		assertEquals(replay(model).toBuilder().length(other.length()).build(),
			other);
	}

	/** @return words of a line as a shell splits it */
	private static String[] words(final String line) {
		final Matcher word = Pattern.compile(
			"(?:'[^']*'|\\\\'|\"[^\"]*\"|[^\\s'\"])+").matcher(line);
		final List<String> words = new ArrayList<>();
		while (word.find())
			words.add(word.group().replace("'\\''", "\u0000").replaceAll("['\"]", "")
				.replace('\u0000', '\''));
		return words.toArray(new String[0]);
	}

	private static String code(final Path report, final String id)
		throws Exception
	{
		final Document page = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder().parse(report.toFile());
		final NodeList codes = page.getElementsByTagName("pre");
		for (int i = 0; i < codes.getLength(); i++)
			if (((Element) codes.item(i)).getAttribute("id").equals(id)) return codes
				.item(i).getTextContent();
		throw new AssertionError("no " + id + " in " + Files.readString(report));
	}

	private static TrainingPlan replay(final Path model) throws IOException {
		return TrainingPlan.fromJson(ModelPackage.text(model, ModelPackage.REPLAY)
			.get());
	}

	/** Times aside. */
	private static String history(final Path model) throws IOException {
		return ModelPackage.text(model, ModelPackage.HISTORY).get().replaceAll(
			"(?m)^(\\d+,\\d+),[^,]*,", "$1,");
	}

	/** The values of all weights, as the package has them. */
	private static byte[] weights(final Path model) throws IOException {
		try (ModelPackage pack = ModelPackage.open(model)) {
			return Files.readAllBytes(pack.exported().resolve(
				"variables/variables.data-00000-of-00001"));
		}
	}
}
