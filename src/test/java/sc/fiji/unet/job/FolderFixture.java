
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.unet.imagej.ResultKind;

/** A folder of images, a model, and an engine that knows the answer. */
abstract class FolderFixture {

	static final int SIZE = 32;
	static final BooleanSupplier NEVER = () -> false;
	static final List<ResultKind> LABELS = Arrays.asList(ResultKind.LABELS);
	static final List<ResultKind> LABELS_AND_ROIS = Arrays.asList(
		ResultKind.LABELS, ResultKind.ROIS);

	@TempDir
	Path folder;

	final BrightEngine engine = new BrightEngine();
	final List<String> said = new ArrayList<>();
	final List<String> progress = new ArrayList<>();
	Path images;
	Path results;
	Path model;

	@BeforeEach
	void train() throws IOException {
		images = Files.createDirectory(folder.resolve("images"));
		results = folder.resolve("results");
		model = train("cells");
	}

	Path train(final String name) throws IOException {
		final Path file = folder.resolve(name + ".zip");
		new TrainJob(TrainJobTest.input(Arrays.asList(TrainJobTest.sample("a"),
			TrainJobTest.sample("b")), ""), TrainJobTest.plan(), file, engine).run();
		engine.opened = 0;
		return file;
	}

	/** A dark image with a bright square; its place depends on the number. */
	static ImagePlus image(final int number) {
		final ByteProcessor grey = new ByteProcessor(SIZE, SIZE);
		grey.setValue(10 + number % 7);
		grey.fill();
		grey.setValue(180 + number % 50);
		grey.fillRect(1 + number % 13, 2 + number % 11, 9, 8 + number % 5);
		return new ImagePlus("image", grey);
	}

	static void save(final ImagePlus image, final Path file) {
		assertTrue(IJ.saveAsTiff(image, file.toString()), file.toString());
	}

	void images(final int number) {
		for (int i = 0; i < number; i++)
			save(image(i), images.resolve(String.format(Locale.ROOT, "cell%03d.tif",
				i)));
	}

	FolderTask.Builder task(final Path output) {
		return FolderTask.of(Collections.singletonList(images), output).model(model
			.toFile());
	}

	FolderResult run(final FolderTask.Builder task) throws IOException {
		return run(task, NEVER);
	}

	FolderResult run(final FolderTask.Builder task,
		final BooleanSupplier cancelled) throws IOException
	{
		said.clear();
		progress.clear();
		return new FolderJob(task.build(), engine).cancelled(cancelled).listener(
			new FolderListener()
			{

				@Override
				public void message(final String sentence) {
					said.add(sentence);
				}

				@Override
				public void message(final String image, final String sentence) {
					said.add(image + ": " + sentence);
				}

				@Override
				public void tiles(final String image, final int number, final int total,
					final long done, final long tiles)
			{
					progress.add(number + "/" + total + " " + image + " " + done + "/" +
						tiles);
				}
			}).run();
	}

	static String refused(final Executable work) {
		return assertThrows(IllegalArgumentException.class, work::run).getMessage();
	}

	/** Something that should be refused. */
	interface Executable {

		void run() throws IOException;
	}

	JsonObject report() throws IOException {
		return JsonParser.parseString(new String(Files.readAllBytes(results.resolve(
			FolderReport.FILE)), StandardCharsets.UTF_8)).getAsJsonObject();
	}

	/** @return relative name of each result to its bytes */
	static Map<String, byte[]> bytes(final Path output) throws IOException {
		final Map<String, byte[]> bytes = new TreeMap<>();
		try (Stream<Path> files = Files.walk(output)) {
			for (final Path file : files.filter(Files::isRegularFile).collect(
				Collectors.toList()))
				if (!file.getFileName().toString().startsWith("unet-")) bytes.put(output
					.relativize(file).toString(), Files.readAllBytes(file));
		}
		return bytes;
	}

	static void assertSame(final Map<String, byte[]> expected,
		final Map<String, byte[]> actual)
	{
		assertEquals(expected.keySet(), actual.keySet());
		expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name),
			name));
	}

	/** @return asks for an end after some tiles */
	BooleanSupplier afterTiles(final int tiles) {
		return () -> progress.stream().filter(p -> p.endsWith("1/1"))
			.count() >= tiles;
	}
}
