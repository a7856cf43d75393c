"""A generator that lives off one weakness of its discriminator: one that stands still, or is tiny.

    python benchmarks/toy_weak_discriminator.py

On the ring. First both players learn for 100 steps; then for 500 steps either both learn on, or the
generator alone. Second, both learn for 4,000 steps, with a discriminator of two layers of 64 units
or one of 8 units. Noted are the median distance of the fakes from (0, 0), the data's is 2; their
spread, the root mean square distance from their own mean, the data's is 2 as well; the mean of D
on them; and how they cover the modes. Lesson 05 shows the table and runs one seed.
"""

import numpy as np
from common import SEEDS, machine, rounded, write_results

from gan_course.data import toy
from gan_course.recipes import toy_trainer
from gan_course.theory import modes_covered

# Settings, steps that both take, steps that the generator takes alone.
ARMS = {
    "both learn on": ({}, 600, 0),
    "generator alone": ({}, 100, 500),
    "two layers of 64": ({}, 4000, 0),
    "8 units": ({"discriminator_units": (8,)}, 4000, 0),
}


def describe(trainer, data):
    """Return where the fakes are, what D says of them, and how they cover the modes."""
    fakes = trainer.sample(2500, seed=1)
    found = modes_covered(fakes, data.centres, data.stds)
    from_mean = fakes - fakes.mean(axis=0)
    return {
        "distance": rounded(np.median(np.hypot(*fakes.T))),
        "spread": rounded(np.sqrt((from_mean**2).sum(axis=1).mean())),
        "d_fake": rounded(np.mean(trainer.judge(fakes))),
        "covered": found.covered,
        "high_quality": rounded(found.high_quality_share),
    }


def main():
    """Train every arm with each seed, print and write what the fakes are like."""
    data, rows = toy.ring(), []
    for arm, (settings, together, alone) in ARMS.items():
        for seed in SEEDS:
            trainer = toy_trainer(data, seed=seed, **settings)
            trainer.advance(together)
            for _ in range(alone):
                trainer.step_generator()
            row = {"arm": arm, "seed": seed, "together": together, "alone": alone}
            rows.append(row | describe(trainer, data) | {"machine": machine()})
            print(rows[-1], flush=True)
    write_results("toy_weak_discriminator.csv", rows)


if __name__ == "__main__":
    main()
