
package sc.fiji.unet.imagej;

import ij.gui.Roi;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name and the group of a ROI say: {@code class#instance}, as in
 * {@code cell#12}, is an object of a class; {@code 12} is an object without a
 * class; {@code background} and {@code ignore}, or {@code background#3} and
 * {@code ignore#...}, are no objects. Where a name has no {@code #}, the group
 * is the class. ROI sets number equal names, as in {@code ignore-1}, which
 * changes nothing. Immutable.
 */
final class RoiName {

	/** What pixels in a ROI are. */
	enum Role {
			OBJECT, BACKGROUND, IGNORED
	}

	/** What objects of the only kind are called. */
	static final String DEFAULT = "foreground";
	private static final Pattern SPECIAL = Pattern.compile(
		"(background|ignore)(-\\d+)?(#.*)?");

	private final Role role;
	private final String className;
	private final String instance;

	private RoiName(final Role role, final String className,
		final String instance)
	{
		this.role = role;
		this.className = className;
		this.instance = instance;
	}

	static RoiName of(final Roi roi) {
		final String name = roi.getName() == null ? "" : roi.getName().trim();
		final Matcher special = SPECIAL.matcher(name.toLowerCase(Locale.ROOT));
		if (special.matches()) return new RoiName(special.group(1).equals("ignore")
			? Role.IGNORED : Role.BACKGROUND, "", "");
		final int hash = name.lastIndexOf('#');
		final String instance = hash >= 0 ? name.substring(hash + 1) : LabelRois
			.label(roi) > 0 ? name : "";
		final String className = hash > 0 ? withoutDefault(name.substring(0, hash))
			: roi.getGroup() > 0 ? "group " + roi.getGroup() : "";
		return new RoiName(Role.OBJECT, className, instance.trim());
	}

	/** What a segmentation calls objects of the only kind is no class. */
	private static String withoutDefault(final String name) {
		return name.equals(DEFAULT) ? "" : name;
	}

	/** @return the same class, of an object by itself */
	RoiName withoutInstance() {
		return new RoiName(role, className, "");
	}

	Role role() {
		return role;
	}

	/** @return the class of an object; "" if there is none */
	String className() {
		return className;
	}

	/**
	 * @return what ROIs of the same object have in common within a slice and
	 *         class; "" for an object by itself
	 */
	String instance() {
		return instance;
	}
}
