"""The four families of lesson 09, each after one budget of CPU seconds, with a card.

`python benchmarks/families.py` makes them again. `"flow_longer"` had ten times the budget.
"""

import json
from pathlib import Path

from gan_course import models
from gan_course.names import look_up
from gan_course.weights import load_weights

FOLDER = Path(__file__).parent / "weights" / "families"


def available_families():
    """Return the shipped families: a dict from names to their cards' files."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.json"))}


def family_card(name):
    """Return what is known of a shipped family.

    Args:
        name: `"autoencoder"`, `"vae"`, `"gan"`, `"flow"` or `"flow_longer"`.

    Returns:
        A dict: how it was made, the seed, steps and CPU seconds, and what was measured.

    Raises:
        ValueError: If no such family ships; the message suggests the nearest.

    Example:
        >>> family_card("flow")["seed"]
        0
    """
    path = look_up(available_families(), name, "family")
    return json.loads(path.read_text(encoding="utf-8"))


def build_family(name):
    """Build the networks of a family, not trained.

    Args:
        name: As in `family_card`.

    Returns:
        A dict from `"encoder"`, `"decoder"` or `"velocity"` to Keras models. The encoder of the
        variational autoencoder takes images in [0, 1] and returns means and log-variances.

    Raises:
        ValueError: If there is no such family.
    """
    makers = {
        "autoencoder": {"encoder": models.build_encoder, "decoder": models.build_small_generator},
        "vae": {
            "encoder": lambda: models.build_encoder(64),
            "decoder": models.build_small_generator,
        },
        "gan": {"decoder": models.build_small_generator},
        "flow": {"velocity": models.build_flow_network},
        "flow_longer": {"velocity": models.build_flow_network},
    }
    return {part: make() for part, make in look_up(makers, name, "family").items()}


def load_family(name):
    """Load the trained networks of a family.

    Args:
        name: As in `family_card`.

    Returns:
        As `build_family`.

    Raises:
        ValueError: If no such family ships; the message suggests the nearest.

    Example:
        >>> decoder = load_family("vae")["decoder"]

    Introduced in lesson 09.
    """
    look_up(available_families(), name, "family")
    networks = build_family(name)
    for part, network in networks.items():
        load_weights(FOLDER / f"{name}_{part}.npz", network)
    return networks
