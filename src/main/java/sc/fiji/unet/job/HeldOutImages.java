
package sc.fiji.unet.job;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import net.imglib2.FinalInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.Normalizer;
import sc.fiji.unet.data.Sample;
import sc.fiji.unet.imagej.Pictures;
import sc.fiji.unet.labeling.ConnectedComponents;
import sc.fiji.unet.labeling.Connectivity;
import sc.fiji.unet.metrics.Detection;
import sc.fiji.unet.metrics.IoU;
import sc.fiji.unet.metrics.Seg;
import sc.fiji.unet.network.Network;
import sc.fiji.unet.network.Postprocessing;
import sc.fiji.unet.report.ScoredImage;
import sc.fiji.unet.segment.Segmentation;
import sc.fiji.unet.segment.Segmenter;
import sc.fiji.unet.segment.TileProgress;

/**
 * Segments images held out as the finished model will, compares them with the
 * truth, and shows the best and the worst. Not thread-safe, like the network.
 */
final class HeldOutImages {

	/** How many of the best, and of the worst, are shown. */
	private static final int SHOWN = 2;
	/** Longest side of a picture in pixels: the page shows four in a row. */
	private static final int LONGEST = 400;
	/** Width of outlines as a share of a side: seen at half the size, too. */
	private static final double LINE = 1.0 / 150;

	private final Network network;
	private final Postprocessing postprocessing;
	private final LabelKind kind;
	private final BooleanSupplier cancelled;

	/**
	 * @param kind what the labels of the images mean
	 * @param cancelled asked for each tile
	 */
	HeldOutImages(final Network network, final Postprocessing postprocessing,
		final LabelKind kind, final BooleanSupplier cancelled)
	{
		this.network = network;
		this.postprocessing = postprocessing;
		this.kind = kind;
		this.cancelled = cancelled;
	}

	/**
	 * @param samples two-dimensional, normalised
	 * @return an entry an image, in order; the best and the worst with pictures
	 * @throws CancellationException if {@code cancelled} says so
	 * @throws sc.fiji.unet.network.NetworkException if the engine fails
	 */
	List<ScoredImage> compare(final List<Sample> samples) {
		final List<ScoredImage> scored = new ArrayList<>();
		for (final Sample sample : samples)
			scored.add(score(sample, segment(sample)));
		// Predicted again, so that not all images are in memory at once.
		for (final ScoredImage image : ScoredImage.bestAndWorst(scored, SHOWN)) {
			final int index = scored.indexOf(image);
			final Sample sample = samples.get(index);
			scored.set(index, image.withPictures(pictures(sample, segment(sample))));
		}
		return scored;
	}

	private Segmentation segment(final Sample sample) {
		return new Segmenter(network, postprocessing).withProbabilities(true)
			.segment(sample.image(), Normalizer.identity(sample.channels()),
				new FinalInterval(sample.size()), cancelled, TileProgress.NONE);
	}

	private ScoredImage score(final Sample sample,
		final Segmentation segmentation)
	{
		final Map<String, Double> scores = new LinkedHashMap<>();
		final ArrayImg<IntType, IntArray> truth = truth(sample);
		final ArrayImg<IntType, IntArray> found = found(segmentation);
		String remark = "";
		if (kind != LabelKind.CLASSES) {
			final Detection detection = Detection.of(truth, found);
			scores.put("F1 (objects)", detection.f1());
			scores.put("SEG", Seg.of(truth, found).score());
			remark = detection.truePositives() + detection.falsePositives() + " / " +
				(detection.truePositives() + detection.falseNegatives());
		}
		scores.put("IoU (pixels)", IoU.ofMasks(truth, found));
		return new ScoredImage(sample.name(), scores, remark, Collections
			.emptyMap());
	}

	/** @return objects, or classes, each with a number of its own */
	private ArrayImg<IntType, IntArray> truth(final Sample sample) {
		if (kind != LabelKind.MASK) return sample.labels();
		final ArrayImg<IntType, IntArray> objects = ConnectedComponents.ofMask(
			sample.labels(), Connectivity.FACES);
		final int[] numbers = objects.update(null).getCurrentStorageArray();
		final int[] labels = sample.labels().update(null).getCurrentStorageArray();
		for (int i = 0; i < labels.length; i++)
			if (labels[i] == Sample.IGNORE) numbers[i] = Sample.IGNORE;
		return objects;
	}

	/** @return objects, or classes, each with a number of its own */
	private ArrayImg<IntType, IntArray> found(final Segmentation segmentation) {
		final ArrayImg<IntType, IntArray> found = ArrayImgs.ints(segmentation
			.labels().dimensionsAsLongArray());
		final boolean classes = kind == LabelKind.CLASSES;
		LoopBuilder.setImages(segmentation.labels(), found).forEachPixel((from,
			to) -> to.set(classes && from.get() > 0 ? segmentation.classOf(from.get())
				: from.get()));
		return found;
	}

	private Map<String, BufferedImage> pictures(final Sample sample,
		final Segmentation segmentation)
	{
		final Map<String, BufferedImage> pictures = new LinkedHashMap<>();
		pictures.put("Image", small(Pictures.grey(sample.image())));
		pictures.put("Truth", small(Pictures.overlay(sample.image(), truth(sample),
			LINE)));
		pictures.put("Prediction", small(Pictures.overlay(sample.image(), found(
			segmentation), LINE)));
		pictures.put("Probability (white = 1)", small(probability(segmentation)));
		return pictures;
	}

	/** Of all foreground classes together. */
	private static BufferedImage probability(final Segmentation segmentation) {
		final ArrayImg<FloatType, FloatArray> sum = ArrayImgs.floats(segmentation
			.labels().dimensionsAsLongArray());
		final float[] values = sum.update(null).getCurrentStorageArray();
		final int[] index = { 0 };
		segmentation.probabilities().get().forEach(p -> values[index[0]++ %
			values.length] += p.get());
		final int width = (int) sum.dimension(0);
		final BufferedImage picture = new BufferedImage(width, (int) sum.dimension(
			1), BufferedImage.TYPE_INT_RGB);
		for (int i = 0; i < values.length; i++)
			picture.setRGB(i % width, i / width, 0x10101 * Math.round(255 * Math.min(
				1, values[i])));
		return picture;
	}

	/** Halved again and again, so that thin lines are averaged, not lost. */
	private static BufferedImage small(final BufferedImage picture) {
		BufferedImage small = picture;
		while (longest(small) >= 2 * LONGEST)
			small = scaled(small, 0.5);
		return scaled(small, (double) LONGEST / longest(small));
	}

	private static int longest(final BufferedImage picture) {
		return Math.max(picture.getWidth(), picture.getHeight());
	}

	private static BufferedImage scaled(final BufferedImage picture,
		final double factor)
	{
		final int width = (int) Math.max(1, Math.round(factor * picture
			.getWidth()));
		final int height = (int) Math.max(1, Math.round(factor * picture
			.getHeight()));
		final BufferedImage scaled = new BufferedImage(width, height,
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = scaled.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_INTERPOLATION,
			RenderingHints.VALUE_INTERPOLATION_BILINEAR);
		g.drawImage(picture, 0, 0, width, height, null);
		g.dispose();
		return scaled;
	}
}
