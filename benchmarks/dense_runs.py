"""What the dense GAN of lesson 06 becomes: five seeds, each one kept, looked at nine times.

python benchmarks/dense_runs.py

Each seed trains as in the lesson, 12,000 steps. `dense_runs.csv` has a row for each look: scores
of 10,000 samples (distance, precision and recall are means of five sets of 2,000), once more the
distance of the generator of that moment, without averaging, and how many of 500 fixed latent
vectors changed their digit since the look before, and how many of those came back to the digit of
the look before that. `dense_curves.csv` has the loss curves, as means of 100 steps. CPU seconds are
those of training: 120 stand for a minute on two cores.
"""

import time

import numpy as np
from common import SEEDS, machine, rounded, write_results

from gan_course import metrics
from gan_course.data import load_mnist
from gan_course.recipes import get_recipe

SAMPLES, FOLLOWED = 10_000, 500
STEPS, LOOK, WINDOW = 12_000, 1500, 100
CURVES = "d_loss", "g_loss", "d_real", "d_fake"


def judge(trainer):
    """Return the scores of the trainer's samples as columns of a row."""
    report = metrics.evaluate(trainer.sample(SAMPLES, seed=1), value_range=(0, 1))
    now = metrics.features(trainer.sample(SAMPLES, seed=1, averaged=False), (0, 1))
    names = "fd", "fd_low", "fd_high", "floor", "precision", "recall"
    return {
        **{name: rounded(report[name]) for name in names},
        "fd_now": rounded(np.mean(metrics.frechet_distance_draws(now))),
        **{f"share_{digit}": rounded(share) for digit, share in enumerate(report["shares"])},
    }


def read_followed(trainer):
    """Return the digits of the fixed latent vectors, drawn by the generator of this moment."""
    drawn = trainer.sample(FOLLOWED, seed=2, averaged=False)
    return metrics.predict_digits(drawn, (0, 1)).argmax(axis=1)


def movement(looks):
    """Return which share changed since the look before, and which share of them went back."""
    changed = looks[-1] != looks[-2] if len(looks) > 1 else None
    if len(looks) < 3:
        return {"changed": "" if changed is None else rounded(changed.mean()), "back": ""}
    left = looks[-2] != looks[-3]  # those that had changed at the look before
    back = np.mean(looks[-1][left] == looks[-3][left])
    return {"changed": rounded(changed.mean()), "back": rounded(back)}


def train(digits, seed):
    """Train one seed; return the rows of both tables."""
    trainer = get_recipe("dense").trainer(digits.images, seed=seed)
    spent, looks, rows = 0.0, [], []
    while True:
        looks.append(read_followed(trainer))
        row = {"seed": seed, "step": trainer.step, "cpu_seconds": rounded(spent)}
        rows.append({**row, **judge(trainer), **movement(looks), "machine": machine()})
        print({name: value for name, value in rows[-1].items() if "share" not in name}, flush=True)
        if trainer.step == STEPS:
            break
        began = time.process_time()
        trainer.run(LOOK, progress=False)
        spent += time.process_time() - began
    means = {name: np.reshape(trainer.history[name], (-1, WINDOW)).mean(axis=1) for name in CURVES}
    curves = [
        {"seed": seed, "step": WINDOW * (number + 1)}
        | {name: rounded(values[number]) for name, values in means.items()}
        for number in range(STEPS // WINDOW)
    ]
    return rows, curves


def main():
    """Train each seed, write both tables as they grow."""
    digits, rows, curves = load_mnist(value_range=(0, 1), split="gan"), [], []
    for seed in SEEDS:
        for table, more in zip((rows, curves), train(digits, seed), strict=True):
            table += more
        write_results("dense_runs.csv", rows)
        write_results("dense_curves.csv", curves)


if __name__ == "__main__":
    main()
