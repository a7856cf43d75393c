"""What the discriminator says at this moment, on examples that stay the same."""

import time
import weakref

import ipywidgets as widgets

from gan_course.tables import number
from gan_course.widgets.live_parts import asked_labels

COUNT = 64  # real examples and fakes, at most
SECONDS = 1.0  # between two looks while the run is at work


class Verdict(widgets.HTML):
    """D(real) and D(fake) now, in three digits, and how they moved since the last press of a step.

    The curves hold whole steps of training, measured on each step's own batch with dropout at
    work. This looks on from outside: the same real examples each time, fakes of this moment from
    the same noise, dropout off. So it moves when one player alone is stepped. A conditional
    discriminator sees the real examples with their own labels, and the fakes with the labels that
    they were asked for.

    Args:
        seed: The seed of the latent vectors.

    Attributes:
        d_real: The mean of D over the real examples, or None before the first look.
        d_fake: The mean of D over the fakes, or None.
    """

    def __init__(self, seed=0):
        super().__init__()
        self.seed = seed
        self.d_real = self.d_fake = self._real = None
        self._seen, self._next = lambda: None, 0.0  # the trainer, weakly: a box must not keep it
        self.add_class("gan-verdict")

    def update(self, run):
        """Ask the discriminator again: once a second while the run is at work, else each time.

        Args:
            run: A `LiveRun`, whose lock is held.
        """
        trainer = run.trainer
        if run.state == "running" and time.monotonic() < self._next and not run.stage:
            return
        self._next = time.monotonic() + SECONDS
        if trainer is not self._seen():
            batch = trainer.next_batch()
            self._seen, self.d_real, self.d_fake = weakref.ref(trainer), None, None
            self._real = [batch[name][:COUNT] for name in ("real", "labels") if name in batch]
        labels = asked_labels(trainer, COUNT)
        conditions = {} if labels is None else {"labels": labels}
        fakes = trainer.sample(COUNT, seed=self.seed, averaged=False, **conditions)
        before = self.d_real, self.d_fake
        self.d_real = float(trainer.judge(*self._real).mean())
        self.d_fake = float(trainer.judge(fakes, **conditions).mean())
        still = run.state in ("paused", "ready") and before[0] is not None
        moves = [
            _move(new - old) if still else ""
            for new, old in zip((self.d_real, self.d_fake), before, strict=True)
        ]
        self.value = (
            '<div style="line-height: 1.4"><strong>What D says now:</strong> '
            f"D(real) = <strong>{self.d_real:.3f}</strong>{moves[0]}, "
            f"D(fake) = <strong>{self.d_fake:.3f}</strong>{moves[1]}<br>"
            f"mean over {len(self._real[0])} real examples and {len(fakes)} fakes of this moment; "
            f"the same examples{' with their labels' if conditions else ''} and the same noise "
            "each time, dropout off</div>"
        )


def _move(difference):
    """Say how far a number moved, with a sign and an arrow; nothing for less than a thousandth."""
    if abs(difference) < 0.0005:
        return " (=)"
    return f" ({'▲' if difference > 0 else '▼'} {number(difference, '+.3f')})"
