"""What two minutes on two cores give from nothing, without labels: the recipe `fast`, five seeds.

    python benchmarks/two_minutes.py

Each seed trains for the recipe's own number of steps; the table holds the seconds by the clock, and
the CPU seconds for a machine where other programs run too: 240 of them stand for 120 s on two
cores. Tracing counts, judging does not. Then 5,000 samples are counted by class, and 4,000 are
compared with the 4,000 digits.

This script has not yet been run to its end: it has no stored results.
"""

import sys
import time

import gan_course.backend

import tensorflow as tf
from common import SEEDS, machine, rounded, write_results
from digit_scores import RealDigits, judge, median_and_range, read_rows

from gan_course.metrics import class_histogram, frechet_floor, precision_recall
from gan_course.recipes import get_recipe

SAMPLES, JUDGED = 5000, 4000
THREADS = 2
RESULT = "two_minutes.csv"


def train(real, seed):
    """Train one seed from nothing; return its row."""
    clock, cpu = time.perf_counter(), time.process_time()
    trainer = get_recipe("fast").trainer(real.images, seed=seed)
    trainer.run(get_recipe("fast").steps, progress=False)
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    found, digits = judge(trainer.sample(SAMPLES, seed=1))
    shares = class_histogram(digits)
    precision, recall = precision_recall(real.features[:2000], found[:2000])
    per_class = real.distances_per_class(found, digits)
    return {
        "seed": seed,
        "steps": trainer.step,
        "seconds": rounded(clock),
        "cpu_seconds": rounded(cpu),
        "fd": rounded(real.distance(found[:JUDGED])),
        "floor": rounded(frechet_floor()),
        "precision": rounded(precision),
        "recall": rounded(recall),
        **{f"share_{digit}": rounded(share) for digit, share in enumerate(shares)},
        **{f"fd_{digit}": rounded(distance) for digit, distance in enumerate(per_class)},
        "machine": machine(),
    }


def main(seeds):
    """Train each seed, write the rows as they come, print the medians."""
    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)
    real, rows = RealDigits(), []
    for seed in seeds:
        rows.append(train(real, seed))
        row = rows[-1]
        smallest = min(row[f"share_{digit}"] for digit in range(10))
        print(
            f"seed {seed}: {row['seconds']} s, {row['cpu_seconds']} CPU s, distance {row['fd']} "
            f"(floor {row['floor']}), smallest class {smallest:.1%}",
            flush=True,
        )
        write_results(RESULT, rows)
    print("distance", median_and_range([row["fd"] for row in rows], 2))
    published = read_rows("published_dcgan.csv")
    ends = [float(row["fd"]) for row in published if row["iterations"] == "4000"]
    if ends:
        print("network A as published ends with", median_and_range(ends, 2))


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]] or list(SEEDS))
