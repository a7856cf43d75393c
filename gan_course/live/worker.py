"""The worker's half of a live run: it waits for wishes, and carries them out one by one."""

import threading
import time
from collections import deque

from gan_course.live.stages import discriminator_stages, generator_stages, step_stages

CALL_SECONDS = 0.05  # a compiled call takes about this long, so that a button is heard soon
RATE_SECONDS = 3.0  # the time over which steps per second are averaged
DRAWING_SHARE = 0.5  # of the time, at most: a slow view does not stop the training


class Worker:
    """Does the work of a `LiveRun`, on a thread that exists while there is something to do.

    `_changed` guards the wishes: `_orders` (what to do once, in turn), `_going` (whether to train
    on), `_busy` (whether the worker is at it) and `_thread`. All else belongs to the worker.

    Args:
        make_trainer: A function without arguments that returns a `Trainer`.

    Introduced in lesson 05.
    """

    def __init__(self, make_trainer):
        self._make_trainer = make_trainer
        self.trainer = make_trainer()
        self._policy = None
        self._changed = threading.Condition()
        self._orders, self._going, self._busy, self._thread = deque(), False, False, None
        self._watchers, self._stages, self._single = [], None, False
        self._look_ins, self._looked_at = [], None  # (every, function); the step of the last look
        self._draw_from = 0.0  # the time from which the next drawing is due
        self._call_steps, self._marks = 1, deque()

    def _wish(self, order=None, going=None):
        """Note a wish, and see that there is a worker to carry it out."""
        with self._changed:
            if order != "refresh" or order not in self._orders:
                self._orders.append(order or "look")
            self._going = self._going if going is None else going
            if self._thread is None:
                self._policy = _current_policy()  # Keras keeps it for each thread
                self._thread = threading.Thread(target=self._work, daemon=True, name=self.name)
                self._thread.start()
            self._changed.notify_all()

    def _work(self):
        _set_policy(self._policy)
        while True:
            with self._changed:
                while not self._orders and not self._going:
                    self._busy = False
                    self._changed.notify_all()
                    self._changed.wait()
                self._busy = True
                order = self._orders.popleft() if self._orders else "train"
            if order == "stop":
                break
            try:
                with self.lock:
                    seconds = self._obey(order)
                self._rest(seconds or 0)
            except Exception as error:  # shown, not lost
                self._fail(error)
        with self.lock:
            self._finish_stages()
            self._set_state("stopped")
        with self._changed:
            self._busy, self._thread = False, None
            if self._orders or self._going:  # a wish that came meanwhile
                self._wish("look")
            self._changed.notify_all()

    def _fail(self, error):
        self.error = error
        with self._changed:
            self._going = False
        with self.lock:
            self._stages = self.stage = None
            self._set_state("failed")

    def _obey(self, order):
        """Carry out one order; return the seconds to rest after it, or None."""
        if order == "train":
            return self._train()
        if order == "refresh":
            self._draw()
        elif order == "look":  # started or paused
            self._set_state("running" if self._going else self._standing())
        elif order[0] == "reset":
            self._rebuild(order[1])
        else:
            self._take_single(order)

    def _standing(self):
        """Return the state of a run that does not train."""
        if self.step >= self.steps:
            return "finished"
        return self.state if self.state in ("ready", "stopped", "failed") else "paused"

    def _rebuild(self, make_trainer):
        try:
            trainer = make_trainer()
        except Exception as error:
            self.error = error
            self._set_state(self._standing())
            return
        self.trainer, self._make_trainer = trainer, make_trainer
        self._stages = self.stage = self.error = self._looked_at = None
        self.step, self._call_steps = 0, 1
        self._set_state("ready")

    def _take_single(self, order):
        """Make one update or one step: at once, or stage by stage in slow motion."""
        self._finish_stages()
        self._look_in()
        trainer = self.trainer
        if self.slow_motion:
            self._stages = {
                "discriminator": lambda: discriminator_stages(trainer, trainer.step_discriminator),
                "generator": lambda: generator_stages(trainer, trainer.step_generator),
                "both": lambda: step_stages(trainer),
            }[order]()
            with self._changed:
                self._single = self._going = True
            self._set_state("running")
            return
        take = {
            "discriminator": trainer.step_discriminator,
            "generator": trainer.step_generator,
            "both": lambda: trainer.advance(1),
        }[order]
        take()
        self._look_in()
        self._set_state("finished" if self.step >= self.steps else "paused")

    def _train(self):
        """Train for about `CALL_SECONDS`, or show one stage; return the seconds to rest."""
        if self.slow_motion and (self._single or self.step < self.steps):
            return self._show_stage()
        single = self._single
        self._finish_stages()
        if single or self.step >= self.steps:
            return self._stand_still()
        began, speed = time.monotonic(), self.speed
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
        most = self._call_steps if not speed else max(1, int(speed * CALL_SECONDS))
        to_look = [every - self.step % every for every, _ in self._look_ins]
        count = min(most, self.steps - self.step, self.trainer.steps_per_call, *to_look)
        self.trainer.advance(count)
        took = time.monotonic() - began
        self._look_in()
        if took < CALL_SECONDS / 2 and self._marks:  # the first call compiles: it tells nothing
            self._call_steps = min(2 * self._call_steps, self.trainer.steps_per_call)
        elif took > CALL_SECONDS and self._call_steps > 1:
            self._call_steps = max(1, int(self._call_steps * CALL_SECONDS / took))
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
        for _ in self._stages or ():
            pass
        self._stages, self.stage, self._single = None, None, False
        self._look_in()

    def _look_in(self):
        """Note the step, and call what is due at it, once."""
        self.step = self.trainer.step
        if self._looked_at == self.step:
            return
        self._looked_at = self.step
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
            self.error = None
        self.state = state
        self._draw()

    def _draw(self):
        """Call the watchers, and say when they may be called again."""
        began = time.monotonic()
        for watcher in self._watchers:
            try:
                watcher(self)
            except Exception as error:  # a view that fails does not stop the training
                self.error = error
        took = time.monotonic() - began
        self._draw_from = began + max(self.redraw_seconds, took / DRAWING_SHARE)


def _current_policy():
    import keras

    return keras.config.dtype_policy()


def _set_policy(policy):
    import keras

    keras.config.set_dtype_policy(policy)
