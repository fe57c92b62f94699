/**
 * The commands of the Plugins &gt; U-Net menu: their parameters, checks and
 * progress, nothing else. They are SciJava commands, which Fiji runs by itself;
 * {@link sc.fiji.unet.command.PlainImageJ} runs the same commands in plain
 * ImageJ 1.x, which knows no SciJava.
 */

package sc.fiji.unet.command;
