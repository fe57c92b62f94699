
package sc.fiji.unet.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

import sc.fiji.unet.job.Failure;
import sc.fiji.unet.worker.Installation;

/** The program on the command line. Without arguments it runs the demo. */
@Command(name = "unet", mixinStandardHelpOptions = true,
	version = "U-Net for Fiji 0.1.0", //
	description = "Trains U-Nets on your own images and segments with them.", //
	subcommands = { TrainCommand.class, PlanCommand.class,
		CrossValidateCommand.class, PreviewCommand.class, RateTestCommand.class,
		SegmentCommand.class, CompareCommand.class, WeightMapCommand.class,
		EvaluateCommand.class, DemoCommand.class, SampleCommand.class,
		ExportCommand.class, ModelsCommand.class }, //
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
		if (!Interrupt.isEnding()) System.exit(code);
	}

	/** @return the exit code; does not end the Java machine */
	static int run(final String... args) {
		return run(commandLine(), args);
	}

	/** Its help tells where the documentation lies, which depends. */
	private static CommandLine commandLine() {
		final CommandLine line = new CommandLine(new UNet());
		Installation.documentation().ifPresent(folder -> {
			final UsageMessageSpec usage = line.getCommandSpec().usageMessage();
			final List<String> footer = new ArrayList<>(Arrays.asList(usage
				.footer()));
			footer.add("Documentation: " + folder.resolve("index.html"));
			usage.footer(footer.toArray(new String[0]));
		});
		return line;
	}

	static int run(final CommandLine line, final String... args) {
		line.setExecutionExceptionHandler(UNet::explain);
		line.setCaseInsensitiveEnumValuesAllowed(true);
		try {
			return line.execute(args.length == 0 ? new String[] { "demo" } : args);
		}
		catch (final OutOfMemoryError e) {
			line.getErr().println("Error: " + Failure.sentence(e));
			return FAILED;
		}
		finally {
			System.out.flush();
			System.err.flush();
			Interrupt.allIsSaid();
		}
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
		if (Failure.isBug(e)) throw e;
		line.getErr().println("Error: " + Failure.sentence(e));
		return e instanceof IllegalArgumentException ? WRONG_INPUT : FAILED;
	}
}
