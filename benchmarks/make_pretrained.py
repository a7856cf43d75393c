"""Make the weights and the card of a generator that ships with the course.

python benchmarks/make_pretrained.py dense
"""

import json
import platform
import sys
import time

import gan_course.backend

import keras
import tensorflow as tf
from common import machine, rounded

from gan_course import metrics
from gan_course.data import load_mnist
from gan_course.files import replacing
from gan_course.models import generate, sample_latent
from gan_course.pretrained import FOLDER
from gan_course.recipes import get_recipe
from gan_course.weights import load_weights, save_weights

SAMPLES = 2000
SEED = 0


def main(name):
    """Train a recipe to its full length, write its average as float16, and score that."""
    recipe = get_recipe(name)
    digits = load_mnist(value_range=recipe.value_range, split="gan")
    trainer = recipe.trainer(digits.images, seed=SEED)
    began = time.monotonic()
    trainer.run(recipe.steps)
    seconds = time.monotonic() - began
    path = FOLDER / f"{name}.npz"
    save_weights(path, trainer.averaged_generator or trainer.generator)

    generator = recipe.build_generator()
    load_weights(path, generator)  # what is scored is what ships: the rounded weights
    latent_dim = generator.input_shape[-1]
    noise = recipe.settings.get("noise", "normal")
    images = generate(generator, sample_latent(SAMPLES, latent_dim, SEED, noise))
    report = metrics.evaluate(images, value_range=recipe.value_range)
    card = {
        "name": name,
        "made_by": f"python benchmarks/make_pretrained.py {name}",
        "recipe": {
            "settings": recipe.settings,
            "generator_optimizer": trainer.engine.generator_optimizer.name,
            "learning_rate": rounded(float(trainer.engine.generator_optimizer.learning_rate)),
            "latent_dim": latent_dim,
            "noise": noise,
        },
        "value_range": list(recipe.value_range),
        "data": digits.source,
        "seed": SEED,
        "steps": trainer.step,
        "seconds": round(seconds),
        "machine": machine(),
        "versions": {
            "python": platform.python_version(),
            "tensorflow": tf.__version__,
            "keras": keras.__version__,
        },
        "stored_as": "float16",
        "parameters": generator.count_params(),
        "bytes": path.stat().st_size,
        "scores": {
            "samples": SAMPLES,
            "sample_seed": SEED,
            "fd": rounded(report["fd"]),
            "floor": rounded(report["floor"]),
            "shares": [rounded(share) for share in report["shares"]],
            "precision": rounded(report["precision"]),
            "recall": rounded(report["recall"]),
        },
    }
    with replacing(FOLDER / f"{name}.json") as file:
        file.write((json.dumps(card, indent=2) + "\n").encode())
    print(metrics.describe(report))


if __name__ == "__main__":
    main(*sys.argv[1:2])
