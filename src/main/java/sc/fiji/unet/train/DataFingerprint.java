
package sc.fiji.unet.train;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

import sc.fiji.unet.data.Sample;

/** Tells the images of a run from others. Immutable. */
final class DataFingerprint {

	/** Pixels added to the checksum at once. */
	private static final int PIECE = 1 << 14;

	private final List<String> training;
	private final List<String> validation;
	private final long checksum;

	/** For reading from JSON. */
	@SuppressWarnings("unused")
	private DataFingerprint() {
		this(new ArrayList<>(), new ArrayList<>(), 0);
	}

	private DataFingerprint(final List<String> training,
		final List<String> validation, final long checksum)
	{
		this.training = training;
		this.validation = validation;
		this.checksum = checksum;
	}

	static DataFingerprint of(final TrainingData data) {
		final CRC32 checksum = new CRC32();
		data.training().forEach(sample -> add(sample, checksum));
		data.validation().forEach(sample -> add(sample, checksum));
		return new DataFingerprint(names(data.training()), names(data.validation()),
			checksum.getValue());
	}

	private static List<String> names(final List<Sample> samples) {
		return samples.stream().map(Sample::name).collect(Collectors.toList());
	}

	private static void add(final Sample sample, final CRC32 checksum) {
		final float[] image = sample.image().update(null).getCurrentStorageArray();
		final int[] labels = sample.labels().update(null).getCurrentStorageArray();
		// Piece by piece, as an image may have more bytes than an array can hold.
		final ByteBuffer bytes = ByteBuffer.allocate(4 * PIECE);
		for (int i = 0; i < image.length; i += PIECE) {
			final int count = Math.min(PIECE, image.length - i);
			bytes.asFloatBuffer().put(image, i, count);
			checksum.update(bytes.array(), 0, 4 * count);
		}
		for (int i = 0; i < labels.length; i += PIECE) {
			final int count = Math.min(PIECE, labels.length - i);
			bytes.asIntBuffer().put(labels, i, count);
			checksum.update(bytes.array(), 0, 4 * count);
		}
	}

	/** @return how the other differs, in words; empty if it does not */
	String difference(final DataFingerprint other) {
		if (!training.equals(other.training)) return "it was trained on " + String
			.join(", ", other.training) + ", now on " + String.join(", ", training);
		if (!validation.equals(other.validation)) return "held out were " + String
			.join(", ", other.validation) + ", now " + String.join(", ", validation);
		return checksum == other.checksum ? ""
			: "the pixels of an image or of its labels have changed";
	}
}
