"""The control bar of a live run: buttons, speed, progress and what the run is doing, in words.

The buttons set events of the run and return at once; the run's own worker writes the rest.
"""

import html

import ipywidgets as widgets

from gan_course.tables import number
from gan_course.widgets.lesson_box import LessonBox
from gan_course.widgets.live_parts import (
    SIDE,
    alert_html,
    describe_rate,
    wrapping_row,
)

START = ("play", "Start", "Start training, or go on after a pause")
PAUSE = ("pause", "Pause", "Pause after the step in hand")
# name -> (icon, text, tooltip, CSS class); none is ever disabled: a button that goes grey under
# the finger takes the keyboard's focus with it, and the run answers a useless press in words.
BUTTONS = {
    "start": (*START, "gan-start"),
    "step_d": (
        "search",
        "Step D",
        "Pause, then update the discriminator alone; the step counter stays",
        "gan-step-d",
    ),
    "step_g": (
        "paint-brush",
        "Step G",
        "Pause, then update the generator alone; the step counter stays",
        "gan-step-g",
    ),
    "step_both": (
        "step-forward",
        "Step both",
        "Pause, then take a whole step: D's update, then G's",
        "gan-step-both",
    ),
    "stop": ("stop", "Stop", "End the run here; cells that wait for it go on", "gan-stop"),
    "reset": ("refresh", "Reset", "Begin again from the first weights, same seed", "gan-reset"),
}


def gently(step):
    """Return a speed for a step: 20 a second for the first hundred, then 100, then all it can.

    So the beginning can be followed by eye.
    """
    return next((speed for last, speed in ((100, 20), (600, 100)) if step < last), None)


SPEEDS = {gently: "gently at first", None: "as fast as it can", 1: "1 step a second"}
SPEEDS |= {speed: f"{speed} steps a second" for speed in (5, 20, 100)}
TIMES = (1, 10, 100)
MARKS = {"ready": "○", "running": "▶", "paused": "❚❚", "finished": "✔", "stopped": "■"}


