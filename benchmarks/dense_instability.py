"""One number changed: the dense GAN with its learning rate, and with one ten times larger.

python benchmarks/dense_instability.py
"""

import keras
from common import SEEDS, machine, rounded, write_results

from gan_course import metrics
from gan_course.data import load_mnist
from gan_course.recipes import get_recipe

RATES = (2e-3, 2e-2)
STEPS = 2000
SAMPLES = 2000


def main():
    """Train each rate with each seed, print and write the distances."""
    digits = load_mnist(value_range=(0, 1), split="gan")
    rows = []
    for rate in RATES:
        for seed in SEEDS:
            trainer = get_recipe("dense").trainer(
                digits.images,
                seed=seed,
                generator_optimizer=keras.optimizers.Adam(rate, beta_1=0.5),
                discriminator_optimizer=keras.optimizers.Adam(rate, beta_1=0.5),
            )
            trainer.run(STEPS, progress=False)
            report = metrics.evaluate(trainer.sample(SAMPLES, seed=1), value_range=(0, 1))
            rows.append(
                {
                    "rate": rate,
                    "seed": seed,
                    "steps": STEPS,
                    "fd": rounded(report["fd"]),
                    "classes": report["coverage"],
                    "machine": machine(),
                }
            )
            print(
                f"rate {rate:g}, seed {seed}: {report['fd']:.1f}, {report['coverage']} classes",
                flush=True,
            )
    write_results("dense_instability.csv", rows)


if __name__ == "__main__":
    main()
