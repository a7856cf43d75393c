"""A trainer in a worker thread that obeys start, pause, step, stop and reset."""

import atexit
import threading
import time
import warnings
import weakref
from collections import deque

from gan_course.arguments import check_whole, refusal
from gan_course.errors import CourseError
from gan_course.live.stages import discriminator_stages, generator_stages, step_stages

CALL_SECONDS = 0.05  # a compiled call takes about this long, so that a button is heard soon
RATE_SECONDS = 3.0  # the time over which steps per second are averaged
REDRAW_SECONDS = 0.2
REPLACED = "Another run has taken its place: run this cell again to go on here."
DRAWING_SHARE = 0.5  # of the time, at most: a slow view does not stop the training
PLAYERS = ("discriminator", "generator")
_LATEST = weakref.WeakValueDictionary()  # the last run of each name


class ReplacedRun(CourseError, RuntimeError):
    """A button of a run was pressed after another of the same name had taken its place."""


def _stop_all():
    """Let no worker be inside TensorFlow while Python shuts down, and say what is lost."""
    for run in list(_LATEST.values()):
        if run.going:
            warnings.warn(
                f"Python ends while the run {run.name!r} trains, at step {run.step:,} of "
                f"{run.steps:,}, and what it has learnt is lost. End a script with run.wait().",
                stacklevel=1,
            )
        run.stop()
    for run in list(_LATEST.values()):
        run.join(5)


atexit.register(_stop_all)


