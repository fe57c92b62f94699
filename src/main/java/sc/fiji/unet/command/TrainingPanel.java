
package sc.fiji.unet.command;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.GridLayout;
import java.awt.Insets;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

import javax.swing.BorderFactory;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;

import sc.fiji.unet.job.Seconds;
import sc.fiji.unet.train.TrainingRecord;

/**
 * What stands in the window of a training. Knows nothing of trainings but what
 * it is told to show. To be used on the event thread alone.
 */
final class TrainingPanel extends JPanel {

	private static final long serialVersionUID = 1L;

	private static final int PANELS = 4;
	private static final int GAP = 8;
	private static final int STEPS = 1000;
	private static final Dimension CURVES = new Dimension(1000, 340);
	private static final Dimension PICTURE = new Dimension(244, 244);

	private final JLabel what = label(Font.BOLD);
	private final JLabel where = label(Font.PLAIN);
	private final PictureView curves = new PictureView(CURVES);
	private final JLabel predictionTitle = label(Font.BOLD);
	private final List<PictureView> pictures = new ArrayList<>();
	private final List<JLabel> captions = new ArrayList<>();
	private final Bar epochs = new Bar();
	private final Bar updates = new Bar();
	private final JLabel message = label(Font.PLAIN);
	private final JButton stop = new JButton("Stop and keep best");
	private final JButton cancel = new JButton("Cancel");

	/**
	 * @param onStop called when the training is to end with a model
	 * @param onCancel called when it is to end without one
	 */
	TrainingPanel(final Runnable onStop, final Runnable onCancel) {
		super(new BorderLayout(GAP, GAP));
		setBorder(BorderFactory.createEmptyBorder(GAP, GAP, GAP, GAP));
		add(column(what, where), BorderLayout.NORTH);
		final JPanel middle = new JPanel(new BorderLayout(GAP, GAP));
		middle.add(curves, BorderLayout.CENTER);
		middle.add(predictions(), BorderLayout.SOUTH);
		add(middle, BorderLayout.CENTER);
		add(foot(), BorderLayout.SOUTH);
		stop.setToolTipText(
			"Ends the training after the running step and writes the best model so far");
		cancel.setToolTipText(
			"Ends the training after the running step without a model; it can be resumed");
		stop.addActionListener(e -> onStop.run());
		cancel.addActionListener(e -> onCancel.run());
	}

	/** An empty line; some looks make all labels bold. */
	private static JLabel label(final int style) {
		final JLabel label = new JLabel(" ");
		label.setFont(label.getFont().deriveFont(style));
		return label;
	}

	private static JComponent column(final JComponent... parts) {
		final JPanel column = new JPanel();
		column.setLayout(new BoxLayout(column, BoxLayout.Y_AXIS));
		for (final JComponent part : parts) {
			part.setAlignmentX(LEFT_ALIGNMENT);
			column.add(part);
		}
		return column;
	}

	private JComponent predictions() {
		final JPanel row = new JPanel(new GridLayout(1, PANELS, GAP, 0));
		for (int i = 0; i < PANELS; i++) {
			final PictureView picture = new PictureView(PICTURE);
			final JLabel caption = label(Font.PLAIN);
			final JPanel cell = new JPanel(new BorderLayout(0, 2));
			cell.add(caption, BorderLayout.NORTH);
			cell.add(picture, BorderLayout.CENTER);
			pictures.add(picture);
			captions.add(caption);
			row.add(cell);
		}
		return column(predictionTitle, row);
	}

	private JComponent foot() {
		final JPanel bars = new JPanel(new GridBagLayout());
		epochs.addTo(bars, 0);
		updates.addTo(bars, 1);
		final JPanel buttons = new JPanel(new FlowLayout(FlowLayout.RIGHT, GAP, 0));
		buttons.add(stop);
		buttons.add(cancel);
		final JPanel last = new JPanel(new BorderLayout(GAP, 0));
		last.add(message, BorderLayout.CENTER);
		last.add(buttons, BorderLayout.EAST);
		final JPanel foot = new JPanel(new BorderLayout(GAP, GAP));
		foot.add(bars, BorderLayout.CENTER);
		foot.add(last, BorderLayout.SOUTH);
		return foot;
	}

	/** A progress bar between two words. */
	private static final class Bar {

		private final JLabel name = label(Font.PLAIN);
		private final JProgressBar bar = new JProgressBar(0, STEPS);
		private final JLabel left = label(Font.PLAIN);

