"""One training step in slow motion: ten stages, each with what it does and what it shows."""

from dataclasses import dataclass

import numpy as np

DISCRIMINATOR_STAGES = (
    "Draw a batch of real examples.",
    "Draw noise z, and let the generator turn it into fakes.",
    "The discriminator judges both.",
    "Its loss has a gradient with respect to its own weights. The generator is left alone.",
    "The discriminator's weights move one step against that gradient.",
)
GENERATOR_STAGES = (
    "Draw fresh noise z.",
    "The generator turns it into fakes.",
    "The discriminator judges them.",
    "The gradient of the generator's loss flows back through the discriminator, which is left "
    "alone, into each fake.",
    "And on into the generator's weights, which move one step against it.",
)
PUSHED_POINTS = "The arrows say where it pushes them."
PUSHED_PIXELS = "Its push makes purple pixels brighter and orange ones darker."


@dataclass(frozen=True, eq=False)
class Stage:
    """One stage of an update, as it is.

    Attributes:
        player: `"discriminator"` or `"generator"`: whose update it is.
        number: Its place in the update, 1 to 5.
        of: How many stages an update has.
        caption: What happens, one or two sentences, with the numbers of this batch.
        real: The real examples of this batch, float32 (batch, …), or None.
        fakes: The fakes of this batch, or None.
        labels: What a conditional pair is told of each of them, whole numbers (batch,), or None.
        pushes: Where the generator's loss pushes each fake, an array like `fakes`, or None.
        d_real: D of each real example, float32 (batch,), or None before they are judged.
        d_fake: D of each fake, or None.
    """

    player: str
    number: int
    caption: str
    of: int = 5
    real: np.ndarray | None = None
    fakes: np.ndarray | None = None
    labels: np.ndarray | None = None
    pushes: np.ndarray | None = None
    d_real: np.ndarray | None = None
    d_fake: np.ndarray | None = None


def discriminator_stages(trainer, update):
    """Go through one update of the discriminator, which happens before the last stage.

    Args:
        trainer: A `Trainer`. What it would draw next is what the stages show.
        update: A function without arguments that makes the update.

    Yields:
        Five `Stage`s.
    """
    batch = trainer.next_batch()
    labels = batch.get("labels")
    shown = {"real": batch["real"], "labels": labels}
    yield _stage("discriminator", 1, **shown)
    shown |= {"fakes": trainer.generate(batch["z"], labels)}
    yield _stage("discriminator", 2, **shown)

    def verdicts():
        judged = (trainer.judge(shown[name], labels) for name in ("real", "fakes"))
        return dict(zip(("d_real", "d_fake"), judged, strict=True))

    before = verdicts()
    said = "On average D(real) = {d_real:.2f} and D(fake) = {d_fake:.2f}."
    yield _stage("discriminator", 3, said, **shown, **before)
    yield _stage("discriminator", 4, **shown, **before)
    update()
    said = "On the same batch: D(real) = {d_real:.2f}, D(fake) = {d_fake:.2f}."
    yield _stage("discriminator", 5, said, **shown, **verdicts())


def generator_stages(trainer, update):
    """Go through one update of the generator, which happens before the last stage.

    Args:
        trainer: A `Trainer`. What it would draw next is what the stages show.
        update: A function without arguments that makes the update.

    Yields:
        Five `Stage`s.
    """
    noise = trainer.next_noise()
    z, labels = noise["z"], noise.get("labels")
    yield _stage("generator", 1)
    fakes, pushes = trainer.pushes(z, labels)
    shown = {"fakes": fakes, "labels": labels}
    yield _stage("generator", 2, **shown)
    shown |= {"d_fake": trainer.judge(fakes, labels)}
    yield _stage("generator", 3, "On average D(fake) = {d_fake:.2f}.", **shown)
    said = PUSHED_POINTS if fakes.ndim == 2 else PUSHED_PIXELS
    yield _stage("generator", 4, said, **shown, pushes=pushes)
    update()
    moved = trainer.generate(z, labels)
    shown |= {"fakes": moved, "d_fake": trainer.judge(moved, labels)}
    yield _stage("generator", 5, "The same z now give fakes with D(fake) = {d_fake:.2f}.", **shown)


def step_stages(trainer):
    """Go through one whole training step; it counts once the generator has moved.

    Args:
        trainer: A `Trainer`.

    Yields:
        Five `Stage`s for each update of the discriminator, then five for the generator's.
    """
    updates = trainer.step_in_updates()
    for _ in range(trainer.engine.discriminator_steps):
        yield from discriminator_stages(trainer, lambda: next(updates))
    yield from generator_stages(trainer, lambda: next(updates))


def _stage(player, number, said="", **shown):
    """Return a stage; the means of `d_real` and `d_fake` go into the braces of what is said."""
    captions = DISCRIMINATOR_STAGES if player == "discriminator" else GENERATOR_STAGES
    means = {name: float(np.mean(shown[name])) for name in ("d_real", "d_fake") if name in shown}
    caption = f"{captions[number - 1]} {said.format(**means)}".strip()
    return Stage(player, number, caption, **shown)