class LiveRun:
    """Trains in the background while you press buttons.

    The methods below set a wish and return at once, on whatever thread they are called; a daemon
    thread, which lives while there is something to do, does the work, a few steps at a time, and
    looks for wishes in between. For the same seed it takes the same steps as `Trainer.run`, however
    often it is paused. A script must end with `wait()`: Python does not wait for the thread.

    A second run of the same name takes the place of the first, so that a cell may be run twice. The
    first stops and gives up its trainer, which would fill the memory; it calls its watchers once
    more then, with None for a trainer.

    Args:
        make_trainer: A function without arguments that returns a `Trainer`. It is called now, and
            at each reset.
        steps: The limit, at least 1: the run is finished after so many steps in all.
        name: What the run is called.

    Attributes:
        trainer: The trainer. Hold `lock` to use it while the run is at work. None once another run
            has taken this one's place.
        state: `"ready"`, `"running"`, `"paused"`, `"finished"`, `"stopped"` or `"failed"`.
        step: The number of steps taken so far.
        error: What ended the training or stopped a reset, else what a watcher raised when it was
            last called; None where all is well.
        speed: Steps a second at most; None for as fast as possible; or a function of the step that
            returns one of the two. It may be changed at any time.
        slow_motion: Whether each step is taken in ten stages. It may be changed at any time.
        stage: The present `Stage` in slow motion, else None.
        stage_seconds: How long a stage is shown.
        alone: A dict: how many updates `"discriminator"` and `"generator"` have had by themselves
            since the last whole step. The history knows nothing of them.
        redraw_seconds: The least time between two calls of the watchers while it runs.

    Raises:
        ValueError: If `steps` is not a whole number of at least 1.

    Example:
        >>> run = LiveRun(lambda: toy_trainer(toy.ring()), steps=2000)
        >>> run.start()
        >>> history = run.wait()

    Introduced in lesson 06.
    """

    def __init__(self, make_trainer, *, steps=10_000, name="training"):
        steps = check_whole("steps", steps)
        if not callable(make_trainer):
            remedy = "Write LiveRun(lambda: Trainer(…)): a reset calls it again."
            raise refusal("make_trainer", make_trainer, "a function that builds one", remedy)
        earlier = _LATEST.get(name)
        if earlier is not None:
            earlier.give_up()
        _LATEST[name] = self
        self.name, self.steps, self.redraw_seconds = name, steps, REDRAW_SECONDS
        self.state, self.step = "ready", 0
        self._failure, self._view_errors = None, {}  # of the training; of each watcher
        self.speed, self.slow_motion, self.stage, self.stage_seconds = None, False, None, 1.5
        self.lock = threading.RLock()
        self._make_trainer = make_trainer
        self.trainer = make_trainer()
        # `_changed` guards the wishes: what to do once, in turn; whether to train on; whether a
        # worker is at it; and the last worker's thread. All below belongs to the worker.
        self._changed = threading.Condition()
        self._orders, self._going, self._at_work, self._thread = deque(), False, False, None
        self._policy = None
        self._watchers, self._stages, self._single = [], None, False
        self._updates, self.alone = deque(), dict.fromkeys(PLAYERS, 0)  # asked for by step buttons
        self._look_ins, self._looked_at = [], None  # (every, function); the step of the last look
        self._draw_from = 0.0  # the time from which the next drawing is due
        self._call_steps, self._marks = 1, deque()

    # What buttons call ------------------------------------------------------------------------

    def start(self):
        """Train on, from wherever the run is."""
        self._single = False  # a single step in slow motion becomes the first of many
        self._wish(going=True)

    def pause(self):
        """Stand still after the step in hand; `start` goes on."""
        self._wish(going=False)

    def step_discriminator(self, times=1):
        """Pause, and update the discriminator alone. The step count stays.

        Any other button ends it before its time. In slow motion it is one update, shown stage by
        stage, whatever `times` says.

        Args:
            times: How many updates, at least 1.
        """
        self._wish(("update", "discriminator", times), going=False)

    def step_generator(self, times=1):
        """Pause, and update the generator alone, as `step_discriminator` does."""
        self._wish(("update", "generator", times), going=False)

    def step_both(self, times=1):
        """Pause, and take whole steps, as `step_discriminator` takes updates."""
        self._wish(("update", "both", times), going=False)

    def stop(self):
        """End the run after the step in hand. What has been learnt stays; `start` goes on."""
        if self.trainer is not None and (self._at_work or self.state == "paused"):
            self._wish("stop", going=False)

    def give_up(self):
        """Stop for good, and let go of the trainer: another run takes this one's place."""
        if self.trainer is not None:
            self._wish("give up", going=False)

    def join(self, timeout):
        """Wait until the worker has ended, `timeout` seconds at most."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout)

    def reset(self, make_trainer=None):
        """Pause, and build the trainer anew: untrained, and from the same seed.

        What waits to be done before it, such as another reset, is left out.

        Args:
            make_trainer: Another function to build it with, from now on. If it fails, the trainer
                and its function stay as they are, and the error is shown.
        """
        self._wish(("reset", make_trainer or self._make_trainer), going=False)

    def refresh(self):
        """Call the watchers soon, whether or not the run is at work."""
        self._wish("refresh")

    def between_steps(self, function):
        """Call `function()` once on the worker's thread, soon, before the next step.

        What it raises ends the run, as an error of the training does.
        """
        self._wish(("call", function))

    def watch(self, function):
        """Let `function(run)` be called on the worker's thread when there is something to show.

        It is called at each change of state, after each single step, and while the run is at work
        at most every `redraw_seconds`. What it raises is kept in `error` until it is called again
        and succeeds.

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
        check_whole("every", every)
        self._look_ins.append((every, function))

    # What a cell calls ------------------------------------------------------------------------

    def wait(self, timeout=None):
        """Wait until the run is finished, paused or stopped; start it if it has not begun.

        Args:
            timeout: Seconds to wait at most; None for no limit.

        Returns:
            The history, a dict of lists.

        Raises:
            Exception: What the training raised, or a watcher when it was last called.
            ReplacedRun: If another run has taken this one's place.
            TrainingInterrupted: On Jupyter's stop button; the run is paused then.
            TimeoutError: If the time is over; the run goes on.
        """
        if self.trainer is None or (self.state == "ready" and not self._going):
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
            while self._at_work:
                if end is not None and time.monotonic() >= end:
                    raise TimeoutError(f"The run {self.name!r} is still at work: {self.message}")
                self._changed.wait(0.2)  # short, so that Ctrl-C is heard on every system

    # What a view reads ------------------------------------------------------------------------

    @property
    def going(self):
        """Whether the run trains, or is about to."""
        return self._going

    @property
    def error(self):
        """What went wrong, an exception, or None."""
        return self._failure or next(iter(self._view_errors.values()), None)

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
        asked = self._updates or self.stage is not None
        compiling = self.state == "running" and not self._marks and not asked
        return {
            "ready": "Ready. Press Start.",
            "running": f"Preparing: {count}." if compiling else f"Training: {count}.",
            "paused": f"Paused after {count}{self._tell_alone()}. Start goes on.",
            "finished": f"Finished: {count}. Reset begins again.",
            "stopped": f"Stopped after {count}. "
            + (REPLACED if self.trainer is None else "Start goes on, Reset begins again."),
            "failed": f"Failed after {count}: {self.error} Reset begins again.",
        }[self.state]

    def _tell_alone(self):
        """Return ", then 10 updates of D alone" or "" where both players have had their turns."""
        had = [f"{n} of {player[0].upper()} alone" for player, n in self.alone.items() if n]
        return f", then updates: {', '.join(had)}" if had else ""

    # What the worker does ---------------------------------------------------------------------

    def _wish(self, order="look", going=None):
        """Note a wish, and see that there is a worker to carry it out."""
        with self._changed:
            if self.trainer is None:
                raise ReplacedRun(f"The run {self.name!r} stands still. {REPLACED}")
            if order[0] == "reset":
                self._orders.clear()
            if order != "refresh" or order not in self._orders:
                self._orders.append(order)
            self._going = self._going if going is None else going
            if not self._at_work:
                self._policy = _current_policy()  # Keras keeps it for each thread
                self._at_work = True
                self._thread = threading.Thread(target=self._work, daemon=True, name=self.name)
                self._thread.start()
            self._changed.notify_all()

    def _work(self):
        """Carry out wishes until there is none. Whatever one raises, the run comes to rest."""
        _set_policy(self._policy)
        while True:
            with self._changed:
                if not self._orders and not self._going:
                    self._at_work = False
                    self._changed.notify_all()
                    return
                order = self._orders.popleft() if self._orders else "train"
            try:
                with self.lock:
                    seconds = self._obey(order)
                self._rest(seconds or 0)
            except BaseException as error:  # SystemExit too: shown, not lost
                self._fail(error)

    def _fail(self, error):
        with self._changed:
            self._going = False
        with self.lock:
            self._failure, self._single = error, False
            self._stages = self.stage = None
            self._updates.clear()
            self._set_state("failed")

    def _obey(self, order):
        """Carry out one order; return the seconds to rest after it, or None."""
        if self.trainer is None:
            return
        if order == "train":
            return self._train()
        if order == "refresh":
            return self._draw()
        if order[0] == "call":
            return order[1]()
        if order[0] == "update":
            return self._step_by_button(*order[1:])
        self._updates.clear()  # whatever else was pressed ends them
        if order == "look":  # started or paused
            self._set_state("running" if self._going else self._standing())
        elif order in ("stop", "give up"):
            self._end(for_good=order == "give up")
        elif order[0] == "reset":
            self._rebuild(order[1])

    def _end(self, for_good):
        try:
            self._finish_stages()
            if self.state not in ("finished", "failed"):
                self._set_state("stopped")
        finally:
            if for_good:
                self.trainer = self._make_trainer = None
                self._draw()
                self._watchers, self._look_ins = [], []
                self._view_errors.clear()  # a traceback holds the trainer too
                if self._failure is not None:
                    self._failure.with_traceback(None)

    def _standing(self):
        """Return the state of a run that does not train."""
        if self.step >= self.steps:
            return "finished"
        return self.state if self.state in ("ready", "stopped", "failed") else "paused"

    def _rebuild(self, make_trainer):
        try:
            trainer = make_trainer()
        except Exception as error:
            self._failure = error
            self._set_state(self._standing())
            return
        self.trainer, self._make_trainer = trainer, make_trainer
        self._stages = self.stage = self._failure = self._looked_at = None
        self.step, self._call_steps, self._single = 0, 1, False
        self.alone = dict.fromkeys(PLAYERS, 0)
        self._set_state("ready")

    def _step_by_button(self, player, times):
        """Begin what a step button asks for: updates in a row, or one stage by stage."""
        self._finish_stages()
        self._look_in()
        if self.slow_motion:
            self._updates.clear()
            self._stages = self._stages_of(player)
        else:
            self._updates.extend([player] * times)
        with self._changed:
            if all(order == "refresh" for order in self._orders):  # a newer wish counts for more
                self._single = self._going = True
        if len(self._updates) != 1:  # one is soon made, and seen when it is
            self._set_state("running")
        if self._updates:
            self._take_updates()

    def _stages_of(self, player):
        if player == "both":
            return step_stages(self.trainer)
        stages = {"discriminator": discriminator_stages, "generator": generator_stages}[player]
        return stages(self.trainer, lambda: self._update(player))

    def _update(self, player):
        """Update one player, or take a whole step."""
        if player == "both":
            self.trainer.advance(1)
        else:
            getattr(self.trainer, f"step_{player}")()
            self.alone = self.alone | {player: self.alone[player] + 1}
        self._look_in()

    def _take_updates(self):
        """Take some of the updates that step buttons asked for, for about `CALL_SECONDS`."""
        end = time.monotonic() + CALL_SECONDS
        while self._updates:
            self._update(self._updates.popleft())
            if time.monotonic() >= end:
                break
        if not self._updates:
            if self._single or not self._going:  # else Start was pressed since
                self._stand_still()
        elif time.monotonic() >= self._draw_from:
            self._draw()

    def _train(self):
        """Train for about `CALL_SECONDS`, or show one stage; return the seconds to rest."""
        if self._updates:
            self._take_updates()
            return 0
        if self.slow_motion and (self._single or self.step < self.steps):
            return self._show_stage()
        single = self._single
        self._finish_stages()
        if single or self.step >= self.steps:
            return self._stand_still()
        began = time.monotonic()
        speed = self.speed(self.step) if callable(self.speed) else self.speed
        count = self._call(speed)
        if time.monotonic() >= self._draw_from:
            self._draw()
        return count / speed - (time.monotonic() - began) if speed else 0

    def _stand_still(self):
        with self._changed:
            self._single = self._going = False
        self._set_state("finished" if self.step >= self.steps else "paused")

    def _call(self, speed):
        """Take some steps in one compiled call; return how many."""
        self._look_in()
        began = time.monotonic()
        seconds = min(CALL_SECONDS, self.redraw_seconds / 2)
        most = self._call_steps if not speed else max(1, int(speed * seconds))
        to_look = [every - self.step % every for every, _ in self._look_ins]
        count = min(most, self.steps - self.step, self.trainer.steps_per_call, *to_look)
        self.trainer.advance(count)
        took = time.monotonic() - began
        self._look_in()
        if took < seconds / 2 and self._marks:  # the first call compiles: it tells nothing
            self._call_steps = min(2 * self._call_steps, self.trainer.steps_per_call)
        elif took > seconds and self._call_steps > 1:
            self._call_steps = max(1, int(self._call_steps * seconds / took))
        now = time.monotonic()
        self._marks.append((now, self.step))
        while now - self._marks[0][0] > RATE_SECONDS and len(self._marks) > 2:
            self._marks.popleft()
        return count

    def _show_stage(self):
        self._look_in()
        if self._stages is None:
            self._stages = step_stages(self.trainer)
        self.stage = next(self._stages, None)
        self._look_in()
        if self.stage is not None:
            self._draw()
            return self.stage_seconds
        self._stages = None
        return self._stand_still() if self._single else 0

    def _finish_stages(self):
        """Go through what is left of a step in slow motion, without showing it."""
        stages, self._stages, self.stage, self._single = self._stages, None, None, False
        for _ in stages or ():
            pass
        self._look_in()

    def _look_in(self):
        """Note the step, and call what is due at it, once."""
        self.step = self.trainer.step
        if self._looked_at == self.step:
            return
        self._looked_at, self.alone = self.step, dict.fromkeys(PLAYERS, 0)
        for every, function in self._look_ins:
            if self.step % every == 0 or self.step >= self.steps:
                function(self.trainer)

    def _rest(self, seconds):
        """Wait, but no longer than until the next wish."""
        end = time.monotonic() + seconds
        with self._changed:
            while not self._orders and (left := end - time.monotonic()) > 0:
                self._changed.wait(left)

    def _set_state(self, state):
        if state != self.state:
            self._marks.clear()
        if state in ("running", "ready") and self.state == "failed":
            self._failure = None
        self.state = state
        self._draw()

    def _draw(self):
        """Call the watchers, and say when they may be called again."""
        began = time.monotonic()
        for watcher in self._watchers:
            try:
                watcher(self)
                self._view_errors.pop(watcher, None)
            except BaseException as error:  # a view that fails does not stop the training
                self._view_errors[watcher] = error
        took = time.monotonic() - began
        self._draw_from = began + max(self.redraw_seconds, took / DRAWING_SHARE)


def _current_policy():
    import keras

    return keras.config.dtype_policy()


def _set_policy(policy):
    import keras

    keras.config.set_dtype_policy(policy)
