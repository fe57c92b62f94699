
package sc.fiji.unet.worker;

import java.io.Serializable;

/**
 * What a worker is to do. Travels to it in serialised form, so it may capture
 * nothing but values.
 *
 * @param <R> result, serialisable
 */
interface Work<R> extends Serializable {

	/** @param networks those that live in the worker */
	R run(WorkerNetworks networks) throws Exception;
}
