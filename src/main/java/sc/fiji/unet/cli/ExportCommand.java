
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import sc.fiji.unet.model.InstalledModels;
import sc.fiji.unet.model.ModelCard;
import sc.fiji.unet.model.ModelPackage;

/** Makes a model smaller, to be passed on. */
@Command(name = "export", mixinStandardHelpOptions = true, sortOptions = false, //
	description = { "Writes a model without its training state, to be passed on.",
		"",
		"It segments as before, other models can be trained from it, and the same training can be made again; only",
		"the optimiser's memory is left out. The options change what the model says about itself." }, //
	footer = { "", "Example:",
		"  unet export --model cells.zip --output cells-small.zip --author \"Jane Doe\" --licence CC-BY-4.0" })
final class ExportCommand implements Callable<Integer> {

	@Option(names = "--model", required = true, paramLabel = "M.zip",
		description = "Model that a training has written, or the name of an installed one.")
	private Path model;

	@Option(names = "--output", required = true, paramLabel = "OUT.zip",
		description = "Model to write.")
	private Path output;

	@Mixin
	private CardOptions card;

	@Option(names = "--overwrite",
		description = "Replace the output if it exists.")
	private boolean overwrite;

	@Override
	public Integer call() throws IOException {
		final ModelCard written = card.value();
		if (!output.getFileName().toString().endsWith(".zip"))
			throw new IllegalArgumentException("Model '" + output +
				"' must have a name that ends in .zip.");
		Outputs.checkWithFolders(Collections.singletonList(output), overwrite);
		try (ModelPackage pack = ModelPackage.open(InstalledModels.here().findNamed(
			model.toFile()).path()))
		{
			pack.writeForDistribution(output, written, overwrite);
		}
		System.out.println(String.format(Locale.ROOT, "%s: %.1f MB", output
			.toAbsolutePath(), Files.size(output) / 1e6));
		return 0;
	}
}
