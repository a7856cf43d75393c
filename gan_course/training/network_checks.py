"""Checks of two networks before they are trained: could any step teach them what the data are?"""

import math

import gan_course.backend

import keras
import numpy as np

from gan_course.arguments import refusal
from gan_course.layers import Pack

EVERYTHING = (-math.inf, math.inf)
RANGES = {  # what comes out of an activation; one that is not here may be any number
    **dict.fromkeys(("sigmoid", "hardsigmoid", "softmax", "sparsesigmoid"), (0.0, 1.0)),
    **dict.fromkeys(("tanh", "hardtanh", "softsign"), (-1.0, 1.0)),
    **dict.fromkeys(("relu", "softplus", "exponential", "exp"), (0.0, math.inf)),
    "relu6": (0.0, 6.0),
    "logsigmoid": (-math.inf, 0.0),
    "logsoftmax": (-math.inf, 0.0),
}
KEEPS_VALUES = ("Reshape", "Flatten", "Permute", "Identity", "Cropping2D", "Dropout", "Squeeze")


def check_networks(networks, shape):
    """Raise a ValueError unless both networks say what they take, and can be trained.

    Args:
        networks: The generator and the discriminator.
        shape: The shape of one of the data, for the message.
    """
    for player, network, takes in zip(
        ("generator", "discriminator"), networks, ((64,), tuple(shape)), strict=True
    ):
        if not isinstance(network, keras.Model):
            raise refusal(player, network, "a Keras model", f"Take models.build_dense_{player}().")
        if not getattr(network, "inputs", None):
            raise ValueError(
                f"The {player} {network.name!r} does not say what it takes. Begin a Sequential "
                f"with keras.Input({takes}); wrap a model of a class of your own: "
                f"x = keras.Input({takes}), then {player} = keras.Model(x, {player}(x))."
            )
        if not network.trainable_variables:
            why = "has no weights" if network.trainable else "is frozen by trainable = False"
            raise ValueError(
                f"The {player} {network.name!r} {why}: no step could change it. Each update here "
                "moves one player's weights alone, so nothing need be frozen: set "
                f"{player}.trainable = True."
            )
    z = networks[0].inputs[0]
    if len(networks[0].inputs) == 1 and (len(z.shape) != 2 or z.shape[1] is None):
        raise ValueError(
            f"The generator takes inputs of shape {z.shape}; expected latent vectors, shape "
            "(None, latent_dim): begin it with keras.Input((64,)), and reshape after that."
        )


def check_ends(networks, data):
    """Raise a ValueError if a network's last activation does not suit what it is trained for.

    Args:
        networks: The generator and the discriminator.
        data: What the generator shall make, float32.
    """
    activation, low, high = _range_of(networks[1])
    if (low, high) != EVERYTHING:
        raise ValueError(
            f"The discriminator ends in {activation}, so all it returns lies {_between(low, high)}."
            " The losses take logits, which may be any number: end it with layers.Dense(1) and no "
            "activation. Trainer.judge turns its logits into probabilities."
        )
    activation, low, high = _range_of(networks[0])
    least, most = float(data.min()), float(data.max())
    what = "images" if data.ndim == 4 else "points"
    # Images in [-1, 1] without one dark pixel may be; with a darkest one at 0 they are in [0, 1].
    half = what == "images" and (low, high) == (-1.0, 1.0) and 0.0 <= least < 0.05
    if least < low - 1e-6 or most > high + 1e-6 or half:
        mend = "Take an activation that reaches all of them, or none."
        if what == "images":
            mend = (
                "Load images for a tanh with value_range=(-1, 1), for a sigmoid with "
                "value_range=(0, 1), or end the generator in the other."
            )
        raise ValueError(
            f"The generator ends in {activation}, so all it makes lies {_between(low, high)}, and "
            f"the {what} run from {least:g} to {most:g}. {mend}"
        )


