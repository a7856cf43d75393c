"""Make the weights and the card of a generator that ships with the course.

    python benchmarks/make_pretrained.py dense
    python benchmarks/make_pretrained.py dense --scores  # only judge the weights again

Other names: dcgan, upsampling, fast_long, cgan. Beside the generators of `WITH_DISCRIMINATOR` their
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

from gan_course import metrics, pretrained
from gan_course.data import load_mnist
from gan_course.files import replacing
from gan_course.models import generate, latent_dim_of, sample_latent
from gan_course.pretrained import FOLDER
from gan_course.recipes import get_recipe
from gan_course.weights import save_weights

SAMPLES, DRAWS = 2000, 5
SEED = 0
WITH_DISCRIMINATOR = ("dcgan", "fast_long")


def settings_of(recipe):
    """Return the recipe's settings as JSON can hold them: functions by their names."""
    return {
        name: getattr(setting, "__name__", setting) for name, setting in recipe.settings.items()
    }


def initial_rate(optimizer):
    """Return an optimiser's learning rate before the first step."""
    rate = optimizer.get_config()["learning_rate"]
    return rate["config"]["initial_learning_rate"] if isinstance(rate, dict) else rate


def scores_of(name):
    """Judge what ships, the rounded weights; the spread is that over draws of latent vectors."""
    recipe = get_recipe(name)
    generator = pretrained.load(name)
    latent_dim, noise = latent_dim_of(generator), recipe.settings.get("noise", "normal")
    asked = np.arange(SAMPLES) % 10 if recipe.conditional else None
    pages = [
        generate(generator, sample_latent(SAMPLES, latent_dim, seed, noise), asked)
        for seed in range(DRAWS)
    ]
    reports = [metrics.evaluate(images, value_range=recipe.value_range) for images in pages]
    print(metrics.describe(reports[0]))
    scores = {
        "samples": SAMPLES,
        "sample_seed": 0,
        "fd": rounded(reports[0]["fd"]),
        f"fd_of_{DRAWS}_draws": [rounded(report["fd"]) for report in reports],
        "floor": rounded(reports[0]["floor"]),
        "shares": [rounded(share) for share in reports[0]["shares"]],
        "precision": rounded(reports[0]["precision"]),
        "recall": rounded(reports[0]["recall"]),
    }
    if recipe.conditional:
        read = [metrics.predict_digits(images, recipe.value_range) for images in pages]
        hits = [float((found.argmax(axis=1) == asked).mean()) for found in read]
        scores["read_as_asked"] = rounded(hits[0])
        scores[f"read_as_asked_of_{DRAWS}_draws"] = [rounded(share) for share in hits]
    return scores


def train(name):
    """Train a recipe to its full length, write its average as float16; return the card so far."""
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
    engine = trainer.engine
    return {
        "name": name,
        "made_by": f"python benchmarks/make_pretrained.py {name}",
        "recipe": {
            "settings": settings_of(recipe),
            "generator_optimizer": engine.generator_optimizer.name,
            "learning_rate": rounded(initial_rate(engine.generator_optimizer)),
            "discriminator_learning_rate": rounded(initial_rate(engine.discriminator_optimizer)),
            "latent_dim": latent_dim_of(trainer.generator),
            "noise": recipe.settings.get("noise", "normal"),
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
        "parameters": trainer.generator.count_params(),
        "bytes": path.stat().st_size,
    }


def main(name, *options):
    """Train and judge a network, or judge it again; write its card."""
    path = FOLDER / f"{name}.json"
    card = json.loads(path.read_text("utf-8")) if "--scores" in options else train(name)
    card["scores"] = scores_of(name)
    with replacing(path) as file:
        file.write((json.dumps(card, indent=2) + "\n").encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
