"""The loop around the compiled steps: when to stop, to call back, to save."""

import time

from gan_course.training import checks
from gan_course.training.interrupt import TrainingInterrupted, deferred_interrupt
from gan_course.training.progress import ProgressBar


def run_loop(trainer, steps, seconds, callbacks, every, progress, checkpoint, checkpoint_seconds):
    """Take steps until one limit is reached; `Trainer.run` says what the arguments mean.

    Args:
        trainer: A `Trainer`.
        steps: Steps to take, or None.
        seconds: Seconds to train for, or None.
        callbacks: Functions of the trainer.
        every: Steps between their calls.
        progress: Whether to show a progress bar.
        checkpoint: A file to save to, or None.
        checkpoint_seconds: Seconds between checkpoints.
    """
    checks.check_run_length(steps, seconds)
    checks.check_whole("every", every)
    start, began = trainer.step, time.monotonic()
    last_step = start + steps if steps else None
    saved_at = began
    for callback in callbacks:
        callback(trainer)
    with deferred_interrupt() as interrupted, ProgressBar(steps, seconds, progress) as bar:
        while not interrupted:
            done = last_step is not None and trainer.step >= last_step
            if done or (seconds and time.monotonic() - began >= seconds):
                break
            to_callback = every - trainer.step % every
            left = last_step - trainer.step if last_step is not None else trainer.steps_per_call
            taken = trainer.advance(min(trainer.steps_per_call, to_callback, left))
            bar.advance(taken, time.monotonic() - began, trainer.history)
            if trainer.step % every == 0:
                for callback in callbacks:
                    callback(trainer)
            if checkpoint and time.monotonic() - saved_at >= checkpoint_seconds:
                trainer.save(checkpoint)
                saved_at = time.monotonic()
        for callback in callbacks if trainer.step % every else ():
            callback(trainer)
        if checkpoint:
            trainer.save(checkpoint)
    if interrupted:
        where = f"saved to {checkpoint}" if checkpoint else "kept in memory, not on disk"
        raise TrainingInterrupted(
            f"Training stopped after step {trainer.step}, {where}. Run again to go on from there."
        )
