
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import sc.fiji.unet.job.SampleJob;

/** Writes the sample images. */
@Command(name = "sample", mixinStandardHelpOptions = true, //
	description = "Writes generated images with labels to try things on: touching cells, and membranes.")
final class SampleCommand implements Callable<Integer> {

	@Option(names = "--output", required = true, paramLabel = "DIR",
		description = "Folder to write to.")
	private Path output;

	@Option(names = "--overwrite", description = "Replace files that exist.")
	private boolean overwrite;

	@Override
	public Integer call() throws IOException {
		SampleJob.write(output, overwrite);
		System.out.println("Wrote " + SampleJob.CELLS + " images of cells and " +
			SampleJob.MEMBRANES + " of membranes with their labels to " + output
				.toAbsolutePath());
		return 0;
	}
}
