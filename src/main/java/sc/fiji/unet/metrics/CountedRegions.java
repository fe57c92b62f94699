
package sc.fiji.unet.metrics;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;

import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;
import sc.fiji.unet.labeling.LabelPixels;
import sc.fiji.unet.labeling.NearestObjects;

/**
 * Objects of a result as they are compared with a mask. The regions of a mask
 * end where its pixels are ignored, for nobody knows whether they go on there.
 * Unless an object of the result is cut at the same places, it would be taken
 * for a merge of the regions on both sides.
 */
public final class CountedRegions {

	private CountedRegions() {}

	/**
	 * @param truth regions of a mask (x, y[, z]); 0 = background, -1 = ignored
	 * @param result instance labels of the same size
	 * @return the result; where pixels are ignored, it is cut into regions that
	 *         hang together over faces (4 neighbours in 2-D) outside of them.
	 *         Ignored pixels go to the nearest region if that is a part of the
	 *         same object, and else become background
	 * @throws IllegalArgumentException if the sizes differ
	 */
	public static ArrayImg<IntType, IntArray> of(
		final ArrayImg<IntType, IntArray> truth,
		final ArrayImg<IntType, IntArray> result)
	{
		final LabelPixels expected = LabelPixels.of(truth);
		final LabelPixels found = LabelPixels.of(result);
		expected.checkSameSize(found, "Truth and result");
		final int[] counted = found.values().clone();
		boolean ignored = false;
		for (int p = 0; p < counted.length; p++) {
			if (expected.values()[p] >= 0) continue;
			ignored = true;
			counted[p] = 0;
		}
		if (!ignored) return result;
		return found.imageOf(withIgnored(expected, found, found.imageOf(counted)));
	}

	private static int[] withIgnored(final LabelPixels truth,
		final LabelPixels result, final ArrayImg<IntType, IntArray> counted)
	{
		final ArrayImg<IntType, IntArray> regions = ConnectedComponents
			.ofEqualValues(counted, Connectivity.FACES);
		final int[] cut = LabelPixels.of(regions).values();
		final int[] nearest = NearestObjects.of(regions).nearest();
		final int[] objects = new int[result.count() + 1];
		for (int p = 0; p < cut.length; p++)
			objects[cut[p]] = result.values()[p];
		final int[] all = cut.clone();
		for (int p = 0; p < cut.length; p++)
			if (truth.values()[p] < 0 && nearest[p] > 0 &&
				objects[nearest[p]] == result.values()[p]) all[p] = nearest[p];
		return all;
	}
}
