
package sc.fiji.unet.cli;

/** The command line for tests in other rooms, in this very process. */
public final class CommandLineRun {

	private CommandLineRun() {}

	/** @return the exit code */
	public static int run(final String... args) {
		return UNet.run(args);
	}
}
