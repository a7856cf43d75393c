"""What every live view needs: a row that wraps, an alert, speed and time in words."""

import html

import ipywidgets as widgets
import numpy as np

SIDE = {"description_width": "initial"}  # the style of a control whose label is never cut


def wrapping_row(children):
    """Return a box whose children stand in a row and wrap on a narrow page.

    Args:
        children: A list of widgets.

    Returns:
        An ipywidgets Box.
    """
    layout = widgets.Layout(flex_flow="row wrap", align_items="center", grid_gap="0 12px")
    return widgets.Box(children, layout=layout)


def asked_labels(trainer, count):
    """Return the labels that a conditional generator is asked for: 0, 1, 2, … in turn, again.

    Args:
        trainer: A `Trainer`; its `num_classes` says how many labels there are.
        count: How many images are drawn, at least 1.

    Returns:
        Whole numbers (count,), or None for a pair without labels.
    """
    return None if trainer.num_classes is None else np.arange(count) % trainer.num_classes


def alert_html(error):
    """Return an alert box for an exception or a sentence, or "" for None.

    Args:
        error: An exception, a string or None.

    Returns:
        HTML with `role="alert"`: a word, an icon and a border, so that no colour is needed.
    """
    if error is None:
        return ""
    if isinstance(error, BaseException):
        text = str(error) or "no message"
        error = f"{type(error).__name__}: {text}"
    return (
        '<div role="alert" style="border-left: 6px solid #D55E00; background: #FCEEE5; '
        'color: #1A1A1A; padding: 0.4em 0.8em; max-width: 46em; line-height: 1.4">'
        f'<strong><span aria-hidden="true">⚠</span> Problem.</strong> {html.escape(error)}</div>'
    )


def said(text, role="status"):
    """Return a sentence as HTML that a screen reader reads out when it changes.

    Args:
        text: Plain text.
        role: `"status"`, or `"alert"` for what went wrong; that gets a sign of its own.
    """
    mark = "⚠ " if role == "alert" else ""
    return (
        f'<div role="{role}" style="line-height: 1.4; overflow-wrap: anywhere">'
        f"{mark}{html.escape(text)}</div>"
    )


def describe_rate(run):
    """Say how fast a run goes and how long it will take, such as "812 steps/s, 12 s left".

    Args:
        run: A `LiveRun`.

    Returns:
        A string; empty while the run does not run.
    """
    if run.state != "running" or not run.steps_per_second:
        return ""
    rate = run.steps_per_second
    text = f"{rate:,.0f} steps/s" if rate >= 10 else f"{rate:.1f} steps/s"
    left = run.seconds_left
    return text if left is None else f"{text}, {describe_seconds(left)} left"


def describe_seconds(seconds):
    """Return "8 s", "2 min 05 s" or "1 h 10 min" for a number of seconds."""
    seconds = max(0, round(seconds))
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60:02d} s"
    return f"{seconds // 3600} h {seconds % 3600 // 60:02d} min"
