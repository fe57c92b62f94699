
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.data.GroupRule;
import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.ChannelSelection;
import sc.fiji.unet.imagej.ImageFiles;
import sc.fiji.unet.imagej.ImageInput;
import sc.fiji.unet.imagej.LabelFile;
import sc.fiji.unet.imagej.OtsuThreshold;
import sc.fiji.unet.imagej.Pictures;
import sc.fiji.unet.metrics.Detection;
import sc.fiji.unet.metrics.Seg;
import sc.fiji.unet.network.ExecutionConfig;
import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.segment.TileProgress;
import sc.fiji.unet.train.Preset;
import sc.fiji.unet.train.TrainingLength;
import sc.fiji.unet.train.TrainingListener;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.train.TrainingResult;

/**
 * The main job on the sample images, from images and labels to scores on images
 * that were kept out of training.
 */
public final class DemoJob {

	/** F1 at IoU 0.5 that a working installation reaches with certainty. */
	public static final double EXPECTED_F1 = 0.9;

	private static final List<String> TEST = Arrays.asList("cells08", "cells09",
		"cells10");
	private static final String VALIDATION = "cells07";
	private static final int UPDATES = 320;

	/** Tells a folder that a demo has made from others. */
	static final String MARK = "unet-demo.txt";
	private static final String MARK_TEXT =
		"A demo of U-Net has written this folder; the next one replaces its files.\n";

	private final Path folder;
	private final NetworkFactory factory;
	private ExecutionConfig execution = ExecutionConfig.auto();
	private final List<TrainingListener> listeners = new ArrayList<>();
	private BooleanSupplier cancelled = () -> false;

	/** @param folder gets the sample images, the model and pictures */
	public DemoJob(final Path folder, final NetworkFactory factory) {
		this.folder = folder;
		this.factory = factory;
	}

	/** @param value where to compute */
	public DemoJob execution(final ExecutionConfig value) {
		execution = value;
		return this;
	}

	public DemoJob listener(final TrainingListener value) {
		listeners.add(value);
		return this;
	}

	/** @param query asked after every step; true ends the job */
	public DemoJob cancelled(final BooleanSupplier query) {
		cancelled = query;
		return this;
	}

	/** Scores on the images kept out, and where the pictures lie. */
	public static final class Result {

		private final Path model;
		private final List<Path> pictures = new ArrayList<>();
		private Detection detection;
		private Detection otsuDetection;
		private Seg seg;
		private Seg otsuSeg;

		private Result(final Path model) {
			this.model = model;
		}

		private void add(final ArrayImg<IntType, IntArray> truth,
			final ArrayImg<IntType, IntArray> found,
			final ArrayImg<IntType, IntArray> otsu)
		{
			final Detection d = Detection.of(truth, found);
			final Detection o = Detection.of(truth, otsu);
			detection = detection == null ? d : detection.plus(d);
			otsuDetection = otsuDetection == null ? o : otsuDetection.plus(o);
			final Seg s = Seg.of(truth, found);
			final Seg so = Seg.of(truth, otsu);
			seg = seg == null ? s : seg.plus(s);
			otsuSeg = otsuSeg == null ? so : otsuSeg.plus(so);
		}

		/** @return number of images */
		public int images() {
			return pictures.size();
		}

		/** @return F1 at IoU 0.5 over all objects, 0 to 1 */
		public double f1() {
			return detection.f1();
		}

		/** @return the same for Otsu's threshold */
		public double otsuF1() {
			return otsuDetection.f1();
		}

		/** @return objects found minus true ones, over the true ones */
		public double countError() {
			return detection.relativeCountError();
		}

		/** @return the same for Otsu's threshold */
		public double otsuCountError() {
			return otsuDetection.relativeCountError();
		}

		/** @return SEG over all objects, 0 to 1 */
		public double seg() {
			return seg.score();
		}

		/** @return the same for Otsu's threshold */
		public double otsuSeg() {
			return otsuSeg.score();
		}

		/**
		 * @return pictures of image, truth, result and Otsu's threshold side by
		 *         side
		 */
		public List<Path> pictures() {
			return Collections.unmodifiableList(pictures);
		}

		/** @return the model */
		public Path model() {
			return model;
		}

