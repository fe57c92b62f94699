
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import net.imglib2.img.array.ArrayImgs;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.network.Readout;

class ObjectChoiceTest {

	private static final int EDGE = 24;

	/** Two squares beside each other, with a gap of two pixels between them. */
	private static int[] squares() {
		final int[] labels = new int[EDGE * EDGE];
		for (int y = 6; y < 16; y++)
			for (int x = 1; x < 23; x++)
				labels[y * EDGE + x] = x < 11 ? 1 : x > 12 ? 2 : 0;
		return labels;
	}

	private static Sample sample(final int[] labels) {
		return new Sample("a", ArrayImgs.floats(EDGE, EDGE, 1), ArrayImgs.ints(
			labels, EDGE, EDGE));
	}

	private static float[] probabilities(final float inside, final float gap,
		final float outside)
	{
		final int[] labels = squares();
		final float[] probabilities = new float[labels.length];
		for (int i = 0; i < labels.length; i++) {
			final int x = i % EDGE;
			final int y = i / EDGE;
			final boolean between = y >= 6 && y < 16 && (x == 11 || x == 12);
			probabilities[i] = labels[i] > 0 ? inside : between ? gap : outside;
		}
		return probabilities;
	}

	@Test
	void findsTheThresholdThatShiftedProbabilitiesNeed() {
		final ObjectChoice choice = new ObjectChoice(LabelKind.INSTANCES, Readout
			.ofClasses(1), Arrays.asList(0L, 10L, 50L)).add(sample(squares()),
				probabilities(0.38f, 0.1f, 0.25f));
		final Postprocessing found = choice.choose(Postprocessing.plain());
		assertEquals(0.3, found.threshold());
		assertTrue(choice.sentence().contains(
			"what hangs together from probability 0.3 on and parted at necks (PQ 1.000"),
			choice.sentence());
		assertEquals(0.5, found.neck(),
			"what the images held out do not show may touch in others");
	}

	@Test
	void takesSeedsWhereNoThresholdTellsObjectsApart() {
		// The rims are as weak as the gap, so a threshold loses one or the other.
		final int[] labels = squares();
		for (int i = 0; i < labels.length; i++) {
			final int x = i % EDGE;
			if (x == 11 && i / EDGE >= 6 && i / EDGE < 16) labels[i] = 1;
			if (x == 12 && i / EDGE >= 6 && i / EDGE < 16) labels[i] = 2;
		}
		final float[] probabilities = probabilities(0.97f, 0.55f, 0.05f);
		for (int y = 6; y < 16; y++)
			for (int x = 1; x < 23; x++)
				if (y < 9 || y > 12 || x < 4 || x > 19) probabilities[y * EDGE + x] =
					0.55f;
		final ObjectChoice choice = new ObjectChoice(LabelKind.INSTANCES, Readout
			.ofClasses(1), Arrays.asList(0L, 10L, 50L)).add(sample(labels),
				probabilities);
		final Postprocessing found = choice.choose(Postprocessing.plain());
		assertTrue(found.hasSeeds());
		assertTrue(choice.sentence().contains("grown from seeds") && choice
			.sentence().contains("PQ 1.000"), choice.sentence());
	}

	/** Two disks that touch, all equally probable: their shape alone tells. */
	@Test
	void partsInstancesAtNecksWhereProbabilitiesTellNothing() {
		final int[] labels = new int[EDGE * EDGE];
		final float[] probabilities = new float[labels.length];
		for (int i = 0; i < labels.length; i++) {
			final double y = i / EDGE - 12;
			final int x = i % EDGE;
			if (Math.hypot(x - 6, y) <= 5.2) labels[i] = 1;
			else if (Math.hypot(x - 16, y) <= 5.2) labels[i] = 2;
			probabilities[i] = labels[i] > 0 ? 0.97f : 0.03f;
		}
		final Postprocessing found = new ObjectChoice(LabelKind.INSTANCES, Readout
			.ofClasses(1), Arrays.asList(0L, 6L, 30L)).add(sample(labels),
				probabilities).choose(Postprocessing.plain());
		assertTrue(found.neck() > 0 && found.hasSeeds(), "" + found.neck());
		final ObjectChoice ofMask = new ObjectChoice(LabelKind.MASK, Readout
			.ofClasses(1), Arrays.asList(0L, 6L, 30L)).add(sample(labels),
				probabilities);
		assertEquals(0, ofMask.choose(Postprocessing.plain()).neck(),
			"what touches in a mask is one region");
	}

	/** One object more or less of two says little about thresholds. */
	@Test
	void aFewObjectsDoNotMoveThresholdsFarFromTheMiddle() {
		final float[] probabilities = probabilities(0.97f, 0.05f, 0.05f);
		// Of the left object a corner is weak: it is a little better at 0.2.
		for (int y = 6; y < 9; y++)
			for (int x = 1; x < 4; x++)
				probabilities[y * EDGE + x] = 0.22f;
		final ObjectChoice few = new ObjectChoice(LabelKind.INSTANCES, Readout
			.ofClasses(1), Arrays.asList(0L)).add(sample(squares()), probabilities);
		assertEquals(0.5, few.choose(Postprocessing.plain()).threshold());
		final ObjectChoice many = new ObjectChoice(LabelKind.INSTANCES, Readout
			.ofClasses(1), Arrays.asList(0L));
		for (int i = 0; i < 50; i++)
			many.add(sample(squares()), probabilities);
		assertEquals(0.2, many.choose(Postprocessing.plain()).threshold());
	}

	@Test
	void dropsObjectsThatAreTooSmallToBeTrue() {
		final float[] probabilities = probabilities(0.9f, 0.1f, 0.1f);
		for (final int speck : new int[] { 20 * EDGE + 3, 20 * EDGE + 9, 2 * EDGE +
			4 })
			probabilities[speck] = probabilities[speck + 1] = 0.9f;
		final ObjectChoice choice = new ObjectChoice(LabelKind.INSTANCES, Readout
			.ofClasses(1), Arrays.asList(0L, 10L, 50L, 200L)).add(sample(squares()),
				probabilities);
		assertEquals(50, choice.choose(Postprocessing.plain()).minimumSize(),
			"the largest that costs no object");
	}

	@Test
	void aMaskIsJudgedByPixelsAndByRegions() {
		final int[] mask = squares();
		for (int i = 0; i < mask.length; i++)
			mask[i] = Math.min(1, mask[i]);
		final ObjectChoice choice = new ObjectChoice(LabelKind.MASK, Readout
			.ofClasses(1), Arrays.asList(0L, 10L, 50L)).add(sample(mask),
				probabilities(0.75f, 0.62f, 0.05f));
		final Postprocessing found = choice.choose(Postprocessing.plain());
		assertEquals(0.7, found.threshold(), "the gap is background");
		assertTrue(choice.sentence().contains("IoU_Vrand 1.000"), choice
			.sentence());
	}

	@Test
	void withoutImagesNothingIsChosen() {
		final Postprocessing start = new Postprocessing(0.4, 7, 2);
		assertEquals(start, new ObjectChoice(LabelKind.MASK, Readout.ofClasses(1),
			Arrays.asList(0L)).choose(start));
	}
}
