
package sc.fiji.unet.imagej;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.data.NetworkView;
import sc.fiji.unet.data.ObjectSizes;
import sc.fiji.unet.imagej.Panels.Panel;

/**
 * A preview on one sheet: sentences and histogram, a row for each image, and
 * the patches in pairs. To be used once.
 */
final class ContactSheet {

	static final int WIDTH = 1960;
	private static final int MARGIN = 20;
	private static final int GAP = 8;
	private static final int INNER = WIDTH - 2 * MARGIN;
	/** Width of the text beside the histogram. */
	private static final int TEXT_WIDTH = 1040;
	private static final int HISTOGRAM_HEIGHT = 260;
	private static final int IMAGE_PANELS = 5;
	private static final int PATCH_PANELS = 3;
	private static final int PATCHES_A_ROW = 2;
	private static final int TITLE = 34;
	private static final int HEADING = 24;
	private static final int TEXT = 19;
	private static final int LINE = TEXT * 4 / 3;
	private static final int BAR = 260;
	/** What an entry of the legend takes. */
	private static final int CLASS_WIDTH = 110;
	private static final Color WARNING = new Color(0xb00000);

	private final TrainingPreview preview;
	private final Panels panels;
	private final List<String> sentences;
	private BufferedImage sheet;
	private Graphics2D g;
	/** Where the next thing goes. */
	private int y;

	ContactSheet(final TrainingPreview preview, final Panels panels,
		final List<String> sentences)
	{
		this.preview = preview;
		this.panels = panels;
		this.sentences = sentences;
	}

	/** Begins on a strip, which grows with what is drawn. */
	BufferedImage draw() {
		y = MARGIN;
		grow(TITLE);
		text("What the network will see", MARGIN, TITLE, Font.BOLD, Color.BLACK);
		y += TITLE * 3 / 2;
		head();
		heading("Images, as a whole and without augmentation");
		legend();
		for (final NetworkView view : preview.images())
			image(view);
		if (!preview.patches().isEmpty()) patches();
		g.dispose();
		return sheet.getSubimage(0, 0, WIDTH, y + MARGIN);
	}

