
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import sc.fiji.unet.job.IsbiStack;
import sc.fiji.unet.job.SampleJob;

/** Writes the sample images. */
@Command(name = "sample", mixinStandardHelpOptions = true, //
	description = "Writes generated images with labels to try things on: touching cells, and membranes; or downloads the training stack of ISBI 2012.")
final class SampleCommand implements Callable<Integer> {

	@Option(names = "--output", required = true, paramLabel = "DIR",
		description = "Folder to write to.")
	private Path output;

	@Option(names = "--overwrite",
		description = "Replace generated images that exist.")
	private boolean overwrite;

	@Option(names = "--isbi",
		description = "Download the training stack of the ISBI 2012 challenge instead, to DIR/isbi2012; what is there is used.")
	private boolean isbi;

	@Option(names = "--accept-terms",
		description = "Accept the terms of ISBI 2012; without it they are shown.")
	private boolean accepted;

	@Override
	public Integer call() throws IOException {
		if (isbi) return fetch();
		SampleJob.write(output, overwrite);
		System.out.println("Wrote " + SampleJob.CELLS + " images of cells and " +
			SampleJob.MEMBRANES + " of membranes with their labels to " + output
				.toAbsolutePath());
		return 0;
	}

	private Integer fetch() throws IOException {
		final IsbiStack stack = new IsbiStack(output);
		final ConsoleProgress progress = ConsoleProgress.onStandardOutput();
		try (Interrupt interrupt = new Interrupt()) {
			progress.line(stack.fetch(accepted, interrupt::isRequested, (done,
				total) -> progress.update("kB", done >> 10, total >> 10, "")));
		}
		System.out.println("Images: " + stack.images());
		System.out.println("Labels: " + stack.labels());
		return 0;
	}
}
