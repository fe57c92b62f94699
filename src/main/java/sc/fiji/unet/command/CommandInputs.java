
package sc.fiji.unet.command;

import ij.ImagePlus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.scijava.Context;
import org.scijava.ItemVisibility;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;
import org.scijava.service.Service;
import org.scijava.widget.Button;

/**
 * The parameters of one run of a command that a person or a macro may give;
 * services and the like, which SciJava fills, are none of them.
 */
final class CommandInputs {

	private final Module module;
	private final List<ModuleItem<?>> shown = new ArrayList<>();

	CommandInputs(final Module module) {
		this.module = module;
		for (final ModuleItem<?> item : module.getInfo().inputs())
			if (isShown(item)) shown.add(item);
	}

	private static boolean isShown(final ModuleItem<?> item) {
		return item.getVisibility() != ItemVisibility.INVISIBLE && !Service.class
			.isAssignableFrom(item.getType()) && !Context.class.isAssignableFrom(item
				.getType());
	}

	/** @return whether the item has a value to be given */
	static boolean isValue(final ModuleItem<?> item) {
		return item.getVisibility() != ItemVisibility.MESSAGE && !Button.class
			.isAssignableFrom(item.getType());
	}

	Module module() {
		return module;
	}

	/** @return values, messages and buttons, in the order of the command */
	List<ModuleItem<?>> shown() {
		return shown;
	}

	private List<ModuleItem<?>> values() {
		return shown.stream().filter(CommandInputs::isValue).collect(Collectors
			.toList());
	}

	/**
	 * Keeps SciJava from asking for the parameters by its own means, or from
	 * filling in what an earlier run was given.
	 */
	void resolve() {
		shown.forEach(item -> module.resolveInput(item.getName()));
	}

	/** @return whether no value but that of an image has been given so far */
	boolean isNothingGiven() {
		return values().stream().noneMatch(item -> item
			.getType() != ImagePlus.class && module.isInputResolved(item.getName()));
	}

	/** @param image active image, the value of every image parameter; or null */
	void setImage(final ImagePlus image) {
		for (final ModuleItem<?> item : values())
			if (item.getType() == ImagePlus.class) module.setInput(item.getName(),
				image);
	}

	/**
	 * @param options keys are field names
	 * @throws IllegalArgumentException if a key is unknown or a value impossible
	 */
	void set(final Map<String, String> options) {
		checkKeys(options.keySet());
		options.forEach((key, text) -> {
			final ModuleItem<?> item = module.getInfo().getInput(key);
			module.setInput(key, ParameterText.parse(item, text));
		});
	}

	/**
	 * Takes the options of a macro for what has been given, in the place of what
	 * somebody else has read from them: where they do not name a parameter, it
	 * has its default. Images stay.
	 *
	 * @throws IllegalArgumentException if a key is unknown or a value impossible
	 */
	void setAnew(final Map<String, String> options) {
		checkKeys(options.keySet());
		final Module fresh = fresh();
		for (final ModuleItem<?> item : values()) {
			final String key = item.getName();
			if (item.getType() == ImagePlus.class) continue;
			if (options.containsKey(key)) module.setInput(key, ParameterText.parse(
				item, options.get(key)));
			else if (module.isInputResolved(key)) module.setInput(key, fresh.getInput(
				key));
		}
	}

	private Module fresh() {
		try {
			return module.getInfo().createModule();
		}
		catch (final ModuleException e) {
			throw new IllegalStateException(module.getInfo().getTitle() +
				" cannot be made.", e);
		}
	}

	/**
	 * @throws IllegalArgumentException if a key is unknown, with those that are
	 *           known
	 */
	void checkKeys(final Collection<String> keys) {
		final List<String> known = keys();
		for (final String key : keys)
			if (!known.contains(key)) throw new IllegalArgumentException("\"" + module
				.getInfo().getTitle() + "\" has no parameter \"" + key + "\"." +
				suggestion(key, known) + " It knows " + String.join(", ", known) + ".");
	}

	private static String suggestion(final String key, final List<String> known) {
		return known.stream().filter(key::equalsIgnoreCase).map(
			name -> " Write it as " + name + ".").findFirst().orElse("");
	}

	/** @return names of the parameters that may be given */
	List<String> keys() {
		return values().stream().map(ModuleItem::getName).collect(Collectors
			.toList());
	}

	/**
	 * @return names of the parameters, images aside, that the caller has given
	 */
	List<String> given() {
		return values().stream().filter(item -> item.getType() != ImagePlus.class)
			.map(ModuleItem::getName).filter(module::isInputResolved).collect(
				Collectors.toList());
	}

	/** @throws IllegalArgumentException if an image is needed and none is open */
	void checkImage() {
		for (final ModuleItem<?> item : missing())
			if (item.getType() == ImagePlus.class) throw new IllegalArgumentException(
				"There is no image open. Open the image for \"" + ParameterText.label(
					item) + "\" first.");
	}

	/**
	 * @throws IllegalArgumentException if a value is no choice or out of range
	 */
	void checkValues() {
		for (final ModuleItem<?> item : values()) {
			final Object value = module.getInput(item.getName());
			if (value != null && item.getType() != ImagePlus.class) ParameterText
				.parse(item, ParameterText.format(value));
		}
	}

	/**
	 * @throws IllegalArgumentException if a parameter that is needed has no value
	 */
	void checkComplete() {
		checkImage();
		for (final ModuleItem<?> item : missing())
			throw new IllegalArgumentException("\"" + ParameterText.label(item) +
				"\" is missing. Give it a value, in a macro as " + item.getName() +
				"=...");
	}

	private List<ModuleItem<?>> missing() {
		return values().stream().filter(item -> item.isRequired() && module
			.getInput(item.getName()) == null).collect(Collectors.toList());
	}

	/**
	 * @return value of each parameter but images and what matters to a dialog
	 *         alone, as text, in order
	 */
	List<String[]> texts() {
		final List<String[]> texts = new ArrayList<>();
		for (final ModuleItem<?> item : values()) {
			final Object value = module.getInput(item.getName());
			final boolean lasts = item.getVisibility() != ItemVisibility.TRANSIENT;
			if (value != null && lasts && item.getType() != ImagePlus.class) texts
				.add(new String[] { item.getName(), ParameterText.format(value) });
		}
		return texts;
	}
}
