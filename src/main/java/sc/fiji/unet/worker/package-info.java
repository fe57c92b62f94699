
/**
 * The engine in a process of its own, behind the same interfaces as in this
 * one. {@link sc.fiji.unet.worker.Engine} is the way in. Requests and replies
 * go through the pipes of Appose's protocol, tensors through shared memory.
 */

package sc.fiji.unet.worker;
