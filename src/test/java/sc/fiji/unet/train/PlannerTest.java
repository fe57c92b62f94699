
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.data.AugmentationConfig;
import sc.fiji.unet.data.DataFacts;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.TargetConfig;
import sc.fiji.unet.data.Transform;
import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.network.UNetShape;

/** What is derived from which facts. */
class PlannerTest {

	private static final long GIGABYTE = 1_000_000_000L;
	private static final Machine LAPTOP = Machine.cpu(2, 16 * GIGABYTE);
	private static final TrainingPlan FAST = Preset.FAST.plan();
	private static final TrainingPlan AUTO = Preset.AUTO.plan();

	/** Images of 512 pixels with objects of a size, 10 pixels apart. */
	private static DataFacts objects(final double diameter) {
		return DataFacts.builder().images(10, 512, 512).objects(50, diameter,
			diameter).gaps(0, 10, 3).build();
	}

	private static Planner.Result derive(final TrainingPlan plan,
		final DataFacts facts)
	{
		return Planner.complete(plan, facts, LAPTOP);
	}

	private static void assertSays(final Planner.Result result,
		final String part)
	{
		assertTrue(result.sentences().stream().anyMatch(s -> s.contains(part)),
			"'" + part + "' in\n" + String.join("\n", result.sentences()));
	}

	@Test
	void aPlanWithNothingOpenStaysAsItIs() {
		final Planner.Result result = derive(FAST, objects(300));
		assertSame(FAST, result.plan());
		assertEquals(Collections.emptyList(), result.sentences());
	}

	@Test
	void whatIsDerivedIsAllThatDiffersFromFast() {
		assertEquals(FAST, AUTO.toBuilder().auto(Collections.emptySet()).build());
		final TrainingPlan plan = derive(AUTO, objects(80)).plan();
		assertEquals(Collections.emptySet(), plan.auto());
		assertEquals(plan, derive(AUTO, objects(80)).plan(), "every time the same");
		assertEquals(plan, TrainingPlan.fromJson(plan.toJson()),
			"nothing is open after reading");
	}

	@Test
	void theNetworkSeesAsFarAsLargeObjectsReach() {
		int before = 0;
		for (final double diameter : new double[] { 10, 40, 60, 90, 120, 180 }) {
			final TrainingPlan plan = derive(AUTO, objects(diameter)).plan();
			final int reach = new UNetShape(plan.network()).reach(0);
			assertTrue(reach >= diameter, diameter + " px need " + reach);
			assertTrue(plan.network().depth() >= Math.max(3, before), diameter + "");
			before = plan.network().depth();
		}
		assertEquals(5, before);
		assertEquals(5, derive(AUTO, objects(1000)).plan().network().depth(),
			"and no deeper");
		assertSays(derive(AUTO, objects(60)),
			"nine of ten up to 60, so the network pools 4 times and sees 94 pixels");
	}

	@Test
	void patchesHoldTwoLargeObjectsAtAConstantNumberOfPixels() {
		final TrainingPlan plan = derive(AUTO, objects(170)).plan();
		assertArrayEquals(new long[] { 352, 352 }, plan.patchSize(),
			"340 rounded up to 32");
		assertEquals(2, plan.batchSize(), "4 x 256 x 256 over 352 x 352");
		assertArrayEquals(new long[] { 512, 512 }, derive(AUTO, objects(400)).plan()
			.patchSize(), "twice the usual at most");
		assertArrayEquals(FAST.patchSize(), derive(AUTO, objects(20)).plan()
			.patchSize());
		assertEquals(FAST.batchSize(), derive(AUTO, objects(20)).plan()
			.batchSize());
	}

	@Test
	void patchesAreNoLargerThanImages() {
		for (final long[] size : new long[][] { { 100, 300 }, { 64, 64 }, { 44,
			44 }, { 20, 500 }, { 9, 8 } })
		{
			final TrainingPlan plan = derive(AUTO, DataFacts.builder().images(5, size)
				.objects(9, 30, 40).build()).plan();
			final long[] patch = plan.patchSize();
			for (int d = 0; d < 2; d++) {
				assertTrue(patch[d] <= size[d], Arrays.toString(size) + ": " + Arrays
					.toString(patch));
				assertTrue(2 * patch[d] > Math.min(size[d], 256), "not too small: " +
					Arrays.toString(patch));
				assertTrue(patch[d] >> plan.network().depth() >= Math.min(4, patch[d] /
					2), "the bottom is not empty: " + plan.network());
			}
		}
		final Planner.Result tiny = derive(AUTO, DataFacts.builder().images(5, 20,
			500).objects(9, 30, 40).build());
		assertEquals(2, tiny.plan().network().depth());
		assertSays(tiny, "pools twice");
		assertSays(tiny, "20 pixels allow for no more");
		assertSays(tiny, "half of the images are no larger than 20 x 500");
		assertEquals(64, derive(AUTO, DataFacts.builder().images(5, 32, 32).build())
			.plan().batchSize(), "and no more in a batch");
	}

