package loci.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;

/**
 * Stand-in: reads a format of its own, a line "series WIDTH HEIGHT GREY" for
 * each series.
 */
public class ImageReader {

	private final List<int[]> series = new ArrayList<>();
	private int current;
	private boolean grouping = true;

	public void setGroupFiles(final boolean value) {
		grouping = value;
	}

	public void setId(final String id) throws FormatException, IOException {
		if (grouping) throw new FormatException("looks at other files");
		final byte[] bytes = Files.readAllBytes(Paths.get(id));
		for (final String line : new String(bytes, "ISO-8859-1").split("\n")) {
			final String[] words = line.trim().split(" ");
			if (words.length != 4 || !words[0].equals("series"))
				throw new FormatException("Unknown file format: " + id);
			series.add(new int[] { Integer.parseInt(words[1]), Integer.parseInt(
				words[2]), Integer.parseInt(words[3]) });
		}
	}

	public int getSeriesCount() {
		return series.size();
	}

	public void setSeries(final int index) {
		current = index;
	}

	public int getSizeX() {
		return series.get(current)[0];
	}

	public int getSizeY() {
		return series.get(current)[1];
	}

	public int grey() {
		return series.get(current)[2];
	}

	public void close() throws IOException {
		series.clear();
	}
}
