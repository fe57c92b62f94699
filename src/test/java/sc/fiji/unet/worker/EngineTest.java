
package sc.fiji.unet.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

class EngineTest {

	@Test
	void thereIsOneWayIntoTheEngine() {
		assertSame(Engine.factory(), Engine.factory());
		assertTrue(Engine.factory() instanceof WorkerFactory,
			"in a process of its own unless told otherwise");
	}

	@Test
	void problemsAreToldApartFromChatter() {
		final List<String> problems = new ArrayList<>();
		final List<String> chatter = new ArrayList<>();
		Engine.listen(s -> {}, problems::add, chatter::add);
		try {
			Engine.hear("I0000 00:00:1.0 7 pass.cc:401] not enabled");
			Engine.hear("W1125 13:00:00.0 7 cuda.cc:1] no CUDA");
			Engine.hear(
				"WARNING: All log messages before absl::InitializeLog() is called are written to STDERR");
			Engine.hear("E0000 00:00:1.0 7 cuda.cc:2] failed call to cuInit");
			Engine.hear("# A fatal error has been detected");
		}
		finally {
			Engine.listen(System.err::println, System.err::println, s -> {});
		}
		assertEquals(Arrays.asList(
			"E0000 00:00:1.0 7 cuda.cc:2] failed call to cuInit",
			"# A fatal error has been detected"), problems);
		assertEquals(3, chatter.size());
		assertTrue(Collections.disjoint(problems, chatter));
	}
}
