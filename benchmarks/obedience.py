"""Does the conditional GAN draw what it is asked for, after two minutes on two cores: five seeds.

    python benchmarks/obedience.py

Each seed trains the recipe `cgan` for its own number of steps; the table holds the seconds by the
clock, and the CPU seconds: 240 of them stand for 120 s on two cores. Then 500 samples of each digit
are read by the digit classifier. `fd` compares 4,000 of them with the 4,000 real digits, and `fd_0`
to `fd_9` within a class 400 with the 400 real ones. `label_control.py` trains the same networks
with one label for all digits, to compare with.
"""

import sys

import numpy as np
from common import SEEDS, machine, rounded, write_results
from digit_scores import (
    RealDigits,
    as_columns,
    judge,
    train_from_nothing,
    use_threads,
)

from gan_course.metrics import wilson_interval
from gan_course.metrics.classifier import classifier_card
from gan_course.tables import spread

PER_DIGIT, JUDGED = 500, 4000
THREADS = 2
RESULT = "obedience.csv"


def train(real, seed):
    """Train one seed from nothing; return its row."""
    trainer, row = train_from_nothing("cgan", real.images, seed, labels=real.labels)
    asked = np.arange(10 * PER_DIGIT) % 10
    found, read = judge(trainer.sample(len(asked), seed=1, labels=asked))
    as_asked = [float(np.mean(read[asked == digit] == digit)) for digit in range(10)]
    low, high = wilson_interval(int((read == asked).sum()), len(asked))
    per_class = real.distances_per_class(found, asked)
    return {
        **row,
        "samples": len(asked),
        "read_as_asked": rounded(float(np.mean(read == asked))),
        "low": rounded(low),
        "high": rounded(high),
        "worst_digit": rounded(min(as_asked)),
        "fd": rounded(real.distance(found[:JUDGED])),
        **as_columns("asked", as_asked),
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
        print(
            f"seed {seed}: {row['seconds']} s, {row['cpu_seconds']} CPU s, "
            f"{row['read_as_asked']:.1%} read as asked, worst digit {row['worst_digit']:.1%}, "
            f"distance {row['fd']}",
            flush=True,
        )
        write_results(RESULT, rows)
    print("read as asked, %:", spread([100 * row["read_as_asked"] for row in rows], ".1f"))
    print("worst digit, %:", spread([100 * row["worst_digit"] for row in rows], ".1f"))
    print("real test digits, read by the same classifier:", classifier_card()["test"])


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]] or list(SEEDS))
