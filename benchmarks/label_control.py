"""What do the labels do for the digits of the conditional GAN? The same GAN, with nothing to tell.

    python benchmarks/label_control.py        # three seeds; or name the seeds

The control of `obedience.py`: the recipe `cgan`, the same networks, losses, optimisers and steps,
with one label for all digits. Its 5,000 samples are sorted by what the digit classifier reads,
which spares it its unclear ones. Within a class, at most 400 of them are compared with the 400 real
digits, as in `obedience.py`; a seed that draws one digit less often has fewer. One thread is used.
"""

import sys
from dataclasses import replace

import numpy as np
from common import machine, read_rows, write_results
from digit_scores import RealDigits, as_columns, judge, use_threads

from gan_course.recipes import get_recipe
from gan_course.tables import spread

SEEDS = range(3)
SAMPLES = 5000
RESULT = "label_control.csv"
CGAN = get_recipe("cgan")
CONTROL = replace(  # ten places for labels, although only one label occurs
    CGAN,
    build_generator=lambda **shape: CGAN.build_generator(**shape | {"num_classes": 10}),
    build_discriminator=lambda **shape: CGAN.build_discriminator(**shape | {"num_classes": 10}),
)


def train(real, seed):
    """Train one seed from nothing, with one label for all digits; return its row."""
    trainer = CONTROL.trainer(real.images, seed=seed, labels=np.zeros_like(real.labels))
    trainer.run(CONTROL.steps, progress=False)
    found, read = judge(trainer.sample(SAMPLES, seed=1, labels=np.zeros(SAMPLES, int)))
    shares = [float(np.mean(read == digit)) for digit in range(10)]
    return {
        "seed": seed,
        "steps": trainer.step,
        "samples": SAMPLES,
        **as_columns("share", shares),
        **as_columns("fd", real.distances_per_class(found, read)),
        "machine": machine(),
    }


def main(seeds):
    """Train each seed, write the rows as they come, print the medians beside those with labels."""
    use_threads(1)
    real, rows = RealDigits(), []
    for seed in seeds:
        rows.append(train(real, seed))
        print(*rows[-1].values(), flush=True)
        write_results(RESULT, rows)
    with_labels = read_rows("obedience.csv")
    for digit in range(10):
        for name, table in (("one label for all", rows), ("with labels", with_labels)):
            found = [float(row[f"fd_{digit}"]) for row in table]
            print(f"within {digit}, {name}: {spread(found, '.1f')}")


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]] or list(SEEDS))
