
package sc.fiji.unet.command;

import ij.IJ;
import ij.WindowManager;

import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;

import javax.swing.JFrame;

import sc.fiji.unet.data.LabelKind;
import sc.fiji.unet.imagej.Comparison;
import sc.fiji.unet.imagej.TrainingCurves;
import sc.fiji.unet.job.Failure;
import sc.fiji.unet.train.History;
import sc.fiji.unet.train.TrainingListener;
import sc.fiji.unet.train.TrainingPlan;
import sc.fiji.unet.train.TrainingRecord;
import sc.fiji.unet.train.TrainingResult;
import sc.fiji.unet.train.TrainingStart;
import sc.fiji.unet.train.ValidationPrediction;

/**
 * The window in which a training can be watched and ended. It opens when the
 * training, or a trial before it, starts and stays when it is over.
 * <p>
 * Three threads: the one that trains leaves word here and never waits; one of
 * the window's own draws, at most five times a second and for a twentieth of
 * the time, and ends when the training is over; the event thread shows what was
 * drawn.
 * </p>
 */
final class TrainingWindow implements TrainingListener {

	private static final long REFRESH_MILLIS = 200;
	/** Drawing curves is followed by so many times that time without. */
	private static final int REST = 20;
	private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(2);

	private final String name;
	private final TrainingRecord record = new TrainingRecord();
	private final ScheduledThreadPoolExecutor drawer = drawer();
	/** Of the event thread, like the panel; null before the training starts. */
	private JFrame frame;
	private TrainingPanel panel;

	/** Epoch of the prediction; written before it. */
	private volatile int predictionEpoch;
	private volatile ValidationPrediction prediction;
	private volatile boolean stopRequested;
	private volatile boolean discardRequested;
	/** Whether the training itself has not begun yet. */
	private volatile boolean trying;
	private volatile boolean closed;
	private volatile boolean ended;
	/** Room that the event thread has found. */
	private volatile Dimension curvesSize = new Dimension();
	private volatile int pictureSize;

	// Of the thread that draws.
	private long nextCurves;
	private long drawnUpdate = -1;
	private int drawnEpochs;
	private Dimension drawnSize;
	private ValidationPrediction drawnPrediction;
	private int drawnPictureSize;

	/** @param name what the model will be called */
	TrainingWindow(final String name) {
		this.name = name;
	}

	/** Without work its thread ends; shut down, it takes no more. */
	private static ScheduledThreadPoolExecutor drawer() {
		final ScheduledThreadPoolExecutor drawer = new ScheduledThreadPoolExecutor(
			1, TrainingWindow::thread, new DiscardPolicy());
		drawer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		drawer.setKeepAliveTime(5 * REFRESH_MILLIS, TimeUnit.MILLISECONDS);
		drawer.allowCoreThreadTimeOut(true);
		return drawer;
	}

	private static Thread thread(final Runnable work) {
		final Thread thread = new Thread(work, "U-Net training window");
		thread.setDaemon(true);
		thread.setPriority(Thread.MIN_PRIORITY);
		return thread;
	}

	/** @return whether the training is to end */
	boolean isStopRequested() {
		return stopRequested;
	}

	/** @return whether it is to end without a model */
	boolean isDiscardRequested() {
		return discardRequested;
	}

	private void stop() {
		stopRequested = true;
		panel.setRunning(false);
		panel.showMessage(trying
			? "Stopping after the running step; of a trial there is no model."
			: "Stopping after the running step; the best model so far will be written.");
	}

	private void cancel() {
		discardRequested = true;
		panel.setRunning(false);
		panel.showMessage(
			"Cancelling after the running step; no model will be written.");
	}

	@Override
	public void trial(final String what, final long update, final long total,
		final double loss)
	{
		trying = true;
		EventQueue.invokeLater(() -> {
			if (frame == null) open();
			panel.showTrial(what, update, total);
		});
	}

	@Override
	public void started(final TrainingStart start) {
		final boolean again = record.start() != null;
		trying = false;
		record.started(start);
		EventQueue.invokeLater(() -> {
			if (frame == null) open();
			panel.showStart(images(start), network(start), !start.validationNames()
				.isEmpty());
			// One that goes on after the loss of its engine may be about to end.
			panel.setRunning(!stopRequested && !discardRequested);
		});
		if (!again) refreshLater();
	}

	private static String images(final TrainingStart start) {
		final int held = start.validationNames().size();
		return count(start.trainingNames().size()) + " to train on, " + (held == 0
			? "none held out for validation" : count(held) +
				" held out for validation");
	}

	/** In words for people; the Log window has all of it. */
	private static String network(final TrainingStart start) {
		final int[] features = start.plan().network().features();
		return "U-Net with " + features[0] + " to " + features[features.length -
			1] + " features, on " + start.device();
	}

	private static String count(final int images) {
		return images + (images == 1 ? " image" : " images");
	}

	private void open() {
		panel = new TrainingPanel(this::stop, this::cancel);
		frame = new JFrame("Training " + name);
		frame.setContentPane(panel);
		frame.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
		// A macro may be busy elsewhere, and a person typing.
		frame.setAutoRequestFocus(false);
		frame.addWindowListener(new WindowAdapter() {

			@Override
			public void windowClosed(final WindowEvent e) {
				close();
			}
		});
		panel.addComponentListener(new ComponentAdapter() {

			@Override
			public void componentResized(final ComponentEvent e) {
				frame.validate();
				curvesSize = panel.curvesSize();
				pictureSize = panel.pictureSize();
				if (ended) drawer.execute(TrainingWindow.this::refresh);
			}
		});
		frame.pack();
		final Dimension screen = IJ.getScreenSize();
		frame.setSize(Math.min(frame.getWidth(), screen.width), Math.min(frame
			.getHeight(), screen.height));
		frame.setLocation(belowImageJ(screen));
		frame.setVisible(true);
		WindowManager.addWindow(frame);
	}

