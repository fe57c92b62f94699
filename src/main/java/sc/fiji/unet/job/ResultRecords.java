
package sc.fiji.unet.job;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.unet.data.NaturalOrder;
import sc.fiji.unet.imagej.ResultKind;

/**
 * The records of all results in a folder: a file to which a line is added
 * before and after the results of an image are written, so that it tells also
 * after a power cut which results are whole, and what they are of. The last
 * line of an image counts. A line that cannot be read is passed over: what it
 * was about is then unknown, and not replaced unasked.
 */
final class ResultRecords {

	/** Name of the file. */
	static final String FILE = "unet-files.jsonl";

	private static final Gson GSON = new GsonBuilder().disableHtmlEscaping()
		.create();

	private final Path file;
	private final Map<String, ResultRecord> records = new LinkedHashMap<>();
	/** Whether somebody was interrupted while writing the last line. */
	private boolean torn;

	private ResultRecords(final Path file) {
		this.file = file;
	}

	/**
	 * @param folder of the results; need not exist
	 * @throws IOException if the file is there and cannot be read
	 */
	static ResultRecords read(final Path folder) throws IOException {
		final ResultRecords records = new ResultRecords(folder.resolve(FILE));
		if (!Files.exists(records.file)) return records;
		final String text = new String(Files.readAllBytes(records.file),
			StandardCharsets.UTF_8);
		for (final String line : text.split("\n"))
			records.parse(line);
		records.torn = !text.isEmpty() && !text.endsWith("\n");
		return records;
	}

	private void parse(final String line) {
		final ResultRecord record;
		try {
			record = GSON.fromJson(line, ResultRecord.class);
		}
		catch (final JsonParseException e) {
			// Torn; its results will be said to be unknown.
			return;
		}
		if (record != null && record.isComplete()) records.put(record.name(),
			record);
	}

	/** @return the record of an image; null if there is none */
	ResultRecord get(final FolderImage image) {
		return records.get(image.name());
	}

	/** @return the records of all images */
	Collection<ResultRecord> all() {
		return records.values();
	}

	/**
	 * @return the tables of objects that are there as they were written,
	 *         whichever run has made them, in natural order
	 */
	List<Path> tables() throws IOException {
		final List<String> names = new ArrayList<>(records.keySet());
		names.sort(NaturalOrder.INSTANCE);
		final List<Path> tables = new ArrayList<>();
		for (final String name : names) {
			final Path path = file.resolveSibling(name);
			final Path table = ResultKind.TABLE.file(path.getParent(), path
				.getFileName().toString());
			if (records.get(name).isWhole(ResultKind.TABLE, table)) tables.add(table);
		}
		return tables;
	}

	/**
	 * Adds the record of an image whose results are about to be written. It, and
	 * all before it, lie on the disk when this returns.
	 */
	void begin(final ResultRecord record) throws IOException {
		add(record, true);
	}

	/** Adds the record of an image whose results have been written. */
	void end(final ResultRecord record) throws IOException {
		add(record, false);
	}

	private void add(final ResultRecord record, final boolean force)
		throws IOException
	{
		final String line = (torn ? "\n" : "") + GSON.toJson(record) + "\n";
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE,
			StandardOpenOption.WRITE, StandardOpenOption.APPEND))
		{
			final ByteBuffer bytes = StandardCharsets.UTF_8.encode(line);
			while (bytes.hasRemaining())
				channel.write(bytes);
			if (force) channel.force(true);
		}
		torn = false;
		records.put(record.name(), record);
	}
}
