/**
 * What a U-Net is: its configuration and size arithmetic, and the interfaces
 * through which the rest of the program predicts and trains without knowing the
 * engine behind them.
 * <p>
 * Two conventions hold everywhere. <b>Sizes</b> are arrays over the spatial
 * axes in ImgLib2's order (x, y[, z]). <b>Buffers</b> lie in memory with the
 * channel fastest, then x, y[, z], then the sample of the batch: ImgLib2's [C,
 * X, Y, N], which is what engines call NHWC.
 * </p>
 */

package sc.fiji.unet.network;
