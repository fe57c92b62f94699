
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.data.Transform;
import sc.fiji.unet.network.OptimizerConfig;

/** Single settings that overrule a plan. */
class PlanSettingsTest {

	private final TrainingPlan fast = Preset.FAST.plan();

	@Test
	void nothingChangesNothing() {
		assertSame(fast, fast.with("  "));
	}

	@Test
	void changesWhatIsNamedAndNothingElse() {
		final TrainingPlan plan = fast.with(
			"learningRate=0.01, target.w0: 5, optimizer.method=sgd, augmentation.flip.probability=0, best: loss");
		assertEquals(0.01, plan.learningRate());
		assertEquals(5, plan.target().weights().w0());
		assertEquals(OptimizerConfig.Method.SGD, plan.optimizer().method());
		assertEquals(0, plan.augmentation().probability(Transform.FLIP));
		assertEquals(Criterion.LOSS, plan.best());
		final TreeSet<String> changed = PlanJson.differences(fast, plan);
		changed.removeIf(key -> key.startsWith("augmentation.flip"));
		assertEquals(
			"[best, learningRate, optimizer.beta2, optimizer.method, target.w0]",
			changed.toString());
	}

	@Test
	void oneLengthTakesThePlaceOfAnother() {
		assertEquals(7, fast.with("epochs=7").length().epochs());
		assertEquals(7, fast.with("epochs=3").with("updates=7").length().updates());
		assertTrue(fast.with("updates=7").with("minutes=2").length().isTimed());
	}

	@Test
	void patchSizeFollowsTheNetworkUnlessGiven() {
		final TrainingPlan paper = Preset.PAPER.plan().with("network.depth=3");
		assertArrayEquals(new int[] { 64, 128, 256, 512 }, paper.network()
			.features());
		assertEquals(572, paper.patchSize()[0]);
		final TrainingPlan deep = fast.with("network.base=4, network.depth=5").with(
			"patchSize=64");
		assertEquals(64, deep.patchSize()[0]);
		assertEquals(4, deep.network().features()[0]);
		assertEquals(6, deep.network().features().length);
		assertEquals(188, fast.with("patchSize=188, network.padding=valid")
			.patchSize()[0]);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> fast.with(
			"patchSize=100")).getMessage().contains("100"));
	}

	@Test
	void anotherBaseKeepsWhatEachLevelDoes() {
		final String pooling = "network.pooling=[[2,1],[2,2],[2,2],[2,2]]";
		final TrainingPlan plan = fast.with(pooling).with("network.base=16");
		assertArrayEquals(new int[] { 2, 1 }, plan.network().pooling(0));
		assertEquals(16, plan.network().features()[0]);
		assertArrayEquals(new int[] { 2, 2 }, fast.with(pooling).with(
			"network.depth=3").network().pooling(0));
		assertArrayEquals(new int[] { 2, 1 }, fast.with(
			"network.pooling=[[2,1],[2,2],[2,2]], network.depth=3").network().pooling(
				0));
	}

	@Test
	void whatCannotBeMeantIsNamed() {
		assertMessage("learningrate=1", "learningrate");
		assertMessage("target.weight=1", "weight");
		assertMessage("learningRate=fast", "learningRate");
		assertMessage("learningRate.peak=1", "learningRate");
		assertMessage("learningRate=-1", "-1");
		assertMessage("preset=paper", "preset");
		assertMessage("learningRate", "learningRate");
		assertMessage("minutes=3, epochs=4", "several of 'minutes', 'epochs'");
	}

	private void assertMessage(final String settings, final String part) {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> fast.with(settings), settings).getMessage();
		assertTrue(message.contains(part), message);
	}

	/** Every value of a plan, written as a setting, gives the same plan. */
	@Test
	void everyKeyOfAPlanCanBeASetting() {
		for (final Preset preset : Preset.values())
			checkKeys(preset);
	}

	private static void checkKeys(final Preset preset) {
		final TrainingPlan plan = preset.plan();
		final StringBuilder settings = new StringBuilder();
		flatten("", JsonParser.parseString(plan.toJson()).getAsJsonObject(),
			settings);
		assertEquals(plan, plan.with(settings.substring(1)));
	}

	private static void flatten(final String path, final JsonObject object,
		final StringBuilder settings)
	{
		object.entrySet().forEach(entry -> {
			final String key = path + entry.getKey();
			final JsonElement value = entry.getValue();
			if (value.isJsonObject()) flatten(key + ".", value.getAsJsonObject(),
				settings);
			else settings.append(',').append(key).append('=').append(value);
		});
	}
}