def check_synchronized(networks, replicas):
    """Raise a ValueError if a batch normalisation would see one device's share of the batch alone.

    Args:
        networks: The generator and the discriminator.
        replicas: The number of devices.
    """
    for network in networks if replicas > 1 else ():
        for layer in _layers_in(network):
            if isinstance(layer, keras.layers.BatchNormalization) and not layer.synchronized:
                raise ValueError(
                    f"The layer {layer.name!r} of {network.name!r} normalises each device's share "
                    f"of the batch by itself, so {replicas} devices would train otherwise than "
                    "one. Build it with layers.BatchNormalization(synchronized=True), or train on "
                    "one device."
                )


def packing_of(discriminator):
    """Return how many examples share one verdict of a discriminator, 1 where none do."""
    packs = [layer.count for layer in _layers_in(discriminator) if isinstance(layer, Pack)]
    return math.prod(packs)


def check_penalties(penalties, discriminator):
    """Return the penalties as a tuple, or raise a ValueError where they do not fit.

    Args:
        penalties: A tuple or list of objects like those of `gan_course.losses`.
        discriminator: The discriminator whose slope they look at.
    """
    remedy = "Write penalties=(R1(1.0), R2(1.0)), with both from gan_course.losses."
    if not isinstance(penalties, tuple | list):
        raise refusal("penalties", penalties, "a tuple of penalties", remedy)
    for place, penalty in enumerate(penalties):
        if isinstance(penalty, type) or not hasattr(penalty, "needs_mix"):
            raise refusal(f"penalties[{place}]", penalty, "a penalty, with its weight", remedy)
    for layer in _layers_in(discriminator) if penalties else ():
        if isinstance(layer, keras.layers.BatchNormalization):
            raise ValueError(
                f"{penalties[0]!r} needs the slope of the discriminator at each example by itself, "
                f"and the layer {layer.name!r} of {discriminator.name!r} normalises over the "
                "batch, so that each output depends on all examples. Build it without batch "
                "normalisation; LayerNormalization looks at one example at a time."
            )
    return tuple(penalties)


def _range_of(network):
    """Return a network's last activation in words, and the lowest and highest value it makes."""
    ends = list(getattr(network, "operations", None) or network.layers)
    while len(ends) > 1 and type(ends[-1]).__name__ in KEEPS_VALUES:
        ends.pop()
    last = ends[-1]
    if isinstance(last, keras.Model):
        return _range_of(last) if getattr(last, "inputs", None) else _range_by_probing(network)
    name = type(last).__name__.lower()
    activation = getattr(last, "activation", None)
    if type(last).__module__.startswith("keras.") and activation is not None:
        name = getattr(activation, "__name__", type(activation).__name__)
        found = RANGES.get(name.replace("_", "").lower(), EVERYTHING)
        return name, *found
    if name in RANGES and type(last).__module__.startswith("keras."):
        return name, *RANGES[name]
    return _range_by_probing(network)


def _range_by_probing(network):
    """Judge by what a network makes of a few huge inputs: an activation with ends reaches both."""
    random = np.random.default_rng(0)
    inputs = []
    for tensor in network.inputs:
        whole = "int" in str(tensor.dtype)
        size = (16, *(side or 8 for side in tensor.shape[1:]))
        values = np.zeros(size) if whole else 1e3 * random.standard_normal(size)
        inputs.append(values.astype(tensor.dtype))
    made = keras.ops.convert_to_numpy(
        network(inputs if len(inputs) > 1 else inputs[0], training=False)
    )
    for low, high, name in ((0.0, 1.0, "a sigmoid"), (-1.0, 1.0, "a tanh")):
        near = 1e-3 * (high - low)
        if low <= made.min() < low + near and high - near < made.max() <= high:
            return f"{name}, to judge by its values,", low, high
    return "no activation", *EVERYTHING


def _between(low, high):
    if high == math.inf:
        return f"above {low:g}"
    return f"below {high:g}" if low == -math.inf else f"from {low:g} to {high:g}"


def _layers_in(network):
    """Yield the layers of a network, and those of the networks among them."""
    for layer in network.layers:
        yield layer
        if hasattr(layer, "layers"):
            yield from _layers_in(layer)