	/** So that the status bar and the menu stay in sight, where there is room. */
	private Point belowImageJ(final Dimension screen) {
		final Rectangle imagej = IJ.getInstance().getBounds();
		return new Point(Math.max(0, Math.min(imagej.x, screen.width - frame
			.getWidth())), Math.max(0, Math.min(imagej.y + imagej.height,
				screen.height - frame.getHeight())));
	}

	private void close() {
		closed = true;
		drawer.shutdown();
		WindowManager.removeWindow(frame);
		if (!ended) IJ.log("The window of the training '" + name +
			"' is closed; the training goes on. Escape, in Fiji the button of the task, stops it and keeps the best model.");
	}

	@Override
	public void revised(final long total, final int updatesPerEpoch) {
		record.revised(total, updatesPerEpoch);
	}

	@Override
	public void step(final long update, final long total, final double loss,
		final double rate, final double secondsLeft)
	{
		record.step(update, total, loss, rate, secondsLeft);
	}

	@Override
	public void validation(final long batch, final long batches) {
		record.validation(batch, batches);
	}

	@Override
	public boolean wantsPrediction() {
		return !closed;
	}

	@Override
	public void prediction(final ValidationPrediction value) {
		predictionEpoch = record.epochs().size() + 1;
		prediction = value;
	}

	@Override
	public void epoch(final History.Row row) {
		record.epoch(row);
	}

	@Override
	public void message(final String sentence) {
		EventQueue.invokeLater(() -> {
			if (panel != null) panel.showMessage(sentence);
		});
	}

	@Override
	public void finished(final TrainingResult result) {
		record.finished(result);
		EventQueue.invokeLater(() -> {
			panel.setRunning(false);
			panel.showMessage(result.message());
		});
	}

	/**
	 * The training is over, and all that it writes is written.
	 *
	 * @param how in a word, for the title
	 */
	void end(final String how) {
		ended = true;
		EventQueue.invokeLater(() -> {
			if (frame == null) return;
			panel.setRunning(false);
			rename("Training " + name + ": " + how);
		});
	}

	/** ImageJ's menu finds a window by the title that it was added with. */
	private void rename(final String title) {
		if (!closed) WindowManager.removeWindow(frame);
		frame.setTitle(title);
		if (!closed) WindowManager.addWindow(frame);
	}

	private void refreshLater() {
		drawer.schedule(this::refresh, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
	}

	/** Draws what is new; after the end for the last time. */
	private void refresh() {
		try {
			final boolean last = ended;
			final TrainingRecord now = record.copy();
			EventQueue.invokeLater(() -> panel.showProgress(now));
			drawCurves(now, last);
			drawPrediction(now);
			if (!last) refreshLater();
		}
		catch (final RuntimeException | Error e) {
			giveUp(e);
		}
	}

	/** The training shall not suffer, but what failed must be known. */
	private void giveUp(final Throwable e) {
		drawer.shutdown();
		IJ.log("The window of the training '" + name +
			"' shows nothing new from here on" + (ended ? ". "
				: "; the training goes on. ") + Failure.sentence(e));
		if (Failure.isBug(e)) IJ.handleException(e);
	}

	private void drawCurves(final TrainingRecord now, final boolean last) {
		final Dimension size = curvesSize;
		final boolean isNew = now.update() != drawnUpdate || now.epochs()
			.size() != drawnEpochs || !size.equals(drawnSize);
		final long start = System.nanoTime();
		if (!isNew || now.update() == 0 || size.width == 0 || start < nextCurves &&
			!last) return;
		final BufferedImage picture = TrainingCurves.picture(now, Math.max(600,
			size.width), Math.max(300, size.height));
		EventQueue.invokeLater(() -> panel.showCurves(picture));
		drawnUpdate = now.update();
		drawnEpochs = now.epochs().size();
		drawnSize = size;
		final long end = System.nanoTime();
		nextCurves = end + Math.min(LONGEST_REST, REST * (end - start));
	}

	private void drawPrediction(final TrainingRecord now) {
		final ValidationPrediction shown = prediction;
		final int size = pictureSize;
		if (shown == null || size == 0 || shown == drawnPrediction &&
			size == drawnPictureSize) return;
		final int epoch = predictionEpoch;
		final Comparison comparison = comparison(shown, now.start().plan());
		final List<BufferedImage> pictures = comparison.panels(size);
		final String title = "Validation image after epoch " + epoch + ": " +
			comparison.scores();
		EventQueue.invokeLater(() -> panel.showPrediction(title, pictures,
			comparison.captions()));
		drawnPrediction = shown;
		drawnPictureSize = size;
	}

	private static Comparison comparison(final ValidationPrediction shown,
		final TrainingPlan plan)
	{
		final LabelKind kind = plan.target().kind();
		return shown.objects().map(objects -> Comparison.ofObjects(shown.name(),
			shown.image(), shown.labels(), shown.probabilities(), objects, kind, plan
				.postprocessing().threshold())).orElseGet(() -> Comparison.of(shown
					.name(), shown.image(), shown.labels(), shown.probabilities(), kind,
					plan.postprocessing()).withClassNames(plan.network().classNames()));
	}
}
