"""The training dashboard: a live run with its buttons, samples, saved frames, curves and shares."""

import time
import weakref

import ipywidgets as widgets

from gan_course.dashboard.classes import ClassShares
from gan_course.dashboard.curves import curve_parts
from gan_course.dashboard.frames import FrameRecorder, FrameScrubber
from gan_course.dashboard.gif import GifSaver
from gan_course.dashboard.grid import frame_parts, grid_html, grid_size, stage_parts
from gan_course.dashboard.points import LivePoints
from gan_course.dashboard.verdict import Verdict
from gan_course.plots.pictures import tile
from gan_course.plots.swift import swift_html
from gan_course.widgets.control_bar import ControlBar
from gan_course.widgets.flow import stage_html
from gan_course.widgets.grid import GridScene
from gan_course.widgets.lesson_box import LessonBox
from gan_course.widgets.live_parts import asked_labels, said
from gan_course.widgets.scene import CurvesScene
from gan_course.widgets.still_curves import plot_panels

POINTS = 400
BYTES_A_SECOND = 300_000  # of images: four redraws of 64 digits; larger ones are sent less often
UNSEEN_SECONDS = 2.0  # between two frames that are kept while nothing of it can be seen
NO_DIGITS = (
    "Which digits? The classifier reads grey digits of 28 × 28 pixels only, with ten labels or "
    "none: it steps aside here."
)
WAITING = (
    "A cell is waiting for this run, and Jupyter passes on no buttons meanwhile. To use them, "
    "press ■ (interrupt) in the toolbar, then Start here."
)


def training_dashboard(run, *, value_range=(0, 1), classes=True, seed=0):
    """Show a live run, and the buttons that steer it.

    A conditional pair needs no switch: the grid then has a column for each label and a row for each
    latent vector, and the classifier tells how many images it reads as the digit asked for.

    In slow motion the grid shows the batch of each stage; where the generator's gradient reaches
    the fakes, purple pixels are pushed brighter and orange ones darker.

    The run's own thread sends what is new, at most five times a second, and nothing that is off the
    screen; the browser draws it. The buttons need a running kernel. `dashboard.run.start()` starts
    it from a cell, `dashboard.wait()` waits.

    Args:
        run: A `gan_course.live.LiveRun`, of grey or colour images or of points (n, 1 or 2).
        value_range: The values of black and white.
        classes: Whether the digit classifier reads the images every few seconds. It reads grey
            images of 28 x 28 pixels, and where there are labels, ten that stand for the digits; of
            others it says so in a line.
        seed: The seed of the noise from which 64 images, 60 where there are ten labels, or 400
            points are drawn.

    Returns:
        A `Dashboard`, which displays itself as the last expression of a cell.

    Example:
        >>> dashboard = training_dashboard(run)
        >>> dashboard.run.start()
        >>> dashboard

    Introduced in lesson 06.
    """
    return Dashboard(run, value_range, classes, seed)


