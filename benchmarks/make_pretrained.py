"""Make the weights and the card of a generator that ships with the course.

python benchmarks/make_pretrained.py dense

Other names: dcgan, upsampling, fast, cgan. Beside the generators of `WITH_DISCRIMINATOR` their
discriminator is written too: lesson 07 looks into it.
"""

import json
import platform
import sys
import time

import gan_course.backend

import keras
import numpy as np
import tensorflow as tf
from common import machine, rounded

from gan_course import metrics
from gan_course.data import load_mnist
from gan_course.files import replacing
from gan_course.models import generate, latent_dim_of, sample_latent
from gan_course.pretrained import FOLDER
from gan_course.recipes import get_recipe
from gan_course.weights import load_weights, save_weights

SAMPLES = 2000
SEED = 0
WITH_DISCRIMINATOR = ("dcgan", "fast")


def settings_of(recipe):
    """Return the recipe's settings as JSON can hold them: functions by their names."""
    return {
        name: getattr(setting, "__name__", setting) for name, setting in recipe.settings.items()
    }


def initial_rate(optimizer):
    """Return an optimiser's learning rate before the first step."""
    rate = optimizer.get_config()["learning_rate"]
    return rate["config"]["initial_learning_rate"] if isinstance(rate, dict) else rate


def main(name):
    """Train a recipe to its full length, write its average as float16, and score that."""
    recipe = get_recipe(name)
    digits = load_mnist(value_range=recipe.value_range, split="gan")
    given = {"labels": digits.labels} if recipe.conditional else {}
    trainer = recipe.trainer(digits.images, seed=SEED, **given)
    began, used = time.monotonic(), time.process_time()
    trainer.run(recipe.steps)
    seconds, cpu_seconds = time.monotonic() - began, time.process_time() - used
    path = FOLDER / f"{name}.npz"
    save_weights(path, trainer.averaged_generator or trainer.generator)

    if name in WITH_DISCRIMINATOR:
        save_weights(FOLDER / "discriminators" / f"{name}.npz", trainer.discriminator)
    generator = recipe.build_generator()
    load_weights(path, generator)  # what is scored is what ships: the rounded weights
    latent_dim = latent_dim_of(generator)
    noise = recipe.settings.get("noise", "normal")
    asked = np.arange(SAMPLES) % 10 if recipe.conditional else None
    images = generate(generator, sample_latent(SAMPLES, latent_dim, SEED, noise), asked)
    report = metrics.evaluate(images, value_range=recipe.value_range)
    card = {
        "name": name,
        "made_by": f"python benchmarks/make_pretrained.py {name}",
        "recipe": {
            "settings": settings_of(recipe),
            "generator_optimizer": trainer.engine.generator_optimizer.name,
            "learning_rate": rounded(initial_rate(trainer.engine.generator_optimizer)),
            "discriminator_learning_rate": rounded(
                initial_rate(trainer.engine.discriminator_optimizer)
            ),
            "latent_dim": latent_dim,
            "noise": noise,
        },
        "value_range": list(recipe.value_range),
        "data": digits.source,
        "seed": SEED,
        "steps": trainer.step,
        "seconds": round(seconds),
        "cpu_seconds": round(cpu_seconds),
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
    if recipe.conditional:
        read = metrics.predict_digits(images, recipe.value_range).argmax(axis=1)
        card["scores"]["read_as_asked"] = rounded(float((read == asked).mean()))
    with replacing(FOLDER / f"{name}.json") as file:
        file.write((json.dumps(card, indent=2) + "\n").encode())
    print(metrics.describe(report))


if __name__ == "__main__":
    main(*sys.argv[1:2])
