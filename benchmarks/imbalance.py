"""Does a GAN amplify the imbalance of its data? Two digits, 90:10 both ways, and 50:50.

    python benchmarks/imbalance.py

The recipe `fast` is trained from nothing on 400 digits of two classes: 360 of one and 40 of the
other, or 200 of each. The digit classifier then reads 10,000 samples. `share` is the share of the
minority among the samples that are read as one of the two digits, `neither` the share of the
others. `read` is the same share for the training digits themselves, so that the classifier's own
errors stand beside it. Lesson 11 shows the table. One thread is used.
"""

import numpy as np
from common import machine, read_rows, rounded, write_results
from digit_scores import judge, use_threads

from gan_course.data import load_mnist
from gan_course.recipes import get_recipe
from gan_course.tables import spread

SEEDS = range(3)
TOTAL, SAMPLES = 400, 10_000  # training digits; fakes
RESULT = "imbalance.csv"
RUNS = ((0, 1, 0.1), (0, 1, 0.5), (1, 0, 0.1))  # majority, minority, the minority's share


def two_classes(majority, minority, share, seed):
    """Return 400 digits of two classes, `share` of them of the minority, drawn by the seed."""
    digits = load_mnist(value_range=(-1, 1), split="gan")
    rng, chosen = np.random.default_rng(seed), []
    for digit, part in ((majority, 1 - share), (minority, share)):
        places = np.flatnonzero(digits.labels == digit)
        chosen.append(rng.permutation(places)[: round(part * TOTAL)])
    return digits.images[np.concatenate(chosen)]


def shares(images, majority, minority):
    """Return the minority's share among images read as one of both, and the share of neither."""
    _, read = judge(images)
    few, many = np.mean(read == minority), np.mean(read == majority)
    return rounded(few / max(few + many, 1e-9)), rounded(1 - few - many)


def train(majority, minority, share, seed):
    """Train one run from nothing; return its row."""
    real, recipe = two_classes(majority, minority, share, seed), get_recipe("fast")
    trainer = recipe.trainer(real, seed=seed)
    trainer.run(recipe.steps, progress=False)
    found, neither = shares(trainer.sample(SAMPLES, seed=1), majority, minority)
    return {
        "majority": majority,
        "minority": minority,
        "data": share,
        "seed": seed,
        "steps": trainer.step,
        "samples": SAMPLES,
        "share": found,
        "neither": neither,
        "read": shares(real, majority, minority)[0],
        "machine": machine(),
    }


def main():
    """Train what the table lacks, write the rows as they come, print the medians."""
    use_threads(1)
    rows = read_rows(RESULT)
    done = {(row["majority"], row["minority"], row["data"], row["seed"]) for row in rows}
    for majority, minority, share in RUNS:
        for seed in SEEDS:
            if tuple(map(str, (majority, minority, share, seed))) in done:
                continue
            rows.append(train(majority, minority, share, seed))
            print(*rows[-1].values(), flush=True)
            write_results(RESULT, rows)
    for share in ("0.1", "0.5"):
        found = [float(row["share"]) for row in rows if str(row["data"]) == share]
        print(f"{share} of the data: {spread(found, '.1%')} of the fakes")


if __name__ == "__main__":
    main()
