
package sc.fiji.unet.data;

/** Elastic part of a {@link CoordinateMap}: moves points along x and y. */
interface Displacement {

	/** Number of axes along which points move: x and y, never z. */
	int COMPONENTS = 2;

	/** The displacement of a grid's lines. */
	interface Lines {

		/**
		 * @param position grid indices of the line along y[, z]; entry 0 is not
		 *          used
		 * @param coordinates patch coordinates [axis][index along x], to which the
		 *          displacement in pixels is added
		 */
		void addTo(int[] position, double[][] coordinates);
	}

	/**
	 * @param grid the points that will be asked for
	 * @return their displacement; not thread-safe
	 */
	Lines on(PatchGrid grid);
}
