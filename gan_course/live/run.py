"""A trainer in a worker thread that obeys start, pause, step, stop and reset."""

import atexit
import threading
import time
import weakref

from gan_course.live.worker import Worker

_LATEST = weakref.WeakValueDictionary()  # the last run of each name


def _stop_all():
    """Let no worker be inside TensorFlow while Python shuts down."""
    for run in list(_LATEST.values()):
        run.stop()
    for run in list(_LATEST.values()):
        run.join(5)


atexit.register(_stop_all)


class LiveRun(Worker):
    """Trains in the background while you press buttons.

    The methods below set a wish and return at once, on whatever thread they are called; one daemon
    thread does the work, a few steps at a time, and looks for wishes in between. For the same seed
    it takes the same steps as `Trainer.run`, however often it is paused. A second run of the same
    name stops the first: a cell may be run twice.

    Args:
        make_trainer: A function without arguments that returns a `Trainer`. It is called now, and
            at each reset.
        steps: The limit, at least 1: the run is finished after so many steps in all.
        name: What the run is called.
        redraw_seconds: The least time between two calls of the watchers while it runs.

    Attributes:
        trainer: The trainer. Hold `lock` to use it while the run is at work.
        state: `"ready"`, `"running"`, `"paused"`, `"finished"`, `"stopped"` or `"failed"`.
        step: The number of steps taken so far.
        error: The last exception, of the training or of a watcher; None where all is well.
        speed: Steps a second at most; None for as fast as possible. It may be changed at any time.
        slow_motion: Whether each step is taken in ten stages. It may be changed at any time.
        stage: The present `Stage` in slow motion, else None.
        stage_seconds: How long a stage is shown.

    Raises:
        ValueError: If `steps` is not a whole number of at least 1.

    Example:
        >>> run = LiveRun(lambda: toy_trainer(toy.ring()), steps=2000)
        >>> run.start()
        >>> history = run.wait()

    Introduced in lesson 05.
    """

    def __init__(self, make_trainer, *, steps=10_000, name="training", redraw_seconds=0.2):
        if not isinstance(steps, int) or isinstance(steps, bool) or steps < 1:
            raise ValueError(f"steps is {steps!r}; it must be a whole number of at least 1.")
        earlier = _LATEST.get(name)
        if earlier is not None:
            earlier.stop()
        _LATEST[name] = self
        self.name, self.steps, self.redraw_seconds = name, steps, redraw_seconds
        self.state, self.step, self.error = "ready", 0, None
        self.speed, self.slow_motion, self.stage, self.stage_seconds = None, False, None, 1.5
        self.lock = threading.RLock()
        super().__init__(make_trainer)

    # What buttons call ------------------------------------------------------------------------

    def start(self):
        """Train on, from wherever the run is."""
        self._single = False  # a single step in slow motion becomes the first of many
        self._wish(going=True)

    def pause(self):
        """Stand still after the step in hand; `start` goes on."""
        self._wish(going=False)

    def step_discriminator(self):
        """Pause, and update the discriminator alone, once. The step count stays."""
        self._wish("discriminator", going=False)

    def step_generator(self):
        """Pause, and update the generator alone, once. The step count stays."""
        self._wish("generator", going=False)

    def step_both(self):
        """Pause, and take one whole step."""
        self._wish("both", going=False)

    def stop(self):
        """End the worker after the step in hand. What has been learnt stays; `start` goes on."""
        if self._thread is not None:
            self._wish("stop", going=False)

    def join(self, timeout):
        """Wait until the worker of a stopped run has ended, `timeout` seconds at most."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout)

    def reset(self, make_trainer=None):
        """Pause, and build the trainer anew: untrained, and from the same seed.

        Args:
            make_trainer: Another function to build it with, from now on. If it fails, the trainer
                and its function stay as they are, and the error is shown.
        """
        self._wish(("reset", make_trainer or self._make_trainer), going=False)

    def refresh(self):
        """Call the watchers soon, whether or not the run is at work."""
        self._wish("refresh")

    def watch(self, function):
        """Let `function(run)` be called on the worker's thread when there is something to show.

        It is called at each change of state, after each single step, and while the run is at work
        at most every `redraw_seconds`. What it raises is kept in `error`.

        Args:
            function: A function of the run. It may read the trainer; it holds the lock.
        """
        self._watchers.append(function)

    def at_steps(self, every, function):
        """Let `function(trainer)` look in at exact steps, as `Trainer.run(callbacks=…)` does.

        It is called before the first step, at every step that `every` divides, and at the limit;
        after a reset it begins anew. What it raises ends the run, and `wait` raises it again.

        Args:
            every: Steps between two calls, at least 1.
            function: A function of the trainer, called on the worker's thread.

        Raises:
            ValueError: If `every` is not a whole number of at least 1.
        """
        if not isinstance(every, int) or isinstance(every, bool) or every < 1:
            raise ValueError(f"every is {every!r}; it must be a whole number of at least 1.")
        self._look_ins.append((every, function))

    # What a cell calls ------------------------------------------------------------------------

    def wait(self, timeout=None):
        """Wait until the run is finished, paused or stopped; start it if it has not begun.

        Args:
            timeout: Seconds to wait at most; None for no limit.

        Returns:
            The history, a dict of lists.

        Raises:
            Exception: What the training or a watcher raised.
            TrainingInterrupted: On Jupyter's stop button; the run is paused then.
            TimeoutError: If the time is over; the run goes on.
        """
        if self.state == "ready" and not self._going:
            self.start()
        try:
            self.settle(timeout)
        except KeyboardInterrupt:
            from gan_course.training import TrainingInterrupted

            self.pause()
            self.settle(60)
            raise TrainingInterrupted(
                f"Training is paused after step {self.step:,}. Run the cell again to go on."
            ) from None
        if self.error is not None:
            raise self.error
        return self.trainer.history

    def settle(self, timeout=None):
        """Wait until every wish so far has been carried out and the run stands still.

        Args:
            timeout: Seconds to wait at most; None for no limit.

        Raises:
            TimeoutError: If the time is over.
        """
        end = None if timeout is None else time.monotonic() + timeout
        with self._changed:
            while self._orders or self._going or self._busy:
                if end is not None and time.monotonic() >= end:
                    raise TimeoutError(f"The run {self.name!r} is still at work: {self.message}")
                self._changed.wait(0.2)  # short, so that Ctrl-C is heard on every system

    # What a view reads ------------------------------------------------------------------------

    @property
    def steps_per_second(self):
        """Steps taken a second, over the last few seconds; 0 while the run stands still."""
        marks = list(self._marks)
        if self.state != "running" or len(marks) < 2 or marks[-1][0] <= marks[0][0]:
            return 0.0
        return (marks[-1][1] - marks[0][1]) / (marks[-1][0] - marks[0][0])

    @property
    def seconds_left(self):
        """Seconds to the limit at the present rate, or None where there is no rate."""
        rate = self.steps_per_second
        return (self.steps - self.step) / rate if rate > 0 else None

    @property
    def message(self):
        """One sentence on where the run is."""
        count = f"{self.step:,} of {self.steps:,} steps"
        compiling = self.state == "running" and not self._marks and self.stage is None
        return {
            "ready": "Ready. Press Start.",
            "running": f"Preparing: {count}." if compiling else f"Training: {count}.",
            "paused": f"Paused after {count}. Start goes on.",
            "finished": f"Finished: {count}. Reset begins again.",
            "stopped": f"Stopped after {count}. Start goes on, Reset begins again.",
            "failed": f"Failed after {count}: {self.error} Reset begins again.",
        }[self.state]
