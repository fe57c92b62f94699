
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import sc.fiji.unet.job.Failure;
import sc.fiji.unet.model.CardText;
import sc.fiji.unet.model.InstalledModel;
import sc.fiji.unet.model.InstalledModels;
import sc.fiji.unet.model.ModelFile;

/** Lists the installed models, and installs others. */
@Command(name = "models", mixinStandardHelpOptions = true, sortOptions = false, //
	description = {
		"Lists the models that --model and --from take by their name, or installs one more.",
		"",
		"Models lie in the folder .unet/models of the home folder, in models/unet of the Fiji or ImageJ that this program",
		"is installed in, and in the folders that the environment variable UNET_MODELS names. Of two models of one name",
		"the first counts; the other one has its path." }, //
	footer = { "", "Examples:", "  unet models",
		"  unet models --install cells.zip" })
final class ModelsCommand implements Callable<Integer> {

	@Option(names = "--install", paramLabel = "M.zip",
		description = "Model to copy into the folder .unet/models of the home folder, once all of it has been checked.")
	private Path install;

	@Option(names = "--overwrite",
		description = "Replace another model of the same name there.")
	private boolean overwrite;

	@Override
	public Integer call() throws IOException {
		final InstalledModels models = InstalledModels.here();
		if (install != null) System.out.println(install(models));
		else list(models);
		return 0;
	}

	private String install(final InstalledModels models) throws IOException {
		try {
			return models.install(install, overwrite).sentence();
		}
		catch (final FileAlreadyExistsException e) {
			throw new IllegalArgumentException(e.getMessage(), e);
		}
	}

	private static void list(final InstalledModels models) throws IOException {
		for (final InstalledModel model : models.list()) {
			System.out.println(model.entry());
			lines(model.file()).forEach(line -> System.out.println("    " + line));
			System.out.println("    " + (model.folder().isPresent() ? model.file()
				.path() : "comes along"));
		}
		System.out.println("Folders:");
		for (final Path folder : models.folders())
			System.out.println("    " + folder + (Files.isDirectory(folder) ? ""
				: " (not there)"));
	}

	private static List<String> lines(final ModelFile file) {
		try {
			return CardText.lines(file);
		}
		catch (final IOException e) {
			return Collections.singletonList("Cannot be used: " + Failure.sentence(
				e));
		}
	}
}