		void addTo(final JPanel panel, final int row) {
			final GridBagConstraints c = new GridBagConstraints();
			c.gridy = row;
			c.insets = new Insets(2, 0, 2, GAP);
			c.anchor = GridBagConstraints.WEST;
			panel.add(name, c);
			c.weightx = 1;
			c.fill = GridBagConstraints.HORIZONTAL;
			panel.add(bar, c);
			c.weightx = 0;
			c.insets.right = 0;
			panel.add(left, c);
			// Otherwise the bars would change their length with every word.
			name.setPreferredSize(new JLabel(
				"Validation images of epoch 1000 of 1000").getPreferredSize());
			left.setPreferredSize(new JLabel("00 min 00 s left in this epoch")
				.getPreferredSize());
		}

		/** @param share 0 to 1; NaN while it is unknown */
		void show(final String text, final double share, final String rest) {
			name.setText(text);
			bar.setValue(Double.isNaN(share) ? 0 : (int) Math.round(STEPS * share));
			left.setText(rest);
		}
	}

	/**
	 * @param training what is trained on
	 * @param device where
	 * @param validated whether images are held out for validation
	 */
	void showStart(final String training, final String device,
		final boolean validated)
	{
		what.setText(training);
		where.setText(device);
		predictionTitle.setText(validated
			? "At the end of each epoch a validation image is shown here."
			: "No image is held out for validation, so none is shown here.");
	}

	/**
	 * Shows how far a trial has come, after which the training begins.
	 *
	 * @param tried what is tried
	 * @param total number of updates; 0 while it is unknown
	 */
	void showTrial(final String tried, final long update, final long total) {
		what.setText("Trial of " + tried + ", before the training begins");
		updates.show("Update " + update + (total > 0 ? " of " + total : ""),
			total > 0 ? (double) update / total : 0, "");
	}

	/** @param sentence the last word; may be long */
	void showMessage(final String sentence) {
		message.setText(sentence);
		message.setToolTipText(sentence);
	}

	/** @param running whether the training can be ended */
	void setRunning(final boolean running) {
		stop.setEnabled(running);
		cancel.setEnabled(running);
	}

	void showCurves(final BufferedImage picture) {
		curves.show(picture);
	}

	/** @return size that a picture of the curves should have; may be smaller */
	Dimension curvesSize() {
		return curves.getSize();
	}

	/** @return pixels of the longer side that a picture should have */
	int pictureSize() {
		return Math.max(pictures.get(0).getWidth(), pictures.get(0).getHeight());
	}

	/**
	 * @param title what is shown
	 * @param names a caption for each picture
	 */
	void showPrediction(final String title, final List<BufferedImage> shown,
		final List<String> names)
	{
		predictionTitle.setText(title);
		for (int i = 0; i < PANELS; i++) {
			pictures.get(i).show(shown.get(i));
			captions.get(i).setText(names.get(i));
			captions.get(i).setToolTipText(names.get(i));
		}
	}

	/** Shows how far the training has come. */
	void showProgress(final TrainingRecord record) {
		final boolean over = record.result() != null;
		final long total = record.total();
		epochs.show("Epoch " + record.epoch() + (total > 0 ? " of " + record
			.totalEpochs() : ""), total > 0 ? (double) record.update() / total : 0,
			over ? "" : left(record.secondsLeft(), ""));
		final double validation = record.validationShare();
		if (over) updates.show("Updates: " + record.update(), 1, "");
		else if (!Double.isNaN(validation)) updates.show("Validation images",
			validation, "");
		else updates.show("Update " + record.updateInEpoch() + " of " + record
			.updatesInEpoch() + " in this epoch", (double) record.updateInEpoch() /
				record.updatesInEpoch(), left(record.secondsLeftInEpoch(),
					" in this epoch"));
	}

	private static String left(final double seconds, final String where) {
		return Double.isNaN(seconds) ? "" : Seconds.inWords(seconds) + " left" +
			where;
	}

	/** Shows a picture as large as there is room, never distorted. */
	private static final class PictureView extends JComponent {

		private static final long serialVersionUID = 1L;

		private transient BufferedImage picture;

		PictureView(final Dimension size) {
			setPreferredSize(size);
			setMinimumSize(new Dimension(size.width / 4, size.height / 4));
		}

		void show(final BufferedImage value) {
			picture = value;
			repaint();
		}

		@Override
		protected void paintComponent(final Graphics g) {
			if (picture == null) {
				g.setColor(new Color(0, 0, 0, 20));
				g.fillRect(0, 0, getWidth(), getHeight());
				return;
			}
			final double scale = Math.min((double) getWidth() / picture.getWidth(),
				(double) getHeight() / picture.getHeight());
			final int width = (int) Math.round(scale * picture.getWidth());
			final int height = (int) Math.round(scale * picture.getHeight());
			((Graphics2D) g).setRenderingHint(RenderingHints.KEY_INTERPOLATION,
				RenderingHints.VALUE_INTERPOLATION_BILINEAR);
			g.drawImage(picture, (getWidth() - width) / 2, (getHeight() - height) / 2,
				width, height, null);
		}
	}
}
