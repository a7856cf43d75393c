"""The training dashboard: a live run with its buttons, samples, saved frames, curves and shares."""

import weakref

import ipywidgets as widgets

from gan_course.dashboard.classes import ClassShares
from gan_course.dashboard.curves import LiveCurves
from gan_course.dashboard.frames import FrameRecorder, FrameScrubber
from gan_course.dashboard.gif import GifSaver
from gan_course.dashboard.points import LivePoints
from gan_course.dashboard.verdict import Verdict
from gan_course.plots.moving import sheet_html
from gan_course.plots.pictures import tile
from gan_course.widgets.control_bar import ControlBar
from gan_course.widgets.flow import stage_html
from gan_course.widgets.lesson_box import LessonBox
from gan_course.widgets.live_parts import said

COLUMNS = 8  # images in a row; a conditional generator has one for each label
ROWS = 8
POINTS = 400
WIDE = 12.8  # images that fit in a row at their own size; more in a row are shown smaller
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

    Everything is drawn on the run's own thread, at most five times a second; the buttons need a
    running kernel. `dashboard.run.start()` starts it from a cell, `dashboard.wait()` waits.

    Args:
        run: A `gan_course.live.LiveRun`, of grey or colour images or of points (n, 1 or 2).
        value_range: The values of black and white.
        classes: Whether the digit classifier reads the images every few seconds. It reads grey
            images of 28 x 28 pixels, and where there are labels, ten that stand for the digits; of
            others it says so in a line.
        seed: The seed of the noise from which 64 images, eight of each label, or 400 points are
            drawn.

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
        saver: The `GifSaver`.
        verdict: The `Verdict`.
        classes: The `ClassShares`, or None.
    """

    def __init__(self, run, value_range, classes, seed):
        self.run, self.value_range = run, value_range
        self._seen = lambda: None  # the trainer, weakly: a box must not keep it
        example = run.trainer.next_batch()["real"]
        self._points = LivePoints(example) if example.ndim == 2 else None
        self._labels, images = run.trainer.num_classes, self._points is None
        self.columns = self._labels or COLUMNS
        count = ROWS * self.columns if images else POINTS
        self.bar = ControlBar(run)
        self.recorder = FrameRecorder(count, seed, value_range)
        what = _contents(count, images, self._labels)
        self.frames = FrameScrubber(self.recorder, self._draw_frame, what)
        self.verdict = Verdict(seed)
        digits = example.shape[1:] == (28, 28, 1) and self._labels in (None, 10)
        self.classes = ClassShares(value_range, seed) if classes and digits else None
        below = [self.classes] if self.classes else []
        if classes and images and not digits:
            below = [widgets.HTML(f"<div>{NO_DIGITS}</div>")]
            below[0].add_class("gan-classes")
        self.curves, self.stage, self.note = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.saver = GifSaver(self.recorder, lambda: self.run.name, self._pictures)
        self.curves.add_class("gan-curves")
        self.stage.add_class("gan-stage")
        self.note.add_class("gan-note")
        left = widgets.VBox([self.frames, self.saver])
        right = widgets.VBox([self.curves, self.verdict])
        left.layout = widgets.Layout(flex="1 1 24em", max_width="420px", min_width="0")
        right.layout = widgets.Layout(flex="1 1 28em", max_width="520px", min_width="0")
        panels = widgets.Box([left, right])
        panels.layout = widgets.Layout(
            flex_flow="row wrap", align_items="flex-start", grid_gap="8px 20px"
        )
        super().__init__([self.bar, self.note, self.stage, panels, *below])
        self.add_class("gan-dashboard")
        with run.lock:
            self.refresh(run)
        run.watch(self.refresh)

    def refresh(self, run):
        """Draw everything anew; what goes wrong in one part is shown and stops no other.

        Args:
            run: The run, whose lock is held: a watcher.
        """
        if run.trainer is None:  # another run took this one's place: what was drawn stays
            self.bar.refresh(run)
            return
        if run.trainer is not self._seen():  # at first, and after a reset
            self._seen = weakref.ref(run.trainer)
            self.recorder.clear()
            self._curves = LiveCurves(run.trainer.losses.equilibrium)
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
        self.bar.refresh(run)
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

    def _draw_frame(self, frame, text):
        if self._points is not None:
            return self._points.html(frame, text)
        scale = min(1.6, WIDE / self.columns) * 28 / frame.shape[2]  # as wide as digits
        sheet = sheet_html(frame, self.columns, self.value_range, text, scale)
        return sheet if self._labels is None else _under_labels(sheet, self._labels)

    def _refresh_frames(self, run):
        self.recorder(run.trainer)
        self.frames.update()

    def _refresh_curves(self, run):
        self.curves.value = self._curves.html(run.trainer.history, run.steps)

    def _refresh_stage(self, run):
        self.stage.value = stage_html(run.stage)


def _contents(count, images, num_classes):
    """Say what a frame holds, for its caption and its alternative text."""
    what = f"{count} {'images' if images else 'points'} from the same noise"
    if num_classes is None:
        return what
    labels = f"labels 0 to {num_classes - 1}"
    if not images:
        return f"{what} ({labels} in turn)"
    return f"{what} (columns: {labels}; rows: latent vectors)"


def _under_labels(sheet, num_classes):
    """Put the labels above the columns of a picture; its alternative text names them too."""
    heads = "".join(f'<span style="flex: 1 1 0">{label}</span>' for label in range(num_classes))
    return (
        '<div style="display: inline-block; max-width: 100%">'
        '<div aria-hidden="true" style="display: flex; text-align: center; line-height: 1.4">'
        f"{heads}</div>{sheet}</div>"
    )
