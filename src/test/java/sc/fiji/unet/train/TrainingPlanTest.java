
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.data.AugmentationConfig;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.TargetConfig;
import sc.fiji.unet.data.Transform;
import sc.fiji.unet.network.Axes;
import sc.fiji.unet.network.ModelReference;
import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.Precision;
import sc.fiji.unet.network.Preprocessing;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.weightmap.WeightMapConfig;

class TrainingPlanTest {

	private static void assertRefused(final String json, final String... words) {
		final IllegalArgumentException e = assertThrows(
			IllegalArgumentException.class, () -> TrainingPlan.fromJson(json), json);
		for (final String word : words)
			assertTrue(e.getMessage().contains(word), "'" + e.getMessage() +
				"' should say '" + word + "'");
	}

	@Test
	void fastIsSmallAndTakesTwentyMinutes() {
		final TrainingPlan plan = Preset.FAST.plan();
		assertArrayEquals(new int[] { 8, 16, 32, 64, 128 }, plan.network()
			.features());
		assertEquals(Padding.SAME, plan.network().padding());
		assertTrue(plan.network().batchNormalization());
		assertEquals(4, plan.batchSize());
		assertArrayEquals(new long[] { 256, 256 }, plan.patchSize());
		assertEquals(OptimizerConfig.adam(0.9, 0.99).withAverageDecay(0.99), plan
			.optimizer());
		assertEquals(3e-3, plan.learningRate(), 0);
		assertEquals(Schedule.COSINE, plan.schedule());
		assertEquals(20, plan.length().minutes(), 0);
		assertEquals(10, plan.target().weights().w0(), 0, "border term");
		assertEquals(0, plan.target().maskW0(), 0, "none for masks");
		assertEquals(0.4, plan.target().border(), 0);
		assertTrue(plan.network().hasBorderClass());
		assertEquals(AugmentationConfig.fast(), plan.augmentation());
	}

	@Test
	void paperAndNotebookAreTheOriginalNetwork() {
		for (final Preset preset : new Preset[] { Preset.PAPER, Preset.NOTEBOOK }) {
			final TrainingPlan plan = preset.plan();
			assertArrayEquals(new int[] { 1, 64, 128, 256, 512, 1024 }, plan.network()
				.channelList());
			assertEquals(Padding.VALID, plan.network().padding());
			assertEquals(OptimizerConfig.sgd(0.99), plan.optimizer());
			assertEquals(1, plan.batchSize());
			assertEquals(10, plan.target().weights().w0(), 0);
			assertEquals(5, plan.target().weights().sigma(), 0);
			assertTrue(plan.target().weights().balanceClasses());
		}
		assertArrayEquals(new long[] { 572, 572 }, Preset.PAPER.plan().patchSize());
		assertArrayEquals(new long[] { 388, 388 }, Preset.PAPER.plan().patch()
			.output());
		assertTrue(Preset.PAPER.plan().network().dropout() > 0);
		assertArrayEquals(new long[] { 324, 324 }, Preset.NOTEBOOK.plan().patch()
			.output(), "of its images of 512 pixels the notebook predicts 324");
		assertEquals(100, Preset.NOTEBOOK.plan().patience());
		assertEquals(1, Preset.NOTEBOOK.plan().accumulation());
		assertEquals(27, Preset.NOTEBOOK.plan().updatesPerEpoch());
	}

	@Test
	void everyPresetSurvivesJson() {
		for (final Preset preset : Preset.values()) {
			final TrainingPlan plan = preset.plan();
			final TrainingPlan read = TrainingPlan.fromJson(plan.toJson());
			assertEquals(plan.toJson(), read.toJson(), preset.toString());
			assertEquals(plan.network(), read.network());
			assertEquals(plan.optimizer(), read.optimizer());
			assertEquals(plan.augmentation(), read.augmentation());
			assertEquals(plan.target(), read.target());
			assertEquals(plan.preprocessing(), read.preprocessing());
			assertEquals(preset, Preset.of(preset.toString().toUpperCase()));
		}
	}

