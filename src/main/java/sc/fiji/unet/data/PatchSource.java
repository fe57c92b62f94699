
package sc.fiji.unet.data;

import sc.fiji.unet.network.Batch;

/**
 * Numbered patches, each of which depends on its number only. May be used by
 * several threads at once, each with a slot of its own.
 */
public interface PatchSource {

	/**
	 * Writes a patch with its targets and weights into a batch.
	 *
	 * @param k number of the patch, from 0
	 * @param batch from {@link #newBatch}
	 * @param slot index of the sample within the batch
	 */
	void fill(long k, Batch batch, int slot);

	/**
	 * @param samples number of patches in the batch
	 * @return an empty batch of the right size
	 */
	Batch newBatch(int samples);
}
