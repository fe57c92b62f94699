
package sc.fiji.unet.tensorflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

import sc.fiji.unet.network.UNetConfig;

/**
 * TensorFlow's SavedModel of a U-Net for prediction: input "input" and output
 * "probabilities", both float32 [sample, y, x, channel]. Written by hand,
 * because the exporter of TensorFlow Java leaves resource variables out.
 */
final class ServingModel {

	private static final String SIGNATURE = "serving_default";

	private ServingModel() {}

	/**
	 * @return where the variables lie in a SavedModel's folder, without ending
	 */
	static Path variables(final Path folder) {
		return folder.resolve("variables").resolve("variables");
	}

	/** Writes all but the variables' values. */
	static void writeGraph(final UNetConfig config, final Path folder)
		throws IOException
	{
		try (Graph graph = new Graph()) {
			final Ops tf = Ops.create(graph);
			final Variables<TFloat32> weights = new Variables<>(tf, TFloat32.class,
				"", new Architecture(config).parameters());
			final Inference<TFloat32> inference = new Inference<>(tf, config,
				TFloat32.class, weights::read);
			final Bundle bundle = new Bundle(tf).add(weights).build();
			final Operand<?> saved = tf.withControlDependencies(bundle.save())
				.identity(bundle.prefix());
			final String restored = tf.withControlDependencies(bundle.restore())
				.noOp().op().name();
			final SaverDef saver = SaverDef.newBuilder().setFilenameTensorName(
				tensorName(bundle.prefix())).setSaveTensorName(tensorName(saved))
				.setRestoreOpName(restored).setVersion(
					SaverDef.CheckpointFormatVersion.V2).build();
			final MetaGraphDef meta = MetaGraphDef.newBuilder().setMetaInfoDef(
				MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve")).setGraphDef(
					readableByOlderVersions(graph.toGraphDef())).setSaverDef(saver)
				.putSignatureDef(SIGNATURE, signature(config, inference)).build();
			final SavedModel model = SavedModel.newBuilder()
				.setSavedModelSchemaVersion(1).addMetaGraphs(meta).build();
			Files.createDirectories(variables(folder).getParent());
			Files.write(folder.resolve("saved_model.pb"), model.toByteArray());
		}
	}

	/**
	 * Takes out attributes that hold their default and that TensorFlow before
	 * 2.17 refuses to read.
	 */
	private static GraphDef readableByOlderVersions(final GraphDef graph) {
		final GraphDef.Builder result = graph.toBuilder();
		for (final NodeDef.Builder node : result.getNodeBuilderList())
			node.removeAttr("debug_name");
		return result.build();
	}

	private static SignatureDef signature(final UNetConfig config,
		final Inference<TFloat32> inference)
	{
		return SignatureDef.newBuilder().setMethodName("tensorflow/serving/predict")
			.putInputs("input", info(inference.input(), config.channels()))
			.putOutputs("probabilities", info(inference.probabilities(), config
				.classes())).build();
	}

	private static TensorInfo info(final Operand<TFloat32> tensor,
		final int channels)
	{
		final TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
		for (final long size : new long[] { -1, -1, -1, channels })
			shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
		return TensorInfo.newBuilder().setName(tensorName(tensor)).setDtype(
			DataType.DT_FLOAT).setTensorShape(shape).build();
	}

	private static String tensorName(final Operand<?> operand) {
		return operand.asOutput().op().name() + ":" + operand.asOutput().index();
	}
}
