
package sc.fiji.unet.job;

import java.io.IOException;
import java.nio.file.Path;

import sc.fiji.unet.data.SyntheticSamples;
import sc.fiji.unet.imagej.SampleFiles;

/**
 * Writes the sample images that the project brings along: ten of touching cells
 * and six of membranes as in electron microscopy, with instance labels. All are
 * generated, so they are free of anybody's rights.
 */
public final class SampleJob {

	/** Seed of the images in the project's {@code data} folder. */
	public static final long SEED = 2015;
	/** Number of images of cells and of membranes. */
	public static final int CELLS = 10;
	public static final int MEMBRANES = 6;
	/** Number of images of nuclei, which the menu opens. */
	public static final int NUCLEI = 3;
	/** Pixels along each side. */
	public static final long SIZE = 256;

	private SampleJob() {}

	/**
	 * @param folder gets cells/images, cells/labels, membranes/images and
	 *          membranes/labels
	 * @param overwrite whether existing files may be replaced
	 */
	public static void write(final Path folder, final boolean overwrite)
		throws IOException
	{
		SampleFiles.write(SyntheticSamples.cells(CELLS, SIZE, SEED), folder.resolve(
			"cells"), overwrite);
		SampleFiles.write(SyntheticSamples.membranes(MEMBRANES, SIZE, SEED), folder
			.resolve("membranes"), overwrite);
	}
}
