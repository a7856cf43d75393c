"""What each rule of DCGAN is worth: a small pair, and the same with one rule switched off.

    python benchmarks/dcgan_ablation.py                # what is missing of every arm and seed
    python benchmarks/dcgan_ablation.py "max pooling"  # this arm again; the other rows stay

Delete the CSV to measure all of it again.

The baseline is network A of lesson 07 with fewer channels, so that a run takes seconds, on the
4,000 digits that are not test digits, brought nearer to the paper (Radford et al. 2015, sections 3
and 4): first weights from N(0, 0.02), batches of 128, Adam with β₁ = 0.5. It is not the paper's
network: it upsamples and convolves where that has transposed convolutions, has no batch norm behind
the dense layer and dropout of 0.25 four times in the discriminator, and its learning rate is 2e-3,
because at the paper's 2e-4 so short a run has hardly begun. That too is an arm. Every run sees as
many digits: batch 32 takes four times as many steps. The distance is that of 2,000 fakes of the
averaged generator from 2,000 real digits.

One thread is used, and CPU seconds are recorded, which grow less than the clock's when others run.
"""

import sys
import time

import gan_course.backend

import keras
import tensorflow as tf
from common import machine, read_rows, rounded, write_results

from gan_course import metrics, models
from gan_course.data import load_mnist
from gan_course.training import Trainer

RESULT = "dcgan_ablation.csv"
SEEDS = range(5)
STEPS, BATCH, RATE, BETA = 350, 128, 2e-3, 0.5
GENERATOR_CHANNELS, DISCRIMINATOR_CHANNELS = (32, 16, 8), (8, 16, 32, 32)
AVERAGING = 0.98  # over about the last 50 steps: the last step's luck counts less
SAMPLES = 2000
G, D = "generator", "discriminator"
ARMS = {
    "baseline": {},
    "max pooling": {D: {"downsampling": "pool"}},
    "deep dense layers": {G: {"hidden_units": (256,)}, D: {"hidden_units": (256,)}},
    "no batch norm": {G: {"batch_norm": False}, D: {"batch_norm": False}},
    "LeakyReLU in G": {G: {"activation": "leaky_relu"}},
    "ReLU in D": {D: {"activation": "relu"}},
    "sigmoid, data in [0, 1]": {G: {"output_activation": "sigmoid"}, "value_range": (0, 1)},
    "Keras' first weights": {
        G: {"initial_weights": "keras"},
        D: {"initial_weights": "keras"},
    },
    "β₁ = 0.9": {"beta_1": 0.9},
    "batch 32": {"batch_size": 32},
    "the paper's rate, 2e-4": {"rate": 2e-4},
    "deep dense, Keras' weights": {  # two rules at once: were the small weights the trouble?
        G: {"hidden_units": (256,), "initial_weights": "keras"},
        D: {"hidden_units": (256,), "initial_weights": "keras"},
    },
}


def make_trainer(images, seed=0, **changes):
    """Return a trainer for the baseline, but for the changes.

    Args:
        images: Real digits, in the range that the generator makes.
        seed: The seed of weights, noise and batch choice.
        **changes: One of the values of `ARMS`.
    """
    keras.utils.set_random_seed(seed)
    rate, beta_1 = changes.get("rate", RATE), changes.get("beta_1", BETA)
    return Trainer(
        models.build_dcgan_generator(
            **{"channels": GENERATOR_CHANNELS, "initial_weights": "normal", **changes.get(G, {})}
        ),
        models.build_dcgan_discriminator(
            **{
                "channels": DISCRIMINATOR_CHANNELS,
                "initial_weights": "normal",
                **changes.get(D, {}),
            }
        ),
        images,
        generator_optimizer=keras.optimizers.Adam(rate, beta_1=beta_1),
        discriminator_optimizer=keras.optimizers.Adam(rate, beta_1=beta_1),
        batch_size=changes.get("batch_size", BATCH),
        averaging=AVERAGING,
        seed=seed,
    )


def measure(arm, seed):
    """Train one arm with one seed, and return its row."""
    changes = ARMS[arm]
    value_range = changes.get("value_range", (-1, 1))
    trainer = make_trainer(load_mnist(value_range=value_range, split="gan").images, seed, **changes)
    steps = STEPS * BATCH // changes.get("batch_size", BATCH)
    trainer.advance(1)  # compiles
    began = time.process_time()
    for _ in range(steps // 50):
        trainer.advance(50)
    spent = time.process_time() - began
    report = metrics.evaluate(trainer.sample(SAMPLES, seed=1), value_range, draws=3)
    row = {"arm": arm, "seed": seed, "steps": steps, "fd": rounded(report["fd"])}
    row |= {"floor": rounded(report["floor"]), "classes": report["coverage"]}
    row |= {"precision": rounded(report["precision"]), "recall": rounded(report["recall"])}
    row |= {f"d_{name}": rounded(trainer.history[f"d_{name}"][-1]) for name in ("real", "fake")}
    return row | {"cpu_seconds": rounded(spent, 3), "machine": machine()}


def main(again):
    """Train what is missing, and the arms named in `again`; write the rows as they come."""
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    rows = [row for row in read_rows(RESULT) if row["arm"] not in again]
    done = {(row["arm"], int(row["seed"])) for row in rows}
    places = {arm: place for place, arm in enumerate(ARMS)}
    for seed in SEEDS:
        for arm in ARMS:
            if (arm, seed) in done:
                continue
            rows.append(measure(arm, seed))
            print(rows[-1], flush=True)
            rows.sort(key=lambda row: (places[row["arm"]], int(row["seed"])))
            write_results(RESULT, rows)


if __name__ == "__main__":
    unknown = [arm for arm in sys.argv[1:] if arm not in ARMS]
    if unknown:
        raise SystemExit(f"There is no arm {unknown[0]!r}. There are: {', '.join(ARMS)}.")
    main(sys.argv[1:])
