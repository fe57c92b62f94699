
package sc.fiji.unet.command;

import org.scijava.plugin.Plugin;
import org.scijava.script.AdaptedScriptLanguage;
import org.scijava.script.ScriptLanguage;

/**
 * The languages of scripts as Fiji has them: the same engines, which there are
 * made known by scripting-groovy and scripting-jython.
 */
public final class ScriptLanguages {

	private ScriptLanguages() {}

	/** Groovy, for files that end in .groovy. */
	@Plugin(type = ScriptLanguage.class, name = "Groovy")
	public static final class Groovy extends AdaptedScriptLanguage {

		public Groovy() {
			super("groovy");
		}
	}

	/** Python in the version of Jython, for files that end in .py. */
	@Plugin(type = ScriptLanguage.class, name = "Python (Jython)")
	public static final class Python extends AdaptedScriptLanguage {

		public Python() {
			super("jython");
		}
	}
}
