
package sc.fiji.unet.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoJobTest {

	@TempDir
	Path folder;

	private final BrightEngine engine = new BrightEngine();

	@Test
	void aDivergedTrainingIsNotJudgedByTheModelOfAnEarlierDemo()
		throws IOException
	{
		assertEquals(3, new DemoJob(folder, engine).run().images());
		assertTrue(Files.exists(folder.resolve("cells.zip")), "there is a model");
		engine.loss = Double.NaN;
		final String message = assertThrows(IOException.class, () -> new DemoJob(
			folder, engine).run()).getMessage();
		assertTrue(message.contains("became NaN"), message);
	}

	@Test
	void filesThatNoDemoHasWrittenAreLeftAlone() throws IOException {
		final Path model = folder.resolve("cells.zip");
		Files.write(model, new byte[] { 1 });
		Files.createDirectory(folder.resolve("sample"));
		final String message = assertThrows(IllegalArgumentException.class,
			() -> new DemoJob(folder, engine).run()).getMessage();
		assertTrue(message.contains("sample, cells.zip") && message.contains(
			"another folder"), message);
		assertArrayEquals(new byte[] { 1 }, Files.readAllBytes(model));
		assertFalse(Files.exists(folder.resolve(DemoJob.MARK)), "no mark");
		assertEquals(0, engine.created);
	}
}
