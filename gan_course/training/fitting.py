"""Training for what is no game: one loss, one optimiser, the same batches and the same clock."""

import time

import gan_course.backend

import keras
import numpy as np
import tensorflow as tf
from tqdm.auto import tqdm

from gan_course.arguments import check_number, check_whole
from gan_course.training.checks import check_batch_size, check_training_data
from gan_course.training.steps import update_average
from gan_course.training.stops import NonFiniteLoss

CALL = 20  # steps in one compiled call


class Fit:
    """Lowers one loss by an optimiser, over batches drawn at random.

    Args:
        networks: The Keras models whose weights are moved, a tuple.
        loss: A function of a batch (batch_size, …) and a `tf.random.Generator` that returns a
            scalar; it calls the networks itself.
        data: Images or points, float32 (n, …).
        optimizer: A Keras optimiser.
        batch_size: Examples in a step.
        averaging: The decay of averaged copies of the networks in [0, 1), or None for none.
        seed: The seed of the batches and of what the loss draws.

    Attributes:
        averaged: The averaged copies, in the order of `networks`; the networks themselves without
            averaging.
        history: A list of the losses so far, one a step.

    Raises:
        ValueError: If an argument does not fit; the message says what to change.

    Example:
        >>> def loss(images, random):
        ...     return ops.mean(ops.square(decoder(encoder(images)) - images))
        >>> fit = Fit((encoder, decoder), loss, digits.images, keras.optimizers.Adam(2e-3))
        >>> fit.run(seconds=60)
    """

    def __init__(self, networks, loss, data, optimizer, *, batch_size=128, averaging=None, seed=0):
        data = check_training_data(data)
        batch_size = check_batch_size(batch_size, len(data), 1)
        if averaging is not None:
            check_number("averaging", averaging, least=0, below=1)
        self.networks, self.history = tuple(networks), []
        self.averaged = self.networks
        if averaging is not None:
            self.averaged = tuple(keras.models.clone_model(each) for each in self.networks)
            for average, network in zip(self.averaged, self.networks, strict=True):
                average.set_weights(network.get_weights())
        self._random = tf.random.Generator.from_seed(check_whole("seed", seed, least=0))
        data, steps = tf.constant(data), tf.Variable(0.0)
        weights = [v for network in self.networks for v in network.trainable_variables]
        optimizer.build(weights)

        def step():
            chosen = self._random.uniform((batch_size,), maxval=len(data), dtype=tf.int32)
            with tf.GradientTape() as tape:
                value = loss(tf.gather(data, chosen), self._random)
            optimizer.apply(tape.gradient(value, weights), weights)
            steps.assign_add(1.0)
            if averaging is not None:
                decay = tf.minimum(averaging, (1.0 + steps) / (10.0 + steps))  # a young one forgets
                for average, network in zip(self.averaged, self.networks, strict=True):
                    update_average(average, network, decay)
            return tf.cast(value, tf.float32)

        @tf.function
        def take(count):
            values = tf.TensorArray(tf.float32, size=count, element_shape=())
            for index in tf.range(count):
                values = values.write(index, step())
            return values.stack()

        self._take = take

    def run(self, steps=None, *, seconds=None, progress=True):
        """Train for a number of steps, or of seconds, whichever ends first; return the history.

        Args:
            steps: Steps to take, at least 1.
            seconds: Seconds to train for, more than 0; the first call, which compiles, not counted.
            progress: Whether to show a progress bar.

        Raises:
            ValueError: If neither is given, or one is not positive.
            NonFiniteLoss: If the loss becomes NaN or infinite.
        """
        if steps is None and seconds is None:
            raise ValueError("Say how long to train: run(steps=1000) or run(seconds=60).")
        left = float("inf") if steps is None else check_whole("steps", steps)
        if seconds is not None:
            check_number("seconds", seconds, above=0)
        began = None
        with tqdm(total=steps, unit="step", disable=not progress) as bar:
            while left > 0 and (
                seconds is None or began is None or time.monotonic() - began < seconds
            ):
                values = self._take(tf.constant(int(min(CALL, left)))).numpy()
                began = time.monotonic() if began is None else began
                left -= len(values)
                self._note(values)
                bar.set_postfix(loss=f"{values[-1]:.4g}", refresh=False)
                bar.update(len(values))
        return self.history

    def _note(self, values):
        """Add losses to the history, or say at which step one was no number."""
        bad = np.flatnonzero(~np.isfinite(values))
        if len(bad):
            number = len(self.history) + bad[0] + 1
            raise NonFiniteLoss(f"The loss of step {number} is {values[bad[0]]}")
        self.history.extend(values.tolist())
