"""Which remedy helps, and which does not: arms of lesson 10 on one budget of CPU seconds.

    python benchmarks/stability.py grid
    python benchmarks/stability.py ring

Every arm trains the same two small networks from each of five seeds, for `BUDGET` CPU seconds of
one thread, so that a costlier step gets fewer steps. Learning rates fall to their end with the
share of the budget that is spent. They, and γ = 0.1, were chosen by trials with the first arm on
the grid: another arm might do better with others, and one arm has a fifth of the rates. λ = 10 is
the paper's, and λ = 1 was chosen by a trial with seed 0. The runs go side by side on all cores;
after a kill the same command goes on where it stopped. The stored table of the ring has five arms.
"""

import sys

from common import SEEDS
from side_by_side import run_all
from stability_arms import ARMS, DATA, run_points

from gan_course.tables import number, spread

BUDGET = 12  # CPU seconds of an arm and seed


def report(rows):
    """Print a line for each arm: modes, KL, good points and what a step costs."""
    for arm in ARMS:
        found = [row for row in rows if row["arm"] == arm]
        if found:
            columns = "modes", "kl_to_uniform", "within_3_sigma", "steps"
            values = {name: [float(row[name]) for row in found] for name in columns}
            told = (f"{name} {spread(values[name])}" for name in columns)
            print(f"{arm}, {number(len(found))} seeds:", "; ".join(told))


def main(data):
    """Run what the table of these data lacks, then print it in short."""
    jobs = [
        {"data": data, "arm": arm, "seed": seed, "budget": BUDGET} for arm in ARMS for seed in SEEDS
    ]
    report(run_all(jobs, run_points, f"stability_{data}.csv"))


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in DATA:
        sys.exit(f"Name the data: python benchmarks/stability.py {' or '.join(DATA)}")
    main(sys.argv[1])