	@Test
	void everyUnusualValueSurvivesJson() {
		final TrainingPlan plan = TrainingPlan.builder().network(UNetConfig
			.builder().axes(Axes.calibrated("micrometer", 0.5, 0.5, 2)).features(5, 7,
				9).kernel(new int[][] { { 3, 3, 1 }, { 3, 3, 3 }, { 5, 5, 3 } })
			.pooling(new int[][] { { 2, 2, 1 }, { 2, 2, 2 } }).channelNames(Arrays
				.asList("DAPI", "GFP")).classes(3).dropout(0.25).outputSize(40, 30, 4)
			.build()).patchSize(32, 32, 8).batchSize(2).accumulation(3).optimizer(
				OptimizerConfig.adam(0.8, 0.999).withWeightDecay(0.01).withAverageDecay(
					0.5)).learningRate(1e-5).schedule(Schedule.CONSTANT).length(
						TrainingLength.updates(12345678901L)).updatesPerEpoch(17).patience(
							9).best(Criterion.SCORE).preprocessing(Preprocessing.zScore())
			.augmentation(AugmentationConfig.notebook()).target(new TargetConfig(
				LabelKind.CLASSES, 3, WeightMapConfig.builder().w0(3).sigma(2.5)
					.ridgeWidth(0).spacing(1, 1, 4).build())).precision(Precision.FLOAT64)
			.seed(Long.MIN_VALUE).build();
		final TrainingPlan read = TrainingPlan.fromJson(plan.toJson());
		assertEquals(plan.toJson(), read.toJson());
		assertEquals(plan.network(), read.network());
		assertEquals(plan.target(), read.target());
		assertEquals(plan.augmentation(), read.augmentation());
		assertEquals(12345678901L, read.length().updates());
		assertEquals(Long.MIN_VALUE, read.seed());
		assertEquals(Criterion.SCORE, read.best());
	}

	@Test
	void jsonFitsOnAScreen() {
		for (final Preset preset : Preset.values()) {
			final String json = preset.plan().toJson();
			final long lines = json.chars().filter(c -> c == '\n').count();
			assertTrue(lines < 45, preset + " has " + lines + " lines:\n" + json);
			assertTrue(json.contains("\"padding\": \"" + preset.plan().network()
				.padding().name().toLowerCase() + "\""), json);
		}
	}

	@Test
	void namesOfClassesAreEnoughToSayThatThereAreSeveral() {
		final TrainingPlan plan = TrainingPlan.fromJson(
			"{ \"network\": { \"classes\": [ \"background\", \"cell\", \"rim\" ] }," +
				" \"target\": { \"balanceClasses\": true } }");
		assertEquals(3, plan.network().classes());
		assertEquals(LabelKind.CLASSES, plan.target().kind());
		assertEquals(3, plan.target().classes());
		assertTrue(plan.target().weights().balanceClasses());
		assertEquals(plan.toJson(), TrainingPlan.fromJson(plan.toJson()).toJson());
	}

	@Test
	void whatIsMissingComesFromThePresetThatIsNamed() {
		assertEquals(Preset.AUTO.plan(), TrainingPlan.fromJson("{}"));
		assertEquals(Preset.FAST.plan(), TrainingPlan.fromJson(
			"{'preset': 'fast'}"));
		assertEquals(Preset.PAPER.plan(), TrainingPlan.fromJson(
			"{'preset': 'paper'}"));
		final TrainingPlan plan = TrainingPlan.fromJson(
			"{'preset': 'paper', 'epochs': 3, 'network': {'base': 32}, 'target': {'w0': 5}}");
		assertEquals(3, plan.length().epochs());
		assertArrayEquals(new int[] { 32, 64, 128, 256, 512 }, plan.network()
			.features());
		assertEquals(Padding.VALID, plan.network().padding());
		assertEquals(5, plan.target().weights().w0(), 0);
		assertEquals(5, plan.target().weights().sigma(), 0);
	}

	@Test
	void depthAloneChangesTheNumberOfLevels() {
		assertArrayEquals(new int[] { 8, 16, 32 }, TrainingPlan.fromJson(
			"{'network': {'depth': 2}}").network().features());
	}

	@Test
	void transformsThatAreNotListedAreNotMade() {
		final AugmentationConfig read = TrainingPlan.fromJson(
			"{'augmentation': {'flip': {'probability': 0.5}, 'rotate': {'range': 45}}}")
			.augmentation();
		assertEquals(0.5, read.probability(Transform.FLIP), 0);
		assertEquals(1, read.probability(Transform.ROTATE), 0);
		assertEquals(45, read.range(Transform.ROTATE), 0);
		assertEquals(0, read.probability(Transform.NOISE), 0);
	}