class ControlBar(LessonBox):
    """Buttons and a status line for a live run.

    It watches nothing by itself: pass its `refresh` to `run.watch`, alone or within a larger view.

    Args:
        run: A `gan_course.live.LiveRun`.
        reset: What the Reset button calls, without arguments; `run.reset` unless given.

    Attributes:
        run: As given.
        state: The state of the run that it tells.
        buttons: A dict from the names in `BUTTONS` to ipywidgets buttons. "start" says Pause, and
            pauses, while the run is running.
        times: The list of how many updates or steps a step button makes.
        slow: The toggle button for slow motion.
        speed: The drop-down list of speeds.
        progress: HTML with a progress element.
        step_count: A Label such as "step 1,234 of 5,000".
        rate: A Label with the steps per second and the time left.
        status: HTML with the state in words, `role="status"`.
        error: HTML with what went wrong, `role="alert"`; empty while all is well.

    Example:
        >>> bar = ControlBar(run)
        >>> run.watch(bar.refresh)
    """

    def __init__(self, run, *, reset=None):
        self.run, self.state, self._reset = run, run.state, reset
        self._errors = {"button": None, "view": None}
        self.buttons = {name: _button(*parts) for name, parts in BUTTONS.items()}
        actions = {
            "start": lambda: self._start_or_pause(),
            "step_d": lambda: self.run.step_discriminator(self.times.value),
            "step_g": lambda: self.run.step_generator(self.times.value),
            "step_both": lambda: self.run.step_both(self.times.value),
            "stop": lambda: self.run.stop(),
            "reset": lambda: (self._reset or self.run.reset)(),
        }
        for name, action in actions.items():
            self.buttons[name].on_click(lambda _, action=action: self._press(action))
        self.times = widgets.Dropdown(
            options=[(f"×{times}", times) for times in TIMES],
            description="steps",
            tooltip="How many updates a step button makes; in slow motion it is always one",
            style=SIDE,
            layout=widgets.Layout(width="9em"),
        )
        self.times.add_class("gan-times")
        self.slow = widgets.ToggleButton(
            value=bool(run.slow_motion),
            description="Slow motion",
            icon="hourglass-half",
            tooltip="Show each step in stages, with a caption for each",
            layout=widgets.Layout(width="auto"),
        )
        self.slow.add_class("gan-slow")
        self.slow.observe(self._set_slow_motion, "value")
        self.speed = _speed_list(run.speed)
        self.speed.observe(self._set_speed, "value")
        self.progress, self.status, self.error = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.step_count, self.rate = widgets.Label(), widgets.Label()
        for widget, css_class in (
            (self.progress, "gan-progress"),
            (self.status, "gan-status"),
            (self.error, "gan-error"),
            (self.step_count, "gan-step-count"),
            (self.rate, "gan-rate"),
        ):
            widget.add_class(css_class)
        self.buttons["start"].style.font_weight = "bold"
        self.buttons["start"].layout.width = "7em"  # of both words: its neighbours stand still
        steps, ends = list(self.buttons.values())[:4], list(self.buttons.values())[4:]
        super().__init__(
            [
                wrapping_row([*steps, self.times, self.slow, *ends]),
                wrapping_row([self.speed, self.progress, self.step_count, self.rate]),
                self.status,
                self.error,
            ]
        )
        self.add_class("gan-control-bar")
        self.refresh(run)

    def refresh(self, run):
        """Write the run's state into the bar. A watcher: `run.watch(bar.refresh)`.

        Args:
            run: The run, as `watch` hands it over.
        """
        step, steps, self.state = int(run.step), run.steps, run.state
        _say(self.buttons["start"], *(PAUSE if self.state == "running" else START))
        self.step_count.value = f"step {step:,}" + (f" of {steps:,}" if steps else "")
        self.rate.value = describe_rate(run)
        self.progress.value = _progress_html(step, steps)
        # The words change with the state alone: a screen reader reads every change out, and the
        # count of a running run stands beside it.
        words, mark = run.message or "", MARKS.get(run.state, "⚠")
        if run.state == "running":
            words = "Slow motion…" if run.stage else words.split(":")[0].rstrip(".") + "…"
        self.status.value = (
            f'<div role="status" style="max-width: 46em; line-height: 1.4">'
            f'<span aria-hidden="true">{mark}</span> <strong>{html.escape(run.state)}</strong> '
            f"{html.escape(words)}</div>"
        )
        self._write_error()

    def kept_html(self):
        """Return what is kept of the bar in a file: which moment of the run is shown, no buttons.

        The page is made when the cell runs, and does not follow the run.
        """
        moment = f"As it was when this cell ran: {self.run.state}, at {self.step_count.value}."
        return f"<p>{moment} What came later is not kept here.</p>{self.error.value}"

    def show_error(self, error):
        """Show what goes wrong in the view around the bar, until it is called with None.

        Args:
            error: An exception, a sentence or None.
        """
        self._errors["view"] = error
        self._write_error()

    def _start_or_pause(self):
        """Do what the button says, which is what was seen when it was pressed."""
        says_pause = self.buttons["start"].description == PAUSE[1]
        (self.run.pause if says_pause else self.run.start)()

    def _press(self, action):
        """Do what a button says; what goes wrong is shown until the next press, and not lost."""
        try:
            action()
            self._errors["button"] = None
        except Exception as error:
            self._errors["button"] = error
        self._write_error()

    def _set_slow_motion(self, change):
        self.run.slow_motion = change["new"]

    def _set_speed(self, change):
        self.run.speed = change["new"]

    def _write_error(self):
        self.error.value = alert_html(
            self.run.error or self._errors["button"] or self._errors["view"]
        )


def _button(icon, text, tooltip, css_class):
    button = widgets.Button(layout=widgets.Layout(width="auto", min_width="4.5em"))
    _say(button, icon, text, tooltip)
    button.add_class(css_class)
    return button


def _say(button, icon, text, tooltip):
    button.icon, button.description, button.tooltip = icon, text, tooltip


def _speed_list(speed):
    names = SPEEDS if speed in SPEEDS else SPEEDS | {speed: f"{speed:g} steps a second"}
    chooser = widgets.Dropdown(
        options=[(text, value) for value, text in names.items()],
        index=list(names).index(speed),  # not value=None, which would mean that none is chosen
        description="Speed",
        tooltip="How many steps to take in a second, at most",
        style=SIDE,
        layout=widgets.Layout(width="15em"),
    )
    chooser.add_class("gan-speed")
    return chooser


def _progress_html(step, steps):
    share = min(step / steps, 1.0) if steps else 0.0
    return (
        f'<progress aria-label="Progress of the run" max="1" value="{share:.4f}" '
        f'style="width: 14em; max-width: 100%">{number(share, ".0%")}</progress>'
    )