	/** Makes room below for so many pixels. */
	private void grow(final int pixels) {
		final int needed = y + pixels + MARGIN;
		if (sheet != null && sheet.getHeight() >= needed) return;
		final BufferedImage larger = new BufferedImage(WIDTH, sheet == null ? needed
			: Math.max(needed, sheet.getHeight() * 3 / 2),
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D next = larger.createGraphics();
		next.setColor(Color.WHITE);
		next.fillRect(0, 0, WIDTH, larger.getHeight());
		if (sheet != null) {
			next.drawImage(sheet, 0, 0, null);
			g.dispose();
		}
		Lettering.smooth(next);
		sheet = larger;
		g = next;
	}

	private void text(final String text, final int x, final int size,
		final int style, final Color colour)
	{
		g.setFont(new Font(Font.SANS_SERIF, style, size));
		g.setColor(colour);
		g.drawString(text, x, y + size);
	}

	/** Sentences on the left, the histogram on the right. */
	private void head() {
		final int top = y;
		for (final String sentence : sentences) {
			final boolean warning = sentence.startsWith("Warning");
			g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, TEXT));
			for (final String line : Lettering.lines(sentence, g.getFontMetrics(),
				TEXT_WIDTH))
			{
				grow(LINE);
				text(line, MARGIN, TEXT, Font.PLAIN, warning ? WARNING : Color.BLACK);
				y += LINE;
			}
			y += LINE / 3;
		}
		final int bottom = y;
		y = top;
		final BufferedImage plot = histogram();
		grow(plot.getHeight() + LINE);
		text("Grey values of the images trained on", WIDTH - MARGIN - plot
			.getWidth(), TEXT, Font.BOLD, Color.BLACK);
		g.drawImage(plot, WIDTH - MARGIN - plot.getWidth(), y + LINE, null);
		y = Math.max(bottom, y + LINE + plot.getHeight());
	}

	private BufferedImage histogram() {
		return HistogramPlot.of(preview.histograms(), INNER - TEXT_WIDTH - 140,
			HISTOGRAM_HEIGHT, TEXT - 2).getProcessor().getBufferedImage();
	}

	private void heading(final String what) {
		y += HEADING;
		grow(HEADING + LINE);
		text(what, MARGIN, HEADING, Font.BOLD, Color.BLACK);
		g.drawLine(MARGIN, y - HEADING / 3, WIDTH - MARGIN, y - HEADING / 3);
		y += HEADING * 3 / 2;
	}

	/** What the colours mean. */
	private void legend() {
		grow(2 * LINE);
		int right = WIDTH - MARGIN - TEXT;
		right = panels.heat().draw(g, right, y, BAR, TEXT) - 2 * TEXT;
		right = panels.greys().draw(g, right, y, BAR, TEXT) - 2 * TEXT;
		for (int i = 0; i < 2 * TEXT; i++)
			for (int j = 0; j < TEXT; j++)
				sheet.setRGB(MARGIN + i, y + j, Panels.stripe(i, j));
		int x = explain("ignored: counts nowhere", MARGIN + 2 * TEXT + GAP);
		if (preview.kind() == LabelKind.CLASSES) for (int c = 1; c <= classes() &&
			x < right - CLASS_WIDTH; c++)
		{
			g.setColor(ClassColours.of(c));
			g.fillRect(x, y, TEXT, TEXT);
			x = explain("class " + c, x + TEXT + GAP);
		}
		y += 5 * LINE / 2;
	}

	/** @return where the next explanation may begin */
	private int explain(final String text, final int x) {
		text(text, x, TEXT * 7 / 8, Font.PLAIN, Color.BLACK);
		return x + g.getFontMetrics().stringWidth(text) + TEXT;
	}

	/** @return the highest class that is shown */
	private int classes() {
		int most = 0;
		for (final NetworkView view : preview.images())
			for (final int label : view.sample().labels().update(null)
				.getCurrentStorageArray())
				most = Math.max(most, label);
		return most;
	}

	private void image(final NetworkView view) {
		final String name = view.sample().name();
		grow(LINE);
		text(name + ": " + view.image().dimension(0) + " x " + view.image()
			.dimension(1) + " pixels" + objects(view), MARGIN, TEXT, Font.BOLD,
			Color.BLACK);
		y += LINE + GAP / 2;
		final int side = (INNER - (IMAGE_PANELS - 1) * GAP) / IMAGE_PANELS;
		y += row(panels.ofImage(view, side), MARGIN, side) + LINE / 2;
	}

	private String objects(final NetworkView view) {
		if (preview.kind() == LabelKind.CLASSES) return "";
		final int count = ObjectSizes.of(Arrays.asList(view.sample()), preview
			.kind()).count();
		return ", " + count + (preview.kind() == LabelKind.MASK ? " region"
			: " object") + (count == 1 ? "" : "s");
	}

	/** @return height in pixels of what was drawn */
	private int row(final List<Panel> row, final int left, final int side) {
		final int height = row.get(0).picture.getHeight();
		grow(LINE + height + GAP);
		int x = left;
		for (final Panel panel : row) {
			text(panel.caption, x, TEXT * 7 / 8, Font.PLAIN, Color.DARK_GRAY);
			g.drawImage(panel.picture, x, y + LINE, null);
			x += side + GAP;
		}
		return LINE + height + GAP;
	}

	private void patches() {
		final NetworkView first = preview.patches().get(0);
		final long width = first.image().dimension(0);
		final long height = first.image().dimension(1);
		heading("The first " + preview.patches().size() +
			" patches of the training, " + width + " x " + height +
			" pixels, augmented");
		grow(2 * LINE);
		panels.patchGreys().draw(g, WIDTH - MARGIN - TEXT, y, BAR, TEXT);
		if (first.region()[0] != width || first.region()[1] != height) text(
			"The network answers for the part in the frame, " + first.region()[0] +
				" x " + first.region()[1] +
				" pixels; what is around it helps to decide.", MARGIN, TEXT, Font.PLAIN,
			Color.BLACK);
		y += 2 * LINE;
		final int group = (INNER - (PATCHES_A_ROW - 1) * 4 * GAP) / PATCHES_A_ROW;
		final int side = (group - (PATCH_PANELS - 1) * GAP) / PATCH_PANELS;
		for (int i = 0; i < preview.patches().size(); i += PATCHES_A_ROW) {
			int taken = 0;
			for (int j = i; j < Math.min(i + PATCHES_A_ROW, preview.patches()
				.size()); j++)
				taken = patch(j, MARGIN + (j - i) * (group + 4 * GAP), side);
			y += taken + LINE / 2;
		}
	}

	private int patch(final int index, final int left, final int side) {
		final NetworkView view = preview.patches().get(index);
		grow(LINE);
		text("Example " + (index + 1) + ", from " + view.sample().name(), left,
			TEXT, Font.BOLD, Color.BLACK);
		final int top = y;
		y += LINE;
		final int taken = row(panels.ofPatch(view, side), left, side);
		y = top;
		return LINE + taken;
	}
}
