
package sc.fiji.unet.data;

/**
 * Mirror extension of an image: outside, coordinates run back inside, the
 * border pixel not being repeated (2 1 | 0 1 2 | 1 0). Works at any distance.
 */
public final class Mirror {

	private Mirror() {}

	/**
	 * @param coordinate any coordinate
	 * @param size size of the image along the axis
	 * @return the coordinate inside
	 */
	public static int index(final long coordinate, final long size) {
		if (size == 1) return 0;
		final long period = 2 * size - 2;
		final long i = Math.floorMod(coordinate, period);
		return (int) (i < size ? i : period - i);
	}

	/**
	 * @return the coordinates inside of {@code count} neighbouring ones
	 */
	public static int[] indices(final long first, final int count,
		final long size)
	{
		final int[] indices = new int[count];
		for (int i = 0; i < count; i++)
			indices[i] = index(first + i, size);
		return indices;
	}
}
