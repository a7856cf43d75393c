"""What an epoch costs as batch, width and data grow: seconds and memory, each in a fresh process.

    python benchmarks/growth.py

The recipe `fast` at 1, 2 and 4 times its batch, its channels and its data (a quarter of the 4,000
digits, a half, all). An epoch is as many real images as there are. Memory is the largest that the
process held, TensorFlow itself included, so the row `nothing` tells what is there before training.
"""

import json
import resource
import subprocess
import sys
import time
from dataclasses import replace

import gan_course.backend

import tensorflow as tf
from common import machine, rounded, write_results

from gan_course import models
from gan_course.data import load_mnist
from gan_course.recipes import get_recipe

THREADS = 2
EPOCHS = 2
CASES = [
    {"grows": "nothing", "times": 0},
    *(
        {"grows": name, "times": times}
        for name in ("batch", "width", "data")
        for times in (1, 2, 4)
    ),
]


def measure(grows, times):
    """Train one case in this process; return its row."""
    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)
    images = load_mnist(value_range=(-1, 1), split="gan").images
    images = images[: 1000 * times] if grows == "data" and times else images
    recipe = get_recipe("fast")
    width = times if grows == "width" else 1
    recipe = replace(
        recipe,
        build_generator=lambda: models.build_small_generator(
            channels=tuple(width * c for c in (32, 16, 8))
        ),
        build_discriminator=lambda: models.build_small_discriminator(
            channels=tuple(width * c for c in (16, 32, 64))
        ),
    )
    batch = recipe.settings["batch_size"] * (times if grows == "batch" else 1)
    row = {"grows": grows, "times": times, "batch": batch, "width": width, "images": len(images)}
    row |= {"seconds_per_epoch": 0.0, "cpu_seconds_per_epoch": 0.0}
    if grows != "nothing":
        trainer = recipe.trainer(images, batch_size=batch)
        trainer.run(20, progress=False)  # trace and warm up
        steps = max(1, EPOCHS * len(images) // batch)
        clock, cpu = time.perf_counter(), time.process_time()
        trainer.run(steps, progress=False)
        epochs = steps * batch / len(images)
        row["seconds_per_epoch"] = rounded((time.perf_counter() - clock) / epochs)
        row["cpu_seconds_per_epoch"] = rounded((time.process_time() - cpu) / epochs)
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kilobytes
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return row | {"peak_megabytes": rounded(peak / 1e6), "machine": machine()}


def main():
    """Measure each case in a fresh process, print and write the table."""
    rows = []
    for case in CASES:
        command = [sys.executable, __file__, case["grows"], str(case["times"])]
        answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        rows.append(json.loads(answer.splitlines()[-1]))
        print(*rows[-1].values(), flush=True)
        write_results("growth.csv", rows)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
    else:
        main()
