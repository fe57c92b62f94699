
package sc.fiji.unet.command;

import ij.measure.ResultsTable;

import java.awt.GraphicsEnvironment;

import sc.fiji.unet.imagej.MeasurementTable;

/**
 * Tables that grow from image to image while they are open, so that a batch in
 * a macro ends with one of each kind.
 */
final class OpenTable {

	/** Title of the table with a row for each object. */
	static final String OBJECTS = "U-Net Objects";
	/** Title of the table with a row for each image. */
	static final String SUMMARY = "U-Net Summary";
	private static final int DECIMAL_PLACES = 4;

	private OpenTable() {}

	/**
	 * Appends rows to the open table of a title, or else to a new one, which is
	 * shown where there are windows.
	 *
	 * @return the table with all of its rows
	 */
	static synchronized ResultsTable append(final String title,
		final MeasurementTable rows)
	{
		final boolean windows = !GraphicsEnvironment.isHeadless();
		final ResultsTable open = windows ? ResultsTable.getResultsTable(title)
			: null;
		final ResultsTable table = open == null ? empty() : open;
		rows.addTo(table);
		// Fiji shows no table of ImageJ by itself.
		if (windows) table.show(title);
		return table;
	}

	private static ResultsTable empty() {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		table.setPrecision(DECIMAL_PLACES);
		table.setNaNEmptyCells(true);
		return table;
	}
}
