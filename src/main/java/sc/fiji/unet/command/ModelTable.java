
package sc.fiji.unet.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import javax.swing.table.AbstractTableModel;
import javax.swing.table.TableColumnModel;

import sc.fiji.unet.model.CardText;
import sc.fiji.unet.model.InstalledModel;
import sc.fiji.unet.model.ModelDescription;

/** A row for each installed model. */
final class ModelTable extends AbstractTableModel {

	private static final long serialVersionUID = 1L;
	private static final List<String> COLUMNS = Arrays.asList("Name", "Classes",
		"Trained", "Scores", "Folder");
	/** In pixels. */
	private static final int[] WIDTHS = { 160, 115, 80, 315, 190 };

	private transient List<InstalledModel> models = new ArrayList<>();

	void set(final List<InstalledModel> all) {
		models = all;
		fireTableDataChanged();
	}

	InstalledModel get(final int row) {
		return models.get(row);
	}

	void setWidths(final TableColumnModel columns) {
		for (int i = 0; i < WIDTHS.length; i++)
			columns.getColumn(i).setPreferredWidth(WIDTHS[i]);
	}

	@Override
	public int getRowCount() {
		return models.size();
	}

	@Override
	public int getColumnCount() {
		return COLUMNS.size();
	}

	@Override
	public String getColumnName(final int column) {
		return COLUMNS.get(column);
	}

	@Override
	public Object getValueAt(final int row, final int column) {
		final InstalledModel model = models.get(row);
		switch (column) {
			case 0:
				return model.file().name();
			case 1:
				return said(model, CardText::classes, "cannot be used");
			case 2:
				return said(model, CardText::date, "");
			case 3:
				return said(model, CardText::scores, "");
			default:
				return model.folder().map(CardText::place).orElse("comes along");
		}
	}

	private static String said(final InstalledModel model,
		final Function<ModelDescription, String> words, final String otherwise)
	{
		return model.file().description().map(words).orElse(otherwise);
	}
}
