"""Modes that a plain GAN finds: of 8 on the ring, of 25 on the grid.

    python benchmarks/toy_mode_collapse.py

Both players have two hidden layers of 64 ReLU units, the loss is the non-saturating one, and
nothing is done against collapse. Every 1,000 steps 2,500 samples are drawn and counted as in
PacGAN (Lin et al. 2018). The ring is learned twice, with 2 latent values and with 16. On the grid
the discriminator's learning rate is 5e-3: with 1e-3 few samples lie near any mode after 10,000
steps. Lesson 05 shows the table and runs one seed.
"""

from common import SEEDS, machine, rounded, write_results

from gan_course.data import toy
from gan_course.recipes import toy_trainer
from gan_course.theory import modes_covered

ARMS = {
    "ring, 2 latent values": (toy.ring, {"latent_dim": 2}),
    "ring, 16 latent values": (toy.ring, {"latent_dim": 16}),
    "grid, 2 latent values": (toy.grid, {"latent_dim": 2, "discriminator_rate": 5e-3}),
}
STEPS, EVERY, SAMPLES = 10_000, 1000, 2500


def main():
    """Train every arm with each seed, print and write the counts."""
    rows = []
    for arm, (make, settings) in ARMS.items():
        data = make()
        for seed in SEEDS:
            trainer = toy_trainer(data, seed=seed, **settings)
            for step in range(EVERY, STEPS + 1, EVERY):
                trainer.advance(EVERY)
                found = modes_covered(trainer.sample(SAMPLES, seed=1), data.centres, data.stds)
                rows.append(
                    {
                        "arm": arm,
                        "seed": seed,
                        "step": step,
                        "covered": found.covered,
                        "total": found.total,
                        "high_quality": rounded(found.high_quality_share),
                        "counts": " ".join(str(count) for count in found.counts),
                        "machine": machine(),
                    }
                )
            print(rows[-1], flush=True)
    write_results("toy_mode_collapse.csv", rows)


if __name__ == "__main__":
    main()
