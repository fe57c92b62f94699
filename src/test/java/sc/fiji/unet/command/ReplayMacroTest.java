
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;

import sc.fiji.unet.model.ModelPackage;
import sc.fiji.unet.train.TrainingPlan;

/** The macro of the report makes the same training again. */
class ReplayMacroTest {

	private static final Path DATA = Paths.get(System.getProperty(
		"unet.project.dir", "."), "data", "cells");
	private static final String PLAN =
		"{ \"network\": { \"features\": [ 2, 4 ] }, \"patchSize\": [ 32 ], \"batchSize\": 1, \"updatesPerEpoch\": 5 }";

	@TempDir
	Path temporary;

	private static CommandModule train(final Object... inputs) throws Exception {
		try (Context context = new Context()) {
			return context.getService(CommandService.class).run(TrainUNet.class, true,
				inputs).get();
		}
	}

	private static void assertDone(final CommandModule module) {
		assertFalse(module.isCanceled(), module.getCancelReason());
	}

	@Test
	void theMacroOfTheReportGivesTheSameWeights() throws Exception {
		final Path folder = Files.createDirectory(temporary.resolve("my models"));
		final Path plan = Files.write(folder.resolve("plan.json"), PLAN.getBytes(
			StandardCharsets.UTF_8));
		final Path model = folder.resolve("cells.zip");
		assertDone(train("images", DATA.resolve("images").toFile(), "labels", DATA
			.resolve("labels").toFile(), "labelkind", "instances", "plan", plan
				.toFile(), "minutes", 0.05, "seed", 9L, "validation", 35, "model", model
					.toFile(), "device", "cpu"));
		final Map<String, String> options = options(folder.resolve("cells.html"));
		assertEquals("0", options.get("minutes"));
		assertEquals("9", options.get("seed"));
		assertEquals("35", options.get("validation"));
		assertDone(train(inputs(options)));
		final Path again = Paths.get(options.get("model"));
		assertEquals("cells-again.zip", again.getFileName().toString());
		assertArrayEquals(weights(model), weights(again));
		assertEquals(replay(model), replay(again));
		assertEquals(heldOut(folder.resolve("cells.html")), heldOut(folder.resolve(
			"cells-again.html")));
	}

	@Test
	void theMacroOfAFineTuningNamesTheModelThatItStartedFrom() throws Exception {
		final Path plan = Files.write(temporary.resolve("plan.json"), PLAN.replace(
			"{ \"network\"", "{ \"updates\": 3, \"network\"").getBytes(
				StandardCharsets.UTF_8));
		final Path start = temporary.resolve("start.zip");
		final Object[] images = { "images", DATA.resolve("images").toFile(),
			"labels", DATA.resolve("labels").toFile(), "minutes", 0, "device",
			"cpu" };
		assertDone(train(with(images, "labelkind", "instances", "plan", plan
			.toFile(), "model", start.toFile())));
		final Path model = temporary.resolve("tuned.zip");
		assertDone(train(with(images, "labelkind", "mask", "from", start.toFile(),
			"settings", "updates: 3, patchSize: 32, batchSize: 1, updatesPerEpoch: 5",
			"model", model.toFile())));
		final Map<String, String> options = options(temporary.resolve(
			"tuned.html"));
		assertEquals(start.toString(), options.get("from"));
		assertDone(train(inputs(options)));
		assertArrayEquals(weights(model), weights(Paths.get(options.get("model"))));
		options.remove("from");
		options.put("model", temporary.resolve("other.zip").toString());
		final CommandModule refused = train(inputs(options));
		assertTrue(refused.isCanceled() && refused.getCancelReason().contains(
			"started from the model 'start'"), refused.getCancelReason());
	}

	private static Object[] with(final Object[] inputs, final Object... more) {
		final List<Object> all = new ArrayList<>(Arrays.asList(inputs));
		all.addAll(Arrays.asList(more));
		return all.toArray();
	}

	@Test
	void withoutMinutesThePlanDecidesHowLong() throws Exception {
		final Path plan = Files.write(temporary.resolve("plan.json"), PLAN.replace(
			"{ \"network\"", "{ \"updates\": 3, \"network\"").getBytes(
				StandardCharsets.UTF_8));
		final Path model = temporary.resolve("m.zip");
		assertDone(train("images", DATA.resolve("images").toFile(), "labels", DATA
			.resolve("labels").toFile(), "plan", plan.toFile(), "minutes", 0, "model",
			model.toFile(), "device", "cpu"));
		assertEquals(3, replay(model).length().updates());
	}

	/** As a macro's string literal has them. */
	private static Map<String, String> options(final Path report)
		throws Exception
	{
		final String macro = read(report, "//*[@id='macro']");
		final String start = "run(\"Train U-Net\", \"";
		assertTrue(macro.startsWith(start) && macro.endsWith("\");"), macro);
		return MacroOptions.parse(macro.substring(start.length(), macro.length() -
			3).replace("\\\"", "\"").replace("\\\\", "\\"));
	}

	private static String read(final Path report, final String path)
		throws Exception
	{
		final String text = XPathFactory.newInstance().newXPath().evaluate(path,
			DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report
				.toFile()));
		assertFalse(text.isEmpty(), path);
		return text;
	}

	private static String heldOut(final Path report) throws Exception {
		return read(report, "//p[contains(., 'held out for validation:')]");
	}

	private static Object[] inputs(final Map<String, String> options)
		throws NoSuchFieldException
	{
		final List<Object> inputs = new ArrayList<>();
		for (final Map.Entry<String, String> option : options.entrySet()) {
			inputs.add(option.getKey());
			inputs.add(isFile(option.getKey()) ? new File(option.getValue())
				: (Object) option.getValue());
		}
		return inputs.toArray();
	}

	private static boolean isFile(final String key) throws NoSuchFieldException {
		for (Class<?> type = TrainUNet.class; type != UNetCommand.class; type = type
			.getSuperclass())
			for (final java.lang.reflect.Field field : type.getDeclaredFields())
				if (field.getName().equals(key)) return field.getType() == File.class;
		throw new NoSuchFieldException(key);
	}

	private static TrainingPlan replay(final Path model) throws IOException {
		return TrainingPlan.fromJson(ModelPackage.text(model, ModelPackage.REPLAY)
			.get());
	}

	private static byte[] weights(final Path model) throws IOException {
		assertNotNull(model);
		try (ModelPackage pack = ModelPackage.open(model)) {
			return Files.readAllBytes(pack.exported().resolve(
				"variables/variables.data-00000-of-00001"));
		}
	}
}
