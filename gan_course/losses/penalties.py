"""Penalties on how steep the discriminator is: on the gradient of its output by its own input.

Each is a small object that is called with the discriminator and a batch, and gives a scalar that is
added to the discriminator's loss. The gradient is taken for each example by itself, so no layer of
the discriminator may mix the examples of a batch: `Trainer` refuses batch normalisation there.
"""

from dataclasses import dataclass

import gan_course.backend

import tensorflow as tf
from keras import ops

from gan_course.arguments import check_number

ROOT = 1e-8  # under the square root: at a slope of 0 a root alone has no finite gradient


def squared_slopes(discriminator, x):
    """Return ‖∂D(x)/∂x‖² for each output of the discriminator.

    It can be differentiated again: a penalty on it moves the discriminator's weights.

    Args:
        discriminator: A function of `x` and `training` that returns logits (n, 1).
        x: Images or points, a float32 tensor (n, …).

    Returns:
        A float32 tensor (n,), each at least 0.

    Example:
        >>> def line(x, training): return x @ [[3.0], [4.0]]
        >>> squared_slopes(line, tf.zeros((1, 2))).numpy()
        array([25.], dtype=float32)
    """
    with tf.GradientTape() as tape:
        tape.watch(x)
        logits = discriminator(x, training=True)
    slopes = tape.gradient(logits, x)  # of their sum: each example moves its own logit alone
    return ops.sum(ops.square(ops.reshape(slopes, (ops.shape(logits)[0], -1))), axis=1)


def blend(real, fake, mix):
    """Return mix · real + (1 − mix) · fake, with one number of `mix` for each example.

    Args:
        real: Real images or points (n, …).
        fake: As many fakes, of the same shape.
        mix: Numbers in [0, 1], shape (n,).
    """
    mix = ops.reshape(mix, (-1,) + (1,) * (len(real.shape) - 1))
    return mix * real + (1.0 - mix) * fake


@dataclass(frozen=True)
class ZeroCentred:
    """γ/2 · E‖∇D(x)‖², what `R1` and `R2` have in common; each says where it looks.

    Args:
        gamma: Its weight γ, at least 0.

    Raises:
        ValueError: If γ is negative or no finite number.
    """

    gamma: float
    needs_mix = False

    def __post_init__(self):
        check_number("gamma", self.gamma, least=0, remedy="Take for example gamma=1.0.")

    def at(self, discriminator, x):
        """Return the penalty, a scalar, at the places x (n, …)."""
        return 0.5 * self.gamma * ops.mean(squared_slopes(discriminator, x))


class R1(ZeroCentred):
    """γ/2 · E‖∇D(x)‖² over real data: zero slope where the data lie.

    Source: Mescheder et al. 2018, equation 9.
    """

    def __call__(self, discriminator, real, fake, mix=None):
        """Return the penalty, a scalar, for real data (n, …)."""
        return self.at(discriminator, real)


class R2(ZeroCentred):
    """γ/2 · E‖∇D(x)‖² over fakes: zero slope where the generator stands.

    Source: Mescheder et al. 2018, equation 10.
    """

    def __call__(self, discriminator, real, fake, mix=None):
        """Return the penalty, a scalar, for fakes (n, …)."""
        return self.at(discriminator, fake)


@dataclass(frozen=True)
class GradientPenalty:
    """λ · E(‖∇D(x̂)‖ − 1)², at places x̂ between a real example and a fake.

    x̂ = α x + (1 − α) G(z), with one α for each pair, uniform in [0, 1].

    Args:
        weight: Its weight λ, at least 0; 10 in the paper.

    Raises:
        ValueError: If λ is negative or no finite number.

    Source: Gulrajani et al. 2017, equation 3 and algorithm 1.
    """

    weight: float = 10.0
    needs_mix = True

    def __post_init__(self):
        check_number("weight", self.weight, least=0, remedy="Take for example weight=10.0.")

    def __call__(self, discriminator, real, fake, mix):
        """Return the penalty, a scalar.

        Args:
            discriminator: A function of x and `training` that returns logits (n, 1).
            real: Real examples (n, …).
            fake: As many fakes.
            mix: The α of each pair, numbers in [0, 1], shape (n,).
        """
        slopes = ops.sqrt(squared_slopes(discriminator, blend(real, fake, mix)) + ROOT)
        return self.weight * ops.mean(ops.square(slopes - 1.0))