	@Test
	void moreComputingTimeMakesTheNetworkWider() {
		final int usual = FAST.network().features()[0];
		assertEquals(usual, base(LAPTOP, 20));
		assertEquals(usual, base(LAPTOP, 5));
		assertEquals(usual, base(LAPTOP, 79));
		assertEquals(2 * usual, base(LAPTOP, 80), "four times as long");
		assertEquals(2 * usual, base(Machine.cpu(8, 0), 20));
		assertEquals(4 * usual, base(Machine.cpu(8, 0), 80));
		assertEquals(32, base(Machine.cpu(64, 0), 6000), "and no wider");
		assertEquals(32, base(Machine.gpu(4, 0), 5));
		final TrainingPlan epochs = AUTO.toBuilder().length(TrainingLength.epochs(
			1000)).build();
		assertEquals(usual, Planner.complete(epochs, objects(60), Machine.cpu(64,
			0)).plan().network().features()[0], "no time to go by");
	}

	private static int base(final Machine machine, final double minutes) {
		return Planner.complete(AUTO.toBuilder().length(TrainingLength.minutes(
			minutes)).build(), objects(60), machine).plan().network().features()[0];
	}

	@Test
	void aBatchThatDoesNotFitIsComputedInParts() {
		final TrainingPlan wide = AUTO.with("network.base=64");
		final Planner.Result result = Planner.complete(wide, objects(60), Machine
			.cpu(2, 4 * GIGABYTE));
		assertTrue(result.plan().batchSize() < FAST.batchSize(), result.plan()
			.toJson());
		assertEquals(FAST.batchSize(), result.plan().batchSize() * result.plan()
			.accumulation(), "an update learns from as many");
		assertSays(result, "one after the other");
		final Planner.Result never = Planner.complete(wide, objects(60), Machine
			.cpu(2, GIGABYTE));
		assertEquals(1, never.plan().batchSize());
		assertSays(never, "Warning");
		final Planner.Result given = Planner.complete(wide.with("batchSize=4"),
			objects(60), Machine.cpu(2, GIGABYTE));
		assertEquals(4, given.plan().batchSize(), "as was asked for");
		assertSays(given, "Warning");
		assertEquals(FAST.batchSize(), Planner.complete(wide, objects(60), Machine
			.cpu(2, 0)).plan().batchSize(), "unknown memory is no reason");
	}

	/** Peaks of three trainings: {base, depth, patch, batch, measured GB}. */
	@Test
	void memoryIsEstimatedAboutRight() {
		for (final double[] m : new double[][] { { 8, 4, 256, 4, 1.61 }, { 32, 4,
			256, 4, 1.95 }, { 16, 5, 512, 2, 2.06 } })
		{
			final double estimate = MemoryNeed.bytes(UNetConfig.builder()
				.baseAndDepth((int) m[0], (int) m[1]).build(), new long[] { (long) m[2],
					(long) m[2] }, (int) m[3]) / GIGABYTE;
			assertEquals(1, estimate / m[4], 0.25, estimate + " of " + m[4] + " GB");
		}
	}

	@Test
	void theBorderTermFitsTheObjects() {
		final TrainingPlan without = AUTO.with("target.border=0");
		final DataFacts small = objects(10);
		assertEquals(2.5, derive(without, small).plan().target().weights().sigma());
		assertEquals(FAST.target().weights().sigma(), derive(without, objects(60))
			.plan().target().weights().sigma());
		assertEquals(FAST.target().weights().w0(), derive(without, objects(60))
			.plan().target().weights().w0());
		final DataFacts alone = DataFacts.builder().objects(5, 60, 80).gaps(0, 40,
			16).build();
		final Planner.Result result = derive(without, alone);
		assertEquals(0, result.plan().target().weights().w0(), "16 > 3 sigma");
		assertEquals(FAST.target().maskW0(), result.plan().target().maskW0());
		assertSays(result, "no need for a border weight");
		final TargetConfig withClass = derive(AUTO, small).plan().target();
		assertEquals(FAST.target().border(), withClass.border());
		assertEquals(2.5, withClass.weights().sigma(), "in case weights are tried");
		assertSays(derive(AUTO, small), "is a class of its own");
		assertEquals(0, derive(masks(), DataFacts.builder().kind(LabelKind.MASK)
			.objects(1, 60, 80).build()).plan().target().maskW0(), "nothing beside");
	}

