"""How many steps a second network A takes at batch 128: the trainer, `train_on_batch`, PyTorch.

    python benchmarks/dcgan_speed.py [--torch-python PYTHON]

The same network, batch and threads, in alternating blocks of one run, several rounds. The trainer
has the fused layers, and once Keras' two layers in place of `UpsampleConv2D`; then comes the
published arrangement with Keras' own layers, from `published_dcgan.py`; the last, where a Python
with PyTorch is named, is `dcgan_torch.py`. That
both players learn is checked in each. The blocks alternate, so that what else runs on the machine
meets all of them; the clock's ratio and that of CPU seconds are both printed.
"""

import argparse
import statistics
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import gan_course.backend

import numpy as np
import tensorflow as tf
from common import machine, rounded, write_results
from published_dcgan import PublishedTraining, both_players_learn

from gan_course import models
from gan_course.data import load_mnist
from gan_course.recipes import get_recipe

BATCH, THREADS = 128, 2
ROUNDS, STEPS = 7, 12


def timed(run):
    """Return a function of n that takes n steps and returns (seconds, CPU seconds)."""

    def measure(steps):
        clock, cpu = time.perf_counter(), time.process_time()
        run(steps)
        return time.perf_counter() - clock, time.process_time() - cpu

    return measure


def make_trainer(images, **generator_options):
    """Return a timed run of the course's trainer, after a check that both players learn."""
    recipe = replace(
        get_recipe("dcgan"),
        build_generator=lambda: models.build_dcgan_generator(**generator_options),
    )
    trainer = recipe.trainer(images, batch_size=BATCH, averaging=None)
    players = trainer.generator, trainer.discriminator
    before = [[v.numpy() for v in player.trainable_variables] for player in players]
    trainer.run(1, progress=False)
    for player, old in zip(players, before, strict=True):
        for now, then in zip(player.trainable_variables, old, strict=True):
            if not np.any(now.numpy() - then):
                raise SystemExit(f"The trainer does not move {now.path}: nothing was measured.")
    return timed(lambda steps: trainer.run(steps, progress=False))


def make_published(images):
    """Return a timed run of `train_on_batch`, after the same check."""
    training = PublishedTraining(images, batch_size=BATCH)
    if not both_players_learn(training):
        raise SystemExit("The baseline does not train both players: nothing was measured.")
    return timed(training)


def make_torch(python):
    """Start PyTorch in its own process; return a function of n with the same answer."""
    script = Path(__file__).with_name("dcgan_torch.py")
    process = subprocess.Popen(
        [python, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    version = process.stdout.readline().strip()
    if not version[:1].isdigit():
        raise SystemExit(f"PyTorch answered {version!r}: nothing was measured.")

    def measure(steps):
        process.stdin.write(f"{steps}\n")
        process.stdin.flush()
        return tuple(map(float, process.stdout.readline().split()))

    return f"PyTorch {version}", measure


def main():
    """Measure in turn, print the medians and ratios, write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--torch-python", help="a Python that has PyTorch")
    torch_python = parser.parse_args().torch_python
    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)
    images = load_mnist(value_range=(-1, 1), split="gan").images
    runs = {
        "trainer": make_trainer(images),
        "trainer, upsampling in two layers": make_trainer(images, upsampling="two_layers"),
        "train_on_batch": make_published(images),
    }
    if torch_python:
        name, measure = make_torch(torch_python)
        runs[name] = measure
    for measure in runs.values():
        measure(3)  # warm up
    rows = []
    for number in range(ROUNDS):
        for name, measure in runs.items():
            clock, cpu = measure(STEPS)
            rows.append(
                {
                    "round": number,
                    "arrangement": name,
                    "steps_per_second": rounded(STEPS / clock),
                    "cpu_milliseconds_per_step": rounded(1000 * cpu / STEPS),
                    "batch": BATCH,
                    "machine": machine(),
                }
            )
        write_results("dcgan_speed.csv", rows)

    def column(name, key):
        return [row[key] for row in rows if row["arrangement"] == name]

    ours = column("trainer", "steps_per_second")
    for name in runs:
        theirs, cpu = column(name, "steps_per_second"), column(name, "cpu_milliseconds_per_step")
        ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
        cpu_ratio = statistics.median(cpu) / statistics.median(
            column("trainer", "cpu_milliseconds_per_step")
        )
        print(
            f"{name:34} {statistics.median(theirs):6.2f} steps/s, "
            f"{statistics.median(cpu):6.1f} CPU ms a step; the trainer's ratio: "
            f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}), "
            f"in CPU seconds {cpu_ratio:.2f}"
        )


if __name__ == "__main__":
    main()
