
package sc.fiji.unet.network;

import java.nio.FloatBuffer;
import java.util.function.BooleanSupplier;

/**
 * A network whose probabilities are calibrated, so that whoever asks it need
 * not know. As thread-safe as the network, which it closes with itself.
 */
public final class CalibratedNetwork implements Network {

	private final Network network;
	private final Calibration calibration;

	private CalibratedNetwork(final Network network,
		final Calibration calibration)
	{
		this.network = network;
		this.calibration = calibration;
	}

	/**
	 * @param network that answers as it was trained to
	 * @param calibration for its output classes
	 * @return the network with calibrated probabilities; itself where these are
	 *         the same
	 * @throws IllegalArgumentException if the calibration is for another number
	 *           of classes
	 */
	public static Network of(final Network network,
		final Calibration calibration)
	{
		calibration.checkClasses(network.config().classes());
		return calibration.isIdentity() ? network : new CalibratedNetwork(network,
			calibration);
	}

	@Override
	public UNetConfig config() {
		return network.config();
	}

	@Override
	public String device() {
		return network.device();
	}

	@Override
	public void predict(final int samples, final long[] inputSize,
		final FloatBuffer input, final FloatBuffer probabilities)
	{
		network.predict(samples, inputSize, input, probabilities);
		long values = (long) samples * config().classes();
		for (final long size : new UNetShape(config()).output(inputSize))
			values *= size;
		final FloatBuffer answer = probabilities.duplicate();
		answer.limit((int) values);
		calibration.apply(answer, config().classes());
	}

	@Override
	public void cancelWhen(final BooleanSupplier cancelled) {
		network.cancelWhen(cancelled);
	}

	@Override
	public void close() {
		network.close();
	}
}
