"""Two runs that differ in one setting: their settings, their trainers in step, how they begin."""

from dataclasses import fields

import numpy as np

from gan_course.arguments import refusal
from gan_course.laboratory.settings import (
    DRAWN,
    NETWORKS,
    Settings,
    checked_settings,
    differences,
    write_units,
)
from gan_course.names import look_up
from gan_course.tables import number

SHARED = ("distribution", "points", "seed")  # by both runs, or they could not be compared
EXAMPLE = 'Write for example compare("discriminator_steps", (1, 5), "ring").'
# Settings by which the two runs use up the seed's random numbers at another pace.
OTHER_DRAWS = ("discriminator_steps", "batch_size", "noise", "latent_dim")


def two_settings(setting, values, settings):
    """Return two `Settings` that differ in one setting.

    Args:
        setting: A field of `Settings` other than those of the data and the seed.
        values: The two values of it.
        settings: A dict of the other settings, which both share.

    Raises:
        ValueError: If the setting cannot be compared, there are not two different values, or
            something does not fit; the message says what to change.
    """
    if setting in SHARED:
        expected = "a setting other than the data and the seed, which both runs share"
        raise refusal("setting", setting, expected, EXAMPLE)
    known = [field.name for field in fields(Settings) if field.name not in SHARED]
    look_up(dict.fromkeys(known), setting, "setting to compare")
    if setting in settings:
        remedy = f"Leave out {setting}=…: the two values say it."
        raise refusal(setting, settings[setting], "no third value of what is compared", remedy)
    if not isinstance(values, tuple | list) or len(values) != 2:
        raise refusal("values", values, "a pair, one value for each run", EXAMPLE)
    if settings["distribution"] in DRAWN:
        remedy = 'Take for example "ring", or toy.points(…) for points of your own.'
        raise refusal("distribution", settings["distribution"], "data to learn", remedy)
    both = [checked_settings(**settings, **{setting: value}) for value in values]
    if setting == "start":  # shipped weights bring their networks: the other run gets them too
        trained = next((each for each in both if each.start != "scratch"), both[0])
        settings = settings | {name: getattr(trained, name) for name in NETWORKS}
        both = [checked_settings(**settings, start=value) for value in values]
    if not differences(*both):
        raise refusal("values", values, "two different values", EXAMPLE)
    return tuple(both)


def name_of(setting, settings):
    """Return what a run is called beside the other: the value of the setting, as words.

    Args:
        setting: The setting that is compared.
        settings: The `Settings` of the run.
    """
    value = getattr(settings, setting)
    if isinstance(value, tuple):
        return write_units(value) or "no hidden layer"
    if isinstance(value, float):
        return number(value, "g")
    return getattr(value, "label", str(value)).replace("_", " ")


class TrainerPair:
    """Two trainers that take every step together. To a `LiveRun` it is one trainer.

    Args:
        trainers: A dict from names to the two trainers.

    Attributes:
        trainers: As given.
        steps_per_call: As `Trainer` has it.
    """

    def __init__(self, trainers):
        self.trainers = trainers
        self.steps_per_call = min(trainer.steps_per_call for trainer in trainers.values())

    @property
    def step(self):
        """The number of steps that both have taken."""
        return min(trainer.step for trainer in self.trainers.values())

    @property
    def history(self):
        """The histories, a dict from names to what `Trainer.history` is."""
        return {name: trainer.history for name, trainer in self.trainers.items()}

    def advance(self, count):
        """Take `count` steps with each."""
        for trainer in self.trainers.values():
            trainer.advance(count)

    def step_discriminator(self):
        """Update each discriminator alone, once."""
        for trainer in self.trainers.values():
            trainer.step_discriminator()

    def step_generator(self):
        """Update each generator alone, once."""
        for trainer in self.trainers.values():
            trainer.step_generator()


def describe_start(setting, trainers):
    """Say what the equal seed makes equal at step 0, by a look at the weights.

    Args:
        setting: The setting that is compared.
        trainers: Two trainers that have taken no step.

    Returns:
        One or two sentences.
    """
    first, second = trainers
    pairs = {"G": (first.generator, second.generator)}
    pairs["D"] = (first.discriminator, second.discriminator)
    other = [name for name, networks in pairs.items() if not _have_equal_weights(*networks)]
    if not other:
        weights = "Both runs begin with the same weights."
    elif setting == "start":
        weights = f"The first weights of {' and '.join(other)} differ: that is what is compared."
    else:
        weights = (
            f"The first weights of {' and '.join(other)} differ in spite of the equal seed: other "
            "networks draw other numbers."
        )
    if setting in OTHER_DRAWS:
        return f"{weights} Their batches part too: they use up the seed’s numbers at another pace."
    return f"{weights} At each step they see the same batch of points and of noise."


def _have_equal_weights(first, second):
    pair = first.get_weights(), second.get_weights()
    return len(pair[0]) == len(pair[1]) and all(map(np.array_equal, *pair))
