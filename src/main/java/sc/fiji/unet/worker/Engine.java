
package sc.fiji.unet.worker;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import sc.fiji.unet.network.NetworkFactory;
import sc.fiji.unet.tensorflow.TensorFlowFactory;

/**
 * The way to the engine. By default networks live in a process of their own: a
 * crash of native code then ends that process alone, a step can be cancelled,
 * memory of a GPU comes back, and no other TensorFlow is in the way. The
 * property {@value #MODE}, or the environment variable {@code UNET_ENGINE}, set
 * to "inprocess", puts them into this process, for tests and clusters.
 */
public final class Engine {

	/** Property: "process" or "inprocess". */
	public static final String MODE = "unet.engine";
	/** Property: minutes after which a process without a network ends. */
	public static final String IDLE = "unet.engine.idle";

	private static final String PROCESS = "process";
	private static final String IN_PROCESS = "inprocess";
	private static final double IDLE_MINUTES = 10;

	/** TensorFlow's lines of information and warning, and what precedes them. */
	private static final Pattern CHATTER = Pattern.compile(
		"[IW]\\d{4} .*|WARNING: All log messages before absl::InitializeLog.*");

	private static volatile Consumer<String> messages = System.err::println;
	private static volatile Consumer<String> problems = System.err::println;
	private static volatile Consumer<String> chatter = line -> {};
	private static NetworkFactory factory;

	private Engine() {}

	/**
	 * @return the engine, always the same one; it starts with its first network
	 * @throws IllegalArgumentException if the setting is unknown
	 */
	public static synchronized NetworkFactory factory() {
		if (factory == null) factory = make();
		return factory;
	}

	private static NetworkFactory make() {
		final String mode = setting(MODE, "UNET_ENGINE", PROCESS);
		switch (mode.toLowerCase(Locale.ROOT)) {
			case PROCESS:
				return new WorkerFactory(s -> messages.accept(s), Engine::hear,
					idleMillis());
			case IN_PROCESS:
				return new TensorFlowFactory();
			default:
				throw new IllegalArgumentException("Engine '" + mode +
					"' is unknown; set " + MODE + " to " + PROCESS + " or " + IN_PROCESS +
					".");
		}
	}

	private static long idleMillis() {
		final String minutes = setting(IDLE, "UNET_ENGINE_IDLE", String.valueOf(
			IDLE_MINUTES));
		try {
			return (long) (Double.parseDouble(minutes) * TimeUnit.MINUTES.toMillis(
				1));
		}
		catch (final NumberFormatException e) {
			throw new IllegalArgumentException(IDLE + "=" + minutes +
				" is no number; give minutes.", e);
		}
	}

	private static String setting(final String property, final String variable,
		final String otherwise)
	{
		final String value = System.getProperty(property, System.getenv(variable));
		return value == null || value.trim().isEmpty() ? otherwise : value.trim();
	}

	static void hear(final String line) {
		(CHATTER.matcher(line).matches() ? chatter : problems).accept(line);
	}

	/**
	 * All are called from any thread, a line at a time.
	 *
	 * @param toUser hears sentences for the user; standard error unless set
	 * @param problem hears what the process prints about problems; standard error
	 *          unless set
	 * @param other hears what else it prints; nobody unless set
	 */
	public static void listen(final Consumer<String> toUser,
		final Consumer<String> problem, final Consumer<String> other)
	{
		messages = toUser;
		problems = problem;
		chatter = other;
	}
}
