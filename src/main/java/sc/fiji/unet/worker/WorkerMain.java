
package sc.fiji.unet.worker;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import sc.fiji.unet.tensorflow.TensorFlowFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The worker process: reads requests of Appose's protocol, a line each, and
 * answers them. Ends when its input ends, so it never outlives the process that
 * it works for, however that one ends.
 */
public final class WorkerMain {

	private final PrintStream out;
	private final WorkerNetworks networks = new WorkerNetworks(
		new TensorFlowFactory());
	private final ExecutorService threads = Executors.newCachedThreadPool();
	private final Gson gson = new Gson();

	private WorkerMain(final PrintStream out) {
		this.out = out;
	}

	public static void main(final String... args) throws IOException {
		// Whatever else is printed must not get among the messages.
		final PrintStream messages = System.out;
		System.setOut(System.err);
		// Ctrl-C and a batch queue's signal reach all processes of a group; this
		// one is needed to write the last checkpoint.
		for (final String signal : new String[] { "INT", "TERM", "HUP" })
			ignore(signal);
		new WorkerMain(messages).serve(new BufferedReader(new InputStreamReader(
			System.in, StandardCharsets.UTF_8)));
	}

	private static void ignore(final String signal) {
		try {
			Signal.handle(new Signal(signal), SignalHandler.SIG_IGN);
		}
		catch (final IllegalArgumentException e) {
			System.err.println("The signal " + signal +
				" is unknown here, so it cannot be ignored.");
		}
	}

	private void serve(final BufferedReader requests) throws IOException {
		try {
			for (String line = requests.readLine(); line != null; line = requests
				.readLine())
			{
				final JsonObject request = JsonParser.parseString(line)
					.getAsJsonObject();
				threads.execute(() -> answer(request));
			}
		}
		finally {
			// Not exit: a step that still runs would hold it up.
			Runtime.getRuntime().halt(0);
		}
	}

	private void answer(final JsonObject request) {
		final JsonObject reply = new JsonObject();
		reply.add("task", request.get("task"));
		try {
			final Object result = ((Work<?>) Wire.decode(request.get("script")
				.getAsString())).run(networks);
			final JsonObject outputs = new JsonObject();
			outputs.addProperty("result", Wire.encode(result));
			reply.addProperty("responseType", "COMPLETION");
			reply.add("outputs", outputs);
		}
		// Errors too: the other side decides what to do about them.
		catch (final Throwable e) {
			reply.addProperty("responseType", "FAILURE");
			reply.addProperty("error", Wire.encodeFailure(e));
		}
		synchronized (out) {
			out.println(gson.toJson(reply));
			out.flush();
		}
	}
}
