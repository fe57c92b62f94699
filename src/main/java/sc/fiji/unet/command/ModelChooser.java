
package sc.fiji.unet.command;

import ij.io.OpenDialog;

import java.awt.BorderLayout;
import java.awt.Desktop;
import java.awt.Dialog.ModalityType;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.FlowLayout;
import java.awt.KeyboardFocusManager;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JSplitPane;
import javax.swing.JTable;
import javax.swing.JTextArea;
import javax.swing.ListSelectionModel;
import javax.swing.TransferHandler;
import javax.swing.WindowConstants;
import javax.swing.filechooser.FileNameExtensionFilter;

import sc.fiji.unet.job.Failure;
import sc.fiji.unet.model.CardText;
import sc.fiji.unet.model.Installation;
import sc.fiji.unet.model.InstalledModel;
import sc.fiji.unet.model.InstalledModels;
import sc.fiji.unet.model.ModelFile;

/**
 * The window in which a person chooses an installed model, looks at its card,
 * and installs others: by a button, or by dropping their files on it. All but
 * {@link #choose} belongs to the event thread.
 */
final class ModelChooser {

	static final String TITLE = "Installed Models";

	private final InstalledModels models = InstalledModels.here();
	private final NewestTask cards = new NewestTask("Read the card");
	private final JDialog dialog = new JDialog(KeyboardFocusManager
		.getCurrentKeyboardFocusManager().getActiveWindow(), TITLE,
		ModalityType.APPLICATION_MODAL);
	private final ModelInstall install = new ModelInstall(dialog, this::show);
	private final ModelTable rows = new ModelTable();
	private final JTable table = new JTable(rows);
	private final JTextArea card = new JTextArea(14, 60);
	private final JButton use = new JButton("Use this model");
	/** Null until one is chosen. */
	private String chosen;

	private ModelChooser() {
		table.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
		table.getSelectionModel().addListSelectionListener(e -> showCard());
		table.addMouseListener(new MouseAdapter() {

			@Override
			public void mouseClicked(final MouseEvent event) {
				if (event.getClickCount() == 2 && use.isEnabled()) use();
			}
		});
		rows.setWidths(table.getColumnModel());
		table.setPreferredScrollableViewportSize(new Dimension(860, 120));
		card.setEditable(false);
		card.setLineWrap(true);
		card.setWrapStyleWord(true);
		final JSplitPane both = new JSplitPane(JSplitPane.VERTICAL_SPLIT,
			new JScrollPane(table), new JScrollPane(card));
		both.setBorder(BorderFactory.createEmptyBorder(8, 8, 0, 8));
		dialog.add(both, BorderLayout.CENTER);
		dialog.add(buttons(), BorderLayout.SOUTH);
		final TransferHandler drop = new Drop();
		for (final JComponent target : new JComponent[] { dialog.getRootPane(),
			table, card })
			target.setTransferHandler(drop);
		dialog.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
		dialog.getRootPane().setDefaultButton(use);
	}

	/**
	 * Lets a person choose a model. Blocks until that is done.
	 *
	 * @param entered model that is chosen at first; may be null
	 * @return what stands for the model in a field; empty if none was chosen
	 * @throws IOException if the bundled model cannot be copied to the folder for
	 *           temporary files
	 */
	static Optional<String> choose(final File entered) throws IOException {
		final List<InstalledModel> all = InstalledModels.here().list();
		final String[] chosen = new String[1];
		EventThread.run(() -> {
			final ModelChooser chooser = new ModelChooser();
			chooser.fill(all, InstalledModels.isBundled(entered) ? null : entered
				.getPath());
			chooser.dialog.pack();
			chooser.dialog.setLocationRelativeTo(chooser.dialog.getOwner());
			chooser.dialog.setVisible(true);
			chosen[0] = chooser.chosen;
		});
		return Optional.ofNullable(chosen[0]);
	}