class Dashboard(LessonBox):
    """A live run with its controls. Made by `training_dashboard`.

    Attributes:
        run: The run.
        bar: The `ControlBar`.
        recorder: The `FrameRecorder`: `recorder.frames`, `recorder.steps`, `recorder.spread(11)`.
        frames: The `FrameScrubber`.
        grid: The `GridScene` in it; None for points.
        curves: The `CurvesScene` of losses and D.
        saver: The `GifSaver`.
        verdict: The `Verdict`.
        classes: The `ClassShares`, or None.
    """

    def __init__(self, run, value_range, classes, seed):
        self.run, self.value_range = run, value_range
        self._seen = lambda: None  # the trainer, weakly: a box must not keep it
        self._flows, self._kept_at, self._verdicts = False, 0.0, None
        example = run.trainer.next_batch()["real"]
        self._points = LivePoints(example) if example.ndim == 2 else None
        self._labels, images = run.trainer.num_classes, self._points is None
        self.columns, self.rows = grid_size(self._labels)
        count = self.rows * self.columns if images else POINTS
        self.bar = ControlBar(run)
        self.recorder = FrameRecorder(count, seed, value_range)
        self.curves = CurvesScene(lambda: self._kept(_panels_html, self.curves), most_pixels=440)
        sizes = {"columns": self.columns, "rows": self.rows, "most_pixels": 440}
        self.grid = None
        if images:
            self.grid = GridScene(lambda: self._kept(grid_html, self.grid), **sizes)
        picture = self.grid or widgets.HTML()
        what = _contents(count, images, self._labels)
        self.frames = FrameScrubber(self.recorder, picture, self._draw_frame, what)
        self.verdict = Verdict(seed)
        digits = example.shape[1:] == (28, 28, 1) and self._labels in (None, 10)
        self.classes = ClassShares(value_range, seed) if classes and digits else None
        no_digits = widgets.HTML(f"<div>{NO_DIGITS}</div>")
        no_digits.add_class("gan-classes")
        below = [no_digits] if classes and images and not digits else []
        self.stage, self.note = widgets.HTML(), widgets.HTML()
        self.saver = GifSaver(self.recorder, lambda: self.run.name, self._pictures)
        super().__init__(self._lay_out([self.classes] if self.classes else below))
        self.add_class("gan-dashboard")
        with run.lock:
            self.refresh(run)
        run.watch(self.refresh)
        for scene in self._scenes():
            scene.observe(self._seen_or_not, "seen")

    def _lay_out(self, below):
        """Put the grid beside the diagram of slow motion and the curves: all on one screen."""
        if self.grid is None:
            self.frames.picture.add_class("gan-grid")
        self.stage.add_class("gan-stage")
        self.note.add_class("gan-note")
        left = widgets.VBox([self.frames, self.saver])
        right = widgets.VBox([self.stage, self.curves, self.verdict])
        left.layout = widgets.Layout(flex="1 1 330px", max_width="440px", min_width="0")
        right.layout = widgets.Layout(flex="1 1 280px", max_width="440px", min_width="0")
        panels = widgets.Box([left, right])
        panels.layout = widgets.Layout(
            flex_flow="row wrap", align_items="flex-start", grid_gap="8px 20px"
        )
        return [self.bar, self.note, panels, *below]

    def refresh(self, run):
        """Draw everything anew; what goes wrong in one part is shown and stops no other.

        While nothing of it can be seen, a frame is kept now and then, and nothing is sent.

        Args:
            run: The run, whose lock is held: a watcher.
        """
        if run.trainer is None:  # another run took this one's place: what was drawn stays
            self.bar.refresh(run)
            return
        begins = run.trainer is not self._seen()  # at first, and after a reset
        if begins:
            self._seen = weakref.ref(run.trainer)
            self.recorder.clear()
        self._flows = run.state == "running" and run.stage is None and not begins
        if self._flows and not any(scene.seen for scene in self._scenes()):
            self._keep_frame(run, UNSEEN_SECONDS)
            return
        self.bar.refresh(run)  # first: a button is heard when the bar says so
        problem = None
        for name, part in (
            ("samples", self._refresh_frames),
            ("curves", self._refresh_curves),
            ("verdict", self.verdict.update),
            ("shares of digits", self.classes.update if self.classes else None),
            ("stage", self._refresh_stage),
        ):
            try:
                if part is not None:
                    part(run)
            except Exception as error:
                problem = problem or f"The {name} cannot be drawn. {type(error).__name__}: {error}"
        self.bar.show_error(problem)

    def wait(self, timeout=None):
        """Wait until the run is finished, paused or stopped; start it if it has not begun.

        While a cell waits, Jupyter delivers no button: the dashboard says so.

        Args:
            timeout: Seconds to wait at most; None for no limit.

        Returns:
            The history, a dict of lists.

        Raises:
            Exception: What the training raised.
        """
        self.note.value = said(WAITING)
        try:
            return self.run.wait(timeout)
        finally:
            self.note.value = ""

    def save_gif(self, path=None):
        """Write the saved frames as an animation, as `GifSaver.save` does; return its path."""
        return self.saver.save(path)

    def _pictures(self, frames):
        """Return frames as pictures of one size."""
        if self._points is None:
            return [tile(frame, self.columns) for frame in frames]
        points = LivePoints(self._points.real)  # its own: the worker may be drawing
        return [points.pixels(frame) for frame in frames]

    def _scenes(self):
        return [scene for scene in (self.grid, self.curves) if scene is not None]

    def _seen_or_not(self, change):
        """Draw what was left out while it could not be seen."""
        if change["new"] and self.run.trainer is not None:
            self.run.refresh()

    def _kept(self, to_html, scene):
        """Return a scene without a script, as it stands."""
        with self.run.lock:
            return to_html(scene)

    def _draw_frame(self, frame, step, alt):
        if self._points is not None:
            self.frames.picture.value = self._points.html(frame, alt)
            return
        verdicts = self._verdicts if self.frames.following else None
        self.grid.show(**frame_parts(frame, step, self._labels, verdicts), alt=alt)

    def _keep_frame(self, run, seconds):
        """Record a frame if so long has passed; return what was drawn for it, or None."""
        if time.monotonic() < self._kept_at + seconds:
            return None
        self._kept_at = time.monotonic()
        return self.recorder(run.trainer)

    def _refresh_frames(self, run):
        """Record and show a frame; images that are large, or cannot be seen, less often."""
        pause = 0.0
        if self._flows and self.grid is not None:
            pause = len(self.grid.images) / BYTES_A_SECOND if self.grid.seen else UNSEEN_SECONDS
        drawn = self._keep_frame(run, pause)
        if drawn is None or (self._flows and self.grid is not None and not self.grid.seen):
            return
        self._verdicts = None if self._flows or self.grid is None else self._judge(run, drawn)
        self.frames.update(self._in_place_of_frame(run.stage, run.step))

    def _judge(self, run, images):
        """Return D of each image. Only while the run rests: it would take time from training."""
        labels = asked_labels(run.trainer, len(images))
        return run.trainer.judge(images, *([] if labels is None else [labels]))

    def _in_place_of_frame(self, stage, step):
        """Return what a stage of slow motion shows, as `FrameScrubber.update` takes it."""
        if stage is None or self.grid is None:
            return None
        place = f"{stage.player} {stage.number} of {stage.of}"

        def draw():
            parts = stage_parts(stage, step, self.columns, self.rows, self.value_range)
            titles = ", ".join(block["title"] for block in parts["blocks"])
            self.grid.show(**parts, alt=f"Slow motion, {place}: {titles}.")

        return draw, f"After step {step:,}, {place}: a fresh batch."

    def _refresh_curves(self, run):
        if self._flows and not self.curves.seen:
            return
        trainer = run.trainer
        now = trainer.score_next_batch() if any(run.alone.values()) else None
        parts = curve_parts(trainer.history, trainer.losses.equilibrium, run.steps, now)
        self.curves.show(**parts)

    def _refresh_stage(self, run):
        self.stage.value = stage_html(run.stage)
        self.stage.layout.display = "" if run.stage else "none"


def _panels_html(scene):
    """Return what a `CurvesScene` shows as HTML."""
    return swift_html(plot_panels(scene))


def _contents(count, images, num_classes):
    """Say what a frame holds, for its caption and its alternative text."""
    what = f"{count} {'images' if images else 'points'} from the same noise"
    if num_classes is None:
        return what
    labels = f"labels 0 to {num_classes - 1}"
    if not images:
        return f"{what} ({labels} in turn)"
    return f"{what} (columns: {labels}; rows: latent vectors)"