	private static TrainingPlan masks() {
		return AUTO.toBuilder().target(new TargetConfig(LabelKind.MASK, 2, FAST
			.target().weights()).withMaskW0(2)).auto(AutoSetting.all()).build();
	}

	@Test
	void rareClassesWeighMoreAndRareObjectsOnlyAsALastResort() {
		final TrainingPlan classes = AUTO.with(
			"network.classes=[\"a\", \"b\", \"c\"], target.kind=\"classes\", target.classes=3")
			.toBuilder().auto(AutoSetting.all()).build();
		assertTrue(isBalanced(classes, LabelKind.CLASSES, 0.56, 0.4, 0.04));
		assertFalse(isBalanced(classes, LabelKind.CLASSES, 0.54, 0.4, 0.06));
		assertFalse(isBalanced(classes, LabelKind.CLASSES, 0.6, 0.4, 0),
			"what is never seen has no weight");
		assertFalse(isBalanced(AUTO, LabelKind.INSTANCES, 0.96, 0.04));
		assertTrue(isBalanced(AUTO, LabelKind.INSTANCES, 0.996, 0.004));
		assertTrue(isBalanced(AUTO.with("target.balanceClasses=true"),
			LabelKind.INSTANCES, 0.5, 0.5), "as was asked for");
	}

	private static boolean isBalanced(final TrainingPlan plan,
		final LabelKind kind, final double... shares)
	{
		return derive(plan, DataFacts.builder().kind(kind).classShares(shares)
			.build()).plan().target().weights().balanceClasses();
	}

	@Test
	void fewBrightPixelsAreNotCutOff() {
		final DataFacts few = DataFacts.builder().classShares(0.997, 0.003).build();
		assertEquals(100, derive(AUTO, few).plan().preprocessing()
			.highPercentile());
		assertSays(derive(AUTO, few), "brightest pixel becomes 1");
		assertEquals(FAST.preprocessing(), derive(AUTO, objects(60)).plan()
			.preprocessing());
		assertEquals("min_max", derive(AUTO.with(
			"preprocessing.normalization=min_max"), few).plan().settings().get(
				"preprocessing.normalization").replace("\"", ""));
	}

	@Test
	void fewObjectsAreDistortedAlwaysAndManySeldom() {
		final Planner.Result few = derive(AUTO, objects(60));
		assertEquals(FAST.augmentation(), few.plan().augmentation());
		assertSays(few, "50 objects to learn from, which is few");
		final DataFacts crowd = DataFacts.builder().objects(1000, 60, 60).build();
		final AugmentationConfig many = derive(AUTO, crowd).plan().augmentation();
		for (final Transform transform : Transform.values()) {
			final boolean distorts = transform == Transform.ROTATE ||
				transform == Transform.SCALE || transform == Transform.ELASTIC_GRID;
			assertEquals(distorts ? 0.3 : FAST.augmentation().probability(transform),
				many.probability(transform), transform.name());
			assertEquals(FAST.augmentation().range(transform), many.range(transform),
				transform.name());
		}
		assertSays(derive(AUTO, crowd), "and three in ten deformed");
		final TrainingPlan given = AUTO.with("augmentation.noise.range=0.1");
		assertFalse(given.auto().contains(AutoSetting.AUGMENTATION));
		assertEquals(given.augmentation(), derive(given, crowd).plan()
			.augmentation());
	}

	@Test
	void rareBackgroundIsNoReasonToBalance() {
		for (final LabelKind kind : new LabelKind[] { LabelKind.INSTANCES,
			LabelKind.MASK })
			assertFalse(derive(AUTO, DataFacts.builder().kind(kind).classShares(0.002,
				0.998).objects(50, 30, 40).build()).plan().target().weights()
				.balanceClasses(), kind.name());
	}

