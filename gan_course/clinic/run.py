"""What a run of the clinic leaves behind, and the digits that it looks at."""

import functools
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Run:
    """What happened in a run.

    Attributes:
        curves: panel → name → a number for each step, shape (steps,).
        samples: Sixteen images (16, 14, 14, 1), in rows of four.
        generator: The trained generator; None where a program has none.
        discriminator: The trained discriminator or critic.
        program: What was run.
    """

    curves: dict
    samples: np.ndarray
    generator: object
    discriminator: object
    program: object


@dataclass(frozen=True)
class SmallDigits:
    """Digits of 14×14 pixels.

    Attributes:
        pixels: (4000, 14, 14, 1), float32 from 0 to 255.
        labels: (4000,), from 0 to 9.
    """

    pixels: np.ndarray
    labels: np.ndarray


@functools.cache
def small_digits():
    """Return the 4,000 digits that the course's GANs train on, each 2×2 pixels averaged to one."""
    from gan_course import data

    digits = data.load_mnist(value_range=(0, 1), split="gan")
    blocks = digits.images.reshape(-1, 14, 2, 14, 2)
    pixels = 255 * blocks.mean(axis=(2, 4))[..., np.newaxis]
    return SmallDigits(pixels.astype(np.float32), digits.labels)


def game_curves(seen):
    """Return the curves of a run from (D's loss, G's loss, D(real), D(fake)) of each step."""
    d_loss, g_loss, d_real, d_fake = np.array(
        [[float(number) for number in step] for step in seen]
    ).T
    return {
        "losses": {"discriminator": d_loss, "generator": g_loss},
        "what D says": {"D(real)": d_real, "D(fake)": d_fake},
    }
