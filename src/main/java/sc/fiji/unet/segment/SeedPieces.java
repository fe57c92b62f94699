
package sc.fiji.unet.segment;

import java.util.HashMap;
import java.util.Map;

/**
 * Seeds cut along the parts of the foreground. A seed becomes as many objects
 * as there are parts of which it holds more than any other seed does: what of
 * it sticks out into a part of another seed is no object. Not thread-safe.
 */
final class SeedPieces {

	private final int[] seeds;
	private final int[] parts;
	/** Pixels of each piece. */
	private final Map<Long, Integer> sizes = new HashMap<>();
	/** Part to the largest piece in it. */
	private final Map<Integer, Long> largestOfPart = new HashMap<>();
	/** Seed to its largest piece. */
	private final Map<Integer, Long> largestOfSeed = new HashMap<>();

	/**
	 * @param seeds number of each pixel's seed; 0 = none
	 * @param parts number of each pixel's part
	 */
	SeedPieces(final int[] seeds, final int[] parts) {
		this.seeds = seeds;
		this.parts = parts;
		for (int i = 0; i < seeds.length; i++)
			if (seeds[i] != 0) sizes.merge(piece(i), 1, Integer::sum);
		sizes.keySet().stream().sorted().forEach(piece -> {
			largestOfPart.merge(piece.intValue(), piece, this::larger);
			largestOfSeed.merge((int) (piece >> 32), piece, this::larger);
		});
	}

	private long piece(final int pixel) {
		return (long) seeds[pixel] << 32 | parts[pixel];
	}

	/** The first one of two that are equally large. */
	private long larger(final long a, final long b) {
		return sizes.get(b) > sizes.get(a) ? b : a;
	}

	/** @return number of the object of each pixel, from 1 on; 0 = none */
	int[] objects() {
		final Map<Long, Integer> numbers = new HashMap<>();
		final int[] objects = new int[seeds.length];
		for (int i = 0; i < seeds.length; i++) {
			if (seeds[i] == 0) continue;
			final boolean own = largestOfPart.get(parts[i]) == piece(i);
			final long piece = own ? piece(i) : largestOfSeed.get(seeds[i]);
			Integer number = numbers.get(piece);
			if (number == null) {
				number = numbers.size() + 1;
				numbers.put(piece, number);
			}
			objects[i] = number;
		}
		return objects;
	}
}
