"""Count how often arithmetic with latent vectors gives the digit and the stroke that one expects.

    python benchmarks/latent_arithmetic.py

For every ordered pair of digits, such as 3 and 8, and for two traits: mean(thick 3) −
mean(thin 3) + mean(thin 8), expected to be a thick 8. Each mean is over 1, 3 or 10 exemplars,
drawn at random from 20,000 samples of the shipped fast generator. Counted, by the digit classifier
and the ink or slant: read as the second digit; and that, and also on the trait's side of that
digit's median. Two comparisons stand beside it. The same exemplars of the last concept alone,
mean(thin 8): they were chosen thin, so that they hardly ever show the trait. And the same sum with
a difference that points nowhere in particular: mean(any 3) − mean(any other 3) + mean(thin 8).
Lesson 07 shows the table.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
from common import write_results

from gan_course import models, pretrained
from gan_course.metrics.concepts import OPPOSITES, find_exemplars, read_samples, shows_trait
from gan_course.recipes import get_recipe

SAMPLES = 20_000
TRAITS = ("thick", "right-leaning")
EXEMPLARS = (1, 3, 10)
TRIES = 100


def main():
    """Try every pair of digits, and write the table."""
    generator, value_range = pretrained.load("fast_long"), get_recipe("fast_long").value_range
    z = models.sample_latent(SAMPLES, models.latent_dim_of(generator), seed=0)
    readings = read_samples(models.generate(generator, z), value_range)
    random = np.random.default_rng(1)
    rows = []
    for trait in TRAITS:
        pools = {
            (digit, side): find_exemplars(readings, digit, side)
            for digit in range(10)
            for side in (trait, OPPOSITES[trait], None)
        }
        for count in EXEMPLARS:
            for first, second in np.ndindex(10, 10):
                if first == second:
                    continue
                sides = (first, trait), (first, OPPOSITES[trait]), (second, OPPOSITES[trait])
                thick, thin, aim, any_of, other = (
                    z[random.choice(pools[concept], (TRIES, count))].mean(axis=1)
                    for concept in (*sides, (first, None), (first, None))
                )
                row = {"trait": trait, "exemplars": count, "first": first, "second": second}
                for name, vectors in (
                    ("", thick - thin + aim),
                    ("alone_", aim),
                    ("control_", any_of - other + aim),
                ):
                    found = read_samples(models.generate(generator, vectors), value_range)
                    right = found.digit == second
                    both = right & shows_trait(readings, found, second, trait)
                    row |= {f"{name}digit": int(right.sum()), f"{name}both": int(both.sum())}
                rows.append(row | {"tries": TRIES})
            print(trait, count, sum(row["both"] for row in rows[-90:]) / 90 / TRIES, flush=True)
    write_results("latent_arithmetic.csv", rows)


if __name__ == "__main__":
    main()
