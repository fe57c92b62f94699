/**
 * The command line. Each class is a subcommand: its options, the job that it
 * runs, and how progress and results look in a terminal.
 */

package sc.fiji.unet.cli;
