"""Which digits a generator draws, read by the classifier at a slow clock, as bars and text."""

import html
import time

import ipywidgets as widgets

from gan_course.plots.style import COLOURS

SAMPLES = 200  # the classifier reads them in about 50 ms on two cores
SECONDS = 3.0  # between two readings while the run is at work
RARE = 0.03  # a class below this share counts as missing, as in `metrics.coverage`
TALL = 56  # pixels of the tallest bar


class ClassShares(widgets.HTML):
    """Ten bars with their percentages.

    Args:
        value_range: The values of black and white.
        seed: The seed of the latent vectors that are read, the same ones each time.
        samples: How many images are read.
        seconds: The least time between two readings while the run is at work.
        labels: Whole numbers (samples,) for a conditional generator, or None.

    Attributes:
        shares: The last reading, (10,), or None.
        step: The step of the last reading, or None.

    Introduced in lesson 06.
    """

    def __init__(self, value_range=(0, 1), seed=0, samples=SAMPLES, seconds=SECONDS, labels=None):
        super().__init__()
        self.value_range, self.seed, self.samples = value_range, seed, samples
        self.seconds, self.labels = seconds, labels
        self.shares = self.step = self._state = self._read_of = None
        self._next = 0.0
        self.add_class("gan-classes")

    def update(self, run):
        """Read the digits if it is time: every few seconds, and whenever the run comes to rest.

        Args:
            run: A `LiveRun`, whose lock is held.
        """
        rests = run.state != "running" and run.state != self._state
        self._state = run.state
        begins = self._read_of is None or self._read_of[0] is not run.trainer
        if self._read_of == (run.trainer, run.step):
            return
        if not (rests or begins or time.monotonic() >= self._next):
            return
        from gan_course import metrics  # the first use builds the classifier

        conditions = {} if self.labels is None else {"labels": self.labels}
        drawn = run.trainer.sample(self.samples, seed=self.seed, **conditions)
        probabilities = metrics.predict_digits(drawn, self.value_range)
        self.shares, self.step = metrics.class_histogram(probabilities), run.step
        self._read_of = run.trainer, run.step
        self._next = time.monotonic() + self.seconds
        self.value = shares_html(self.shares, self.samples, self.step)


def shares_html(shares, samples, step):
    """Return bars with their percentages; a share below 3 % is hatched and marked "rare".

    Args:
        shares: One share for each class, fractions that add up to 1.
        samples: How many images were read.
        step: The step they were drawn at.

    Returns:
        A string of HTML.

    Introduced in lesson 06.
    """
    shares = [float(share) for share in shares]
    scale = TALL / max(0.25, *shares)
    columns = "".join(_column(digit, share, scale) for digit, share in enumerate(shares))
    rare = [str(digit) for digit, share in enumerate(shares) if share < RARE]
    told = f"Rare, below {RARE:.0%}: {', '.join(rare)}." if rare else "None is rare."
    return (
        '<div style="max-width: 46em; line-height: 1.3">'
        f"<strong>Which digits?</strong> The classifier's reading of {samples} images at step "
        f"{step:,}; real data has 10 % of each. {html.escape(told)}"
        f'<div style="display: flex; align-items: flex-end; gap: 2px; margin-top: 4px">{columns}'
        "</div></div>"
    )


def _column(digit, share, scale):
    colour = COLOURS["fake"]
    stripes = f"repeating-linear-gradient(45deg, {colour} 0 2px, transparent 2px 6px)"
    fill = stripes if share < RARE else colour
    return (
        '<div style="flex: 1 1 0; min-width: 2.4em; text-align: center; font-size: 0.9em">'
        f"<div>{share:.0%}{'<br>rare' if share < RARE else ''}</div>"
        f'<div aria-hidden="true" style="height: {max(1, round(share * scale))}px; '
        f'background: {fill}; border: 1px solid {colour}; margin: 0 15%"></div>'
        f'<div><span style="position: absolute; left: -10000px">digit </span>'
        f"<strong>{digit}</strong></div></div>"
    )
