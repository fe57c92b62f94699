
package sc.fiji.unet.model;

/** What has become of a model that was to be installed. Immutable. */
public final class Installation {

	private final InstalledModel model;
	private final boolean isNew;

	Installation(final InstalledModel model, final boolean isNew) {
		this.model = model;
		this.isNew = isNew;
	}

	/** @return the installed model */
	public InstalledModel model() {
		return model;
	}

	/** @return whether it was not there already */
	public boolean isNew() {
		return isNew;
	}

	/** @return what was done, and how to use the model */
	public String sentence() {
		final String where = model.folder().isPresent() ? "as " + model.file()
			.path() : "as it comes along";
		return "The model '" + model.file().name() + "' is " + (isNew
			? "installed now, " : "installed already, ") + where +
			". To segment with it, give its name: model=[" + model.entry() +
			"], on the command line --model \"" + model.entry() + "\".";
	}
}
