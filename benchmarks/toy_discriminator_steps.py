"""What k discriminator steps a turn buy: the learned D against D*, where p_g is known.

    python benchmarks/toy_discriminator_steps.py

The data are N(1.5, 0.6²), the generator is affine, the loss is the non-saturating one, and the
discriminator takes 1 or 5 steps for one of the generator. Every 100 steps the table holds the mean
and the spread of p_g, the true Jensen-Shannon divergence, the bound that the learned D gives on
samples it has not seen, and the CPU seconds that the steps so far took, without the compilation.
Lesson 05 shows it and runs one seed of each.
"""

import time

import numpy as np
from common import SEEDS, machine, rounded, write_results

from gan_course import theory
from gan_course.data import toy
from gan_course.recipes import toy_trainer

MEAN, STD = 1.5, 0.6
STEPS, EVERY, SAMPLES = 1200, 100, 5000


def true_jsd(mean, spread, target):
    """Return the divergence of the data from N(mean, spread²), which may be a narrow spike."""
    x, z = np.linspace(-14, 14, 2801), np.linspace(-8, 8, 1601)

    def log_verdicts(points):  # log D* and log(1 − D*)
        data, fake = target.density(points), theory.gaussian_density(points, mean, spread)
        return np.log(data / (data + fake)), np.log(fake / (data + fake))

    with np.errstate(divide="ignore"):
        real, fake = log_verdicts(x)[0], log_verdicts(mean + spread * z)[1]
    value = np.sum(target.density(x) * np.maximum(real, -700)) * (x[1] - x[0])
    value += np.sum(theory.gaussian_density(z, 0, 1) * fake) * (z[1] - z[0])
    return theory.jsd_from_value(value)


def main():
    """Train both values of k with each seed, print and write the table."""
    target, rows = toy.mixture_1d([1.0], [MEAN], [STD]), []
    held_out = target.sample(SAMPLES, seed=1)
    fresh = np.random.default_rng(1).normal(size=(SAMPLES, 1))
    for seed in SEEDS:
        for k in (1, 5):
            settings = {"generator_units": (), "latent_dim": 1, "discriminator_units": (32, 32)}
            settings |= {"activation": "tanh", "generator_rate": 2e-3, "discriminator_rate": 2e-3}
            trainer = toy_trainer(target, discriminator_steps=k, seed=seed, **settings)
            trainer.advance(1)  # compiles
            seconds = 0.0
            for step in range(EVERY, STEPS + 1, EVERY):
                before = time.process_time()
                trainer.advance(step - trainer.step)
                seconds += time.process_time() - before
                weights, bias = trainer.generator.layers[-1].get_weights()
                mean, spread = float(bias[0]), abs(float(weights[0, 0]))
                logits = trainer.logits(held_out), trainer.logits(trainer.generate(fresh))
                numbers = {"mean": mean, "spread": spread}
                numbers["jsd"] = true_jsd(mean, spread, target)
                numbers |= {"bound": theory.jsd_from_logits(*logits), "seconds": seconds}
                row = {"k": k, "seed": seed, "step": step}
                row |= {name: rounded(value) for name, value in numbers.items()}
                rows.append(row | {"machine": machine()})
            print(rows[-1], flush=True)
    write_results("toy_discriminator_steps.csv", rows)


if __name__ == "__main__":
    main()
