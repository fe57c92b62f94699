
package sc.fiji.unet.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sc.fiji.unet.network.Padding;
import sc.fiji.unet.network.UNetConfig;
import sc.fiji.unet.tensorflow.Architecture.Parameter;

class ArchitectureTest {

	@Test
	void thePapersNetworkHas23ConvolutionalLayers() {
		assertEquals(23, new Architecture(paper(3, 4)).convolutions());
	}

	@Test
	void thePapersNetworkHas31MillionParameters() {
		// Summed by hand for [1, 64, 128, 256, 512, 1024] and 2 classes:
		// 31,030,658.
		assertEquals(31_030_658, new Architecture(paper(1, 2)).learnedValues());
	}

	@Test
	void parametersFollowTheFormula() {
		for (final int depth : new int[] { 1, 2, 3, 4 })
			for (final int base : new int[] { 4, 16 })
				for (final int classes : new int[] { 1, 3 })
					for (final boolean normalized : new boolean[] { false, true }) {
						final UNetConfig config = UNetConfig.builder().channels(2).classes(
							classes).baseAndDepth(base, depth).batchNormalization(normalized)
							.build();
						assertEquals(formula(2, classes, base, depth, normalized),
							new Architecture(config).learnedValues(), config.toString());
					}
	}

	/**
	 * With width f of a level: down 9 f_in f + 9 f f, up 4 (2f) f + f + 9 (2f) f
	 * + 9 f f; per convolution f biases, or 2 f with normalisation.
	 */
	private static long formula(final int channels, final int classes,
		final int base, final int depth, final boolean normalized)
	{
		final long perConvolution = normalized ? 2 : 1;
		long sum = 0;
		for (int l = 0; l <= depth; l++) {
			final long f = (long) base << l;
			final long in = l == 0 ? channels : f / 2;
			sum += 9 * in * f + 9 * f * f + 2 * perConvolution * f;
			if (l < depth) sum += 8 * f * f + f + 27 * f * f + 2 * perConvolution * f;
		}
		return sum + (long) base * classes + classes;
	}

	@Test
	void everyConvolutionIsInitialisedHeNormal() {
		for (final Parameter p : new Architecture(paper(1, 2)).parameters()) {
			if (!p.name.endsWith(Architecture.KERNEL)) continue;
			final boolean up = p.name.contains("upconv");
			final double fanIn = up ? p.shape[3] : p.shape[0] * p.shape[1] *
				p.shape[2];
			assertEquals(Math.sqrt(2 / fanIn), p.deviation, 1e-12, p.name);
			assertTrue(p.learned, p.name);
		}
	}

	private static UNetConfig paper(final int channels, final int classes) {
		return UNetConfig.builder().channelList(channels, 64, 128, 256, 512, 1024)
			.classes(classes).padding(Padding.VALID).batchNormalization(false)
			.build();
	}
}
