
package sc.fiji.unet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.unet.network.UNetConfig;

class CheckpointsTest {

	@TempDir
	Path temporary;

	private Path folder;
	private final FakeNetwork network = new FakeNetwork(Fixture.plan().build());
	private final History history = new History(new ForegroundScore(UNetConfig
		.builder().build()).names());
	private final RunState state = new RunState();

	@BeforeEach
	void prepare() {
		folder = temporary.resolve("deep").resolve("model.training");
		state.plan(Fixture.plan().build());
		state.steps = StepPlan.provisional(4, 1000).revised(3, 50, 4);
		state.data = DataFingerprint.of(Fixture.data());
	}

	private List<String> checkpointNames() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(f -> f.getFileName().toString()).filter(n -> n.contains(
				"checkpoint")).sorted().collect(Collectors.toList());
		}
	}

	@Test
	void lastTwoAndTheBestAreKept() throws IOException {
		try (Checkpoints checkpoints = Checkpoints.open(folder)) {
			assertNull(checkpoints.last());
			for (int i = 1; i <= 6; i++)
				checkpoints.save(network, state, history, i == 2);
			assertEquals(Arrays.asList("checkpoint-00000002", "checkpoint-00000005",
				"checkpoint-00000006"), checkpointNames());
			assertEquals("checkpoint-00000006", checkpoints.last());
			assertEquals("checkpoint-00000002", checkpoints.readState(checkpoints
				.last()).bestCheckpoint);
		}
		assertTrue(Checkpoints.exist(folder));
	}

	@Test
	void stateComesBackToTheLastBit() throws IOException {
		state.updates = 123456789012L;
		state.batches = 5;
		state.accumulatedLoss = 0.1 + 0.2;
		state.epoch.add(1.0 / 3);
		state.epoch.add(Math.PI);
		state.seconds = 1e-17;
		state.end = TrainingResult.Status.EARLY_STOPPED;
		try (Checkpoints checkpoints = Checkpoints.open(folder)) {
			checkpoints.save(network, state, history, false);
			final RunState read = checkpoints.readState(checkpoints.last());
			assertEquals(state.toJson(), read.toJson());
			assertEquals(state.plan(), read.plan());
			assertEquals(Double.POSITIVE_INFINITY, read.best, 0);
			assertEquals(state.epoch.standardDeviation(), read.epoch
				.standardDeviation(), 0);
			for (int i = 0; i < 50; i++)
				assertEquals(state.steps.progress(i), read.steps.progress(i), 0);
			assertEquals("", read.data.difference(state.data));
			assertEquals(TrainingResult.Status.EARLY_STOPPED, read.end);
		}
	}

	@Test
	void saveThatDoesNotEndLeavesTheOnesBefore() throws IOException {
		network.killAtSave = 2;
		try (Checkpoints checkpoints = Checkpoints.open(folder)) {
			checkpoints.save(network, state, history, true);
			assertThrows(FakeNetwork.Killed.class, () -> checkpoints.save(network,
				state, history, false));
			assertEquals("checkpoint-00000001", checkpoints.last());
		}
		assertEquals(2, checkpointNames().size(), "the half written one is there");
		try (Checkpoints checkpoints = Checkpoints.open(folder)) {
			assertEquals(Arrays.asList("checkpoint-00000001"), checkpointNames(),
				"and is cleared at the next start");
			network.restore(checkpoints.network(checkpoints.last()));
		}
	}

	@Test
	void folderServesOneTrainingAtATime() throws IOException {
		try (Checkpoints checkpoints = Checkpoints.open(folder)) {
			final IOException e = assertThrows(IOException.class, () -> Checkpoints
				.open(folder));
			assertTrue(e.getMessage().contains("in use"), e.getMessage());
			assertThrows(IOException.class, () -> Checkpoints.discard(folder));
		}
		Checkpoints.open(folder).close();
	}

	@Test
	void discardRemovesTheWholeTraining() throws IOException {
		try (Checkpoints checkpoints = Checkpoints.open(folder)) {
			checkpoints.save(network, state, history, true);
		}
		Checkpoints.discard(folder);
		assertFalse(Files.exists(folder));
		assertFalse(Checkpoints.exist(folder));
		Checkpoints.discard(folder);
	}

	@Test
	void discardRefusesAFolderWithAnythingElseBeforeItRemovesAnything()
		throws IOException
	{
		try (Checkpoints checkpoints = Checkpoints.open(folder)) {
			checkpoints.publish(history);
			checkpoints.save(network, state, history, true);
		}
		final Path checkpoint = folder.resolve("checkpoint-00000001");
		for (final Path foreign : new Path[] { folder.resolve("notes.txt"), folder
			.resolve("images").resolve("cell.tif"), folder.resolve("results.part"),
			folder.resolve(".part-of-mine"), checkpoint.resolve("notes.txt"), folder
				.resolve("checkpoint-00000002") })
		{
			Files.createDirectories(foreign.getParent());
			Files.write(foreign, new byte[] { 1 });
			final List<String> before = tree();
			final String name = foreign.getParent().equals(folder) ? foreign
				.getFileName().toString() : foreign.getParent().equals(checkpoint)
					? "checkpoint-00000001" : "images";
			final String message = assertThrows(IOException.class, () -> Checkpoints
				.discard(folder)).getMessage();
			assertTrue(message.contains(name) && message.contains("move") && message
				.contains(folder.toString()), message);
			assertEquals(before, tree());
			assertTrue(Trainer.foreignFiles(folder).get(0).startsWith(name));
			Files.delete(foreign);
			Files.deleteIfExists(folder.resolve("images"));
		}
		assertEquals(Arrays.asList(), Trainer.foreignFiles(folder));
		Checkpoints.discard(folder);
		assertFalse(Files.exists(folder));
	}

	private List<String> tree() throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.map(Path::toString).sorted().collect(Collectors.toList());
		}
	}

	@Test
	void discardRefusesAFolderThatWasNeverATraining() throws IOException {
		Files.createDirectories(folder);
		Files.write(folder.resolve("thesis.docx"), new byte[] { 1 });
		assertThrows(IOException.class, () -> Checkpoints.discard(folder));
		assertEquals(2, tree().size(), "not even a lock was added: " + tree());
	}

	@Test
	void whatAKilledTrainingOrAFileBrowserLeavesIsDiscarded() throws IOException {
		Files.createDirectories(folder.resolve(".part-checkpoint-00000003").resolve(
			"network"));
		for (final String name : new String[] { ".history.csv.part", "plan.json",
			".DS_Store", ".part-checkpoint-00000003/.state.json.part" })
			Files.write(folder.resolve(name), new byte[] { 1 });
		assertEquals(Arrays.asList(), Trainer.foreignFiles(folder));
		Checkpoints.discard(folder);
		assertFalse(Files.exists(folder));
	}

	@Test
	void unprovenCheckpointIsRemovedOnlyAfterTheUpdateThatFailed()
		throws IOException
	{
		try (Checkpoints checkpoints = Checkpoints.open(folder)) {
			checkpoints.save(network, state, history, false);
			checkpoints.removeUnproven(0);
			assertEquals("checkpoint-00000001", checkpoints.last(),
				"the only one stays");
			state.updates = 4;
			checkpoints.save(network, state, history, false);
			checkpoints.removeUnproven(5);
			assertEquals("checkpoint-00000002", checkpoints.last(),
				"update 4 was followed by a finite loss");
			checkpoints.removeUnproven(4);
			assertEquals("checkpoint-00000001", checkpoints.last());
		}
	}

	@Test
	void otherThingsInTheFolderAreLeftAlone() throws IOException {
		Files.createDirectories(folder.resolve("checkpoint-mine"));
		try (Checkpoints checkpoints = Checkpoints.open(folder)) {
			assertNull(checkpoints.last());
			checkpoints.save(network, state, history, true);
			assertEquals("checkpoint-00000001", checkpoints.last());
		}
		assertTrue(Files.exists(folder.resolve("checkpoint-mine")));
	}

	@Test
	void damagedStateIsNamed() throws IOException {
		try (Checkpoints checkpoints = Checkpoints.open(folder)) {
			checkpoints.save(network, state, history, true);
			final Path file = folder.resolve(checkpoints.last()).resolve(
				"state.json");
			Files.write(file, "{\"formatVersion\": 1".getBytes());
			final IOException e = assertThrows(IOException.class, () -> checkpoints
				.readState(checkpoints.last()));
			assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
		}
	}
}
