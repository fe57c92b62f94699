
package sc.fiji.unet.cli;

import ij.gui.Line;
import ij.gui.Roi;
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
import java.util.Random;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import sc.fiji.unet.data.FilePairs;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.InputImages;
import sc.fiji.unet.imagej.LabelFile;
import sc.fiji.unet.imagej.RoiZip;

/**
 * How much is lost if a few strokes are drawn over some cells and some
 * background, in the place of every outline: trains on six images with strokes
 * over a twentieth of their pixels, and on the same with their label images,
 * for the same time, and compares the foreground found in ten others. By the
 * command line, as a user would; see docs/accuracy.md.
 */
@Command(name = "sparse", mixinStandardHelpOptions = true)
public final class SparseAnnotation implements Callable<Integer> {

	private static final int TRAINING = 6;
	private static final int TEST = 10;
	private static final double SHARE = 0.05;
	/** Pixels across, and pixels along at most. */
	private static final int WIDTH = 3;
	private static final int LENGTH = 40;
	/** A hand keeps this distance to the edge of what it paints. */
	private static final int MARGIN = 2;
	private static final int SHORTEST = 4;

	@Option(names = "--data", required = true,
		description = "Folder with images and labels, one number an object.")
	private Path data;

	@Option(names = "--output", required = true,
		description = "Folder for strokes, models, results and scores.")
	private Path output;

	@Option(names = "--minutes", defaultValue = "5")
	private double minutes;

	@Option(names = "--seed", defaultValue = "1")
	private long seed;

	public static void main(final String... args) {
		System.exit(new CommandLine(new SparseAnnotation()).execute(args));
	}

	@Override
	public Integer call() throws Exception {
		final List<FilePairs.Pair> pairs = new ArrayList<>(FilePairs.ofFolders(data
			.resolve("images"), data.resolve("labels"), new InputImages()).pairs());
		Collections.shuffle(pairs, new Random(seed));
		final List<FilePairs.Pair> training = pairs.subList(0, TRAINING);
		final List<FilePairs.Pair> test = pairs.subList(TRAINING, TRAINING + TEST);
		for (final String folder : Arrays.asList("images", "labels", "strokes"))
			Files.createDirectories(output.resolve(folder));
		for (final FilePairs.Pair pair : training)
			prepare(pair);
		final double full = iou("full", test, "--images", output.resolve("images")
			.toString(), "--labels", output.resolve("labels").toString());
		final double sparse = iou("sparse", test, "--images", output.resolve(
			"strokes").toString(), "--unannotated", "ignored");
		System.out.println(String.format(Locale.ROOT,
			"IoU of the foreground: %.3f from strokes, %.3f from label images, ratio %.3f",
			sparse, full, sparse / full));
		return 0;
	}

	private void prepare(final FilePairs.Pair pair) throws IOException {
		copy(pair.image(), "images");
		copy(pair.image(), "strokes");
		copy(pair.labels(), "labels");
		final int[] labels = LabelFile.open(pair.labels()).slices().get(0).update(
			null).getCurrentStorageArray();
		final int width = ImageFiles.open(pair.labels()).getWidth();
		RoiZip.write(strokes(labels, width, new Random(seed + pair.name()
			.hashCode())), output.resolve("strokes").resolve(pair.name() + ".zip"),
			true);
	}

	private void copy(final Path file, final String folder) throws IOException {
		final Path target = output.resolve(folder).resolve(file.getFileName());
		if (!Files.exists(target)) Files.copy(file, target);
	}

	/** Half of the strokes on cells, half on background. */
	private static List<Roi> strokes(final int[] labels, final int width,
		final Random random)
	{
		final ByteProcessor covered = new ByteProcessor(width, labels.length /
			width);
		covered.setValue(1);
		covered.setLineWidth(WIDTH);
		final List<Roi> strokes = new ArrayList<>();
		while (share(covered) < SHARE) {
			final boolean onCell = strokes.size() % 2 == 0;
			final int start = random.nextInt(labels.length);
			if (labels[start] > 0 != onCell) continue;
			final Line stroke = stroke(labels, width, start, 2 * Math.PI * random
				.nextDouble());
			if (stroke.getRawLength() < SHORTEST) continue;
			stroke.setName(onCell ? "cell#" + (strokes.size() + 1) : "background");
			stroke.setStrokeWidth(WIDTH);
			covered.drawLine(stroke.x1, stroke.y1, stroke.x2, stroke.y2);
			strokes.add(stroke);
		}
		return strokes;
	}

	/** As far as it stays in the same object, or in the background. */
	private static Line stroke(final int[] labels, final int width,
		final int start, final double angle)
	{
		final int x = start % width;
		final int y = start / width;
		int length = 0;
		while (length < LENGTH && isWithin(labels, width, labels[start], x +
			(length + 1) * Math.cos(angle), y + (length + 1) * Math.sin(angle)))
			length++;
		return new Line(x, y, (int) Math.round(x + length * Math.cos(angle)),
			(int) Math.round(y + length * Math.sin(angle)));
	}

	private static boolean isWithin(final int[] labels, final int width,
		final int label, final double x, final double y)
	{
		final int height = labels.length / width;
		for (int dy = -MARGIN; dy <= MARGIN; dy++)
			for (int dx = -MARGIN; dx <= MARGIN; dx++) {
				final int px = (int) Math.round(x) + dx;
				final int py = (int) Math.round(y) + dy;
				if (px < 0 || py < 0 || px >= width || py >= height || labels[py *
					width + px] != label) return false;
			}
		return true;
	}

	private static double share(final ByteProcessor covered) {
		return covered.getStatistics().mean;
	}

	private double iou(final String name, final List<FilePairs.Pair> test,
		final String... images) throws IOException
	{
		final Path model = output.resolve(name + ".zip");
		if (!Files.exists(model)) {
			final List<String> train = new ArrayList<>(Arrays.asList("train",
				"--model", model.toString(), "--minutes", Double.toString(minutes),
				"--seed", Long.toString(seed), "--group-by", "none"));
			train.addAll(Arrays.asList(images));
			command(train);
		}
		final List<String> segment = new ArrayList<>(Arrays.asList("segment",
			"--model", model.toString(), "--output", output.resolve(name).toString(),
			"--overwrite"));
		test.forEach(pair -> segment.add(pair.image().toString()));
		command(segment);
		final Path scores = output.resolve(name + ".csv");
		command(Arrays.asList("evaluate", "--truth", data.resolve("labels")
			.toString(), "--csv", scores.toString(), "--overwrite", output.resolve(
				name).toString()));
		final List<String> lines = Files.readAllLines(scores,
			StandardCharsets.UTF_8);
		final int column = Arrays.asList(lines.get(0).split(",")).indexOf("IoU");
		return Double.parseDouble(lines.get(lines.size() - 1).split(",")[column]);
	}

	private static void command(final List<String> args) throws IOException {
		System.out.println("unet " + String.join(" ", args));
		final int code = UNet.run(args.toArray(new String[0]));
		if (code != 0) throw new IOException("The command ended with " + code +
			".");
	}
}
