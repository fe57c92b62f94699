
package sc.fiji.unet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import javax.imageio.ImageIO;

/** Pictures of pages as a browser shows them. */
public final class Browser {

	private static final String BROWSER = "chromium";
	private static final int WIDTH = 900;

	private Browser() {}

	/** Skips the test where there is no browser. */
	public static void assumeThere() {
		assumeTrue(Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
			.anyMatch(path -> Files.isExecutable(Paths.get(path, BROWSER))),
			"there is no " + BROWSER + " on the path");
	}

	/**
	 * @param html the page
	 * @param folder for temporary files
	 * @param height of the window in pixels
	 * @param scale of the picture, 1 or less
	 */
	public static BufferedImage shown(final String html, final Path folder,
		final int height, final double scale) throws IOException,
		InterruptedException
	{
		final Path page = Files.writeString(folder.resolve("page.html"), html);
		final Path png = folder.resolve("page.png");
		final Path log = folder.resolve("log");
		final Process browser = new ProcessBuilder(BROWSER, "--headless",
			"--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=" +
				WIDTH + "," + height, "--screenshot=" + png, page.toUri().toString())
			.redirectErrorStream(true).redirectOutput(log.toFile()).start();
		assertTrue(browser.waitFor(1, TimeUnit.MINUTES), "the browser hangs");
		assertEquals(0, browser.exitValue(), Files.readString(log));
		return scaled(ImageIO.read(png.toFile()), scale);
	}

	private static BufferedImage scaled(final BufferedImage picture,
		final double scale)
	{
		final BufferedImage scaled = new BufferedImage((int) (scale * picture
			.getWidth()), (int) (scale * picture.getHeight()),
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = scaled.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_INTERPOLATION,
			RenderingHints.VALUE_INTERPOLATION_BICUBIC);
		g.drawImage(picture, 0, 0, scaled.getWidth(), scaled.getHeight(), null);
		g.dispose();
		return scaled;
	}
}
