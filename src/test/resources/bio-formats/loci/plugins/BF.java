package loci.plugins;

import ij.ImagePlus;
import ij.process.ByteProcessor;

import java.io.IOException;

import loci.formats.FormatException;
import loci.formats.ImageReader;
import loci.plugins.in.ImporterOptions;

/**
 * Stand-in: opens planes with a bright square on dark ground. Saves the options
 * as the user's, as Bio-Formats does, and fails where Bio-Formats would ask.
 */
public final class BF {

	private BF() {}

	public static ImagePlus[] openImagePlus(final String path)
		throws FormatException, IOException
	{
		throw new FormatException("a dialog for " + path);
	}

	public static ImagePlus[] openImagePlus(final ImporterOptions options)
		throws FormatException, IOException
	{
		options.saveOptions();
		for (final String flag : new String[] { "quiet", "windowless",
			"ungroupFiles" })
			if (!options.flags.get(flag)) throw new FormatException("not " + flag);
		for (final String flag : new String[] { "virtual", "groupFiles",
			"openAllSeries", "showROIs" })
			if (options.flags.get(flag)) throw new FormatException(flag);
		final ImageReader reader = new ImageReader();
		reader.setGroupFiles(false);
		reader.setId(options.id);
		final ImagePlus[] images = new ImagePlus[options.series.size()];
		for (int i = 0; i < images.length; i++) {
			reader.setSeries(options.series.first());
			final ByteProcessor plane = new ByteProcessor(reader.getSizeX(), reader
				.getSizeY());
			plane.setValue(10);
			plane.fill();
			plane.setValue(reader.grey());
			plane.fillRect(3, 4, 9, 8);
			images[i] = new ImagePlus("series " + options.series.first(), plane);
		}
		reader.close();
		return images;
	}
}
