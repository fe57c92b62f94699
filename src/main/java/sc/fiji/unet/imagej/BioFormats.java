
package sc.fiji.unet.imagej;

import ij.IJ;
import ij.ImagePlus;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Bio-Formats, where it is: it comes with Fiji, but not with this plugin, so
 * that its classes are called by name. Neither asks nor shows anything. Each
 * file is read by itself, although Bio-Formats could join it to its neighbours.
 */
final class BioFormats {

	private static final Class<?>[] NOTHING = {};
	private static final Class<?>[] FLAG = { boolean.class };
	private static final Class<?>[] TEXT = { String.class };
	private static final Class<?>[] NUMBER = { int.class };

	/** What opens images. */
	private final Class<?> opener;
	/** What is asked of it. */
	private final Class<?> options;
	/** What makes readers of headers. */
	private final Class<?> readers;

	private BioFormats(final ClassLoader loader) throws ClassNotFoundException {
		opener = loader.loadClass("loci.plugins.BF");
		options = loader.loadClass("loci.plugins.in.ImporterOptions");
		readers = loader.loadClass("loci.plugins.util.LociPrefs");
	}

	/** @return empty if it is not here */
	static Optional<BioFormats> find() {
		final Set<ClassLoader> loaders = new LinkedHashSet<>(Arrays.asList(Thread
			.currentThread().getContextClassLoader(), IJ.getClassLoader(),
			BioFormats.class.getClassLoader()));
		loaders.remove(null);
		for (final ClassLoader loader : loaders)
			try {
				return Optional.of(new BioFormats(loader));
			}
			catch (final ClassNotFoundException | LinkageError e) {
				// Another class loader may know it, or know all of it.
				continue;
			}
		return Optional.empty();
	}

	/**
	 * Reads no more than the header.
	 *
	 * @return width and height in pixels of each series in the file
	 * @throws IOException if Bio-Formats cannot read it, or is of a version that
	 *           is not known here; the message does not name the file
	 */
	List<long[]> sizes(final Path file) throws IOException {
		final Object reader = call(readers, null, "makeImageReader", NOTHING);
		final Class<?> type = reader.getClass();
		try {
			call(type, reader, "setGroupFiles", FLAG, false);
			call(type, reader, "setId", TEXT, file.toString());
			final List<long[]> sizes = new ArrayList<>();
			final int count = (int) call(type, reader, "getSeriesCount", NOTHING);
			for (int s = 0; s < count; s++) {
				call(type, reader, "setSeries", NUMBER, s);
				sizes.add(new long[] { (int) call(type, reader, "getSizeX", NOTHING),
					(int) call(type, reader, "getSizeY", NOTHING) });
			}
			return sizes;
		}
		finally {
			call(type, reader, "close", NOTHING);
		}
	}

	/**
	 * @param series number of the series, from 1
	 * @return the image with all its channels, slices and frames
	 * @throws IOException if there is no such series, its planes are too large,
	 *           or as {@link #sizes}
	 */
	ImagePlus open(final Path file, final int series) throws IOException {
		checkSeries(sizes(file), series);
		final Object wanted = wanted(file, series);
		// It saves what it is asked for as the user's own choices.
		final Object ofUser = create();
		call(options, ofUser, "loadOptions", NOTHING);
		final ImagePlus[] images;
		try {
			images = (ImagePlus[]) call(opener, null, "openImagePlus",
				new Class<?>[] { options }, wanted);
		}
		finally {
			call(options, ofUser, "saveOptions", NOTHING);
		}
		if (images == null || images.length == 0) throw new IOException(
			"Bio-Formats does not find an image in it");
		return images[0];
	}

	private static void checkSeries(final List<long[]> sizes, final int series)
		throws IOException
	{
		if (series > sizes.size()) throw new IOException("it has " + (sizes
			.size() == 1 ? "one series" : sizes.size() + " series") +
			", so that there is no series " + series);
		PlaneSize.check(sizes.get(series - 1)[0], sizes.get(series - 1)[1]);
	}

	private Object wanted(final Path file, final int series) throws IOException {
		final Object wanted = create();
		call(options, wanted, "setId", TEXT, file.toString());
		for (final String name : new String[] { "setQuiet", "setWindowless",
			"setUngroupFiles" })
			call(options, wanted, name, FLAG, true);
		for (final String name : new String[] { "setGroupFiles", "setVirtual",
			"setOpenAllSeries", "setShowROIs" })
			call(options, wanted, name, FLAG, false);
		call(options, wanted, "setSeriesOn", new Class<?>[] { int.class,
			boolean.class }, series - 1, true);
		return wanted;
	}

	private Object create() throws IOException {
		try {
			return options.getConstructor().newInstance();
		}
		catch (final InvocationTargetException | LinkageError e) {
			throw failure(e);
		}
		catch (final ReflectiveOperationException e) {
			throw otherVersion(options, "constructor", e);
		}
	}

	private static Object call(final Class<?> type, final Object target,
		final String name, final Class<?>[] parameters, final Object... values)
		throws IOException
	{
		try {
			return type.getMethod(name, parameters).invoke(target, values);
		}
		catch (final InvocationTargetException | LinkageError e) {
			throw failure(e);
		}
		catch (final ReflectiveOperationException e) {
			throw otherVersion(type, name, e);
		}
	}

	private static IOException failure(final Throwable e) {
		final Throwable cause = e instanceof InvocationTargetException ? e
			.getCause() : e;
		if (cause instanceof OutOfMemoryError) throw (OutOfMemoryError) cause;
		return new IOException("Bio-Formats cannot read it (" + (cause
			.getMessage() == null ? cause : cause.getMessage()) + ")", cause);
	}

	private static IOException otherVersion(final Class<?> type,
		final String name, final Exception e)
	{
		return new IOException("the Bio-Formats that is here lacks " + type
			.getSimpleName() + "." + name +
			", so that it is of a version that is not known to this plugin; update Fiji (Help > Update...)",
			e);
	}
}
