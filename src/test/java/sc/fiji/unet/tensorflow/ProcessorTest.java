
package sc.fiji.unet.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

class ProcessorTest {

	private static int threads(final String name, final String value) {
		return Processor.threads(8, Collections.singletonMap(name, value));
	}

	@Test
	void threadsFollowWhatTheQueueAllots() {
		assertEquals(8, Processor.threads(8, Collections.emptyMap()));
		assertEquals(3, threads("SLURM_CPUS_PER_TASK", "3"));
		assertEquals(4, threads("NSLOTS", " 4 "));
		assertEquals(2, threads("PBS_NUM_PPN", "2"));
		assertEquals(5, threads("LSB_DJOB_NUMPROC", "5"));
		assertEquals(6, threads("OMP_NUM_THREADS", "6,2"));
		assertEquals(8, threads("NSLOTS", "64"), "never more than there are");
		assertEquals(8, threads("NSLOTS", "many"));
		assertEquals(8, threads("NSLOTS", "0"));
	}

	@Test
	void aQueueCountsMoreThanAHabit() {
		final Map<String, String> environment = new HashMap<>();
		environment.put("OMP_NUM_THREADS", "1");
		environment.put("SLURM_CPUS_PER_TASK", "4");
		assertEquals(4, Processor.threads(8, environment));
	}
}
