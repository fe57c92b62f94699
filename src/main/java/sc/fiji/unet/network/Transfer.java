
package sc.fiji.unet.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the weights of one network are to another one of the same architecture,
 * whose input channels and classes may be others. Immutable.
 * <ul>
 * <li>Channels: as many ones keep their kernels, by name where both have the
 * same names, else in order. Otherwise every channel gets the same kernel, the
 * sum of the known ones over the new number of channels. So channels that are
 * all equal, such as those of a grey image saved as RGB, get the very answer
 * that they got before.</li>
 * <li>Classes: those of the same name keep their weights in the last layer, the
 * others start anew. All start anew where one network has a single foreground
 * probability and the other one exclusive classes.</li>
 * </ul>
 */
public final class Transfer {

	private final UNetConfig from;
	private final UNetConfig to;

	/**
	 * @param from network that the weights belong to
	 * @param to network that takes them over
	 * @throws IllegalArgumentException if they differ in more than channels,
	 *           classes and pixel size
	 */
	public Transfer(final UNetConfig from, final UNetConfig to) {
		this.from = from;
		this.to = to;
		if (!plain(from).equals(plain(to))) throw new IllegalArgumentException(
			"The weights of " + from + " do not fit " + to +
				"; networks may differ in channels and classes alone.");
	}

	private static UNetConfig plain(final UNetConfig network) {
		return network.toBuilder().axes(Axes.uncalibrated(network.dimensions()))
			.channels(1).classes(1).build();
	}

	/** @return network that the weights belong to */
	public UNetConfig from() {
		return from;
	}

	/** @return network that takes them over */
	public UNetConfig to() {
		return to;
	}

	/** @return whether every channel keeps a kernel of its own */
	public boolean keepsChannels() {
		return from.channels() == to.channels();
	}

	/**
	 * @return [channel before][channel now]: factors of the kernels in the first
	 *         convolution, whose sum each channel now gets
	 */
	public double[][] channels() {
		final double[][] factors = new double[from.channels()][to.channels()];
		if (!keepsChannels()) for (final double[] row : factors)
			Arrays.fill(row, 1.0 / to.channels());
		else for (int c = 0; c < to.channels(); c++)
			factors[source(c)][c] = 1;
		return factors;
	}

	/** @return number before of a channel of today */
	private int source(final int channel) {
		final boolean sameNames = new HashSet<>(from.channelNames()).size() == from
			.channels() && new HashSet<>(from.channelNames()).equals(new HashSet<>(to
				.channelNames()));
		return sameNames ? from.channelNames().indexOf(to.channelNames().get(
			channel)) : channel;
	}

	/**
	 * @return [class before][class now]: 1 where the weights in the last layer
	 *         are taken over, else 0
	 */
	public double[][] classes() {
		final double[][] taken = new double[from.classes()][to.classes()];
		for (int c = 0; c < to.classes(); c++)
			if (isKept(c)) taken[from.classNames().indexOf(to.classNames().get(
				c))][c] = 1;
		return taken;
	}

	private boolean isKept(final int index) {
		return from.isSoftmax() == to.isSoftmax() && from.classNames().contains(to
			.classNames().get(index));
	}

	/** @return names of the classes whose weights start anew, in order */
	public List<String> newClasses() {
		final List<String> names = new ArrayList<>();
		for (int c = 0; c < to.classes(); c++)
			if (!isKept(c)) names.add(to.classNames().get(c));
		return names;
	}

	/** @return names of the classes whose weights are taken over, in order */
	public List<String> keptClasses() {
		return to.classNames().stream().filter(name -> !newClasses().contains(name))
			.collect(Collectors.toList());
	}
}
