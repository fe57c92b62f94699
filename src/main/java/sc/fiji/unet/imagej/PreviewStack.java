
package sc.fiji.unet.imagej;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ColorProcessor;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

import sc.fiji.unet.data.NetworkView;
import sc.fiji.unet.imagej.Panels.Panel;

/**
 * A preview as a stack. Below each picture stands what its colours mean. Used
 * once.
 */
final class PreviewStack {

	private static final int TEXT = 18;
	private static final int FOOT = 3 * TEXT;
	private static final int BAR = 160;

	private final int side;
	private final int width;
	private final int height;
	private final ImageStack stack;

	private PreviewStack(final int side, final int width, final int height) {
		this.side = side;
		this.width = width;
		this.height = height;
		stack = new ImageStack(width, height + FOOT);
	}

	/** @param side pixels that the longer side of each picture has */
	static ImagePlus of(final TrainingPreview preview, final Panels panels,
		final int side)
	{
		int width = 1;
		int height = 1;
		for (final List<NetworkView> views : Arrays.asList(preview.images(), preview
			.patches()))
			for (final NetworkView view : views) {
				final double scale = (double) side / Math.max(view.image().dimension(0),
					view.image().dimension(1));
				width = Math.max(width, (int) Math.round(scale * view.image().dimension(
					0)));
				height = Math.max(height, (int) Math.round(scale * view.image()
					.dimension(1)));
			}
		final PreviewStack result = new PreviewStack(side, width, height);
		for (final NetworkView view : preview.images())
			result.add(view.sample().name(), panels.ofImage(view, side));
		int number = 0;
		for (final NetworkView view : preview.patches())
			result.add("example " + ++number + " from " + view.sample().name(), panels
				.ofPatch(view, side));
		return new ImagePlus("Preview of the training data", result.stack);
	}

	private void add(final String name, final List<Panel> panels) {
		for (final Panel panel : panels)
			stack.addSlice(name + ": " + panel.caption, new ColorProcessor(draw(name,
				panel)));
	}

	private BufferedImage draw(final String name, final Panel panel) {
		final BufferedImage slice = new BufferedImage(width, height + FOOT,
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = slice.createGraphics();
		g.setColor(Color.WHITE);
		g.fillRect(0, 0, width, height + FOOT);
		g.drawImage(panel.picture, 0, 0, null);
		Lettering.smooth(g);
		g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, TEXT));
		g.setColor(Color.BLACK);
		int end = width - TEXT / 2;
		if (panel.scale != null) end = panel.scale.draw(g, width - TEXT, height +
			TEXT / 2, BAR, TEXT) - TEXT;
		g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, TEXT * 7 / 8));
		g.setColor(Color.BLACK);
		g.drawString(Lettering.shortened(name, g, end), TEXT / 2, height + TEXT *
			9 / 8);
		g.drawString(panel.caption + (panel.striped ? " (striped: ignored)" : ""),
			TEXT / 2, height + TEXT * 9 / 4);
		g.dispose();
		return slice;
	}
}
