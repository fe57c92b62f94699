package loci.plugins.in;

import ij.Prefs;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Stand-in: the options of Bio-Formats that this project sets. */
public class ImporterOptions {

	public final Map<String, Boolean> flags = new TreeMap<>();
	public final TreeSet<Integer> series = new TreeSet<>();
	public String id;

	public ImporterOptions() {
		flags.put("quiet", false);
		flags.put("windowless", false);
		flags.put("virtual", false);
	}

	public void loadOptions() {
		flags.replaceAll((key, value) -> Prefs.get("bioformats." + key, value));
	}

	public void saveOptions() {
		flags.forEach((key, value) -> Prefs.set("bioformats." + key, value));
	}

	public void setId(final String value) {
		id = value;
	}

	public void setQuiet(final boolean value) {
		flags.put("quiet", value);
	}

	public void setWindowless(final boolean value) {
		flags.put("windowless", value);
	}

	public void setVirtual(final boolean value) {
		flags.put("virtual", value);
	}

	public void setGroupFiles(final boolean value) {
		flags.put("groupFiles", value);
	}

	public void setUngroupFiles(final boolean value) {
		flags.put("ungroupFiles", value);
	}

	public void setOpenAllSeries(final boolean value) {
		flags.put("openAllSeries", value);
	}

	public void setShowROIs(final boolean value) {
		flags.put("showROIs", value);
	}

	public void setSeriesOn(final int index, final boolean on) {
		if (on) series.add(index);
		else series.remove(index);
	}
}