	@Test
	void unknownKeysAreRefusedByName() {
		assertRefused("{'learningrate': 0.1, 'batch': 2}", "'batch'",
			"'learningrate'", "learningRate");
		assertRefused("{'optimizer': {'momentum': 0.9}}", "'momentum'",
			"'optimizer'", "beta1");
		assertRefused("{'augmentation': {'flips': {}}}", "'flips'", "elasticGrid");
		assertRefused("{'network': {'bas': 3}}", "'bas'", "base");
	}

	@Test
	void valuesOfTheWrongKindAreRefusedByName() {
		assertRefused("{'batchSize': 2.5}", "batchSize", "2.5", "whole number");
		assertRefused("{'batchSize': 'many'}", "batchSize", "many");
		assertRefused("{'schedule': 'linear'}", "schedule", "cosine", "constant");
		assertRefused("{'network': {'batchNormalization': 1}}",
			"network.batchNormalization", "true or false");
		assertRefused("{'network': 3}", "network", "object");
		assertRefused("{'target': {'sigma': [1]}, 'seed': {}}", "seed");
		assertRefused("[]", "object");
		assertRefused("{'seed': ", "JSON");
		assertRefused("", "JSON");
	}

	@Test
	void valuesOutOfRangeAreRefusedWithTheRule() {
		assertRefused("{'preset': 'fast', 'patchSize': 250}", "250", "240", "256");
		assertRefused("{'preset': 'huge'}", "huge", "fast, paper or notebook");
		assertRefused("{'minutes': 5, 'epochs': 5}", "minutes", "epochs");
		assertRefused("{'minutes': 0}", "minutes");
		assertRefused("{'learningRate': -1}", "-1");
		assertRefused("{'network': {'base': 8, 'features': [8, 16]}}", "features",
			"base");
		assertRefused("{'target': {'kind': 'classes', 'classes': 4}}", "4",
			"classes");
		assertRefused("{'augmentation': {'joint': true, 'affine': {'range': 3}}}",
			"AFFINE", "ELASTIC_DENSE");
		assertRefused("{'target': {'spacing': [1, 1, 4]}}", "[1.0, 1.0, 4.0]",
			"2 axes");
	}

	@Test
	void patchSizeFollowsTheArchitectureOnRequest() {
		final PlanBuilder b = TrainingPlan.builder();
		b.network(b.network().toBuilder().padding(Padding.VALID).build());
		assertThrows(IllegalArgumentException.class, b::build);
		assertArrayEquals(new long[] { 268, 268 }, b.fitPatchSize().build()
			.patchSize(), "n = 16 b + 60");
	}

	@Test
	void differencesAreNamedByTheirKeys() {
		final TrainingPlan plan = Preset.FAST.plan();
		assertEquals(new TreeSet<>(), PlanJson.differences(plan, TrainingPlan
			.fromJson(plan.toJson())));
		final TrainingPlan other = plan.toBuilder().batchSize(5).length(
			TrainingLength.epochs(3)).network(plan.network().toBuilder().dropout(0.5)
				.build()).build();
		assertEquals(new TreeSet<>(Arrays.asList("batchSize", "epochs", "minutes",
			"network.dropout")), PlanJson.differences(plan, other));
		assertEquals(Collections.singleton("network.channels"), PlanJson
			.differences(plan, plan.toBuilder().network(plan.network().toBuilder()
				.channels(2).build()).build()));
	}

	@Test
	void theModelToStartFromIsKept() {
		assertFalse(Preset.FAST.plan().toJson().contains("startFrom"));
		final String sha = String.join("", Collections.nCopies(64, "a"));
		final TrainingPlan plan = TrainingPlan.builder().startFrom(
			new ModelReference("my \"cells\"", sha)).build();
		final TrainingPlan read = TrainingPlan.fromJson(plan.toJson());
		assertEquals(plan, read);
		assertEquals("my \"cells\"", read.startFrom().get().name());
		assertEquals(plan, plan.with("learningRate=0.1").with(
			"learningRate=0.003"));
		assertNotEquals(plan, plan.toBuilder().startFrom(null).build());
		final String message = assertThrows(IllegalArgumentException.class,
			() -> plan.with("startFrom.sha256=abc")).getMessage();
		assertTrue(message.contains("'abc'") && message.contains("64 digits"),
			message);
	}

	@Test
	void aPlanOverrulesWhatIsDoneToItsPreset() {
		final TrainingPlan plan = TrainingPlan.fromJson(
			"{ 'network': { 'base': 4 } }", preset -> preset.with(
				"network.depth=2, learningRate=0.5"));
		assertArrayEquals(new int[] { 4, 8, 16 }, plan.network().features());
		assertEquals(0.5, plan.learningRate());
	}
}
