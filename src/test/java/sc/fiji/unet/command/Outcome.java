
package sc.fiji.unet.command;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.plugin.frame.RoiManager;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What a command has left in an ImageJ and in a folder, as text: images with
 * pixels and overlays, ROIs, tables, and files, without what tells the time.
 */
final class Outcome {

	/** Files that are the same whenever they are written. */
	private static final List<String> TIMELESS = Arrays.asList("_labels.tif",
		"_rois.zip", "_overlay.png", "_objects.csv", "objects.csv", "summary.csv",
		"scores.csv", ".tif", "preview.png", "rates.png", "rates.csv");

	private Outcome() {}

	/** @param folder whose files count, by name, and where possible by content */
	static String of(final Path folder) throws IOException {
		final TreeSet<String> found = new TreeSet<>();
		final int[] ids = WindowManager.getIDList();
		for (final int id : ids == null ? new int[0] : ids)
			found.add(image(WindowManager.getImage(id)));
		for (final String title : WindowManager.getNonImageTitles())
			if (ResultsTable.getResultsTable(title) != null) found.add(table(title));
		final RoiManager manager = RoiManager.getRawInstance();
		if (manager != null) found.add("ROI Manager " + rois(manager
			.getRoisAsArray()));
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path file : files.filter(Files::isRegularFile).collect(
				Collectors.toList()))
				found.add("file " + folder.relativize(file) + " " + content(file));
		}
		return String.join("\n", found);
	}

	private static String image(final ImagePlus image) {
		final CRC32 pixels = new CRC32();
		for (int i = 1; i <= image.getStackSize(); i++)
			add(image.getStack().getProcessor(i).getPixelsCopy(), pixels);
		return "image " + image.getTitle() + " " + image.getBitDepth() + " " +
			Arrays.toString(image.getDimensions()) + " " + pixels.getValue() +
			" overlay " + (image.getOverlay() == null ? "none" : rois(image
				.getOverlay().toArray()));
	}

	private static void add(final Object pixels, final CRC32 sum) {
		if (pixels instanceof byte[]) sum.update((byte[]) pixels);
		if (pixels instanceof short[]) for (final short value : (short[]) pixels)
			sum.update(ByteBuffer.allocate(2).putShort(value).array());
		if (pixels instanceof int[]) for (final int value : (int[]) pixels)
			sum.update(ByteBuffer.allocate(4).putInt(value).array());
		if (pixels instanceof float[]) for (final float value : (float[]) pixels)
			sum.update(ByteBuffer.allocate(4).putFloat(value).array());
	}

	/** Without colours of outlines, which ImageJ changes while it draws. */
	private static String rois(final Roi[] rois) {
		final CRC32 sum = new CRC32();
		for (final Roi roi : rois) {
			final String text = roi.getName() + roi.getTypeAsString() + roi
				.getBounds() + roi.getPosition() + roi.getCPosition() + roi
					.getZPosition() + roi.getTPosition() + roi.getFillColor();
			sum.update(text.getBytes(StandardCharsets.UTF_8));
			if (roi.getMask() != null) sum.update((byte[]) roi.getMask().getPixels());
		}
		return rois.length + " " + sum.getValue();
	}

	private static String table(final String title) {
		final ResultsTable table = ResultsTable.getResultsTable(title);
		final StringBuilder text = new StringBuilder("table " + title);
		for (int i = 0; i < table.size(); i++)
			text.append('|').append(table.getRowAsString(i));
		return text.toString().replace('\t', ',');
	}

	private static String content(final Path file) throws IOException {
		final String name = file.getFileName().toString();
		final byte[] bytes = Files.readAllBytes(file);
		final CRC32 sum = new CRC32();
		if (TIMELESS.stream().anyMatch(name::endsWith)) sum.update(bytes);
		else if (name.endsWith(".zip")) weights(bytes, sum);
		return "" + sum.getValue();
	}

	/** Of a model the weights count, also in an archive within. */
	private static void weights(final byte[] zip, final CRC32 sum)
		throws IOException
	{
		try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(
			zip)))
		{
			for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in
				.getNextEntry())
				if (entry.getName().endsWith("variables.data-00000-of-00001")) sum
					.update(in.readAllBytes());
				else if (entry.getName().endsWith(".zip")) weights(in.readAllBytes(),
					sum);
		}
	}
}
