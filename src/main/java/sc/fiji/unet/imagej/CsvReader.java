
package sc.fiji.unet.imagej;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads rows of comma-separated values one by one (RFC 4180). */
final class CsvReader implements Closeable {

	private static final int END = -1;

	private final Reader in;

	/** @param in is closed together with this */
	CsvReader(final Reader in) {
		this.in = in;
	}

	/** @param file of text in UTF-8 */
	static CsvReader of(final Path file) throws IOException {
		return new CsvReader(new BufferedReader(new InputStreamReader(Files
			.newInputStream(file), StandardCharsets.UTF_8)));
	}

	/** @return values of the next row; null if there is none */
	List<String> next() throws IOException {
		final List<String> row = new ArrayList<>();
		final StringBuilder value = new StringBuilder();
		boolean quoted = false;
		int before = '\n';
		int c = in.read();
		if (c == END) return null;
		for (; c != END && (quoted || c != '\n'); c = in.read()) {
			// A doubled quotation mark ends the quotation, and begins it again.
			if (c == '"') {
				if (!quoted && before == '"') value.append('"');
				quoted = !quoted;
			}
			else if (!quoted && c == ',') {
				row.add(value.toString());
				value.setLength(0);
			}
			else if (quoted || c != '\r') value.append((char) c);
			before = c;
		}
		row.add(value.toString());
		return row;
	}

	@Override
	public void close() throws IOException {
		in.close();
	}
}
