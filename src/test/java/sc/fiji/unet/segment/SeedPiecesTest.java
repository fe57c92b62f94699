
package sc.fiji.unet.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

class SeedPiecesTest {

	@Test
	void aSeedInTwoPartsIsTwoObjects() {
		assertEquals("0011120220", objects("0011110110", "0555577777"));
		assertEquals("1122", objects("1111", "3344"));
	}

	/** The dip of the probability need not lie where the neck is. */
	@Test
	void whatSticksOutIntoThePartOfAnotherSeedIsNoObject() {
		assertEquals("1111110222", objects("1111110222", "5555777777"));
		assertEquals("1111122220", objects("1111122220", "5557777777"));
	}

	@Test
	void aSeedThatHoldsNoPartStaysWhole() {
		assertEquals("1112223333", objects("1112223333", "5555577777"));
		assertEquals("1111232222", objects("1111232222", "5555555555"));
	}

	@Test
	void partsAreNoObjectsOfTheirOwn() {
		assertEquals("0000", objects("0000", "1122"));
	}

	private static String objects(final String seeds, final String parts) {
		return Arrays.toString(new SeedPieces(digits(seeds), digits(parts))
			.objects()).replaceAll("[^0-9]", "");
	}

	private static int[] digits(final String text) {
		return text.chars().map(c -> c - '0').toArray();
	}
}
