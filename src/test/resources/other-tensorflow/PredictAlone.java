import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Paths;

import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * Started from source, without this project's classes: runs a SavedModel on a
 * square single-channel image. Arguments: model, input, output; both files are
 * little-endian floats.
 */
public class PredictAlone {

	public static void main(final String... args) throws Exception {
		final FloatBuffer in = ByteBuffer.wrap(Files.readAllBytes(Paths.get(args[1]))).order(ByteOrder.LITTLE_ENDIAN)
			.asFloatBuffer();
		final float[] values = new float[in.remaining()];
		in.get(values);
		final long size = Math.round(Math.sqrt(values.length));
		try (SavedModelBundle model = SavedModelBundle.load(args[0], "serve");
				TFloat32 input = TFloat32.tensorOf(Shape.of(1, size, size, 1), DataBuffers.of(values));
				Tensor output = model.session().runner().feed("input", input).fetch("probabilities").run().get(0))
		{
			final float[] result = new float[(int) output.size()];
			((TFloat32) output).copyTo(org.tensorflow.ndarray.NdArrays.wrap(output.shape(), DataBuffers.of(result, false,
				false)));
			final ByteBuffer bytes = ByteBuffer.allocate(4 * result.length).order(ByteOrder.LITTLE_ENDIAN);
			bytes.asFloatBuffer().put(result);
			Files.write(Paths.get(args[2]), bytes.array());
		}
		System.out.println("TensorFlow " + TensorFlow.version());
	}
}
