
package sc.fiji.unet.train;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a training stands, apart from the network: what a checkpoint holds so
 * that the run goes on exactly. Plain fields, written as JSON.
 */
final class RunState {

	private static final int FORMAT = 2;
	private static final Gson GSON = new GsonBuilder().setPrettyPrinting()
		.serializeSpecialFloatingPointValues().create();

	private int formatVersion = FORMAT;
	private JsonObject plan;
	/** Why the plan is as it is. */
	List<String> reasons = new ArrayList<>();
	/** What tells the images of the run from others. */
	DataFingerprint data;
	StepPlan steps;
	/** Updates that the network had made before the run, such as in a model. */
	long updatesBefore;
	/** Updates of the weights so far, by the run. */
	long updates;
	/** Index of the next batch of the queue. */
	long batches;
	/** Sum of the losses of the batches accumulated since the last update. */
	double accumulatedLoss;
	/** Epochs that have ended. */
	int epochs;
	/** Training losses since the last epoch ended. */
	EpochStatistics epoch = new EpochStatistics();
	/** Learning rate of the last update. */
	double learningRate;
	/** Seconds of training so far, with those before it began. */
	double seconds;
	/** Seconds of a time budget that were gone before the training began. */
	double secondsBefore;
	/** Reviews of the time budget so far. */
	int reviews;
	/** Smallest value that the best checkpoint was chosen by. */
	double best = Double.POSITIVE_INFINITY;
	/** What decides between equal ones: its validation loss. */
	double lossOfBest = Double.POSITIVE_INFINITY;
	int epochsSinceBest;
	/** Epoch of the best checkpoint; 0 before there is one. */
	int bestEpoch;
	/** Name of the best checkpoint; null before there is one. */
	String bestCheckpoint;
	/** Whether a finite loss has been computed with the weights. */
	boolean proven;
	/** How the run ended; null while there is more to do. */
	TrainingResult.Status end;

	TrainingPlan plan() {
		return TrainingPlan.fromJson(plan.toString());
	}

	void plan(final TrainingPlan value) {
		plan = JsonParser.parseString(value.toJson()).getAsJsonObject();
	}

	String toJson() {
		return GSON.toJson(this);
	}

	static RunState read(final Path file) throws IOException {
		try {
			final RunState state = GSON.fromJson(new String(Files.readAllBytes(file),
				StandardCharsets.UTF_8), RunState.class);
			if (state == null || state.plan == null || state.steps == null)
				throw new IOException("File " + file +
					" is damaged; delete its folder to use the checkpoint before.");
			if (state.formatVersion != FORMAT) throw new IOException("File " + file +
				" has format " + state.formatVersion + ", but this version reads " +
				FORMAT + "; continue with the version that wrote it.");
			return state;
		}
		catch (final JsonParseException e) {
			throw new IOException("File " + file +
				" is damaged; delete its folder to use the checkpoint before.", e);
		}
	}
}
