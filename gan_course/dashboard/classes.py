"""Which digits a generator draws, read by the classifier at a slow clock, as bars and text."""

import html
import time
import weakref

import ipywidgets as widgets
import numpy as np

from gan_course.plots.style import COLOURS
from gan_course.tables import number
from gan_course.widgets.live_parts import asked_labels

SAMPLES = 200  # the classifier reads them in about 50 ms on two cores
SECONDS = 3.0  # between two readings while the run is at work
RARE = 0.03  # a class below this share counts as missing, as in `metrics.coverage`
TALL = 56  # pixels of the tallest bar


class ClassShares(widgets.HTML):
    """Ten bars with their percentages: the share of each digit among what is drawn.

    A conditional generator is asked for each digit equally often. Its bars are the shares that are
    read as the digit asked for.

    Args:
        value_range: The values of black and white.
        seed: The seed of the latent vectors that are read, the same ones each time.

    Attributes:
        shares: The share of each digit in the last reading, (10,), or None.
        counts: How often each digit asked for was read as each digit, whole numbers (10, 10), rows
            asked for and columns read; None before the first reading, and without labels.
        step: The step of the last reading, or None.
    """

    def __init__(self, value_range=(0, 1), seed=0):
        super().__init__()
        self.value_range, self.seed = value_range, seed
        self.shares = self.counts = self.step = self._state = None
        self._seen, self._next = lambda: None, 0.0  # the trainer, weakly: a box must not keep it
        self.add_class("gan-classes")

    def update(self, run):
        """Read the digits if it is time: every few seconds, and whenever the run comes to rest.

        Args:
            run: A `LiveRun`, whose lock is held.
        """
        rests = run.state != "running" and run.state != self._state
        self._state = run.state
        begins = self._seen() is not run.trainer
        if not begins and self.step == run.step:
            return
        if not (rests or begins or time.monotonic() >= self._next):
            return
        from gan_course import metrics  # the first use builds the classifier

        labels = asked_labels(run.trainer, SAMPLES)
        conditions = {} if labels is None else {"labels": labels}
        drawn = run.trainer.sample(SAMPLES, seed=self.seed, **conditions)
        probabilities = metrics.predict_digits(drawn, self.value_range)
        self.shares, self.step = metrics.class_histogram(probabilities), run.step
        self._seen = weakref.ref(run.trainer)
        self._next = time.monotonic() + SECONDS
        if labels is None:
            self.value = shares_html(self.shares, SAMPLES, self.step)
            return
        self.counts = np.zeros((10, 10), int)
        np.add.at(self.counts, (labels, np.argmax(probabilities, axis=1)), 1)
        self.value = obedience_html(self.counts, self.step)


def shares_html(shares, samples, step):
    """Return bars with their percentages; a share below 3 % is hatched and marked "rare".

    Args:
        shares: One share for each class, fractions that add up to 1.
        samples: How many images were read.
        step: The step they were drawn at.

    Returns:
        A string of HTML.
    """
    shares = [float(share) for share in shares]
    scale = TALL / max(0.25, *shares)
    columns = "".join(
        _column(f"{digit}", share, scale, "rare" if share < RARE else "")
        for digit, share in enumerate(shares)
    )
    rare = [str(digit) for digit, share in enumerate(shares) if share < RARE]
    told = f"Rare, below {number(RARE, '.0%')}: {', '.join(rare)}." if rare else "None is rare."
    told = (
        f"The classifier's reading of {samples} images at step {step:,}; real data has 10 % of "
        f"each. {told}"
    )
    return _panel("Which digits?", told, columns)


def obedience_html(counts, step):
    """Return bars of the shares that are read as the digit asked for, with their percentages.

    Where another digit is read more often, the bar is hatched and that digit stands above it.

    Args:
        counts: Whole numbers (10, 10): row, the digit asked for; column, the digit read.
        step: The step they were drawn at.

    Returns:
        A string of HTML.
    """
    counts = np.asarray(counts)
    hits, asked, most_read = np.diag(counts), counts.sum(axis=1), counts.argmax(axis=1)
    columns = "".join(
        _column(f"{digit}", hits[digit] / asked[digit], TALL, note, before="asked for ")
        for digit, note in enumerate(
            "" if hits[digit] == counts[digit].max() else f"more {most_read[digit]}s"
            for digit in range(len(counts))
        )
    )
    wrong = counts - np.diag(hits)
    digit, other = np.unravel_index(wrong.argmax(), wrong.shape)
    told = f"Most frequent mistake: {digit} read as {other}, {wrong.max()} of {asked[digit]}."
    told = (
        f"At step {step:,} the classifier reads {hits.sum()} of {counts.sum()} images, "
        f"{number(hits.sum() / counts.sum(), '.0%')}, as the digit asked for; chance is 10 %. "
        f"{told if wrong.any() else 'There is no mistake among them.'}"
    )
    return _panel("Read as asked?", told, columns)


def _panel(head, told, columns):
    return (
        '<div style="max-width: 46em; line-height: 1.3">'
        f"<strong>{head}</strong> {html.escape(told)}"
        f'<div style="display: flex; flex-wrap: wrap; align-items: flex-end; gap: 2px; '
        f'margin-top: 4px">{columns}'
        "</div></div>"
    )


def _column(digit, share, scale, note, before="digit "):
    """Return one bar; one with a note is hatched."""
    colour = COLOURS["fake"]
    stripes = f"repeating-linear-gradient(45deg, {colour} 0 2px, transparent 2px 6px)"
    fill = stripes if note else colour
    return (
        '<div style="flex: 1 1 0; min-width: 2.4em; text-align: center; font-size: 0.9em">'
        f"<div>{number(share, '.0%')}{note and f'<br>{note}'}</div>"
        f'<div aria-hidden="true" style="height: {max(1, round(share * scale))}px; '
        f'background: {fill}; border: 1px solid {colour}; margin: 0 15%"></div>'
        f'<div><span style="position: absolute; left: -10000px">{before}</span>'
        f"<strong>{digit}</strong></div></div>"
    )
