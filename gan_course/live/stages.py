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
    "alone, into each fake: the arrows.",
    "And on into the generator's weights, which move one step against it.",
)


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
        pushes: Where the generator's loss pushes each fake, an array like `fakes`, or None.
        d_real: The mean of D over the real examples, or None before they are judged.
        d_fake: The mean of D over the fakes, or None.
    """

    player: str
    number: int
    caption: str
    of: int = 5
    real: np.ndarray | None = None
    fakes: np.ndarray | None = None
    pushes: np.ndarray | None = None
    d_real: float | None = None
    d_fake: float | None = None


def discriminator_stages(trainer, update):
    """Go through one update of the discriminator, which happens before the last stage.

    Args:
        trainer: A `Trainer`. What it would draw next is what the stages show.
        update: A function without arguments that makes the update.

    Yields:
        Five `Stage`s.
    """
    batch = trainer.next_batch()
    real, labels = batch["real"], batch.get("labels")
    yield _stage("discriminator", 1, real=real)
    shown = {"real": real, "fakes": trainer.generate(batch["z"], labels)}
    yield _stage("discriminator", 2, **shown)

    def verdicts():
        judged = trainer.judge(shown["real"], labels), trainer.judge(shown["fakes"], labels)
        return dict(zip(("d_real", "d_fake"), (float(d.mean()) for d in judged), strict=True))

    before = verdicts()
    said = f"On average D(real) = {before['d_real']:.2f} and D(fake) = {before['d_fake']:.2f}."
    yield _stage("discriminator", 3, said, **shown, **before)
    yield _stage("discriminator", 4, **shown, **before)
    update()
    after = verdicts()
    said = f"On the same batch: D(real) = {after['d_real']:.2f}, D(fake) = {after['d_fake']:.2f}."
    yield _stage("discriminator", 5, said, **shown, **after)


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
    yield _stage("generator", 2, fakes=fakes)
    before = float(trainer.judge(fakes, labels).mean())
    said = f"On average D(fake) = {before:.2f}."
    yield _stage("generator", 3, said, fakes=fakes, d_fake=before)
    yield _stage("generator", 4, fakes=fakes, pushes=pushes, d_fake=before)
    update()
    moved = trainer.generate(z, labels)
    after = float(trainer.judge(moved, labels).mean())
    said = f"The same z now give fakes with D(fake) = {after:.2f}."
    yield _stage("generator", 5, said, fakes=moved, d_fake=after)


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
    captions = DISCRIMINATOR_STAGES if player == "discriminator" else GENERATOR_STAGES
    return Stage(player, number, f"{captions[number - 1]} {said}".strip(), **shown)