		/**
		 * @return whether the result is as expected, and better than Otsu's
		 *         threshold
		 */
		public boolean isGood() {
			return f1() >= EXPECTED_F1 && f1() > otsuF1();
		}
	}

	/**
	 * Runs the demo; what an earlier one has left in the folder is replaced.
	 *
	 * @throws IllegalArgumentException if the folder holds files in the way that
	 *           no demo has written
	 * @throws IOException if a file cannot be read or written, or the training
	 *           diverged
	 * @throws CancellationException if it was cancelled
	 */
	public Result run() throws IOException {
		prepareFolder();
		SampleJob.write(folder.resolve("sample"), true);
		final Path cells = folder.resolve("sample").resolve("cells");
		final Path model = folder.resolve("cells.zip");
		train(cells, model);
		final Result result = new Result(model);
		try (SegmentJob job = SegmentJob.open(model, factory, execution)) {
			for (final String name : TEST)
				result.pictures.add(segment(job, cells, name, result));
		}
		return result;
	}

	/** What lies in the way must be an earlier demo's. */
	private void prepareFolder() throws IOException {
		Files.createDirectories(folder);
		final Path mark = folder.resolve(MARK);
		final List<String> names = new ArrayList<>(Arrays.asList("sample",
			"cells.zip", "cells.html", "cells.training", "cells_training.png",
			"cells_training.csv"));
		TEST.forEach(name -> names.add(name + ".png"));
		names.removeIf(name -> !Files.exists(folder.resolve(name)));
		if (!Files.exists(mark) && !names.isEmpty())
			throw new IllegalArgumentException("Folder '" + folder + "' holds " +
				String.join(", ", names) +
				", and no demo has written that; choose another folder.");
		Files.write(mark, MARK_TEXT.getBytes(StandardCharsets.UTF_8));
	}

	private void train(final Path cells, final Path model) throws IOException {
		final TrainingPlan plan = Preset.FAST.plan().toBuilder().batchSize(2)
			.length(TrainingLength.updates(UPDATES)).updatesPerEpoch(UPDATES / 4)
			.build();
		final TrainingImages images = TrainingImages.ofFolders(cells.resolve(
			"images"), cells.resolve("labels"), String.join(",", TEST),
			ChannelSelection.all());
		final TrainJob job = new TrainJob(TrainingInput.of(images).withGroups(
			GroupRule.none()).withLabels(LabelKind.INSTANCES, OptionalInt.empty())
			.withValidation(VALIDATION, 0), plan, model, factory).execution(execution)
			.overwrite(true).cancelled(cancelled);
		listeners.forEach(job::listener);
		final TrainingResult end = job.run();
		if (end.status() == TrainingResult.Status.CANCELLED)
			throw new CancellationException();
		if (end.status() == TrainingResult.Status.DIVERGED) throw new IOException(
			end.message());
	}

	private Path segment(final SegmentJob job, final Path cells,
		final String name, final Result result) throws IOException
	{
		final ImageInput image = ImageInput.of(ImageFiles.open(cells.resolve(
			"images").resolve(name + ".png")), ChannelSelection.all());
		final ArrayImg<FloatType, FloatArray> grey = image.slice(1, 1);
		final ArrayImg<IntType, IntArray> truth = LabelFile.open(cells.resolve(
			"labels").resolve(name + ".tif")).slices().get(0);
		final ArrayImg<IntType, IntArray> found = job.run(image, cancelled,
			TileProgress.NONE).labels().get(0);
		final ArrayImg<IntType, IntArray> otsu = OtsuThreshold.segment(grey);
		result.add(truth, found, otsu);
		final Path picture = folder.resolve(name + ".png");
		ImageFiles.save(Pictures.sideBySide(Arrays.asList(Pictures.grey(grey),
			Pictures.overlay(grey, truth), Pictures.overlay(grey, found), Pictures
				.overlay(grey, otsu)), Arrays.asList("Image " + name, "Truth: " + count(
					truth), "U-Net: " + count(found), "Otsu: " + count(otsu))), picture,
			true);
		return picture;
	}

	private static String count(final ArrayImg<IntType, IntArray> labels) {
		return Arrays.stream(labels.update(null).getCurrentStorageArray()).filter(
			l -> l > 0).boxed().collect(Collectors.toSet()).size() + " cells";
	}
}
