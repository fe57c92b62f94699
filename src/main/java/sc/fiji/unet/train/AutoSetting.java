
package sc.fiji.unet.train;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A setting that a plan may leave open, to be derived from images and machine
 * by the {@link Planner}.
 */
public enum AutoSetting {

		/** Number of poolings. */
		DEPTH("network.depth", "network.features", "network.kernel",
			"network.pooling"),
		/** Feature channels of the first level. */
		BASE("network.base", "network.features"),
		/** What the network sees at once. */
		PATCH_SIZE("patchSize", "network.outputSize"),
		/** Patches in a batch. */
		BATCH_SIZE("batchSize"),
		/** Batches in an update. */
		ACCUMULATION("accumulation"),
		/** Grey value that becomes 1. */
		HIGH_PERCENTILE("preprocessing.high", "preprocessing.normalization",
			"preprocessing.low"),
		/** Height of the border term for instances. */
		W0("target.w0"),
		/** Height of the border term for masks. */
		MASK_W0("target.maskW0"),
		/** Width of the border term. */
		SIGMA("target.sigma"),
		/** Whether rare classes weigh more. */
		BALANCE("target.balanceClasses"),
		/** Whether patches are turned by any angle, scaled and deformed. */
		AUGMENTATION("augmentation"),
		/** Whether instances get a class for their borders, or border weights. */
		BORDER("target.border");

	/** Keys of a plan that decide on it; the first one is its name. */
	private final List<String> keys;

	AutoSetting(final String... keys) {
		this.keys = Arrays.asList(keys);
	}

	/** @return its key in a plan file */
	public String key() {
		return keys.get(0);
	}

	/** @return all there are */
	static Set<AutoSetting> all() {
		return EnumSet.allOf(AutoSetting.class);
	}

	/**
	 * @param key key of a plan file, a dot between a key and one within it
	 * @return the settings that are no longer open once somebody has given a
	 *         value to the key, to the object that it names, or to a part of what
	 *         it names
	 */
	static Set<AutoSetting> decidedBy(final String key) {
		final Set<AutoSetting> decided = EnumSet.noneOf(AutoSetting.class);
		for (final AutoSetting setting : values())
			for (final String own : setting.keys)
				if ((own + ".").startsWith(key + ".") || key.startsWith(own + "."))
					decided.add(setting);
		return decided;
	}

	/**
	 * @param key as {@link #key()} gives it
	 * @throws IllegalArgumentException if no setting has it; lists those that
	 *           there are
	 */
	static AutoSetting of(final String key) {
		for (final AutoSetting setting : values())
			if (setting.key().equals(key)) return setting;
		throw new IllegalArgumentException("The setting '" + key +
			"' of 'auto' cannot be derived from images; those that can are " + Arrays
				.stream(values()).map(AutoSetting::key).collect(Collectors.joining(
					", ")) + ".");
	}
}
