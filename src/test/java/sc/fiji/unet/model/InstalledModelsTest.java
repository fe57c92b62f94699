
package sc.fiji.unet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledModelsTest {

	@TempDir
	Path folder;

	private Path own;
	private Path shared;
	private InstalledModels models;

	@BeforeEach
	void name() {
		own = folder.resolve("home/.unet/models");
		shared = folder.resolve("shared");
		models = InstalledModels.in(Arrays.asList(own, folder.resolve("nowhere"),
			shared, own));
	}

	private List<String> entries() throws IOException {
		return models.list().stream().map(InstalledModel::entry).collect(Collectors
			.toList());
	}

	/** @return every file below a folder with its size and time */
	private static Map<String, String> content(final Path folder)
		throws IOException
	{
		final Map<String, String> content = new TreeMap<>();
		if (Files.exists(folder)) try (Stream<Path> files = Files.walk(folder)) {
			for (final Path file : files.collect(Collectors.toList()))
				content.put(file.toString(), Files.size(file) + " " + Files
					.getLastModifiedTime(file));
		}
		return content;
	}

	@Test
	void foldersAreReadInOrderAndOfANameTheFirstCounts() throws IOException {
		Models.write(own.resolve("b.zip"), "Cells", 1);
		Models.write(own.resolve("a.zip"), "Walls", 2);
		final Path second = Models.write(shared.resolve("a.zip"), "Cells", 3);
		Models.write(shared.resolve("c.ZIP"), "Nuclei", 4);
		Files.writeString(shared.resolve("notes.txt"), "no model");
		Files.writeString(shared.resolve(".hidden.zip"), "no model");
		final Map<String, String> before = content(folder);
		assertEquals(Arrays.asList(BundledModel.NAME, "Walls", "Cells", second
			.toString(), "Nuclei"), entries());
		assertEquals(Arrays.asList(own, folder.resolve("nowhere"), shared), models
			.folders());
		assertEquals(own.resolve("b.zip"), find("Cells"));
		assertEquals(second, find(second.toString()));
		assertEquals(own.resolve("a.zip"), find("a"));
		assertEquals(shared.resolve("c.ZIP"), find(" c.ZIP "));
		assertEquals(before, content(folder), "nothing was written");
	}

	private Path find(final String entered) throws IOException {
		return models.find(new File(entered)).path();
	}

	@Test
	void nothingAndItsNameMeanTheBundledModel() throws IOException {
		final Path bundled = BundledModel.file();
		assertEquals(bundled, models.find(null).path());
		assertEquals(bundled, find(""));
		assertEquals(bundled, find(" " + BundledModel.NAME));
		// Another one of that name has its path alone.
		final Path other = Models.write(shared.resolve("n.zip"), BundledModel.NAME,
			1);
		assertEquals(bundled, find(BundledModel.NAME));
		assertEquals(Arrays.asList(BundledModel.NAME, other.toString()), entries());
		assertEquals(other, find("n"));
	}

	@Test
	void whereAModelMustBeNamedNothingIsRefused() throws IOException {
		assertEquals(BundledModel.file(), models.findNamed(new File(
			BundledModel.NAME)).path());
		assertThrows(IllegalArgumentException.class, () -> models.findNamed(
			new File(" ")));
	}

	/** What an entry becomes in a field for a file must still mean the model. */
	@Test
	void everyEntryFindsItsModel() throws IOException {
		Models.write(own.resolve("a.zip"), "10x/20x", 1);
		Models.write(own.resolve("b.zip"), "10x//20x", 2);
		Models.write(own.resolve("c.zip"), "Cells, v2: [no. 1]", 3);
		Models.write(shared.resolve("a.zip"), "10x/20x", 4);
		for (final InstalledModel model : models.list())
			assertEquals(model.file().path(), find(model.entry()), model.entry());
		assertEquals(own.resolve("b.zip").toString(), entries().get(2));
	}

	@Test
	void whatIsDamagedHidesNothing() throws IOException {
		Files.createDirectories(own);
		Files.writeString(own.resolve("a.zip"), "hello");
		Models.write(own.resolve("b.zip"), "Cells", 1);
		Files.createDirectories(own.resolve("folder.zip"));
		assertEquals(Arrays.asList(BundledModel.NAME, own.resolve("a.zip")
			.toString(), "Cells"), entries());
		final ModelFile damaged = models.list().get(1).file();
		assertTrue(damaged.problem().get().getMessage().contains(
			"a.zip is no zip archive"), damaged.problem().toString());
		assertEquals("a", damaged.name());
		assertThrows(IOException.class, () -> CardText.lines(damaged));
		assertEquals(own.resolve("a.zip"), find("a"), "so that the reason is said");
		final Path named = Models.write(shared.resolve("good.zip"), "a", 2);
		assertEquals(named, find("a"));
		Files.writeString(own.resolve("c.zip"), "hello");
		final Path filed = Models.write(shared.resolve("c.zip"), "Other", 3);
		assertEquals(filed, find("c"));
		assertEquals(filed, find("c.zip"));
	}

	@Test
	void whatIsNotThereIsNamedWithWhatIs() throws IOException {
		Models.write(shared.resolve("b.zip"), "Cells", 1);
		final String said = assertThrows(IllegalArgumentException.class, () -> find(
			"Cels")).getMessage();
		for (final String part : Arrays.asList("'Cels'", BundledModel.NAME +
			", Cells.", own.toString(), shared.toString(), "Install Model"))
			assertTrue(said.contains(part), said);
	}

	@Test
	void aModelIsInstalledWholeAndOnce() throws IOException {
		final Path file = Models.write(folder.resolve("my cells.zip"), "Cells", 1);
		final Installation first = models.install(file, false);
		assertTrue(first.isNew(), first.sentence());
		assertTrue(first.sentence().contains("model=[Cells]"), first.sentence());
		assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(own.resolve(
			"my cells.zip")));
		assertEquals(2, content(own).size(), "the folder and the model");
		final Map<String, String> before = content(folder);
		for (final Path again : Arrays.asList(file, own.resolve("my cells.zip"))) {
			final Installation second = models.install(again, true);
			assertFalse(second.isNew(), second.sentence());
			assertTrue(second.sentence().contains("installed already"), second
				.sentence());
		}
		assertFalse(models.install(BundledModel.file(), false).isNew());
		assertEquals(before, content(folder));
	}

	@Test
	void whatIsSharedIsNotCopied() throws IOException {
		final Path file = Models.write(folder.resolve("x.zip"), "Cells", 1);
		Files.createDirectories(shared);
		Files.copy(file, shared.resolve("y.zip"));
		final Map<String, String> before = content(folder);
		assertFalse(models.install(file, false).isNew());
		assertEquals(before, content(folder));
		Models.write(shared.resolve("y.zip"), "Cells", 2);
		assertTrue(models.install(file, false).isNew(), "another one of its name");
		assertEquals(own.resolve("x.zip"), find("Cells"), "one's own comes first");
	}

	@Test
	void anotherOneOfTheNameIsReplacedOnlyOnWish() throws IOException {
		models.install(Models.write(folder.resolve("old.zip"), "Cells", 1), false);
		models.install(Models.write(folder.resolve("new.zip"), "Walls", 2), false);
		for (final String[] other : new String[][] { { "new.zip", "Leaves",
			"Walls" }, { "newer.zip", "Cells", "old.zip" } })
		{
			final Path file = Models.write(folder.resolve(other[0]), other[1], 3);
			final Map<String, String> before = content(own);
			final String said = assertThrows(FileAlreadyExistsException.class,
				() -> models.install(file, false)).getMessage();
			for (final String part : Arrays.asList(other[2], "overwrite=true",
				"--overwrite"))
				assertTrue(said.contains(part), said);
			assertEquals(before, content(own));
			assertTrue(models.install(file, true).isNew());
			assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(own
				.resolve(other[0])));
		}
		assertEquals(Arrays.asList(BundledModel.NAME, "Leaves", "Cells"),
			entries());
	}

	/** Whoever wishes that one is replaced may know of one alone. */
	@Test
	void twoAreNotReplacedEvenOnWish() throws IOException {
		models.install(Models.write(folder.resolve("old.zip"), "Cells", 1), false);
		models.install(Models.write(folder.resolve("new.zip"), "Walls", 2), false);
		final Path file = Models.write(folder.resolve("new.zip"), "Cells", 3);
		final Map<String, String> before = content(own);
		final IOException e = assertThrows(IOException.class, () -> models.install(
			file, true));
		assertFalse(e instanceof FileAlreadyExistsException, "no question");
		for (final String part : Arrays.asList("'Cells' in " + own.resolve(
			"old.zip"), "'Walls' in " + own.resolve("new.zip"), "unet export --name"))
			assertTrue(e.getMessage().contains(part), e.getMessage());
		assertEquals(before, content(own));
	}

	@Test
	void aHiddenFileIsRefusedBeforeItIsCopied() throws IOException {
		final Path file = Models.write(folder.resolve(".h.zip"), "Cells", 1);
		final String said = assertThrows(IllegalArgumentException.class,
			() -> models.install(file, false)).getMessage();
		assertTrue(said.contains("begins with a dot"), said);
		assertEquals(Collections.emptyMap(), content(own));
	}

	/** On macOS and Windows one is the other; elsewhere these are two files. */
	@Test
	void whereCaseDoesNotCountItIsAskedToo() throws IOException {
		models.install(Models.write(folder.resolve("cells.zip"), "A", 1), false);
		final boolean counts = !Files.exists(own.resolve("Cells.zip"));
		final Path other = Models.write(Files.createDirectory(folder.resolve("b"))
			.resolve("Cells.zip"), "B", 2);
		if (!counts) assertThrows(FileAlreadyExistsException.class, () -> models
			.install(other, false));
		assertTrue(models.install(other, !counts).isNew());
		assertEquals(counts ? Arrays.asList(BundledModel.NAME, "B", "A") : Arrays
			.asList(BundledModel.NAME, "B"), entries());
	}

	@Test
	void whatIsNoSoundModelOfOursIsRefused() throws IOException {
		final Path text = Files.writeString(folder.resolve("t.zip"), "hello");
		final Path cut = Models.write(folder.resolve("c.zip"), "Cut", 1);
		DamagedPackageTest.replace(cut, Rdf.WEIGHTS, s -> s + "x");
		final Path named = Models.write(folder.resolve("n.zip"), BundledModel.NAME,
			1);
		final Map<Path, String> reasons = new TreeMap<>();
		reasons.put(text, "no zip archive");
		reasons.put(cut, "does not have the checksum");
		reasons.put(named, "unet export --name");
		for (final Map.Entry<Path, String> reason : reasons.entrySet()) {
			final Exception e = assertThrows(Exception.class, () -> models.install(
				reason.getKey(), true));
			assertTrue(e.getMessage().contains(reason.getValue()), e.getMessage());
		}
		assertThrows(NoSuchFileException.class, () -> models.install(folder.resolve(
			"none.zip"), false));
		assertEquals(Collections.emptyMap(), content(own));
	}

	@Test
	void aFolderThatCannotBeMadeIsNamed() throws IOException {
		final Path file = Models.write(folder.resolve("x.zip"), "Cells", 1);
		Files.writeString(folder.resolve("home"), "a file where a folder must be");
		final String said = assertThrows(IOException.class, () -> models.install(
			file, false)).getMessage();
		assertTrue(said.contains(own.toString()) && said.contains(
			InstalledModels.VARIABLE), said);
	}

	@Test
	void foldersAreThoseOfTheUserAndTheNamedOnes() {
		final String home = System.getProperty("user.home");
		try {
			System.setProperty("user.home", folder.resolve("home").toString());
			System.setProperty(InstalledModels.PROPERTY, shared + File.pathSeparator +
				" " + File.pathSeparator + folder.resolve("b"));
			assertEquals(Arrays.asList(own, shared, folder.resolve("b")),
				InstalledModels.here().folders());
		}
		finally {
			System.setProperty("user.home", home);
			System.clearProperty(InstalledModels.PROPERTY);
		}
	}

	@Test
	void onlyArchivesOfThisProgramAreTakenForModels() throws IOException {
		final Path model = Models.write(folder.resolve("m.zip"), "Cells", 1);
		assertTrue(ModelPackage.isPackage(model));
		DamagedPackageTest.replace(model, Rdf.FILE, s -> s.replace(
			"format_version: 1", "format_version: 99"));
		assertTrue(ModelPackage.isPackage(model), "of a newer version");
		final Path other = folder.resolve("rois.zip");
		DamagedPackageTest.zipOf(other, "0001.roi", "Iout");
		assertFalse(ModelPackage.isPackage(other));
		DamagedPackageTest.zipOf(other, Rdf.FILE, "name: other");
		assertFalse(ModelPackage.isPackage(other));
		assertFalse(ModelPackage.isPackage(Files.writeString(folder.resolve(
			"t.zip"), "hello")));
		assertFalse(ModelPackage.isPackage(folder));
		assertFalse(ModelPackage.isPackage(folder.resolve("none.zip")));
		final Path renamed = folder.resolve("m.tif");
		Files.copy(model, renamed);
		assertFalse(ModelPackage.isPackage(renamed));
	}

	@Test
	void aFileIsReadAnewWhenItChanges() throws IOException {
		final Path file = Models.write(folder.resolve("m.zip"), "Cells", 1);
		final ModelFile first = ModelFile.of(file);
		final String sha256 = first.sha256();
		assertEquals(ModelPackage.sha256(file), sha256);
		assertTrue(first == ModelFile.of(file), "read once");
		Models.write(file, "Other cells", 2);
		assertEquals("Other cells", ModelFile.of(file).name());
		assertEquals(ModelPackage.sha256(file), ModelFile.of(file).sha256());
		assertFalse(sha256.equals(ModelFile.of(file).sha256()));
		Files.delete(file);
		assertTrue(ModelFile.of(file).problem().isPresent());
	}

	@Test
	void theCardSaysWhatMatters() throws IOException {
		final ModelFile file = ModelFile.of(Models.write(folder.resolve("m.zip"),
			"Cells", 1));
		assertEquals(Arrays.asList(
			"Model 'Cells' by A. Author, no, licence CC-BY-4.0, trained 2026-02-03.",
			"2 channels; classes: cell, wall; 0.5 x 0.25 \u00b5m a pixel.",
			"F1 at IoU 0.5 0.93, tiny 0.00. SHA-256 " + file.sha256().substring(0,
				12) + "..."), CardText.lines(file));
		final String page = CardText.page(file);
		for (final String part : Arrays.asList("12 images of leaves",
			"DAPI 405, 2nd", "10.1007/978-3-319-24574-4_28", file.sha256(), "m.zip"))
			assertTrue(page.contains(part), page);
		final List<String> bundled = CardText.lines(models.find(null));
		assertEquals(
			"1 channel; class: foreground; no pixel size; objects about 24 pixels across.",
			bundled.get(1));
		assertTrue(bundled.get(2).startsWith(
			"PQ 0.81, IoU 0.93, F1 0.96 (5 held-out images). SHA-256 "), bundled.get(
				2));
	}
}
