
package sc.fiji.unet.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.Macro;
import ij.WindowManager;

import java.io.File;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.thread.ThreadService;

/**
 * What a macro in Fiji gives a command, up to the point where a dialog would
 * open.
 */
public class MacroInputsTest {

	/** Handed over to the macro, which calls back. */
	private static Consumer<MacroInputs> step;
	private static MacroInputs done;

	/** Called by the macro, so that ImageJ knows that one is running. */
	public static String callBack() {
		done = new MacroInputs();
		step.accept(done);
		return "";
	}

	private static Module process(final boolean inMacro,
		final Consumer<Module> given)
	{
		try (Context context = new Context()) {
			final Module module = context.getService(ModuleService.class)
				.createModule(context.getService(CommandService.class).getCommand(
					TrainUNet.class));
			given.accept(module);
			step = inputs -> inputs.process(module);
			if (inMacro) IJ.runMacro("call('" + MacroInputsTest.class.getName() +
				".callBack');");
			else callBack();
			return module;
		}
	}

	private static void complete(final Module module) {
		module.setInput("images", new File("images"));
		module.setInput("labels", new File("labels"));
		module.setInput("model", new File("model.zip"));
	}

	@Test
	void whatAMacroDoesNotSayIsNotAskedFor() {
		final Module module = process(true, MacroInputsTest::complete);
		assertFalse(done.isCanceled(), done.getCancelReason());
		assertTrue(module.isInputResolved("minutes"), "minutes");
		assertTrue(module.isInputResolved("plan"),
			"the plan file, which may be missing");
		assertEquals(20.0, module.getInput("minutes"));
	}

	/** @param caller name of the thread that asks SciJava to run the command */
	private static Module processFor(final String caller) {
		try (Context context = new Context()) {
			final Module module = context.getService(ModuleService.class)
				.createModule(context.getService(CommandService.class).getCommand(
					TrainUNet.class));
			complete(module);
			final ThreadService threads = context.getService(ThreadService.class);
			step = inputs -> {
				context.inject(inputs);
				final Thread asking = new Thread(() -> {
					try {
						threads.run(() -> inputs.process(module)).get();
					}
					catch (final InterruptedException | ExecutionException e) {
						throw new IllegalStateException(e);
					}
				}, caller);
				asking.start();
				try {
					asking.join();
				}
				catch (final InterruptedException e) {
					throw new IllegalStateException(e);
				}
			};
			IJ.runMacro("call('" + MacroInputsTest.class.getName() + ".callBack');");
			return module;
		}
	}

	@Test
	void whoUsesTheMenuWhileAMacroRunsGetsTheDialog() {
		assertFalse(processFor("Train U-Net").isInputResolved("minutes"));
		assertNull(done.getCancelReason());
		assertTrue(processFor("Run$_main").isInputResolved("minutes"));
		assertTrue(processFor("my_Macro$").isInputResolved("minutes"));
	}

	@Test
	void whatIsMissingIsNamed() {
		process(true, module -> {
			complete(module);
			module.setInput("model", null);
		});
		assertTrue(done.isCanceled() && done.getCancelReason().contains(
			"model=..."), done.getCancelReason());
	}

	@Test
	void choicesAndRangesAreChecked() {
		process(true, module -> {
			complete(module);
			module.setInput("preset", "fastest");
		});
		assertTrue(done.isCanceled() && done.getCancelReason().contains(
			"fast, paper, notebook"), done.getCancelReason());
		process(true, module -> {
			complete(module);
			module.setInput("validation", 120.0);
		});
		assertTrue(done.isCanceled() && done.getCancelReason().contains("90"), done
			.getCancelReason());
	}

	@Test
	void withoutAMacroTheDialogAsks() {
		final Module module = process(false, MacroInputsTest::complete);
		assertNull(done.getCancelReason());
		assertFalse(module.isInputResolved("minutes"));
	}

	/** @return why the macro stops; null if it goes on */
	private static String refused(final String options, final String... given) {
		final String name = Thread.currentThread().getName();
		Thread.currentThread().setName("Run$_test");
		Macro.setOptions(options);
		try {
			process(false, module -> {
				complete(module);
				for (final String key : given)
					module.resolveInput(key);
			});
			return done.getCancelReason();
		}
		finally {
			Macro.setOptions(null);
			Thread.currentThread().setName(name);
		}
	}

	@Test
	void unknownKeysAreRefusedButNotThoseOfAnotherProgram() {
		assertNull(refused("images=a seed=3", "images", "seed"));
		assertTrue(refused("images=a Seed=3", "images").contains(
			"Write it as seed."));
		assertTrue(refused("images=a overwrite", "images").contains(
			"overwrite=true"));
		assertNull(refused("command=Batch", "images"), "of a plugin that calls");
	}

	/** Fiji takes seed and minutes from the paths. */
	@Test
	void whatFijiFindsWithinAValueIsNoKey() {
		final String name = Thread.currentThread().getName();
		Thread.currentThread().setName("Run$_test");
		Macro.setOptions(
			"images=/data/seed=5 labels=[/my minutes=3 labels] model=/images=a/b.zip");
		try {
			final Module module = process(false, MacroInputsTest::asFiji);
			assertNull(done.getCancelReason());
			assertEquals(20.0, module.getInput("minutes"));
			assertEquals(1, ((Number) module.getInput("seed")).intValue());
			assertEquals(new File("/data/seed=5"), module.getInput("images"));
			assertEquals(new File("/my minutes=3 labels"), module.getInput("labels"));
			assertEquals(new File("/images=a/b.zip"), module.getInput("model"));
		}
		finally {
			Macro.setOptions(null);
			Thread.currentThread().setName(name);
		}
	}

	/** Gives the module what Fiji reads from the options of the macro. */
	private static void asFiji(final Module module) {
		for (final ModuleItem<?> item : module.getInfo().inputs()) {
			final String value = Macro.getValue(Macro.getOptions(), item.getName(),
				null);
			if (value == null) continue;
			module.setInput(item.getName(), ParameterText.parse(item, value));
			module.resolveInput(item.getName());
		}
	}

	@Test
	void imagesAreThereForTheMacroWithoutADisplay() {
		final boolean[] found = new boolean[1];
		step = inputs -> {
			try (Context context = new Context()) {
				context.getService(CommandService.class).run(OpenSample.class, true,
					"sample", "unseen cells").get();
				found[0] = WindowManager.getImage("unseen cells") != null;
			}
			catch (final InterruptedException | ExecutionException e) {
				throw new IllegalStateException(e);
			}
		};
		IJ.runMacro("setBatchMode(true); call('" + MacroInputsTest.class.getName() +
			".callBack'); setBatchMode(false);");
		WindowManager.setTempCurrentImage(null);
		assertTrue(found[0], "the image can be selected by its title");
	}
}
