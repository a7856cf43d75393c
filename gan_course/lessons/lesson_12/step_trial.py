"""A pair of small players on which a training step is tried: what it did, told by what moved."""

import numpy as np

from gan_course.exercises import NotAttempted, Wrong, expect

PLAYERS = "generator", "discriminator"
REAL = np.random.default_rng(5).normal(size=(6, 4)).astype(np.float32)
Z = np.random.default_rng(6).normal(size=(2, 6, 3)).astype(np.float32)  # for D, and for G


def small_pair(calls=None):
    """Return a generator and a discriminator of points, always the same, without dropout.

    Args:
        calls: None; or a dict in which each player notes the `training` of its calls.
    """
    import gan_course.backend  # before Keras

    import keras
    from keras import layers

    class Witness(layers.Layer):
        def call(self, x, training=None):
            if calls is not None:
                calls.setdefault(self.name, []).append(training)
            return x

    pair = [
        keras.Sequential(
            [
                keras.Input((size,)),
                Witness(name=name),
                layers.Dense(5, activation="tanh"),
                layers.Dense(out),
            ]
        )
        for name, size, out in zip(PLAYERS, (3, 4), (4, 1), strict=True)
    ]
    rng = np.random.default_rng(0)
    for variable in pair[0].variables + pair[1].variables:
        variable.assign(rng.normal(scale=0.7, size=variable.shape))
    return pair


def result_of(step, arguments, calls=None):
    """Run a step once on a fresh pair, and return all weights afterwards in one row for each.

    Args:
        step: The learner's function.
        arguments: A function of (generator, discriminator) that returns what `step` is called with.
        calls: As `small_pair` takes it.

    Returns:
        The pair (weights of the generator, weights of the discriminator), and what it returned.

    Raises:
        Verdict: As the guarded function raises it.
    """
    pair, returned = small_pair(calls), None
    given = arguments(*pair)
    before = weights_of(pair)
    if calls is not None:
        calls.clear()
    try:
        returned = step(*given)
    except NotAttempted:  # it returns nothing, and may have done its work nevertheless
        if all(np.array_equal(*each) for each in zip(before, weights_of(pair), strict=True)):
            raise
    except Wrong as why:
        if "No gradients" in str(why) or "NoneType" in str(why):
            raise Wrong(
                "There is no gradient. What a gradient is asked for must be computed inside the "
                "tape: the fakes too, where the generator learns."
            ) from None
        if not why.empty:
            raise
    return weights_of(pair), returned


def weights_of(pair):
    """Return the weights of each player in one row, frozen ones too."""
    return [np.concatenate([np.ravel(each.numpy()) for each in player.weights]) for player in pair]


def explain(found, right, slips):
    """Raise a verdict unless weights are right: the message of the slip that gives these, if any.

    Args:
        found: Weights of both players, as `result_of` returns them.
        right: The right ones.
        slips: Pairs (weights that a slip gives, its message).

    Raises:
        Wrong: If they are not right.
    """
    if _alike(found, right):
        return
    for given, message in slips:
        if _alike(found, given):
            raise Wrong(message)
    for player, one, two in zip(PLAYERS, found, right, strict=True):
        expect(
            np.allclose(one, two, atol=1e-5),
            f"The {player} did not move to where its gradient leads. Compare its loss and its "
            "variables with the healthy program.",
        )


def _alike(one, two):
    return all(np.allclose(a, b, atol=1e-5) for a, b in zip(one, two, strict=True))


def softplus(x):
    """Return log(1 + e^x)."""
    from keras import ops

    return ops.softplus(x)


def sgd():
    """Return an optimiser whose steps are the gradient itself, times 0.1."""
    import keras

    return keras.optimizers.SGD(0.1)
