
package sc.fiji.unet.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** A picture as part of a page. */
final class DataUri {

	private static final float QUALITY = 0.88f;

	private DataUri() {}

	/** @return an address that holds the picture itself, as JPEG */
	static String of(final BufferedImage picture) throws IOException {
		final BufferedImage rgb = new BufferedImage(picture.getWidth(), picture
			.getHeight(), BufferedImage.TYPE_INT_RGB);
		rgb.createGraphics().drawImage(picture, 0, 0, null);
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg")
			.next();
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
			final ImageWriteParam param = writer.getDefaultWriteParam();
			param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
			param.setCompressionQuality(QUALITY);
			writer.setOutput(out);
			writer.write(null, new IIOImage(rgb, null, null), param);
		}
		finally {
			writer.dispose();
		}
		return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(bytes
			.toByteArray());
	}
}
