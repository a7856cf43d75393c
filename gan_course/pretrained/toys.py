"""Pairs of small networks that were trained on points, for the laboratory to start from.

`python benchmarks/make_toy_weights.py` makes them again.
"""

import json
from pathlib import Path

from gan_course.names import look_up
from gan_course.weights import load_weights

FOLDER = Path(__file__).parent / "weights" / "toys"


def available_toys():
    """Return the shipped pairs: a dict from names to their cards' files."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.json"))}


def toy_card(name):
    """Return what is known of a shipped pair.

    Args:
        name: A name, such as `"ring"`.

    Returns:
        A dict: the settings it was trained with, the steps, and what was measured at the end.

    Raises:
        ValueError: If no such pair ships; the message suggests the nearest.

    Example:
        >>> toy_card("ring")["modes_covered"]
        8
    """
    path = look_up(available_toys(), name, "trained pair")
    return json.loads(path.read_text(encoding="utf-8"))


def toy_settings(name):
    """Return the laboratory's settings that a shipped pair was trained with.

    Args:
        name: A name, such as `"ring"`.

    Returns:
        A dict of arguments of `gan_course.laboratory.laboratory`.

    Raises:
        ValueError: If no such pair ships.
    """
    settings = toy_card(name)["settings"]
    return {
        key: tuple(value) if isinstance(value, list) else value for key, value in settings.items()
    }


def load_toy_weights(name, generator, discriminator):
    """Put the weights of a shipped pair into two networks.

    Args:
        name: A name, such as `"ring"`.
        generator: A Keras model with the generator's architecture. It is changed.
        discriminator: The same for the discriminator.

    Raises:
        ValueError: If no such pair ships, or the networks have another architecture.
    """
    path = look_up(available_toys(), name, "trained pair")
    load_weights(path.with_name(f"{name}_generator.npz"), generator)
    load_weights(path.with_name(f"{name}_discriminator.npz"), discriminator)
