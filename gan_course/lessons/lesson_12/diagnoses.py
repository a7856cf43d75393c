"""The twelve diagnoses: what each bug is called, and the sign that it leaves."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Diagnosis:
    """One bug in words.

    Attributes:
        name: What it is called, such as a list of choices shows it.
        sign: What it shows, a sentence.
        look: What to look at in the code, a few words.
    """

    name: str
    sign: str
    look: str


DIAGNOSES = {
    "sign": Diagnosis(
        "the generator's loss has the wrong sign",
        "The generator's loss falls far below 0, while D(fake) goes to 0.",
        "the sign in the loss",
    ),
    "twice": Diagnosis(
        "a sigmoid is applied twice",
        "The generator's loss is never above log 2 = 0.693, D's never below 1.006, and both stop.",
        "the last layer against `from_logits`",
    ),
    "batch": Diagnosis(
        "the last batch is smaller than assumed",
        "At the last step of each epoch D's loss is no number, and D(fake) jumps up after it.",
        "every fixed batch size",
    ),
    "noise": Diagnosis(
        "trained and looked at on the same noise",
        "The samples of fresh noise are more alike than those of the noise it was trained on.",
        "where `z` is drawn, and how often",
    ),
    "frozen": Diagnosis(
        "the discriminator is frozen",
        "D(real) is a straight line. The generator's loss goes to 0, and the samples are noise.",
        "`trainable`, and what moved in a step",
    ),
    "training": Diagnosis(
        "`training=True` is forgotten",
        "The generator's loss swings. The moving means of batch norm never moved.",
        "every call of a network in a step",
    ),
    "labels": Diagnosis(
        "a label lies outside [0, 1]",
        "D's loss dips below 0, which no cross-entropy can; D(real) and D(fake) sink together.",
        "the labels in the loss",
    ),
    "pixels": Diagnosis(
        "pixels in [0, 255] against a tanh generator",
        "The discriminator's loss begins in the tens, and D(real) is 1 after a few steps.",
        "the smallest and largest pixel of both",
    ),
    "alpha": Diagnosis(
        "the α of the gradient penalty is drawn wrongly",
        "The critic is steeper between real and fake than where the penalty looks.",
        "shape and range of α",
    ),
    "both": Diagnosis(
        "each optimiser moves both networks",
        "D(real) goes to 1 and D(fake) stays near ½; both losses come to rest near log 2.",
        "the variables that a gradient is asked for",
    ),
    "maps": Diagnosis(
        "label maps are repeated along the wrong axis",
        "The curves look ordinary. Samples obey the label hardly more often than chance.",
        "the values of the maps, not their shape",
    ),
    "rates": Diagnosis(
        "one learning rate is far too small",
        "D(real) goes to 1 and D(fake) to 0 within an epoch, and the samples stay noise.",
        "both learning rates, side by side",
    ),
}
