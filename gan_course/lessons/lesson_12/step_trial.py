"""A pair of small players on which a training step is tried: what it did, told by what moved."""

import functools
from dataclasses import dataclass

import numpy as np

from gan_course.exercises import NotAttempted, Wrong, expect
from gan_course.exercises.expectations import close, read_numbers

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


@dataclass(frozen=True)
class Trial:
    """What a step did to a small pair.

    Attributes:
        pair: The generator and the discriminator afterwards.
        calls: Each player's name → the `training` of its calls.
        returned: What the step returned, None for nothing.
    """

    pair: list
    calls: dict
    returned: object


def try_step(step, arguments):
    """Run a step once on a fresh pair, and return what it did, a `Trial`.

    Args:
        step: The learner's function.
        arguments: A function of (generator, discriminator) that returns what `step` is called with.

    Raises:
        Verdict: As the guarded function raises it.
    """
    calls = {}
    pair, returned = small_pair(calls), None
    given, before = arguments(*pair), weights_of(pair)
    calls.clear()
    try:
        returned = step(*given)
    except NotAttempted:  # it returns nothing, and may have done its work nevertheless
        if _alike(before, weights_of(pair)):
            raise
    except Wrong as why:
        if "No gradients" in str(why) or "NoneType" in str(why):
            raise Wrong(
                "There is no gradient. What a gradient is asked for must be computed inside the "
                "tape: the fakes too, where the generator learns."
            ) from None
        if not why.empty:
            raise
    return Trial(pair, calls, returned)


def judged(step, arguments, reference, slips):
    """Try a step, and let it pass if the weights went where those of the reference go.

    Args:
        step: The learner's function.
        arguments: As `try_step` takes it.
        reference: The right step.
        slips: Pairs (a wrong step, its message): its message is told if it moves weights alike.

    Returns:
        The `Trial` of the step.

    Raises:
        Wrong: If the weights went elsewhere, if a network was not told that this is training, or if
            what is returned is not what the reference returns.
    """
    trial = try_step(step, arguments)
    found, right = weights_of(trial.pair), _known(reference, arguments).weights
    if not _alike(found, right):
        for slip, message in slips:
            if _alike(found, _known(slip, arguments).weights):
                raise Wrong(message)
        _complain(found, right)
    for player in PLAYERS:
        _expect_told(player, trial.calls.get(player, [None]))
    _expect_losses(trial.returned, _known(reference, arguments).returned)
    return trial


@dataclass(frozen=True)
class _Known:
    weights: list
    returned: object


@functools.cache
def _known(step, arguments):
    """Return what a step of ours does; each is run once."""
    trial = try_step(step, arguments)
    return _Known(weights_of(trial.pair), trial.returned)


def _complain(found, right):
    before = weights_of(small_pair())
    for player, one, start, two in zip(PLAYERS, found, before, right, strict=True):
        if _alike([one], [two]):
            continue
        if _alike([start], [two]):
            raise Wrong(f"The {player} moved, and this step is not its own.")
        if _alike([one], [start]):
            raise Wrong(f"The {player} did not move. Whose variables does the optimiser get?")
        raise Wrong(
            f"The {player} moved, but not to where its gradient leads. Compare its loss and its "
            "variables with the healthy program."
        )


def _expect_told(player, told):
    silent = [each for each in told if not each]
    how = "with `training=False`" if False in silent else "without `training=`"
    expect(
        not silent,
        f"The {player} is called {how}. Outside `fit` nobody else says it: write `training=True` "
        "in every call of either network.",
    )


def _expect_losses(returned, right):
    expect(returned is not None, f"The right variables moved. {_ending(right)}")
    if isinstance(right, tuple):
        expect(
            isinstance(returned, tuple | list) and len(returned) == len(right),
            f"The right variables moved. Return two things. {_ending(right)}",
        )
    else:
        returned, right = (returned,), (right,)
    pairs = [(read_numbers(one), np.asarray(two)) for one, two in zip(returned, right, strict=True)]
    expect(
        all(one is not None and close(one, two) for one, two in pairs),
        "The right variables moved, but what is returned is not the loss of this step, the mean "
        f"over its batch. {_ending(right)}",
    )


def _ending(right):
    several = isinstance(right, tuple) and len(right) > 1
    return "End with `return d_loss, g_loss`." if several else "End with `return value`."


def weights_of(pair):
    """Return the weights of each player in one row, frozen ones too."""
    return [np.concatenate([np.ravel(each.numpy()) for each in player.weights]) for player in pair]


def _alike(one, two):
    return all(np.allclose(a, b, atol=1e-5) for a, b in zip(one, two, strict=True))


def sgd(rate=0.1):
    """Return an optimiser whose steps are the gradient itself, times its rate."""
    import keras

    return keras.optimizers.SGD(rate)