	private JPanel buttons() {
		final JPanel buttons = new JPanel(new FlowLayout(FlowLayout.TRAILING));
		buttons.add(new JLabel("Drop a model's .zip here to install it."));
		buttons.add(button("Install...", this::install));
		buttons.add(button("Show folder", this::showFolder));
		buttons.add(button("Cancel", dialog::dispose));
		use.addActionListener(e -> use());
		buttons.add(use);
		return buttons;
	}

	private static JButton button(final String label, final Runnable action) {
		final JButton button = new JButton(label);
		button.addActionListener(e -> action.run());
		return button;
	}

	/** @param entry of the model to select; null, or of no model: the first */
	private void fill(final List<InstalledModel> all, final String entry) {
		rows.set(all);
		int row = 0;
		for (int i = 0; i < all.size(); i++)
			if (all.get(i).entry().equals(entry) || all.get(i).file().path()
				.toString().equals(entry)) row = i;
		table.setRowSelectionInterval(row, row);
	}

	private InstalledModel selected() {
		return table.getSelectedRow() < 0 ? null : rows.get(table.getSelectedRow());
	}

	/** A large file takes a while, for its checksum. */
	private void showCard() {
		final InstalledModel model = selected();
		if (model == null) return;
		final ModelFile file = model.file();
		use.setEnabled(file.problem().isEmpty());
		card.setText("Reading " + file.path() + "...");
		cards.run(superseded -> {
			final String text = text(file);
			EventQueue.invokeLater(() -> {
				if (superseded.getAsBoolean()) return;
				card.setText(text);
				card.setCaretPosition(0);
			});
		});
	}

	private static String text(final ModelFile file) {
		try {
			return CardText.page(file);
		}
		catch (final IOException e) {
			return Failure.sentence(e) + "\nFile: " + file.path();
		}
	}

	private void use() {
		final InstalledModel model = selected();
		if (model == null) return;
		chosen = model.entry();
		dialog.dispose();
	}

	private void install() {
		// ImageJ's own would be recorded as a parameter of the command.
		final JFileChooser files = new JFileChooser(OpenDialog
			.getDefaultDirectory());
		files.setFileFilter(new FileNameExtensionFilter("Models (.zip)", "zip"));
		if (files.showDialog(dialog, "Install") == JFileChooser.APPROVE_OPTION)
			install.start(Collections.singletonList(files.getSelectedFile()
				.toPath()));
	}

	private void show(final Installation done) {
		try {
			fill(models.list(), done.model().entry());
		}
		catch (final IOException e) {
			say(Failure.sentence(e), JOptionPane.ERROR_MESSAGE);
		}
	}

	private void say(final String sentence, final int kind) {
		JOptionPane.showMessageDialog(dialog, Text.inLines(sentence), TITLE, kind);
	}

	private void showFolder() {
		final Path folder = models.own();
		try {
			Files.createDirectories(folder);
			if (Desktop.isDesktopSupported() && Desktop.getDesktop().isSupported(
				Desktop.Action.OPEN)) Desktop.getDesktop().open(folder.toFile());
			else say("Installed models lie in " + folder + ".",
				JOptionPane.INFORMATION_MESSAGE);
		}
		catch (final IOException e) {
			say(Failure.sentence(e), JOptionPane.ERROR_MESSAGE);
		}
	}

	/** Installs files that are dropped. */
	private final class Drop extends TransferHandler {

		private static final long serialVersionUID = 1L;

		@Override
		public boolean canImport(final TransferSupport support) {
			return support.isDataFlavorSupported(DataFlavor.javaFileListFlavor);
		}

		@Override
		public boolean importData(final TransferSupport support) {
			final List<Path> files = new ArrayList<>();
			try {
				for (final Object file : (List<?>) support.getTransferable()
					.getTransferData(DataFlavor.javaFileListFlavor))
					files.add(((File) file).toPath());
			}
			catch (final UnsupportedFlavorException | IOException e) {
				EventQueue.invokeLater(() -> say("What was dropped is no file: " + e,
					JOptionPane.ERROR_MESSAGE));
				return false;
			}
			install.start(files);
			return true;
		}
	}
}
