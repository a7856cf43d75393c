"""Pairs of losses for the two players of a GAN, each computed from the discriminator's logits.

A logit is the discriminator's raw output ℓ; its probability is D = sigmoid(ℓ). Working on logits
keeps every loss finite: log D = −softplus(−ℓ) and log(1 − D) = −softplus(ℓ), with
softplus(ℓ) = log(1 + e^ℓ), never take the logarithm of zero.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import gan_course.backend

import numpy as np
from keras import ops

from gan_course.names import look_up
from gan_course.tables import number


def minimax_generator_loss(fake_logits):
    """The generator's share of the value function, E[log(1 − D(G(z)))].

    It is the loss of the theory, and it saturates: where D(G(z)) is near 0 its gradient with
    respect to the logit, −D(G(z)), is near 0 too.

    Args:
        fake_logits: Logits of generated images, shape (batch, 1).

    Returns:
        A scalar, in (−∞, 0).

    Source: Goodfellow et al. 2014, equation 1.

    Example:
        >>> float(minimax_generator_loss(ops.zeros((4, 1))))  # −log 2
        -0.6931471824645996
    """
    return -ops.mean(ops.softplus(fake_logits))


def non_saturating_generator_loss(fake_logits):
    """Minus the log-probability that the fakes are taken for real, −E[log D(G(z))].

    Its gradient with respect to the logit is D(G(z)) − 1: near −1 where the discriminator is sure,
    so a generator that is far behind still learns.

    Args:
        fake_logits: Logits of generated images, shape (batch, 1).

    Returns:
        A scalar, in (0, ∞); log 2 where D = ½.

    Source: Goodfellow et al. 2014, section 3.

    Example:
        >>> float(non_saturating_generator_loss(ops.zeros((4, 1))))  # log 2
        0.6931471824645996

    Introduced in lesson 06.
    """
    return ops.mean(ops.softplus(-fake_logits))


def binary_discriminator_loss(real_logits, fake_logits):
    """Cross-entropy with labels real = 1 and fake = 0: −E[log D(x)] − E[log(1 − D(G(z)))].

    Args:
        real_logits: Logits of real images, shape (batch, 1).
        fake_logits: Logits of generated images, shape (batch, 1).

    Returns:
        A scalar, in (0, ∞); 2 log 2 where D = ½ everywhere.

    Source: Goodfellow et al. 2014, equation 1, with the sign turned so that it is minimised.

    Example:
        >>> float(binary_discriminator_loss(ops.zeros((4, 1)), ops.zeros((4, 1))))  # 2 log 2
        1.3862943649291992

    Introduced in lesson 06.
    """
    real_loss = ops.mean(ops.softplus(-real_logits))
    fake_loss = ops.mean(ops.softplus(fake_logits))
    return real_loss + fake_loss


def least_squares_generator_loss(fake_logits):
    """Half the squared distance of the fakes' scores from 1.

    Args:
        fake_logits: Scores of generated images, shape (batch, 1).

    Returns:
        A scalar, in [0, ∞).

    Source: Mao et al. 2017 (LSGAN), equation 2 with b = c = 1.
    """
    return 0.5 * ops.mean(ops.square(fake_logits - 1.0))


def least_squares_discriminator_loss(real_logits, fake_logits):
    """Half the squared distances of real scores from 1 and of fake scores from 0.

    Args:
        real_logits: Scores of real images, shape (batch, 1).
        fake_logits: Scores of generated images, shape (batch, 1).

    Returns:
        A scalar, in [0, ∞).

    Source: Mao et al. 2017 (LSGAN), equation 2 with a = 0, b = 1.
    """
    real_loss = ops.mean(ops.square(real_logits - 1.0))
    fake_loss = ops.mean(ops.square(fake_logits))
    return 0.5 * (real_loss + fake_loss)


def critic_generator_loss(fake_logits):
    """Minus the mean score of the fakes: the generator's loss with hinge and Wasserstein critics.

    Args:
        fake_logits: Scores of generated images, shape (batch, 1).

    Returns:
        A scalar, unbounded.

    Source: Arjovsky et al. 2017, algorithm 1; Lim & Ye 2017, section 3.
    """
    return -ops.mean(fake_logits)


def hinge_discriminator_loss(real_logits, fake_logits):
    """Penalise real scores below 1 and fake scores above −1.

    Args:
        real_logits: Scores of real images, shape (batch, 1).
        fake_logits: Scores of generated images, shape (batch, 1).

    Returns:
        A scalar, in [0, ∞).

    Source: Lim & Ye 2017 (Geometric GAN); Miyato et al. 2018, equation 16.
    """
    real_loss = ops.mean(ops.relu(1.0 - real_logits))
    fake_loss = ops.mean(ops.relu(1.0 + fake_logits))
    return real_loss + fake_loss


def wasserstein_discriminator_loss(real_logits, fake_logits):
    """Mean fake score minus mean real score.

    With a critic held to Lipschitz constant 1, minus this loss estimates the Wasserstein-1
    distance from below. Nothing in this function holds the critic to it: that is the work of
    weight clipping or a gradient penalty.

    Args:
        real_logits: Scores of real images, shape (batch, 1).
        fake_logits: Scores of generated images, shape (batch, 1).

    Returns:
        A scalar, unbounded.

    Source: Arjovsky et al. 2017, equation 2 and algorithm 1.
    """
    return ops.mean(fake_logits) - ops.mean(real_logits)


def relativistic_generator_loss(fake_logits, real_logits):
    """Minus the log-probability that each fake is taken for more real than a real example.

    The real logits do not depend on the generator, and yet they cannot be left out: each decides
    how large the gradient of its fake is, sigmoid(D(x) − D(G(z))).

    Args:
        fake_logits: Scores of generated images, shape (batch, 1).
        real_logits: Scores of as many real images, shape (batch, 1).

    Returns:
        A scalar, in (0, ∞); log 2 where both score alike.

    Source: Jolicoeur-Martineau 2018, section 4, the RpGAN; Huang et al. 2024, equation 2.

    Example:
        >>> float(relativistic_generator_loss(ops.ones((4, 1)), ops.ones((4, 1))))  # log 2
        0.6931471824645996
    """
    return ops.mean(ops.softplus(real_logits - fake_logits))


def relativistic_discriminator_loss(real_logits, fake_logits):
    """Minus the log-probability that each real example is more real than a fake.

    Args:
        real_logits: Scores of real images, shape (batch, 1).
        fake_logits: Scores of as many generated images, shape (batch, 1).

    Returns:
        A scalar, in (0, ∞); log 2 where both score alike.

    Source: Jolicoeur-Martineau 2018, section 4, the RpGAN; Huang et al. 2024, equation 2.
    """
    return ops.mean(ops.softplus(fake_logits - real_logits))


@dataclass(frozen=True)
class GanLosses:
    """The losses of the two players under one name, and what a view has to know of them.

    The first three are needed. The defaults of the rest are true of a score that means nothing but
    "the higher, the more real".

    Attributes:
        name: The name in the table, such as `"non_saturating"`.
        generator_loss: A function of `fake_logits`; where `compares`, of `real_logits` after them.
        discriminator_loss: A function of `real_logits` and `fake_logits`.
        label: What a list of choices calls them; the name in words unless given.
        probability: Whether sigmoid(logit) learns the probability of "real". Only then are V(D, G)
            and the divergence that is read from it defined.
        equilibrium: The least loss of the discriminator where the fakes are distributed as the real
            data are, or None where it is not known.
        score_range: The scores that mean fake and real, shown as 0 and 1; None where there are no
            such scores, and the sigmoid is shown.
        about_score: How the score is shown, in a sentence; made from `score_range` unless given.
        compares: Whether the generator's loss sets each fake beside a real example.
    """

    name: str
    generator_loss: Callable
    discriminator_loss: Callable
    label: str = ""
    probability: bool = False
    equilibrium: float | None = None
    score_range: tuple[float, float] | None = None
    about_score: str = ""
    compares: bool = False

    def __post_init__(self):
        label = self.label or self.name.replace("_", " ")
        scale, shown = "without a scale", "its sigmoid is shown"
        if self.score_range is not None:
            low, high = (number(score, "g") for score in self.score_range)
            scale, shown = f"between {low} and {high}", "it is shown from 0 to 1"
        about = self.about_score or f"The {label} loss trains a score {scale}; {shown} as D."
        object.__setattr__(self, "label", label)
        object.__setattr__(self, "about_score", about)

    def of_generator(self, fake_logits, real_logits=None):
        """Return the generator's loss, which sees the real logits only where it compares.

        Args:
            fake_logits: Scores of generated images, shape (batch, 1).
            real_logits: Scores of as many real images; None will do where it does not compare.
        """
        beside = (real_logits,) if self.compares else ()
        return self.generator_loss(fake_logits, *beside)

    def verdict(self, scores):
        """Return scores of the discriminator on the scale from 0, fake, to 1, real.

        Args:
            scores: The discriminator's outputs, any shape.

        Returns:
            float64 array in [0, 1] of the same shape.

        Example:
            >>> LOSSES["non_saturating"].verdict([0.0]), LOSSES["hinge"].verdict([0.5])
            (array([0.5]), array([0.75]))
        """
        scores = np.asarray(scores, dtype=np.float64)
        if self.score_range is None:
            return 0.5 + 0.5 * np.tanh(0.5 * scores)  # the sigmoid, without overflow
        low, high = self.score_range
        return np.clip((scores - low) / (high - low), 0, 1)


LOSSES = {
    losses.name: losses
    for losses in [
        GanLosses(
            "minimax",
            minimax_generator_loss,
            binary_discriminator_loss,
            probability=True,
            equilibrium=2 * math.log(2),
        ),
        GanLosses(
            "non_saturating",
            non_saturating_generator_loss,
            binary_discriminator_loss,
            label="non-saturating",
            probability=True,
            equilibrium=2 * math.log(2),
        ),
        GanLosses(
            "least_squares",
            least_squares_generator_loss,
            least_squares_discriminator_loss,
            equilibrium=0.25,
            score_range=(0, 1),  # Mao et al. 2017, equation 5 with a = 0, b = 1: the best is D*
            about_score="Least squares trains a score whose best value is D*; it is shown as D.",
        ),
        GanLosses(
            "hinge",
            critic_generator_loss,
            hinge_discriminator_loss,
            equilibrium=2.0,
            score_range=(-1, 1),
        ),
        GanLosses(
            "wasserstein",
            critic_generator_loss,
            wasserstein_discriminator_loss,
            label="Wasserstein, unbounded critic",
            equilibrium=0.0,
            about_score="A Wasserstein critic's score has no scale; its sigmoid is shown as D.",
        ),
        GanLosses(
            "relativistic",
            relativistic_generator_loss,
            relativistic_discriminator_loss,
            label="relativistic pairing",
            equilibrium=math.log(2),
            about_score="Relativistic pairing compares two scores and gives neither a scale; the "
            "sigmoid of each is shown as D.",
            compares=True,
        ),
    ]
}


def get_losses(name):
    """Return the pair of losses with this name.

    Args:
        name: A name in `LOSSES`, or a `GanLosses` of your own, which is returned as it is.

    Returns:
        A `GanLosses`.

    Raises:
        ValueError: If the name is unknown; the message suggests the nearest.

    Example:
        >>> get_losses("hinge").generator_loss
        <function critic_generator_loss ...>
    """
    return name if isinstance(name, GanLosses) else look_up(LOSSES, name, "loss")
