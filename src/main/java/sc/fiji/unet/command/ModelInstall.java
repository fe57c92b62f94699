
package sc.fiji.unet.command;

import ij.IJ;

import java.awt.Component;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import javax.swing.JOptionPane;

import sc.fiji.unet.job.Failure;
import sc.fiji.unet.model.Installation;
import sc.fiji.unet.model.InstalledModels;
import sc.fiji.unet.model.ModelFile;

/**
 * Installs models for a person, who is asked and told in messages, in a thread
 * of its own, since large ones take a while to check.
 */
final class ModelInstall {

	private final Component parent;
	private final Consumer<Installation> listener;

	/**
	 * @param parent window that messages belong to; null for none
	 * @param listener told of each installation, in the event thread
	 */
	ModelInstall(final Component parent, final Consumer<Installation> listener) {
		this.parent = parent;
		this.listener = listener;
	}

	/**
	 * Installs models one after the other; returns at once. What was done is said
	 * of each. Where another one is in the way it is asked whether to replace it.
	 */
	void start(final List<Path> files) {
		start(() -> files.forEach(this::installAndTell));
	}

	/**
	 * Asks whether a model shall be installed, and installs it if so; returns at
	 * once.
	 */
	void offer(final ModelFile model) {
		start(() -> {
			if (isAgreed("Install the model '" + model.name() + "' from " + model
				.path() + "?")) installAndTell(model.path());
		});
	}

	private static void start(final Runnable task) {
		final Thread thread = new Thread(task, "Install a model");
		thread.setContextClassLoader(ModelInstall.class.getClassLoader());
		thread.start();
	}

	private void installAndTell(final Path file) {
		try {
			final Installation done = install(file);
			if (done == null) return;
			IJ.log(done.sentence());
			EventThread.run(() -> {
				listener.accept(done);
				say(done.sentence(), JOptionPane.INFORMATION_MESSAGE);
			});
		}
		catch (final IOException | IllegalArgumentException e) {
			EventThread.run(() -> say(Failure.sentence(e),
				JOptionPane.ERROR_MESSAGE));
		}
	}

	private void say(final String sentence, final int kind) {
		JOptionPane.showMessageDialog(parent, Text.inLines(sentence),
			InstallModel.TITLE, kind);
	}

	/** @return null if another one shall stay */
	private Installation install(final Path file) throws IOException {
		final InstalledModels models = InstalledModels.here();
		try {
			return models.install(file, false);
		}
		catch (final FileAlreadyExistsException e) {
			return isAgreed(e.getMessage() + "\nReplace it now?") ? models.install(
				file, true) : null;
		}
	}

	private boolean isAgreed(final String question) {
		final int[] answer = new int[1];
		EventThread.run(() -> answer[0] = JOptionPane.showConfirmDialog(parent, Text
			.inLines(question), InstallModel.TITLE, JOptionPane.OK_CANCEL_OPTION));
		return answer[0] == JOptionPane.OK_OPTION;
	}
}
