"""What the two learning rates do: three rates for each player on the ring.

    python benchmarks/toy_learning_rates.py

Adam for both, 4,000 steps, all else as in the laboratory of lesson 05. Counted are the modes that
2,500 samples cover, and the share of samples within three standard deviations of a mode, at the
end and at each of the last five times of looking, 200 steps apart. Lesson 05 shows the table and
runs one seed.
"""

from common import SEEDS, machine, rounded, write_results

from gan_course.data import toy
from gan_course.recipes import toy_trainer
from gan_course.theory import modes_covered

RATES = (2e-4, 1e-3, 5e-3)
STEPS, EVERY, LOOKS, SAMPLES = 4000, 200, 5, 2500


def main():
    """Train every pair of rates with each seed, print and write the counts."""
    data, rows = toy.ring(), []
    for generator_rate in RATES:
        for discriminator_rate in RATES:
            for seed in SEEDS:
                rates = {
                    "generator_rate": generator_rate,
                    "discriminator_rate": discriminator_rate,
                }
                trainer = toy_trainer(data, seed=seed, **rates)
                trainer.advance(STEPS - (LOOKS - 1) * EVERY)
                found = [modes_covered(trainer.sample(SAMPLES, 1), data.centres, data.stds)]
                for _ in range(LOOKS - 1):
                    trainer.advance(EVERY)
                    found.append(modes_covered(trainer.sample(SAMPLES, 1), data.centres, data.stds))
                shares = [each.high_quality_share for each in found]
                row = rates | {"seed": seed, "covered": found[-1].covered}
                row["covered_looks"] = " ".join(str(each.covered) for each in found)
                row |= {"high_quality": rounded(shares[-1]), "lowest_share": rounded(min(shares))}
                rows.append(row | {"highest_share": rounded(max(shares)), "machine": machine()})
                print(rows[-1], flush=True)
    write_results("toy_learning_rates.csv", rows)


if __name__ == "__main__":
    main()
