
package sc.fiji.unet.segment;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

import net.imglib2.FinalInterval;
import net.imglib2.Localizable;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.position.FunctionRandomAccessible;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * An image as a network wants it, smaller or larger: a view whose pixels are
 * computed when they are read, so that it takes no memory.
 */
public final class ScaledImage {

	private ScaledImage() {}

	/**
	 * @param image grey values (x, y[, z], c), from coordinate 0 in the plane
	 * @return grey values (x, y[, z], c), scaled in the plane; the image itself
	 *         if the scale is {@link Scale#NONE}
	 * @throws IllegalArgumentException if the image does not start at 0
	 */
	public static RandomAccessibleInterval<? extends RealType<?>> of(
		final RandomAccessibleInterval<? extends RealType<?>> image,
		final Scale scale)
	{
		if (scale.isNone()) return image;
		if (image.min(0) != 0 || image.min(1) != 0)
			throw new IllegalArgumentException("An image from " + Arrays.toString(
				image.minAsLongArray()) + " on cannot be scaled; it must start at 0.");
		final AxisWeights x = new AxisWeights(image.dimension(0), scale, 0);
		final AxisWeights y = new AxisWeights(image.dimension(1), scale, 1);
		final long[] min = image.minAsLongArray();
		final long[] max = image.maxAsLongArray();
		max[0] = x.length() - 1;
		max[1] = y.length() - 1;
		return Views.interval(new FunctionRandomAccessible<>(image.numDimensions(),
			() -> new Pixel(image.randomAccess(), x, y)::compute, FloatType::new),
			new FinalInterval(min, max));
	}

	/**
	 * @param images grey values (x, y[, z], c) each
	 * @return each of them scaled when it is asked for, as {@link #of}
	 */
	public static List<RandomAccessibleInterval<? extends RealType<?>>> ofAll(
		final List<? extends RandomAccessibleInterval<? extends RealType<?>>> images,
		final Scale scale)
	{
		return new AbstractList<RandomAccessibleInterval<? extends RealType<?>>>() {

			@Override
			public RandomAccessibleInterval<? extends RealType<?>> get(final int i) {
				return of(images.get(i), scale);
			}

			@Override
			public int size() {
				return images.size();
			}
		};
	}

	/** Computes pixels one by one; not thread-safe. */
	private static final class Pixel {

		private final RandomAccess<? extends RealType<?>> source;
		private final AxisWeights x;
		private final AxisWeights y;

		Pixel(final RandomAccess<? extends RealType<?>> source, final AxisWeights x,
			final AxisWeights y)
		{
			this.source = source;
			this.x = x;
			this.y = y;
		}

		void compute(final Localizable position, final FloatType value) {
			final int column = position.getIntPosition(0);
			final int row = position.getIntPosition(1);
			final float[] across = x.weights(column);
			final float[] down = y.weights(row);
			source.setPosition(position);
			source.setPosition(y.first(row), 1);
			double sum = 0;
			for (final float weight : down) {
				source.setPosition(x.first(column), 0);
				double line = 0;
				for (final float share : across) {
					line += share * source.get().getRealFloat();
					source.fwd(0);
				}
				sum += weight * line;
				source.fwd(1);
			}
			value.set((float) sum);
		}
	}
}
