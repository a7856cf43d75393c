"""The trainer: the compiled step with its history and its checkpoints."""

import gan_course.backend

import numpy as np
import tensorflow as tf

from gan_course import models
from gan_course.losses import get_losses
from gan_course.training import checks
from gan_course.training.checkpoint import load_state, save_state
from gan_course.training.engine import COLUMNS, Engine
from gan_course.training.finite import check_finite
from gan_course.training.loop import run_loop
from gan_course.training.probe import Probe
from gan_course.training.steps import update_discriminator


class Trainer(Probe):
    """Trains a generator and a discriminator against each other.

    One step is `discriminator_steps` updates of the discriminator and one of the generator. Many
    steps run in one compiled call, so that Python's own time does not count. The real data live on
    the device; each batch is drawn from them at random.

    Args:
        generator: A Keras model from (batch, latent_dim) to images or points. A conditional one
            takes [z, labels].
        discriminator: A Keras model from those to logits (batch, 1). A conditional one takes
            [images, labels].
        data: Real images, float32 (n, height, width, channels), in the range that the generator
            makes; or points, float32 (n, dimensions).
        labels: The images' labels, whole numbers (n,), for a conditional pair.
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
        discriminator_update: What one update of the discriminator does: a function like
            `gan_course.training.steps.update_discriminator`, the default.

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
        data,
        *,
        labels=None,
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
        discriminator_update=update_discriminator,
    ):
        strategy = strategy or tf.distribute.get_strategy()
        data = checks.check_training_data(data)
        labels = checks.check_training_labels(labels, len(data), (generator, discriminator))
        models.check_pair(generator, discriminator, data.shape[1:])
        checks.check_batch_size(batch_size, len(data), strategy.num_replicas_in_sync)
        checks.check_whole("discriminator_steps", discriminator_steps)
        checks.check_whole("steps_per_call", steps_per_call)
        checks.check_averaging(averaging)
        self.noise, self.steps_per_call = noise, steps_per_call
        self.history = {"step": [], **{column: [] for column in COLUMNS}}
        self.engine = Engine(
            (generator, discriminator),
            (generator_optimizer, discriminator_optimizer),
            get_losses(losses),
            data,
            labels,
            batch_size=batch_size,
            discriminator_steps=discriminator_steps,
            averaging=averaging,
            noise=noise,
            seed=seed,
            strategy=strategy,
            xla=xla,
            discriminator_update=discriminator_update,
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
    def losses(self):
        """The losses that are trained with, a `GanLosses`."""
        return self.engine.losses

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
        run_loop(self, steps, seconds, callbacks, every, progress, checkpoint, checkpoint_seconds)
        return self.history

    def advance(self, count):
        """Take `count` steps in one compiled call, and add them to the history.

        Args:
            count: How many, at least 1. The result is that of as many calls with 1.

        Returns:
            `count`.

        Raises:
            NonFiniteLoss: If a loss or a weight is NaN or infinite.
        """
        self._record(self.engine.run_steps(tf.constant(count)).numpy())
        return count

    def _record(self, rows):
        """Add rows of `COLUMNS` to the history, if all is finite. They end at the present step."""
        first = self.step - len(rows) + 1
        check_finite(rows, COLUMNS, first, self.engine.weights_are_finite)
        self.history["step"].extend(range(first, first + len(rows)))
        for column, values in zip(COLUMNS, rows.T.tolist(), strict=True):
            self.history[column].extend(values)

    def step_in_updates(self):
        """Take one step, and pause after each update. The step counts after the last of them.

        Yields:
            `"discriminator"` after each update of the discriminator, then `"generator"`.
        """
        for _ in range(self.engine.discriminator_steps):
            d_loss, d_real, d_fake = self.engine.discriminator_update().numpy()
            yield "discriminator"
        g_loss = self.engine.generator_update().numpy()
        self.engine.step.assign_add(1)
        self._record(np.array([[d_loss, g_loss, d_real, d_fake]]))
        yield "generator"

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
