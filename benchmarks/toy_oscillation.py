"""A GAN that never settles: the mean of its fakes circles around the mean of the data.

    python benchmarks/toy_oscillation.py

One Gaussian on a line, two networks, Adam at two learning rates. After every step two numbers are
noted (a turn can take fewer than ten steps, so that a look now and then would miscount): how far
the fakes' mean is from the data's, and how steeply the discriminator's logit rises across the data.
In windows of 500 steps the table holds the farthest swings of the former to both sides, and how
often the pair has turned around (0, 0). Lesson 05 shows it and runs one seed.
"""

import numpy as np
from common import SEEDS, machine, rounded, write_results

from gan_course.data import toy
from gan_course.recipes import toy_trainer

MEAN, STD = 2.0, 0.5
RATES = (1e-3, 2e-4)
STEPS, WINDOW = 4000, 500


def watch(trainer, mean, std, steps):
    """Train, and return the fakes' mean minus the data's, and the slope of D's logit there."""
    z = np.random.default_rng(0).normal(size=(500, 1))
    offsets, slopes = [], []
    for _ in range(steps):
        trainer.advance(1)
        left, right = trainer.logits([[mean - std], [mean + std]])
        offsets.append(trainer.generate(z).mean() - mean)
        slopes.append((right - left) / (2 * std))
    return np.array(offsets), np.array(slopes)


def turns(offsets, slopes):
    """Return how many times the points (offset, slope) have gone around (0, 0), clockwise > 0."""
    angles = np.arctan2(slopes / np.std(slopes), offsets / np.std(offsets))
    return float(-(np.unwrap(angles)[-1] - angles[0]) / (2 * np.pi))


def main():
    """Train both rates with each seed, print and write the windows."""
    rows = []
    for rate in RATES:
        for seed in SEEDS:
            rates = {"generator_rate": rate, "discriminator_rate": rate}
            data = toy.mixture_1d([1.0], [MEAN], [STD])
            trainer = toy_trainer(data, seed=seed, latent_dim=1, **rates)
            offsets, slopes = watch(trainer, MEAN, STD, STEPS)
            for start in range(0, STEPS, WINDOW):
                part = slice(start, start + WINDOW)
                rows.append(
                    {
                        "rate": rate,
                        "seed": seed,
                        "from": start,
                        "to": start + WINDOW,
                        "lowest": rounded(offsets[part].min()),
                        "highest": rounded(offsets[part].max()),
                        "turns": rounded(turns(offsets[part], slopes[part])),
                        "machine": machine(),
                    }
                )
            print(rows[-1], flush=True)
    write_results("toy_oscillation.csv", rows)


if __name__ == "__main__":
    main()
