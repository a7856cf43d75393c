"""A live run without a thread or TensorFlow, for tests of what stands around one."""

import math
import threading
from types import SimpleNamespace

import numpy as np

COLUMNS = ("step", "d_loss", "g_loss", "d_real", "d_fake")


class FakeTrainer:
    """Takes steps at once; what it draws grows lighter with every step.

    Args:
        points: Whether its data are points of the plane, rather than images.
        image_shape: (height, width, channels) of the images.
    """

    def __init__(self, points=False, image_shape=(28, 28, 1)):
        self.step, self.points, self.num_classes = 0, points, None
        self.image_shape = image_shape
        self.losses = SimpleNamespace(equilibrium=2 * math.log(2))
        self.history = {column: [] for column in COLUMNS}

    def advance(self, count):
        """Take `count` steps."""
        for _ in range(count):
            self.step += 1
            row = (self.step, 1.3, 0.8, 0.6, 0.4)
            for column, value in zip(COLUMNS, row, strict=True):
                self.history[column].append(value)

    def sample(self, count, seed=0, averaged=True, labels=None):
        """Return images all of one shade, or points."""
        if self.points:
            return np.random.default_rng(seed).normal(size=(count, 2)).astype(np.float32)
        return np.full((count, *self.image_shape), min(1.0, self.step / 1000), np.float32)

    def judge(self, x, labels=None):
        """Return D(x), one half plus a thousandth for each step."""
        return np.full(len(x), min(1.0, 0.5 + self.step / 1000), np.float32)

    def score_next_batch(self):
        """Return losses and verdicts of which the history knows nothing."""
        return {"d_loss": 0.9, "g_loss": 1.1, "d_real": 0.7, "d_fake": 0.3}

    def next_batch(self):
        """Return real data and noise."""
        if self.points:
            return {"real": np.zeros((16, 2), np.float32), "z": np.zeros((16, 2), np.float32)}
        return {
            "real": np.zeros((16, *self.image_shape), np.float32),
            "z": np.zeros((16, 4), np.float32),
        }


class FakeRun:
    """Notes which methods were called, and calls its watchers when told to."""

    def __init__(self, make_trainer=FakeTrainer, steps=5000):
        self.make_trainer, self.steps, self.lock = make_trainer, steps, threading.RLock()
        self.trainer, self.name = make_trainer(), "fake run"
        self.state, self.message, self.error, self.stage = "ready", "Press Start.", None, None
        self.speed, self.slow_motion, self.stage_seconds = None, False, 2.0
        self.steps_per_second, self.seconds_left = 0.0, None
        self.alone = {"discriminator": 0, "generator": 0}
        self.called, self.watchers, self.fails = [], [], None

    @property
    def step(self):
        """The trainer's step."""
        return self.trainer.step

    def watch(self, function):
        """Keep a watcher."""
        self.watchers.append(function)

    def redraw(self):
        """Call the watchers as the worker would; what they raise becomes `error`."""
        for function in self.watchers:
            try:
                function(self)
            except Exception as error:
                self.error = error

    def refresh(self):
        """Redraw at once."""
        self.redraw()

    def train(self, steps):
        """Take steps and redraw."""
        self.trainer.advance(steps)
        self.redraw()

    def _call(self, name):
        self.called.append(name)
        if self.fails:
            raise self.fails

    def start(self):
        """Note it."""
        self._call("start")
        self.state = "running"

    def pause(self):
        """Note it."""
        self._call("pause")
        self.state = "paused"

    def stop(self):
        """Note it."""
        self._call("stop")
        self.state = "stopped"

    def step_discriminator(self, times=1):
        """Note it, as often as it is asked for."""
        for _ in range(times):
            self._call("step_discriminator")

    def step_generator(self, times=1):
        """Note it, as often as it is asked for."""
        for _ in range(times):
            self._call("step_generator")

    def step_both(self, times=1):
        """Note it, as often as it is asked for."""
        for _ in range(times):
            self._call("step_both")

    def reset(self, make_trainer=None):
        """Make the trainer anew."""
        self._call("reset")
        self.trainer = (make_trainer or self.make_trainer)()
        self.state = "ready"

    def wait(self, timeout=None):
        """Take all steps at once."""
        self._call("wait")
        self.trainer.advance(self.steps - self.step)
        self.state = "finished"
        self.redraw()
        return self.trainer.history
