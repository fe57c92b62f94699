/**
 * The jobs as users know them: train, segment, weight map, evaluate, sample.
 * One class a job; the command line and the ImageJ commands both run these and
 * add nothing but their faces. Files are opened and saved here, engines come in
 * as a {@link sc.fiji.unet.network.NetworkFactory}.
 */

package sc.fiji.unet.job;
