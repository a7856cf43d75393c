"""The networks that ship with the course, each with a card: how it was made, how it scores.

`python benchmarks/make_pretrained.py dense` makes a file again.
"""

import json
from pathlib import Path

import gan_course.backend

from gan_course.names import look_up
from gan_course.recipes import get_recipe
from gan_course.weights import load_weights

FOLDER = Path(__file__).parent / "weights"


def available():
    """Return the shipped networks: a dict from names to weight files."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.npz"))}


def load(name):
    """Load a shipped generator, ready to draw.

    Args:
        name: `"dense"`, `"dcgan"`, `"upsampling"`, `"fast_long"` or `"cgan"`.

    Returns:
        A Keras model from (batch, latent_dim) to images in the recipe's value range. Its card
        says which.

    Raises:
        ValueError: If no such network ships; the message suggests the nearest.

    Example:
        >>> generator = load("dense")
        >>> images = generate(generator, sample_latent(64, 100))

    Introduced in lesson 00.
    """
    path = look_up(available(), name, "pretrained network")
    generator = get_recipe(name).build_generator()
    load_weights(path, generator)
    return generator


def load_discriminator(name):
    """Load the discriminator that was trained against a shipped generator.

    Args:
        name: `"dcgan"` or `"fast_long"`.

    Returns:
        A Keras model from images in the recipe's value range to logits.

    Raises:
        ValueError: If no such discriminator ships; the message suggests the nearest.

    Example:
        >>> discriminator = load_discriminator("fast_long")

    Introduced in lesson 07.
    """
    files = {path.stem: path for path in sorted((FOLDER / "discriminators").glob("*.npz"))}
    path = look_up(files, name, "pretrained discriminator")
    discriminator = get_recipe(name).build_discriminator()
    load_weights(path, discriminator)
    return discriminator


def card(name):
    """Return what is known of a shipped generator.

    Args:
        name: A name that `load` takes.

    Returns:
        A dict: the recipe and its settings, the data, the seed, steps and seconds of training,
        and the scores with the real-against-real floor.

    Raises:
        ValueError: If no such network ships.

    Example:
        >>> card("dense")["steps"]
        16000

    Introduced in lesson 07.
    """
    path = look_up(available(), name, "pretrained network")
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
