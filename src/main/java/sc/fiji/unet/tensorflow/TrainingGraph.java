
package sc.fiji.unet.tensorflow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

import sc.fiji.unet.network.OptimizerConfig;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.tensorflow.Architecture.Parameter;

/**
 * The graph of a network that learns: two forward passes (one to learn with the
 * weights, one to predict with their averages), gradients, updates, files.
 *
 * @param <T> number format
 */
final class TrainingGraph<T extends TFloating> {

	private final Ops tf;
	private final UNetConfig config;
	private final Class<T> type;
	private final List<Parameter> learned;

	/** The weights, and what follows the data: moving means and variances. */
	final Variables<T> weights;
	final Variables<T> statistics;
	/** Moving averages of the weights; null if there are none. */
	private final Variables<T> averages;
	/** Sums of gradients since the last update. */
	private final Variables<T> sums;

	// What is fed.
	final Operand<TFloat32> input;
	final Operand<TInt32> targets;
	final Operand<TFloat32> pixelWeights;
	/** Two numbers, the second another for each batch. */
	final Operand<TInt64> seed;
	final Operand<T> normalizationDecay;
	/** Number of batches in {@link #accumulatedUpdates}. */
	final Operand<T> accumulatedBatches;
	/** Seed, updates, batches, accumulated batches. */
	final Operand<TInt64> newCounters;

	// What is fetched.
	final Operand<T> loss;
	final Operand<T> evaluationLoss;
	final Operand<TInt64> counters;
	final Inference<T> inference;

	// What is run, by parameter where some may be frozen.
	final List<Op> initializers = new ArrayList<>();
	/** Sets the optimiser's slots and the sums of gradients to 0. */
	final List<Op> zeros = new ArrayList<>();
	/** Sets the averages to the weights. */
	final List<Op> averageCopies;
	final List<Op> statisticsUpdates;
	final Map<String, Op> directUpdates;
	final Map<String, Op> accumulatedUpdates;
	final Map<String, Op> firstGradients;
	final Map<String, Op> furtherGradients;
	final Op setCounters;
	final Optimizer<T> optimizer;
	/** Gradients of the last pass, by parameter. */
	final Map<String, Operand<T>> gradients;

	// What is saved and restored.
	final Bundle state;
	final Bundle accumulation;
	/** Weights of another network, as a start. */
	final StartingWeights<T> start;
	/** What prediction needs, in float32. */
	final Bundle serving;

	TrainingGraph(final Ops tf, final UNetConfig config,
		final OptimizerConfig optimizerConfig, final Class<T> type)
	{
		this.tf = tf;
		this.config = config;
		this.type = type;
		final List<Parameter> all = new Architecture(config).parameters();
		learned = all.stream().filter(p -> p.learned).collect(Collectors.toList());
		weights = new Variables<>(tf, type, "", learned);
		statistics = new Variables<>(tf, type, "", all.stream().filter(
			p -> !p.learned).collect(Collectors.toList()));
		averages = optimizerConfig.averageDecay() > 0 ? new Variables<>(tf, type,
			"average/", learned) : null;
		sums = new Variables<>(tf, type, "gradient/", learned);
		final VarHandleOp counterHandle = tf.varHandleOp(TInt64.class, Shape.of(4),
			VarHandleOp.sharedName("counters"));
		counters = tf.readVariableOp(counterHandle, TInt64.class);

		input = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1,
			-1, config.channels())));
		targets = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, -1,
			-1)));
		pixelWeights = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1,
			-1, -1)));
		seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
		normalizationDecay = tf.placeholder(type);
		accumulatedBatches = tf.placeholder(type);
		newCounters = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(4)));
		setCounters = tf.assignVariableOp(counterHandle, newCounters);

		inference = new Inference<>(tf, config, type, this::predicting);
		evaluationLoss = loss(inference.logits()).loss();

		final Map<String, Operand<T>> reads = new LinkedHashMap<>();
		for (final Parameter p : learned)
			reads.put(p.name, weights.read(p.name));
		final ForwardPass.Training<T> pass = new ForwardPass.Training<>(seed,
			normalizationDecay, statistics);
		final Operand<T> logits = new ForwardPass<>(tf, config, type, reads::get,
			pass).logits(tf.dtypes.cast(input, type));
		final WeightedLoss<T> weighted = loss(logits);
		loss = weighted.loss();
		statisticsUpdates = pass.updates();
		gradients = gradients(logits, weighted.gradient(), reads);

		optimizer = new Optimizer<>(tf, type, optimizerConfig, learned, weights,
			averages);
		directUpdates = perParameter((name, gradient) -> optimizer.update(name,
			gradient));
		accumulatedUpdates = perParameter((name, gradient) -> optimizer.update(name,
			tf.math.div(sums.read(name), accumulatedBatches)));
		firstGradients = perParameter((name, gradient) -> sums.assign(tf, name,
			gradient));
		furtherGradients = perParameter((name, gradient) -> tf.assignAddVariableOp(
			sums.handle(name), gradient));

		averageCopies = averages == null ? Collections.emptyList() : averages
			.copies(weights);
		initializers.addAll(weights.initializers(seed));
		initializers.addAll(statistics.initializers(seed));
		optimizer.slots().forEach(s -> zeros.addAll(s.zeros()));
		zeros.addAll(sums.zeros());

		state = stateBundle(counterHandle);
		accumulation = new Bundle(tf).add(sums).build();
		start = new StartingWeights<>(tf, type, weights, statistics);
		serving = servingBundle();
	}

	/** @return the value of a parameter that prediction works with */
	private Operand<T> predicting(final String name) {
		if (statistics.has(name)) return statistics.read(name);
		return averages == null ? weights.read(name) : averages.read(name);
	}

	private WeightedLoss<T> loss(final Operand<T> logits) {
		return new WeightedLoss<>(tf, type, logits, targets, pixelWeights, config
			.classes());
	}

	private Map<String, Operand<T>> gradients(final Operand<T> logits,
		final Operand<T> slope, final Map<String, Operand<T>> reads)
	{
		final Output<?>[] by = reads.values().stream().map(Operand::asOutput)
			.toArray(Output<?>[]::new);
		final Output<?>[] result = ((Graph) tf.scope().env()).addGradients(
			"gradients", new Output<?>[] { logits.asOutput() }, by, new Output<?>[] {
				slope.asOutput() });
		final Map<String, Operand<T>> gradientOf = new LinkedHashMap<>();
		int i = 0;
		for (final String name : reads.keySet())
			gradientOf.put(name, result[i++].expect(type));
		return gradientOf;
	}

	private Map<String, Op> perParameter(
		final BiFunction<String, Operand<T>, Op> make)
	{
		final Map<String, Op> ops = new LinkedHashMap<>();
		gradients.forEach((name, gradient) -> ops.put(name, make.apply(name,
			gradient)));
		return ops;
	}

	private Bundle stateBundle(final VarHandleOp counterHandle) {
		final Bundle bundle = new Bundle(tf).add(weights).add(statistics);
		if (averages != null) bundle.add(averages);
		optimizer.slots().forEach(bundle::add);
		return bundle.add("counters", counterHandle, counters).build();
	}

	private Bundle servingBundle() {
		final Bundle bundle = new Bundle(tf);
		for (final Parameter p : new Architecture(config).parameters())
			bundle.add(p.name, tf.dtypes.cast(predicting(p.name), TFloat32.class));
		return bundle.build();
	}

	/** @return names of what is learned, in order from input to output */
	List<String> learned() {
		return learned.stream().map(p -> p.name).collect(Collectors.toList());
	}
}
