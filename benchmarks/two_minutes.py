"""What two minutes on two cores give from nothing, without labels: the recipe `fast_long`.

    python benchmarks/two_minutes.py

Each seed trains for the recipe's own number of steps; the table holds the seconds by the clock, and
the CPU seconds for a machine where other programs run too: 240 of them stand for 120 s on two
cores. Tracing counts, judging does not. Then 5,000 samples are counted by class, and 4,000 are
compared with the 4,000 digits.
"""

import sys

from common import SEEDS, machine, read_rows, rounded, write_results
from digit_scores import (
    RealDigits,
    as_columns,
    judge,
    train_from_nothing,
    use_threads,
)

from gan_course.metrics import class_histogram, precision_recall
from gan_course.tables import spread

SAMPLES, JUDGED = 5000, 4000
THREADS = 2
RESULT = "two_minutes.csv"


def train(real, seed):
    """Train one seed from nothing; return its row."""
    trainer, row = train_from_nothing("fast_long", real.images, seed)
    found, digits = judge(trainer.sample(SAMPLES, seed=1))
    shares = class_histogram(digits)
    precision, recall = precision_recall(real.features[:2000], found[:2000])
    per_class = real.distances_per_class(found, digits)
    return {
        **row,
        "fd": rounded(real.distance(found[:JUDGED])),
        "precision": rounded(precision),
        "recall": rounded(recall),
        **as_columns("share", shares),
        **as_columns("fd", per_class),
        "machine": machine(),
    }


def main(seeds):
    """Train each seed, write the rows as they come, print the medians."""
    use_threads(THREADS)
    real, rows = RealDigits(), []
    for seed in seeds:
        rows.append(train(real, seed))
        row = rows[-1]
        smallest = min(row[f"share_{digit}"] for digit in range(10))
        print(
            f"seed {seed}: {row['seconds']} s, {row['cpu_seconds']} CPU s, distance {row['fd']}, "
            f"smallest class {smallest:.1%}",
            flush=True,
        )
        write_results(RESULT, rows)
    print("distance", spread([row["fd"] for row in rows], ".2f"))
    published = read_rows("published_dcgan.csv")
    ends = [float(row["fd"]) for row in published if row["iterations"] == "4000"]
    if ends:
        print("network A as published ends with", spread(ends, ".2f"))


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]] or list(SEEDS))
