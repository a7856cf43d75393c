"""Train the pairs of small networks that the laboratory of lesson 05 can start from.

    python benchmarks/make_toy_weights.py

Each takes a minute or so. Weights and cards go to `gan_course/pretrained/weights/toys`.
"""

import json
from dataclasses import asdict

from common import rounded

from gan_course.files import replacing
from gan_course.laboratory.settings import Settings
from gan_course.laboratory.view import View
from gan_course.pretrained.toys import FOLDER
from gan_course.weights import save_weights

# name -> (steps, settings). The collapsed ring is one of the failures that lesson 05 speaks of.
PAIRS = {
    "ring": (
        8_000,
        {
            "distribution": "ring",
            "activation": "tanh",
            "generator_rate": 5e-4,
            "discriminator_steps": 5,
        },
    ),
    "moons": (
        6_000,
        {"distribution": "moons", "generator_rate": 2e-4, "discriminator_steps": 3},
    ),
    "mixture_1d": (4_000, {"distribution": "mixture_1d", "generator_rate": 2e-4}),
    "collapsed_ring": (
        3_000,
        {
            "distribution": "ring",
            "losses": "minimax",
            "generator_units": (16,),
            "generator_rate": 1e-2,
        },
    ),
}
LEFT_OUT = ("points", "start")  # of the settings: they say nothing of a training


def train(name):
    """Train one pair, write it, and return its card."""
    steps, chosen = PAIRS[name]
    settings = Settings(**chosen)
    distribution = settings.make_distribution()
    trainer = settings.make_trainer(distribution)
    trainer.run(steps, progress=False)
    save_weights(FOLDER / f"{name}_generator.npz", trainer.generator)
    save_weights(FOLDER / f"{name}_discriminator.npz", trainer.discriminator)
    numbers = View(trainer, distribution, settings).measure()
    card = {
        "settings": {key: value for key, value in asdict(settings).items() if key not in LEFT_OUT},
        "steps": steps,
        "jsd_from_discriminator": rounded(numbers.estimate, 3),
        "jsd_of_smoothed_densities": rounded(numbers.answer.jsd, 3),
    }
    if numbers.modes is not None:
        card["modes_covered"] = numbers.modes.covered
        card["high_quality_share"] = rounded(numbers.modes.high_quality_share, 3)
    with replacing(FOLDER / f"{name}.json") as file:
        file.write(json.dumps(card, indent=2).encode())
    return card


if __name__ == "__main__":
    for pair in PAIRS:
        print(pair, train(pair))
