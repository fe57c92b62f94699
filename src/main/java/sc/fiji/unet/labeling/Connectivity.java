
package sc.fiji.unet.labeling;

/** Which pixels count as neighbours. */
public enum Connectivity {

		/** Pixels that share a face: 4 neighbours in 2-D, 6 in 3-D. */
		FACES,
		/** Pixels that share at least a corner: 8 neighbours in 2-D, 26 in 3-D. */
		FULL;

	/**
	 * @param neighbours number of neighbours of a pixel: 4 or 8 in 2-D, 6 or 26
	 *          in 3-D
	 * @param dimensions number of axes: 2 or 3
	 * @throws IllegalArgumentException if there is no such neighbourhood
	 */
	public static Connectivity of(final int neighbours, final int dimensions) {
		for (final Connectivity c : values())
			if ((dimensions == 2 || dimensions == 3) && c.neighbours(
				dimensions) == neighbours) return c;
		throw new IllegalArgumentException("Connectivity " + neighbours + " in " +
			dimensions + "-D does not exist; use 4 or 8 in 2-D, 6 or 26 in 3-D.");
	}

	/**
	 * @param dimensions number of axes
	 * @return number of neighbours of a pixel away from the border
	 */
	public int neighbours(final int dimensions) {
		return this == FACES ? 2 * dimensions : (int) Math.pow(3, dimensions) - 1;
	}
}
