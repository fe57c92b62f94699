
package sc.fiji.unet.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A row of the table: a data set, which of its images are for the test, and the
 * preset. Immutable.
 */
final class AccuracyRow {

	/** 22 for training, 5 for validation, 6 for the test. */
	private static final int NUCLEI_TEST = 6;
	private static final int NUCLEI_VALIDATION = 5;
	/** Shuffles the nuclei, whose names say nothing; never changed. */
	private static final long NUCLEI_SEED = 2018;

	final String name;
	final String set;
	final String preset;
	/** Names of the images for the test. */
	final List<String> test;
	/** Names of the images for validation; empty leaves it to the program. */
	final List<String> validation;

	private AccuracyRow(final String name, final String set, final String preset,
		final List<String> test, final List<String> validation)
	{
		this.name = name;
		this.set = set;
		this.preset = preset;
		this.test = test;
		this.validation = validation;
	}

	/**
	 * @param data folder of the data sets
	 * @param names gives the sorted names of the images of a set, without
	 *          extension
	 * @return all rows of the protocol
	 */
	static List<AccuracyRow> all(final Path data, final Names names) {
		final List<AccuracyRow> rows = new ArrayList<>();
		final List<String> isbi = names.of(data.resolve("isbi2012"));
		for (int fold = 0; fold < 3; fold++) {
			final int rest = fold;
			rows.add(new AccuracyRow("isbi2012-" + fold, "isbi2012", "", everyThird(
				isbi, i -> i % 3 == rest), Collections.emptyList()));
		}
		for (final String set : Arrays.asList("phc-u373", "dic-hela")) {
			final List<String> frames = names.of(data.resolve(set));
			rows.add(new AccuracyRow(set, set, "", starting(frames, n -> n.startsWith(
				"02")), Collections.emptyList()));
			rows.add(new AccuracyRow(set + "-reversed", set, "", starting(frames,
				n -> n.startsWith("01")), Collections.emptyList()));
		}
		rows.add(nuclei(names.of(data.resolve("dsb2018-nuclei"))));
		for (final String preset : Arrays.asList("notebook", "paper"))
			rows.add(new AccuracyRow("isbi2012-0-" + preset, "isbi2012", preset,
				everyThird(isbi, i -> i % 3 == 0), Collections.emptyList()));
		return rows;
	}

	private static List<String> everyThird(final List<String> all,
		final IntPredicate chosen)
	{
		return IntStream.range(0, all.size()).filter(chosen).mapToObj(all::get)
			.collect(Collectors.toList());
	}

	private static List<String> starting(final List<String> all,
		final Predicate<String> chosen)
	{
		return all.stream().filter(chosen).collect(Collectors.toList());
	}

	private static AccuracyRow nuclei(final List<String> all) {
		final List<String> shuffled = new ArrayList<>(all);
		Collections.shuffle(shuffled, new Random(NUCLEI_SEED));
		return new AccuracyRow("dsb2018-nuclei", "dsb2018-nuclei", "", shuffled
			.subList(0, NUCLEI_TEST), shuffled.subList(NUCLEI_TEST, NUCLEI_TEST +
				NUCLEI_VALIDATION));
	}

	/** Whether the labels are membranes, for which the challenge has scores. */
	boolean isMembranes() {
		return set.equals("isbi2012");
	}

	/** Looks image names up. */
	@FunctionalInterface
	interface Names {

		/** @return sorted names without extension of the images of a set */
		List<String> of(Path set);
	}
}
