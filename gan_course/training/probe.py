"""Questions to a pair of networks in training, which change nothing in them."""

import gan_course.backend

import numpy as np
import tensorflow as tf

from gan_course import models
from gan_course.training import checks
from gan_course.training.conditioned import given


class Probe:
    """Answers what the discriminator thinks, and what comes next, without moving the training on.

    `Trainer` is one: these are its methods. They may be called between two steps, never during one.

    Introduced in lesson 05.
    """

    @property
    def num_classes(self):
        """How many labels a conditional pair knows, an int; None for a pair without labels."""
        conditional = models.is_conditional(self.generator)
        return models.num_classes_of(self.generator) if conditional else None

    def sample(self, count, seed=0, averaged=True, labels=None, repeat=1):
        """Draw images or points from the generator, or from its average where there is one.

        Args:
            count: How many, at least 1.
            seed: The seed of the latent vectors: the same seed gives the same vectors.
            averaged: Whether to use the averaged generator.
            labels: Whole numbers (count,), for a conditional generator.
            repeat: How many in a row are drawn from one latent vector, at least 1: with labels
                0, 1, …, 9, 0, 1, … and 10, each vector is drawn once as each digit.

        Returns:
            float32, shape (count, height, width, channels) or (count, dimensions).

        Raises:
            ValueError: If a number is not whole or below 1, or the labels do not fit.
        """
        checks.check_whole("count", count)
        checks.check_whole("repeat", repeat)
        use_average = averaged and self.averaged_generator is not None
        generator = self.averaged_generator if use_average else self.generator
        vectors = -(-count // repeat)  # rounded up
        z = models.sample_latent(vectors, models.latent_dim_of(generator), seed, self.noise)
        z = np.repeat(z, repeat, axis=0)[:count]
        conditions = {} if labels is None else {"labels": labels}
        return models.generate(generator, z, **conditions)

    def logits(self, x, labels=None):
        """Return the discriminator's logits, in inference mode.

        Args:
            x: Images or points, shape (n, …).
            labels: Whole numbers (n,), for a conditional discriminator.

        Returns:
            float32, shape (n,). Positive means "real".
        """
        return self._ask("logits", x, labels).numpy()

    def judge(self, x, labels=None):
        """Return D(x), the probability of "real" that the discriminator gives.

        Args:
            x: Images or points, shape (n, …).
            labels: Whole numbers (n,), for a conditional discriminator.

        Returns:
            float32 in [0, 1], shape (n,).
        """
        return (0.5 + 0.5 * np.tanh(0.5 * self.logits(x, labels))).astype(np.float32)

    def generate(self, z, labels=None):
        """Return what the generator in training makes of `z`, in inference mode.

        Args:
            z: Latent vectors, shape (n, latent_dim).
            labels: Whole numbers (n,), for a conditional generator.

        Returns:
            float32, shape (n, …).
        """
        return self._ask("generate", z, labels).numpy()

    def pushes(self, z, labels=None):
        """Return fakes, and where the generator's loss pushes each of them.

        The push on a fake x is −n ∂L/∂x, with L the generator's loss over these n fakes: what
        gradient descent would do to x if it could move by itself.

        Args:
            z: Latent vectors, shape (n, latent_dim).
            labels: Whole numbers (n,), for a conditional pair.

        Returns:
            A pair of float32 arrays of one shape: the fakes, and their pushes.

        Source: Goodfellow et al. 2014, algorithm 1: the gradient of the outer loop, one factor of
        the chain rule before the generator's weights.
        """
        fakes, pushes = self._ask("pushes", z, labels)
        return fakes.numpy(), pushes.numpy()

    def next_batch(self):
        """Return what the next update of the discriminator will see, without using it up.

        Returns:
            A dict of NumPy arrays: `real`, `z` and, for a conditional pair, `labels`.
        """
        real, labels, z = self._peek("draw_batch")
        parts = {"real": real, "labels": labels, "z": z}
        return {name: part.numpy() for name, part in parts.items() if part is not None}

    def next_noise(self):
        """Return what the next update of the generator will see, without using it up.

        Returns:
            A dict of NumPy arrays: `z` and, for a conditional pair, `labels`.
        """
        labels, z = self._peek("draw_fakes")
        parts = {"labels": labels, "z": z}
        return {name: part.numpy() for name, part in parts.items() if part is not None}

    def _peek(self, draw):
        random = self.engine.random
        state = tf.identity(random.state)
        drawn = getattr(self.engine, draw)()
        random.state.assign(state)
        return drawn

    def _ask(self, name, x, labels):
        """Run one of the functions below, compiled once, for any number of examples."""
        given_labels = labels is not None
        if (name, given_labels) not in self.engine.questions:
            ask = {"logits": _logits, "generate": _generate, "pushes": _pushes}[name]
            network = self.engine.discriminator if name == "logits" else self.engine.generator
            specs = [tf.TensorSpec((None, *network.inputs[0].shape[1:]), tf.float32)]
            specs += [tf.TensorSpec((None,), tf.int32)] if given_labels else []
            engine = self.engine
            compiled = tf.function(lambda *arguments: ask(engine, *arguments))
            self.engine.questions[name, given_labels] = compiled.get_concrete_function(*specs)
        arguments = [tf.convert_to_tensor(x, tf.float32)]
        arguments += [tf.convert_to_tensor(labels, tf.int32)] if given_labels else []
        return self.engine.questions[name, given_labels](*arguments)


def _logits(engine, x, labels=None):
    return given(engine.discriminator, labels)(x, training=False)[:, 0]


def _generate(engine, z, labels=None):
    return given(engine.generator, labels)(z, training=False)


def _pushes(engine, z, labels=None):
    fakes = _generate(engine, z, labels)
    with tf.GradientTape() as tape:
        tape.watch(fakes)
        loss = engine.losses.generator_loss(
            given(engine.discriminator, labels)(fakes, training=False)
        )
    return fakes, -tf.cast(tf.shape(fakes)[0], tf.float32) * tape.gradient(loss, fakes)
