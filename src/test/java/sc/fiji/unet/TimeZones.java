
package sc.fiji.unet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.TimeZone;
import java.util.concurrent.Callable;

/** What computers in other parts of the world would write. */
public final class TimeZones {

	private TimeZones() {}

	/** @param writer gives the same bytes whatever the time zone is */
	public static void assertSameEverywhere(final Callable<byte[]> writer)
		throws Exception
	{
		final byte[] expected = in("UTC", writer);
		for (final String zone : new String[] { "America/New_York", "Asia/Tokyo" })
			assertArrayEquals(expected, in(zone, writer), zone);
	}

	private static byte[] in(final String zone, final Callable<byte[]> writer)
		throws Exception
	{
		final TimeZone before = TimeZone.getDefault();
		TimeZone.setDefault(TimeZone.getTimeZone(zone));
		try {
			return writer.call();
		}
		finally {
			TimeZone.setDefault(before);
		}
	}
}
