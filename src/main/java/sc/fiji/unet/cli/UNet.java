
package sc.fiji.unet.cli;

import java.io.IOException;
import java.util.concurrent.CancellationException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

import sc.fiji.unet.network.NetworkException;

/** The program on the command line. Without arguments it runs the demo. */
@Command(name = "unet", mixinStandardHelpOptions = true,
	version = "U-Net for Fiji 0.1.0", //
	description = "Trains U-Nets on your own images and segments with them.", //
	subcommands = { TrainCommand.class, SegmentCommand.class,
		WeightMapCommand.class, EvaluateCommand.class, DemoCommand.class,
		SampleCommand.class }, //
	footer = { "", "First steps:", //
		"  unet demo                                        trains on generated cells, two minutes", //
		"  unet train --images img --labels lab --model cells.zip --minutes 20", //
		"  unet segment --model cells.zip --output results new_images", "", //
		"'unet COMMAND --help' explains a command. Exit codes: 0 done, 1 failed, 2 wrong input, 130 stopped." })
public final class UNet {

	/** The job could not be done. */
	static final int FAILED = 1;
	/** What was asked for cannot be meant. */
	static final int WRONG_INPUT = 2;
	/** Ended by the user; as shells report an interrupt. */
	static final int CANCELLED = 130;

	private UNet() {}

	/** @param args see {@code --help} */
	public static void main(final String... args) {
		System.setProperty("java.awt.headless", "true");
		final int code = run(args);
		System.out.flush();
		System.exit(code);
	}

	/** @return the exit code; does not end the Java machine */
	static int run(final String... args) {
		final CommandLine line = new CommandLine(new UNet());
		line.setExecutionExceptionHandler(UNet::explain);
		line.setCaseInsensitiveEnumValuesAllowed(true);
		return line.execute(args.length == 0 ? new String[] { "demo" } : args);
	}

	/**
	 * Errors that a user can do something about are sentences; others keep their
	 * trace.
	 */
	private static int explain(final Exception e, final CommandLine line,
		final ParseResult parsed) throws Exception
	{
		if (e instanceof CancellationException) {
			line.getErr().println("Cancelled.");
			return CANCELLED;
		}
		final boolean input = e instanceof IllegalArgumentException;
		if (!input && !(e instanceof IOException) &&
			!(e instanceof NetworkException)) throw e;
		line.getErr().println("Error: " + e.getMessage());
		return input ? WRONG_INPUT : FAILED;
	}
}
