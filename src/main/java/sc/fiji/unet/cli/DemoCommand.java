
package sc.fiji.unet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import sc.fiji.unet.job.DemoJob;
import sc.fiji.unet.worker.Engine;

/** The main job on the sample images. */
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false, //
	description = {
		"Trains a small U-Net on generated images of touching cells, segments images that were kept out of",
		"training, and compares the result with Otsu's threshold. Takes about two minutes on two cores." })
final class DemoCommand implements Callable<Integer> {

	@Option(names = "--output", paramLabel = "DIR", defaultValue = "unet-demo",
		description = "Folder for images, model and pictures; what an earlier demo has left there is replaced (default ${DEFAULT-VALUE}).")
	private Path output;

	@Mixin
	private ExecutionOptions execution;

	@Override
	public Integer call() throws IOException {
		final DemoJob.Result result;
		try (Interrupt interrupt = new Interrupt()) {
			result = new DemoJob(output, Engine.factory()).execution(execution
				.value()).listener(new TrainingConsole()).cancelled(
					interrupt::isRequested).run();
		}
		System.out.println("On " + result.images() +
			" images that were kept out of training:");
		System.out.println(String.format(Locale.ROOT,
			"  U-Net             F1 at IoU 0.5 = %.3f, SEG = %.3f, count error %+.1f %%",
			result.f1(), result.seg(), 100 * result.countError()));
		System.out.println(String.format(Locale.ROOT,
			"  Otsu's threshold  F1 at IoU 0.5 = %.3f, SEG = %.3f, count error %+.1f %%",
			result.otsuF1(), result.otsuSeg(), 100 * result.otsuCountError()));
		System.out.println("n = " + result.images() + ", indicative only.");
		result.pictures().forEach(p -> System.out.println("Picture: " + p
			.toAbsolutePath()));
		System.out.println("Model:   " + result.model().toAbsolutePath());
		if (result.isGood()) return 0;
		System.err.println(String.format(Locale.ROOT,
			"Error: F1 must be at least %.1f and above Otsu's; something is wrong with this installation.",
			DemoJob.EXPECTED_F1));
		return UNet.FAILED;
	}
}
