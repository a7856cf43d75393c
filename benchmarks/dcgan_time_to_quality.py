"""How soon the recipe `fast` is as good as network A, trained as published, ends: five seeds.

    python benchmarks/dcgan_time_to_quality.py

Run `published_dcgan.py` first. The same data, threads and judge: the Fréchet distance of 4,000
fakes from the 4,000 training digits. The cost is CPU seconds, of all threads together, because the
clock on the wall also measures what else runs on the machine. Building, tracing and judging do not
count, in either run; the first step, which traces, stands in a column of its own.

This script has not yet been run to its end: it has no stored results.
"""

import statistics
import sys
import time

import gan_course.backend

import tensorflow as tf
from common import SEEDS, machine, rounded, write_results
from digit_scores import RealDigits, judge, median_and_range, read_rows

from gan_course.metrics import class_histogram, frechet_floor
from gan_course.recipes import get_recipe

STEPS = 1900  # the whole schedule: the learning rate falls over these
POINTS = (475, 950, 1425, STEPS)
SAMPLES = 4000
THREADS = 2
RESULT = "dcgan_time_to_quality.csv"


def race(real, seed):
    """Train one seed; return its rows."""
    trainer = get_recipe("fast").trainer(real.images, seed=seed, steps=STEPS)
    began = time.process_time()
    trainer.run(1, progress=False)
    first, spent, rows = time.process_time() - began, 0.0, []
    for point in POINTS:
        began = time.process_time()
        trainer.run(point - trainer.step, progress=False)
        spent += time.process_time() - began
        found, digits = judge(trainer.sample(SAMPLES, seed=1))
        rows.append(
            {
                "seed": seed,
                "steps": point,
                "cpu_seconds": rounded(spent),
                "first_step_cpu_seconds": rounded(first),
                "fd": rounded(real.distance(found)),
                "smallest_share": rounded(min(class_histogram(digits))),
                "samples": SAMPLES,
                "floor": rounded(frechet_floor()),
                "machine": machine(),
            }
        )
    return rows


def main(seeds):
    """Race each seed, write the rows as they come, print the medians."""
    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)
    real, rows = RealDigits(), []
    for seed in seeds:
        rows += race(real, seed)
        last = rows[-1]
        print(f"seed {seed}: {last['cpu_seconds']} CPU s, distance {last['fd']}", flush=True)
        write_results(RESULT, rows)
    published = read_rows("published_dcgan.csv")
    longest = max(int(row["iterations"]) for row in published)
    published = [row for row in published if int(row["iterations"]) == longest]
    ours = [row for row in rows if row["steps"] == STEPS]
    for name, ends in (("published", published), ("fast", ours)):
        seconds = [float(row["cpu_seconds"]) for row in ends]
        distances = [float(row["fd"]) for row in ends]
        print(
            f"{name}: {len(ends)} seeds, {median_and_range(seconds)} CPU s, distance "
            f"{median_and_range(distances)}"
        )
    theirs, mine = (
        statistics.median(float(row["cpu_seconds"]) for row in ends) for ends in (published, ours)
    )
    print(f"floor {frechet_floor():.2f}; 1/{theirs / mine:.1f} of the CPU seconds")


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]] or list(SEEDS))
