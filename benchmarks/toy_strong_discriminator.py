"""A discriminator that wins before the game begins: what is left of the generator's gradient.

    python benchmarks/toy_strong_discriminator.py

The data are one Gaussian at 4, and the fakes begin near 0. The discriminator trains alone for up
to 2,000 steps; on the way the size of the generator loss's push on the fakes is measured, for both
losses. Without that head start and after all of it, both players then train for 400 steps, with
plain gradient descent and with Adam. Lesson 05 shows the table and runs one seed.
"""

import numpy as np
from common import SEEDS, machine, rounded, write_results

from gan_course.data import toy
from gan_course.recipes import toy_trainer

MEAN, STD = 4.0, 0.5
RATES = {"sgd": 0.05, "adam": 1e-3}
LOSSES = ("minimax", "non_saturating")
HEAD_STARTS = (0, 10, 30, 100, 300, 1000, 2000)
STEPS = (100, 200, 400)  # when to look how far the fakes have come


def build_trainer(losses, optimizer, seed):
    """Return a trainer for one Gaussian at 4."""
    rates = {"generator_rate": RATES[optimizer], "discriminator_rate": RATES[optimizer]}
    data = toy.mixture_1d([1.0], [MEAN], [STD])
    return toy_trainer(data, seed=seed, latent_dim=1, losses=losses, optimizer=optimizer, **rates)


def push_sizes(trainer, z):
    """Return the median size of the pushes on the fakes, and the median of D there."""
    fakes, pushes = trainer.pushes(z)
    return float(np.median(np.abs(pushes))), float(np.median(trainer.judge(fakes)))


def progress(trainer, z, row):
    """Train both players, and add the mean of the fakes at the times of `STEPS` to the row."""
    row["mean_0"] = rounded(trainer.generate(z).mean())
    for before, step in zip((0, *STEPS), STEPS, strict=False):
        trainer.advance(step - before)
        row[f"mean_{step}"] = rounded(trainer.generate(z).mean())


def main():
    """Run every loss, optimiser and seed, print and write the pushes and the progress."""
    rows = []
    z = np.random.default_rng(0).normal(size=(500, 1))
    empty = dict.fromkeys(("mean_0", *(f"mean_{step}" for step in STEPS)), "")
    for optimizer in RATES:
        for losses in LOSSES:
            for seed in SEEDS:
                trainer = build_trainer(losses, optimizer, seed)
                taken = 0
                for head_start in HEAD_STARTS:
                    for _ in range(head_start - taken):
                        trainer.step_discriminator()
                    taken = head_start
                    push, d_fake = push_sizes(trainer, z)
                    row = {"optimizer": optimizer, "losses": losses, "seed": seed}
                    row |= {"head_start": head_start, "push": rounded(push)}
                    rows.append(row | {"d_fake": rounded(d_fake)} | empty | {"machine": machine()})
                    if head_start == 0:
                        progress(build_trainer(losses, optimizer, seed), z, rows[-1])
                progress(trainer, z, rows[-1])
                print(rows[-1], flush=True)
    write_results("toy_strong_discriminator.csv", rows)


if __name__ == "__main__":
    main()
