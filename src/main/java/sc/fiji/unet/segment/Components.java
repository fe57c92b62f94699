
package sc.fiji.unet.segment;

import java.util.Arrays;

/**
 * The union-find forest of a scan: numbered parts, each of one class, that turn
 * out to belong together. A set's root is its part with the lowest number, the
 * one met first. Part 0 does not exist.
 */
final class Components {

	private int[] parent = new int[1024];
	private int[] classes = new int[1024];
	private long[] sizes = new long[1024];
	private int count;

	/**
	 * @return number of a new part without pixels
	 * @throws IllegalStateException if there are 2^31 parts already
	 */
	int add(final int classIndex) {
		if (count >= Integer.MAX_VALUE - 8) throw new IllegalStateException(
			"The image falls into more than 2^31 pieces; raise the threshold or segment parts of it.");
		count++;
		if (count == parent.length) grow();
		parent[count] = count;
		classes[count] = classIndex;
		return count;
	}

	private void grow() {
		final int length = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * count);
		parent = Arrays.copyOf(parent, length);
		classes = Arrays.copyOf(classes, length);
		sizes = Arrays.copyOf(sizes, length);
	}

	int classOf(final int part) {
		return classes[part];
	}

	void addPixel(final int part) {
		sizes[part]++;
	}

	void join(final int a, final int b) {
		final int rootA = root(a);
		final int rootB = root(b);
		if (rootA == rootB) return;
		parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
	}

	private int root(final int part) {
		int p = part;
		while (parent[p] != p) {
			parent[p] = parent[parent[p]];
			p = parent[p];
		}
		return p;
	}

	/**
	 * Numbers the sets that are large enough 1 to n in the order of their roots.
	 * To be called once; nothing can be joined after that.
	 *
	 * @param minimumSize smallest number of pixels
	 * @return for each part the number of its set, 0 if it is too small
	 */
	int[] number(final long minimumSize) {
		final int[] numbers = new int[count + 1];
		// Only now: parts go on to grow after they have been joined.
		for (int p = count; p >= 1; p--) {
			final int root = root(p);
			if (root != p) sizes[root] += sizes[p];
		}
		int n = 0;
		for (int p = 1; p <= count; p++) {
			final int root = root(p);
			if (root != p) numbers[p] = numbers[root];
			else if (sizes[p] >= minimumSize) numbers[p] = ++n;
		}
		return numbers;
	}
}
