"""Saved frames of a live run: a recorder that keeps a limited number, and a slider over them."""

import html
import threading
from functools import partial

import ipywidgets as widgets
import numpy as np

from gan_course.live import BoundedHistory
from gan_course.plots.pictures import to_uint8
from gan_course.widgets.live_parts import SIDE, asked_labels, wrapping_row

LIMIT = 100  # frames; 64 digits each make 5 MB


class FrameRecorder(BoundedHistory):
    """Keeps what the generator draws from the same noise: frames spread over the whole run.

    A conditional generator is asked for its labels in turn, and draws all of them from one latent
    vector before it comes to the next: a row of the grid for each vector, a column for each label.

    Args:
        count: How many images or points a frame has, at least 1.
        seed: The seed of the fixed latent vectors.
        value_range: The values of black and white; images are kept as uint8.
        limit: The most frames, at least 4.

    Example:
        >>> recorder = FrameRecorder(count=64)
        >>> recorder(trainer)
        >>> recorder.steps
        [0]
    """

    def __init__(self, count, seed=0, value_range=(0, 1), limit=LIMIT):
        super().__init__(limit)
        self.count, self.seed, self.value_range = count, seed, value_range

    @property
    def frames(self):
        """The frames: uint8 images as `to_uint8` gives them, or float32 points (count, 1 or 2)."""
        return self.entries

    def __call__(self, trainer):
        """Add a frame, and return what was drawn for it, as the generator gives it.

        At a step that has one it is replaced: one player may have moved alone.
        """
        labels = asked_labels(trainer, self.count)
        conditions = {} if labels is None else {"labels": labels, "repeat": trainer.num_classes}
        drawn = trainer.sample(self.count, seed=self.seed, **conditions)
        self.add(trainer.step, drawn if drawn.ndim == 2 else to_uint8(drawn, self.value_range))
        return drawn


class FrameScrubber(widgets.VBox):
    """A picture of the newest frame, and a slider that leads back to the older ones.

    While the slider stands at its end, the picture is live. Move it and it stays where you put it,
    however many frames come; the Live button leads back.

    Args:
        recorder: A `FrameRecorder`.
        picture: The widget that shows a frame.
        draw: Takes a frame, its step and its alternative text, and lets the picture show it.
        what: What a frame shows, such as "64 images from the same noise".

    Attributes:
        picture: As given.
        slider: Over the places of the frames, 0 for the first.
        live: The Live button.
        following: Whether the picture is live.
        shown_step: The step of the frame that is shown.
    """

    def __init__(self, recorder, picture, draw, what):
        self.recorder, self.picture, self._draw, self._what = recorder, picture, draw, what
        self.following, self.shown_step, self._instead = True, 0, None
        self._lock, self._moving_by_itself = threading.RLock(), False
        self.caption = widgets.HTML()
        self.slider = widgets.IntSlider(
            min=0,
            max=0,
            description="Saved frames",
            tooltip="Back through the saved frames; the arrow keys go one frame at a time",
            readout=False,  # the caption names the step, which says more than a frame's number
            # Kept although sliders of the course wait for the mouse to be released: a frame that
            # was drawn before is shown, in about 2 ms, and nothing is computed or trained.
            continuous_update=True,
            style=SIDE,
            layout=widgets.Layout(width="auto", flex="1 1 14em"),
        )
        self.live = widgets.Button(
            description="Live",
            icon="fast-forward",
            tooltip="Return to the newest frame and follow the training",
            layout=widgets.Layout(width="auto"),
        )
        self.slider.add_class("gan-frames")
        self.live.add_class("gan-live")
        self.slider.observe(self._moved, "value")
        self.live.on_click(lambda _: self.go_live())
        super().__init__([self.picture, wrapping_row([self.slider, self.live]), self.caption])

    def update(self, instead=None):
        """Take in what the recorder gained; called by the worker after each new frame.

        Args:
            instead: What is shown in place of the newest frame, while the picture is live: a pair
                of a function that draws it and its caption; or None.
        """
        with self._lock:
            self._instead = instead
            steps, _ = self.recorder.kept
            if self.shown_step > steps[-1]:  # the run began again
                self.following = True
            last = len(steps) - 1
            place = last
            if not self.following:  # frames may have been thinned out: stay near the same step
                place = int(np.abs(np.array(steps) - self.shown_step).argmin())
            self._move_to(place, last)
            self._show(place, redraw=self.following or steps[place] != self.shown_step)

    def go_live(self):
        """Show the newest frame, and follow."""
        with self._lock:
            last = len(self.recorder.steps) - 1
            self.following = True
            self._move_to(last, last)
            self._show(last)

    def _move_to(self, place, last):
        # One message for each: where both come in one, the page answers with the older value, as
        # if it had been chosen there.
        self._moving_by_itself = True
        if last < self.slider.value:
            self.slider.value = place
        self.slider.max = last
        self.slider.value = place
        self._moving_by_itself = False

    def _moved(self, change):
        """Show the frame that the learner chose. It only reads what was recorded."""
        with self._lock:
            if self._moving_by_itself:
                return
            last = len(self.recorder.steps) - 1
            place = min(change["new"], last)  # not the slider's: the worker may have moved it since
            self.following = place == last
            self._move_to(place, last)
            self._show(place)

    def _show(self, place, redraw=True):
        steps, frames = self.recorder.kept
        place = min(place, len(steps) - 1)
        self.shown_step = step = steps[place]
        draw = partial(self._draw, frames[place], step, f"{self._what} at step {step:,}.")
        text, role = f"Live at step {step:,}: {self._what}.", ""
        if not self.following:
            text = f"Back at step {step:,} of {steps[-1]:,}, frame {place + 1} of {len(steps)}."
            role = ' role="status"'
        elif self._instead is not None:
            draw, text = self._instead
        if redraw:
            draw()
        self.caption.value = f'<div{role} style="line-height: 1.4">{html.escape(text)}</div>'