	@Test
	void aHeightWithoutEffectIsSaid() {
		assertSays(derive(AUTO.with("target.w0=5"), objects(60)),
			"target.w0 is without effect while target.border is above 0");
		assertFalse(derive(AUTO.with("target.w0=5, target.border=0"), objects(60))
			.sentences().toString().contains("without effect"));
	}

	@Test
	void whatIsGivenWinsAndIsNamed() {
		final TrainingPlan given = AUTO.with(
			"network.base=4, patchSize=64, target.sigma=7, batchSize=3");
		assertEquals(EnumSet.of(AutoSetting.DEPTH, AutoSetting.ACCUMULATION,
			AutoSetting.HIGH_PERCENTILE, AutoSetting.W0, AutoSetting.MASK_W0,
			AutoSetting.BALANCE, AutoSetting.AUGMENTATION, AutoSetting.BORDER), given
				.auto());
		final Planner.Result result = derive(given, objects(170));
		final TrainingPlan plan = result.plan();
		assertEquals(4, plan.network().features()[0]);
		assertArrayEquals(new long[] { 64, 64 }, plan.patchSize());
		assertEquals(7, plan.target().weights().sigma());
		assertEquals(3, plan.batchSize());
		assertEquals(4, plan.network().depth(), "what is open is derived");
		assertSays(result, "as 64 pixels allow for no more");
		assertSays(result,
			"Given, and so not derived: network.base 4, patchSize 64 x 64, batchSize 3, target.sigma 7");
		assertEquals(4, derive(AUTO.with("patchSize=240"), objects(170)).plan()
			.network().depth(), "240 can be halved four times");
		assertTrue(assertThrows(IllegalArgumentException.class, () -> derive(AUTO
			.with("patchSize=250"), objects(170))).getMessage().contains(
				"use 248 or 256"));
	}

	@Test
	void everyFormOfGivingASettingCounts() {
		for (final String json : new String[] { "{'patchSize': 128}",
			"{'preset': 'auto', 'patchSize': [128]}" })
			assertFalse(TrainingPlan.fromJson(json).auto().contains(
				AutoSetting.PATCH_SIZE), json);
		assertEquals(AutoSetting.all(), TrainingPlan.fromJson("{}").auto());
		assertEquals(Collections.emptySet(), TrainingPlan.fromJson(
			"{'preset': 'fast'}").auto());
		assertEquals(EnumSet.of(AutoSetting.SIGMA), TrainingPlan.fromJson(
			"{'preset': 'paper', 'auto': ['target.sigma']}").auto());
		assertEquals(Collections.emptySet(), AUTO.with("auto=[]").auto());
		final TrainingPlan features = AUTO.with("network.features=[4, 8]");
		assertFalse(features.auto().contains(AutoSetting.BASE));
		assertFalse(features.auto().contains(AutoSetting.DEPTH));
		assertFalse(AUTO.toBuilder().network(FAST.network()).build().auto()
			.contains(AutoSetting.DEPTH));
		final String message = assertThrows(IllegalArgumentException.class,
			() -> TrainingPlan.fromJson("{'auto': ['learningRate']}")).getMessage();
		assertTrue(message.contains("learningRate") && message.contains(
			"target.sigma"), message);
	}

	@Test
	void withPaddingValidTheMarginComesOnTop() {
		final TrainingPlan valid = AUTO.with("network.padding=valid");
		assertEquals(Padding.VALID, valid.network().padding());
		final TrainingPlan plan = derive(valid, DataFacts.builder().images(3, 100,
			512).objects(9, 20, 30).build()).plan();
		final long[] answered = plan.patch().output();
		assertTrue(answered[0] <= 100 && answered[0] > 80, Arrays.toString(
			answered));
	}

	@Test
	void whatWasDerivedBeforeCountsWhereATrainingGoesOn() {
		final TrainingPlan stored = Planner.complete(AUTO, objects(120), Machine
			.cpu(16, 0)).plan();
		assertFalse(stored.equals(derive(AUTO, objects(120)).plan()),
			"another machine derives something else");
		assertEquals(stored, AUTO.completedFrom(stored));
		assertTrue(stored.target().hasBorderClass());
		assertEquals(stored, stored.completedFrom(FAST), "nothing is open");
		final List<String> keys = Arrays.asList("network.features", "target.sigma");
		assertEquals(keys.toString(), PlanJson.differences(stored, AUTO.with(
			"network.base=4, target.sigma=9").completedFrom(stored)).toString(),
			"what is given is compared");
	}
}
