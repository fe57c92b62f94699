
package sc.fiji.unet.command;

import ij.IJ;

import java.nio.file.Path;

import org.scijava.Priority;
import org.scijava.io.AbstractIOPlugin;
import org.scijava.io.IOPlugin;
import org.scijava.io.location.FileLocation;
import org.scijava.io.location.Location;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Plugin;

import sc.fiji.unet.model.ModelFile;
import sc.fiji.unet.model.ModelPackage;

/**
 * Offers to install a model that is dropped on Fiji's window, or opened from
 * its menu. Other archives, such as sets of ROIs, are left alone. Fiji asks
 * openers with the attribute "eager" before ImageJ itself opens a file
 * (net.imagej.legacy.plugin.DefaultLegacyOpener).
 */
@Plugin(type = IOPlugin.class, priority = Priority.HIGH, attrs = @Attr(
	name = "eager"))
public final class ModelOpener extends AbstractIOPlugin<ModelFile> {

	@Override
	public Class<ModelFile> getDataType() {
		return ModelFile.class;
	}

	/** Asked for each file that Fiji opens, so it must be quick. */
	@Override
	public boolean supportsOpen(final Location source) {
		return source instanceof FileLocation && ModelPackage.isPackage(path(
			source));
	}

	private static Path path(final Location source) {
		return ((FileLocation) source).getFile().toPath();
	}

	/**
	 * A macro or a script that opens all files of a folder does not mean to
	 * install them. So that is asked first; in a macro, and where nobody can be
	 * asked, nothing is installed. (Of a script there is no way to know.)
	 *
	 * @return the model, never null: Fiji would then let ImageJ try to open it
	 */
	@Override
	public ModelFile open(final Location source) {
		final Path path = path(source);
		final ModelFile model = ModelFile.of(path);
		if (UNetCommand.hasWindows() && !IJ.isMacro()) new ModelInstall(IJ
			.getInstance(), done -> {}).offer(model);
		else IJ.log("'" + path +
			"' is a model for Plugins > U-Net > Segment; Plugins > U-Net > Install Model (file=[" +
			path + "]) installs it.");
		return model;
	}
}
