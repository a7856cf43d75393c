"""The trainer: the loop around the compiled step, its history and its checkpoints."""

import time

import gan_course.backend

import tensorflow as tf

from gan_course import models
from gan_course.losses import get_losses
from gan_course.training import checks
from gan_course.training.checkpoint import load_state, save_state
from gan_course.training.engine import COLUMNS, Engine
from gan_course.training.finite import check_finite
from gan_course.training.interrupt import TrainingInterrupted, deferred_interrupt
from gan_course.training.progress import ProgressBar


class Trainer:
    """Trains a generator and a discriminator against each other.

    One step is `discriminator_steps` updates of the discriminator and one of the generator. Many
    steps run in one compiled call, so that Python's own time does not count. The real images live
    on the device; each batch is drawn from them at random.

    Args:
        generator: A Keras model from (batch, latent_dim) to images.
        discriminator: A Keras model from images to logits (batch, 1).
        images: Real images, float32 (n, height, width, channels), in the range that the generator
            makes.
        losses: A name from `gan_course.losses.LOSSES`, or a `GanLosses`.
        generator_optimizer: A Keras optimiser; Adam(2e-4, β₁ 0.5) unless given.
        discriminator_optimizer: A Keras optimiser of its own; the same default.
        batch_size: Real images in a step, over all devices together.
        discriminator_steps: Discriminator updates for each generator update, at least 1.
        averaging: The decay of the averaged generator in [0, 1), or None for no averaging.
        noise: `"normal"` for N(0, 1), `"uniform"` for U(−1, 1).
        seed: The seed of noise and batch choice.
        strategy: A TensorFlow strategy. The networks and optimisers must have been made in its
            scope. One device unless given.
        xla: `"auto"` (on for a GPU, off on a CPU), True or False.
        steps_per_call: The most steps that run in one compiled call.

    Attributes:
        history: A dict of lists, one number a step: `step`, `d_loss`, `g_loss`, `d_real` (the mean
            of D(x) over real images) and `d_fake` (over fakes).

    Raises:
        ValueError: If an argument does not fit; the message says what to change.

    Source: Goodfellow et al. 2014, algorithm 1.

    Example:
        >>> trainer = Trainer(generator, discriminator, digits.images)
        >>> trainer.run(1000)
        >>> trainer.sample(64)

    Introduced in lesson 06.
    """

    def __init__(
        self,
        generator,
        discriminator,
        images,
        *,
        losses="non_saturating",
        generator_optimizer=None,
        discriminator_optimizer=None,
        batch_size=128,
        discriminator_steps=1,
        averaging=0.999,
        noise="normal",
        seed=0,
        strategy=None,
        xla="auto",
        steps_per_call=50,
    ):
        strategy = strategy or tf.distribute.get_strategy()
        images = checks.check_training_images(images)
        models.check_pair(generator, discriminator, images.shape[1:])
        checks.check_batch_size(batch_size, len(images), strategy.num_replicas_in_sync)
        checks.check_whole("discriminator_steps", discriminator_steps)
        checks.check_whole("steps_per_call", steps_per_call)
        checks.check_averaging(averaging)
        self.noise, self.steps_per_call = noise, steps_per_call
        self.history = {"step": [], **{column: [] for column in COLUMNS}}
        self.engine = Engine(
            (generator, discriminator),
            (generator_optimizer, discriminator_optimizer),
            get_losses(losses),
            images,
            batch_size=batch_size,
            discriminator_steps=discriminator_steps,
            averaging=averaging,
            noise=noise,
            seed=seed,
            strategy=strategy,
            xla=xla,
        )

    @property
    def generator(self):
        """The generator in training, a Keras model."""
        return self.engine.generator

    @property
    def discriminator(self):
        """The discriminator, a Keras model."""
        return self.engine.discriminator

    @property
    def averaged_generator(self):
        """The averaged generator, a Keras model, or None where averaging is off."""
        return self.engine.averaged_generator

    @property
    def step(self):
        """The number of steps taken so far, an int."""
        return int(self.engine.step.numpy())

    def run(
        self,
        steps=None,
        *,
        seconds=None,
        callbacks=(),
        every=500,
        progress=True,
        checkpoint=None,
        checkpoint_seconds=60,
    ):
        """Train for a number of steps, or of seconds, whichever ends first.

        Args:
            steps: Steps to take, at least 1.
            seconds: Seconds to train for, more than 0.
            callbacks: Functions of the trainer, called at the start, at every step that `every`
                divides, and at the end.
            every: Steps between calls of the callbacks.
            progress: Whether to show a progress bar.
            checkpoint: A file to save to every `checkpoint_seconds`, at the end and on Ctrl-C.
            checkpoint_seconds: Seconds between checkpoints.

        Returns:
            The history, a dict of lists.

        Raises:
            ValueError: If neither `steps` nor `seconds` is given, or one is not positive.
            NonFiniteLoss: If a loss becomes NaN or infinite. The checkpoint stays the last good.
            TrainingInterrupted: On Ctrl-C, after the step in hand; the state has been saved.
        """
        checks.check_run_length(steps, seconds)
        checks.check_whole("every", every)
        start, began = self.step, time.monotonic()
        last_step = start + steps if steps else None
        saved_at = began
        for callback in callbacks:
            callback(self)
        with deferred_interrupt() as interrupted, ProgressBar(steps, seconds, progress) as bar:
            while not interrupted:
                done = last_step is not None and self.step >= last_step
                if done or (seconds and time.monotonic() - began >= seconds):
                    break
                to_callback = every - self.step % every
                left = last_step - self.step if last_step is not None else self.steps_per_call
                taken = self._advance(min(self.steps_per_call, to_callback, left))
                bar.advance(taken, time.monotonic() - began, self.history)
                if self.step % every == 0:
                    for callback in callbacks:
                        callback(self)
                if checkpoint and time.monotonic() - saved_at >= checkpoint_seconds:
                    self.save(checkpoint)
                    saved_at = time.monotonic()
            for callback in callbacks if self.step % every else ():
                callback(self)
            if checkpoint:
                self.save(checkpoint)
        if interrupted:
            where = f"saved to {checkpoint}" if checkpoint else "kept in memory, not on disk"
            raise TrainingInterrupted(
                f"Training stopped after step {self.step}, {where}. Run again to go on from there."
            )
        return self.history

    def _advance(self, count):
        """Take `count` steps in one compiled call and add them to the history."""
        before = self.step
        rows = self.engine.run_steps(tf.constant(count)).numpy()
        check_finite(rows, COLUMNS, before + 1, self.engine.weights_are_finite)
        self.history["step"].extend(range(before + 1, before + count + 1))
        for column, values in zip(COLUMNS, rows.T.tolist(), strict=True):
            self.history[column].extend(values)
        return count

    def step_discriminator(self):
        """Update the discriminator alone, once. The history is unchanged.

        Returns:
            A dict with `d_loss`, `d_real` and `d_fake`.
        """
        row = self.engine.discriminator_update().numpy().tolist()
        return dict(zip(("d_loss", "d_real", "d_fake"), row, strict=True))

    def step_generator(self):
        """Update the generator alone, once. Return a dict with `g_loss`."""
        return {"g_loss": float(self.engine.generator_update().numpy())}

    def sample(self, count, seed=0, averaged=True):
        """Draw images from the generator, or from its average where there is one.

        Args:
            count: How many images, at least 1.
            seed: The seed of the latent vectors: the same seed gives the same vectors.
            averaged: Whether to use the averaged generator.

        Returns:
            Images, float32 (count, height, width, channels).
        """
        checks.check_whole("count", count)
        use_average = averaged and self.averaged_generator is not None
        generator = self.averaged_generator if use_average else self.generator
        z = models.sample_latent(count, generator.input_shape[-1], seed, self.noise)
        return models.generate(generator, z)

    def save(self, path, notes=None):
        """Save all state to one file: training goes on from it bit for bit.

        Args:
            path: The file to write, ending in `.npz`.
            notes: A dict that JSON can hold, kept with the state.

        Raises:
            CheckpointError: If a weight is NaN or infinite; an older file stays.
            OSError: If the file cannot be written; an older file stays.
        """
        save_state(path, self.engine.variables(), self.history, notes or {})

    def load(self, path):
        """Take up the state of a file that `save` wrote; return the notes saved with it.

        Args:
            path: The file.

        Raises:
            CheckpointError: If it is missing, damaged, or of another network; nothing is changed.
        """
        self.history, notes = load_state(path, self.engine.variables())
        return notes
