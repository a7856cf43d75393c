"""What the dense GAN reaches in 60 seconds from nothing: five seeds, every one of them kept.

python benchmarks/dense_quality.py [seconds]
"""

import statistics
import sys

from common import SEEDS, machine, rounded, write_results

from gan_course import metrics
from gan_course.data import load_mnist
from gan_course.recipes import get_recipe

SAMPLES = 2000


def judge(trainer):
    """Return the scores of 2,000 samples."""
    return metrics.evaluate(trainer.sample(SAMPLES, seed=1), value_range=(0, 1))


def main(seconds=60.0):
    """Train each seed for so many seconds, print and write the scores."""
    digits = load_mnist(value_range=(0, 1), split="gan")
    rows = []
    for seed in SEEDS:
        trainer = get_recipe("dense").trainer(digits.images, seed=seed)
        untrained = judge(trainer)["fd"]
        trainer.run(seconds=seconds, progress=False)
        report = judge(trainer)
        rows.append(
            {
                "seed": seed,
                "seconds": seconds,
                "steps": trainer.step,
                "samples": SAMPLES,
                "fd": rounded(report["fd"]),
                "fd_untrained": rounded(untrained),
                "floor": rounded(report["floor"]),
                "precision": rounded(report["precision"]),
                "recall": rounded(report["recall"]),
                **{
                    f"share_{digit}": rounded(share) for digit, share in enumerate(report["shares"])
                },
                "machine": machine(),
            }
        )
        smallest = min(report["shares"])
        print(
            f"seed {seed}: {trainer.step} steps, Fréchet distance {report['fd']:.1f} "
            f"({untrained:.0f} untrained, floor {report['floor']:.1f}), "
            f"smallest class {smallest:.1%}",
            flush=True,
        )
    ratios = [row["fd"] / row["fd_untrained"] for row in rows]
    middle, worst = statistics.median(ratios), max(ratios)
    print(f"share of the untrained distance: median {middle:.3f}, worst {worst:.3f}")
    write_results("dense_quality.csv", rows)


if __name__ == "__main__":
    main(*map(float, sys.argv[1:2]))
