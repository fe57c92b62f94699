
package sc.fiji.unet.train;

/** What a training may use of a machine. Immutable. */
public final class Machine {

	private final int cores;
	private final long memory;
	private final boolean gpu;

	private Machine(final int cores, final long memory, final boolean gpu) {
		if (cores < 1) throw new IllegalArgumentException("Cores " + cores +
			" must be 1 or more.");
		this.cores = cores;
		this.memory = memory;
		this.gpu = gpu;
	}

	/**
	 * @param cores processor cores to compute with, 1 or more
	 * @param memory bytes of memory in all; 0 if unknown
	 */
	public static Machine cpu(final int cores, final long memory) {
		return new Machine(cores, memory, false);
	}

	/**
	 * @param cores processor cores that make patches, 1 or more
	 * @param memory bytes of the GPU's memory; 0 if unknown
	 */
	public static Machine gpu(final int cores, final long memory) {
		return new Machine(cores, memory, true);
	}

	/** @return number of processor cores */
	public int cores() {
		return cores;
	}

	/** @return bytes of memory where networks live; 0 if unknown */
	public long memory() {
		return memory;
	}

	/** @return whether a GPU computes */
	public boolean isGpu() {
		return gpu;
	}

	@Override
	public String toString() {
		return gpu ? "a GPU" : cores == 1 ? "one processor core" : cores +
			" processor cores";
	}
}
