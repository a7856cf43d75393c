"""What `stability.py` compares: the arms, and how one of them trains on points for its budget."""

import math
import time
from dataclasses import dataclass

import gan_course.backend

import keras
from common import machine, rounded
from digit_scores import use_threads
from keras import layers

from gan_course import models
from gan_course.data import toy
from gan_course.devices import seed_everything
from gan_course.losses import R1, R2, GradientPenalty
from gan_course.models.blocks import spectral
from gan_course.theory import modes_covered
from gan_course.training import Trainer
from gan_course.training.stops import NonFiniteLoss

DATA = {"grid": toy.grid, "ring": toy.ring}
POINTS, JUDGED = 20_000, 2500  # drawn once to train on; samples that are counted, as PacGAN does
UNITS = (64, 64)  # hidden layers of either network
RATE, BETAS, LAST = 5e-3, (0.0, 0.99), 0.02  # of Adam; LAST is the share of RATE left at the end
BLOCK = 100  # steps between two looks at the clock


@dataclass(frozen=True)
class Arm:
    """One way to train; everything that is not named here is the same for all.

    Attributes:
        losses: A name from `gan_course.losses.LOSSES`.
        penalties: What is added to the discriminator's loss.
        packing: How many points share one verdict.
        spectral_norm: Whether each kernel of the discriminator has largest singular value 1.
        rates: The first learning rates of generator and discriminator.
        budgets: How many times the others' budget it is given.
    """

    losses: str
    penalties: tuple = ()
    packing: int = 1
    spectral_norm: bool = False
    rates: tuple = (RATE, RATE)
    budgets: int = 1


def r1_and_r2(gamma, **more):
    """Return the arm of Huang et al. 2024: relativistic pairing with both penalties."""
    return Arm("relativistic", (R1(gamma), R2(gamma)), **more)


ARMS = {
    "relativistic + R1 + R2, γ = 0.1": r1_and_r2(0.1),
    "non-saturating": Arm("non_saturating"),
    "relativistic": Arm("relativistic"),
    "non-saturating + R1, γ = 0.1": Arm("non_saturating", (R1(0.1),)),
    "non-saturating, packed by 4": Arm("non_saturating", packing=4),
    "relativistic + R1 + R2, γ = 0.1, four budgets": r1_and_r2(0.1, budgets=4),
    "Wasserstein + gradient penalty, λ = 10": Arm("wasserstein", (GradientPenalty(10.0),)),
    "Wasserstein + gradient penalty, λ = 1": Arm("wasserstein", (GradientPenalty(1.0),)),
    "hinge + spectral norm": Arm("hinge", spectral_norm=True),
    "minimax": Arm("minimax"),
    "least squares": Arm("least_squares"),
    "hinge": Arm("hinge"),
    "relativistic + R1 + R2, γ = 0.01": r1_and_r2(0.01),
    "relativistic + R1 + R2, γ = 1": r1_and_r2(1.0),
    "relativistic + R1 + R2, γ = 10": r1_and_r2(10.0),
    "non-saturating, both rates a fifth": Arm("non_saturating", rates=(RATE / 5, RATE / 5)),
}


def build_discriminator(arm):
    """Return the discriminator of an arm: two hidden layers, and what the arm changes in it."""
    if not arm.spectral_norm:
        return models.build_point_discriminator(2, UNITS, packing=arm.packing)
    points = x = keras.Input((2,), name="points")
    for number, units in enumerate(UNITS, start=1):
        x = spectral(layers.Dense(units, activation="relu", name=f"hidden_{number}"))(x)
    logit = spectral(layers.Dense(1, dtype="float32", name="logit"))(x)
    return keras.Model(points, logit, name="spectral_discriminator")


def build_trainer(data, arm, seed):
    """Return a trainer for points of a toy distribution."""
    seed_everything(seed)
    generator, discriminator = models.build_point_generator(2, UNITS), build_discriminator(arm)
    optimizers = [keras.optimizers.Adam(rate, *BETAS) for rate in arm.rates]
    return Trainer(
        generator,
        discriminator,
        data.sample(POINTS, seed),
        losses=arm.losses,
        penalties=arm.penalties,
        generator_optimizer=optimizers[0],
        discriminator_optimizer=optimizers[1],
        seed=seed,
    )


def falling(share):
    """Return what is left of a learning rate when that share of the budget is spent: half a cosine.

    Source: Loshchilov & Hutter 2017, SGDR, equation 5, without restarts.
    """
    return LAST + (1 - LAST) * 0.5 * (1 + math.cos(math.pi * min(share, 1)))


def train_for(trainer, rates, budget):
    """Train until so many CPU seconds are spent, while the learning rates fall to their end.

    The first steps, in which the compiled step is made, are not counted.

    Returns:
        The CPU seconds, and how many steps they bought.
    """
    trainer.advance(BLOCK)
    spent = 0.0
    while spent < budget:
        for player, rate in zip(("generator", "discriminator"), rates, strict=True):
            trainer.engine.optimizer(player).learning_rate = rate * falling(spent / budget)
        began = time.process_time()
        trainer.advance(BLOCK)
        spent += time.process_time() - began
    return spent, trainer.step - BLOCK


def counted(data, points, ending=""):
    """Return the columns that count modes, NaN where there is nothing to count."""
    names = [f"{name}{ending}" for name in ("modes", "kl_to_uniform", "within_3_sigma")]
    if points is None:
        return dict.fromkeys(names, float("nan"))
    found = modes_covered(points, data.centres, data.stds)
    numbers = found.covered, rounded(found.kl_to_uniform), rounded(found.high_quality_share)
    return dict(zip(names, numbers, strict=True))


def run_points(job):
    """Train one arm from one seed on points; return its row.

    Columns that end in `_now` judge the generator of the last step, the others its average. An arm
    whose losses become infinite has no numbers there.

    Args:
        job: A dict with `data`, `arm`, `seed` and `budget`, the CPU seconds of most arms.
    """
    use_threads(1)
    data, arm = DATA[job["data"]](), ARMS[job["arm"]]
    budget = arm.budgets * job["budget"]
    trainer = build_trainer(data, arm, job["seed"])
    try:
        spent, steps = train_for(trainer, arm.rates, budget)
        samples = [trainer.sample(JUDGED, seed=1, averaged=averaged) for averaged in (True, False)]
    except NonFiniteLoss:
        spent, steps, samples = budget, trainer.step, (None, None)
    return {
        **{name: job[name] for name in ("data", "arm", "seed")},
        "steps": steps,
        "cpu_seconds": rounded(spent),
        **counted(data, samples[0]),
        **counted(data, samples[1], "_now"),
        "ms_a_step": rounded(1000 * spent / steps),
        "machine": machine(),
    }
