
package sc.fiji.unet.imagej;

import ij.IJ;

import java.util.LinkedHashMap;
import java.util.Map;

/** What runs, for whoever has to say so. */
public final class Software {

	private Software() {}

	/** @return name of each program to its version, in order */
	public static Map<String, String> versions() {
		final Map<String, String> versions = new LinkedHashMap<>();
		final String own = Software.class.getPackage().getImplementationVersion();
		versions.put("U-Net for Fiji", own == null ? "built from sources" : own);
		versions.put("ImageJ", IJ.getVersion());
		versions.put("Java", System.getProperty("java.version") + " (" + System
			.getProperty("java.vendor") + ")");
		versions.put("System", System.getProperty("os.name") + " " + System
			.getProperty("os.version") + ", " + System.getProperty("os.arch") + ", " +
			Runtime.getRuntime().availableProcessors() + " processors");
		return versions;
	}
}
