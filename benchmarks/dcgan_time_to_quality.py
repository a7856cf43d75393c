"""How soon the recipe `fast` is as good as network A, trained as published, ends: five seeds.

    python benchmarks/dcgan_time_to_quality.py

Run `published_dcgan.py` first: it tells where network A ends. The same data and judge: the Fréchet
distance of 4,000 fakes from the 4,000 training digits. The cost is CPU seconds, because the clock
on the wall also measures what else runs on the machine, and one thread trains: several also count
the time in which they wait for each other. What network A's iterations cost under the same
conditions is measured beside each seed, and stands in a column of its own. Building, tracing and
judging do not count, for either.
"""

import sys
import time

from common import machine, read_rows, rounded, write_results
from digit_scores import RealDigits, judge, use_threads
from published_dcgan import ITERATIONS, PublishedTraining

from gan_course.metrics import class_histogram
from gan_course.recipes import get_recipe
from gan_course.tables import spread

SEEDS = range(10, 15)  # the recipe was tuned on others
STEPS = get_recipe("fast").steps
POINTS = (500, 1000, 1500, 2000, STEPS)
WARM_UP, TIMED = 5, 100  # iterations of network A
SAMPLES = 4000
RESULT = "dcgan_time_to_quality.csv"


def published_cost(real, seed):
    """Return the CPU seconds that network A's published training would take now, all in all."""
    training = PublishedTraining(real.images, seed=seed)
    training(WARM_UP)
    began = time.process_time()
    training(TIMED)
    return (time.process_time() - began) / TIMED * ITERATIONS


def race(real, seed):
    """Train one seed; return its rows."""
    published = published_cost(real, seed)
    trainer = get_recipe("fast").trainer(real.images, seed=seed)
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
                "published_cpu_seconds": rounded(published),
                "fd": rounded(real.distance(found)),
                "smallest_share": rounded(min(class_histogram(digits))),
                "samples": SAMPLES,
                "machine": machine(),
            }
        )
    return rows


def main(seeds):
    """Race each seed, write the rows as they come, print the medians."""
    use_threads(1)
    real, rows = RealDigits(), []
    for seed in seeds:
        rows += race(real, seed)
        last = rows[-1]
        print(f"seed {seed}: {last['cpu_seconds']} CPU s, distance {last['fd']}", flush=True)
        write_results(RESULT, rows)
    published = read_rows("published_dcgan.csv")
    published = [row for row in published if int(row["iterations"]) == ITERATIONS]
    ours = [row for row in rows if row["steps"] == STEPS]
    for name, ends in (("published", published), ("fast", ours)):
        seconds = [float(row["cpu_seconds"]) for row in ends]
        distances = [float(row["fd"]) for row in ends]
        print(
            f"{name}: {len(ends)} seeds, {spread(seconds, '.1f')} CPU s, distance "
            f"{spread(distances, '.1f')}"
        )
    shares = [row["published_cpu_seconds"] / row["cpu_seconds"] for row in ours]
    print(f"network A here, one thread: 1/{spread(shares, '.1f')} of its CPU seconds")


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]] or list(SEEDS))
