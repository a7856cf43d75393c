"""The twelve cases of the clinic: a healthy program, the same with one bug, and the sign of it."""

from collections.abc import Callable
from dataclasses import dataclass

import gan_course.backend

import numpy as np
from keras import ops

from gan_course.clinic import bugs, critic, keras2, labelled
from gan_course.clinic.program import BATCH, Program, draw_noise
from gan_course.names import look_up


@dataclass(frozen=True)
class Case:
    """One bug, behind one switch.

    Attributes:
        healthy: The program without the bug.
        sick: The same program with it.
        sign: What `measure` measures, in a few words.
        measure: A function of a `Run` that returns a number.
        shows: A function of that number: whether it is the sign of the bug.
        steps: How many steps it takes until the sign is plain, ten epochs unless said.
    """

    healthy: object
    sick: object
    sign: str
    measure: Callable
    shows: Callable
    steps: int = 320


def end_of(panel, name):
    """Return a function of a run: the mean of one of its curves over the last tenth."""

    def measure(run):
        curve = run.curves[panel][name]
        return float(np.mean(curve[-max(1, len(curve) // 10) :]))

    return measure


def lead(run):
    """Return how much surer D is of real images than of fakes at the end, from −1 to 1."""
    return end_of("what D says", "D(real)")(run) - end_of("what D says", "D(fake)")(run)


def moved(run):
    """Return how far the discriminator's biases are from 0, where they all began."""
    return max(float(np.abs(bias.numpy()).max()) for bias in run.discriminator.weights[1::2])


def statistics(run):
    """Return how far the moving means of the generator's batch norm are from 0, their start."""
    means = [layer.moving_mean for layer in run.generator.layers if hasattr(layer, "moving_mean")]
    return max(float(ops.max(ops.abs(mean))) for mean in means)


def rests_of_fakes(run):
    """Return |D(fake) − ½| at the end where D is sure of real images, else 1."""
    sure = end_of("what D says", "D(real)")(run) > 0.97
    return abs(end_of("what D says", "D(fake)")(run) - 0.5) if sure else 1.0


def steps_without_a_number(run):
    """Return how many steps had a loss that is no number."""
    return int(np.isnan(run.curves["losses"]["discriminator"]).sum())


def fresh_variety(run):
    """Return how much samples of fresh noise differ, over how much those of training noise do."""
    trained, fresh = (
        run.generator(z, training=False).numpy().std(axis=0).mean()
        for z in (run.program.draw_noise(BATCH), draw_noise(BATCH))
    )
    return float(fresh / trained)


def steepness(run):
    """Return the slope between the two digits over the slope where the penalty looked."""
    panel = run.curves["slope"]
    return float(panel["between the two digits"][-1] / panel["where the penalty looks"][-1])


_healthy = Program()

CASES = {
    "sign": Case(
        _healthy,
        Program(generator_loss=bugs.wrong_sign_loss),
        "the generator's loss at the end",
        end_of("losses", "generator"),
        lambda loss: loss < 0,
    ),
    "twice": Case(
        _healthy,
        Program(build_discriminator=bugs.build_twice_squashed_discriminator),
        "the highest loss of the generator",
        lambda run: float(run.curves["losses"]["generator"].max()),
        lambda loss: loss < 0.6932,
    ),
    "batch": Case(
        _healthy,
        Program(update_discriminator=bugs.fixed_split_update),
        "steps whose loss is no number",
        steps_without_a_number,
        lambda count: count > 0,
    ),
    "noise": Case(
        _healthy,
        Program(draw_noise=bugs.grid_noise),
        "variety of samples, fresh noise over training noise",
        fresh_variety,
        lambda ratio: ratio < 0.9,
        steps=480,
    ),
    "frozen": Case(
        _healthy,
        keras2.CombinedProgram(),
        "how far the discriminator's biases moved",
        moved,
        lambda distance: distance == 0,
    ),
    "training": Case(
        _healthy,
        Program(
            update_discriminator=bugs.silent_update_discriminator,
            update_generator=bugs.silent_update_generator,
        ),
        "how far the generator's moving means moved",
        statistics,
        lambda distance: distance == 0,
    ),
    "labels": Case(
        _healthy,
        Program(discriminator_loss=bugs.outside_labels_loss),
        "the lowest loss of the discriminator",
        lambda run: float(run.curves["losses"]["discriminator"].min()),
        lambda loss: loss < 0,
    ),
    "pixels": Case(
        _healthy,
        Program(scale=bugs.unscaled),
        "D(real) at the end",
        end_of("what D says", "D(real)"),
        lambda sure: sure > 0.99,
    ),
    "alpha": Case(
        critic.CriticProgram(),
        critic.CriticProgram(draw_mix=critic.normal_mix),
        "slope between the digits over slope where the penalty looks",
        steepness,
        lambda ratio: ratio > 1.15,
        steps=150,
    ),
    "both": Case(
        _healthy,
        Program(
            update_discriminator=bugs.greedy_update_discriminator,
            update_generator=bugs.greedy_update_generator,
        ),
        "|D(fake) − ½| while D(real) is near 1",
        rests_of_fakes,
        lambda gap: gap < 0.1,
    ),
    "maps": Case(
        labelled.LabelledProgram(),
        labelled.LabelledProgram(label_maps=labelled.wrong_axis_maps),
        "share of samples drawn as asked",
        lambda run: labelled.obedience(run.generator),
        lambda share: share < 0.75,
    ),
    "rates": Case(
        _healthy,
        Program(learning_rates=bugs.unbalanced_rates),
        "D(real) − D(fake)",
        lead,
        lambda gap: gap > 0.9,
    ),
}


def case(name):
    """Return the case of this name, a `Case`.

    Raises:
        ValueError: If there is none of this name.

    Introduced in lesson 12.
    """
    return look_up(CASES, name, "case")
