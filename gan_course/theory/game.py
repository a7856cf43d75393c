"""The game of the two players: value function, optimal discriminator, the generator's gradients."""

import numpy as np
from scipy.special import expit

from gan_course.arguments import check_array, check_same_shape
from gan_course.theory.divergences import check_cell, check_densities, kl

NEAR = float(np.finfo(np.float32).eps)  # the rounding unit of most networks' verdicts


def optimal_discriminator(p_data, p_g):
    """D*(x) = p_data(x) / (p_data(x) + p_g(x)): the best answer to a fixed generator.

    Where both densities are 0 nothing is ever seen and every answer is as good; the result is ½
    there, and that includes places so remote that both round to 0.

    Args:
        p_data: The data's density on the points of a grid, any shape; 0 or positive.
        p_g: The generator's density on the same points.

    Returns:
        float64 array of the same shape, in [0, 1].

    Raises:
        ValueError: If a density is negative or not finite, or the shapes differ.

    Source: Goodfellow et al. 2014, equation 2.

    Example:
        >>> optimal_discriminator([0.3, 0.0, 0.0], [0.1, 0.5, 0.0])
        array([0.75, 0.  , 0.5 ])

    Introduced in lesson 05.
    """
    check_densities(p_data=p_data, p_g=p_g)
    total = np.add(p_data, p_g)
    return np.divide(p_data, total, out=np.full(total.shape, 0.5), where=total > 0)


def value_function(p_data, p_g, d, cell):
    """V(D, G) = ∫ p_data log D + ∫ p_g log(1 − D): what D wants large and G wants small.

    Args:
        p_data: The data's density on the points of a grid, any shape.
        p_g: The generator's density on the same points.
        d: The discriminator's probabilities D(x) there, in [0, 1].
        cell: The size of a grid cell: the spacing in 1-D, the area in 2-D.

    Returns:
        A float, never above 0: −log 4 for D = ½ everywhere. A verdict of exactly 0 or 1 counts as
        10⁻¹⁶ away from it, so that the result is finite.

    Raises:
        ValueError: If a density or D is out of its range, or the shapes differ.

    Source: Goodfellow et al. 2014, equations 1 and 3.

    Example:
        >>> density = np.array([0.5, 0.5])
        >>> round(float(value_function(density, density, 0.5 * np.ones(2), cell=1.0)), 4)
        -1.3863

    Introduced in lesson 05.
    """
    check_densities(p_data=p_data, p_g=p_g)
    check_probabilities(d=d)
    check_same_shape(p_data=p_data, d=d)
    check_cell(cell)
    d = np.clip(d, 1e-16, 1 - 1e-16)  # rounding must not make log 0
    return np.sum(p_data * np.log(d) + p_g * np.log1p(-d)) * cell


def game_value(p_data, p_g, cell):
    """C(G) = V(D*, G): what is left for the generator when the discriminator answers perfectly.

    It equals −log 4 + 2 JSD(p_data‖p_g), and lies between −log 4 (p_g = p_data) and 0.

    Args:
        p_data: The data's density on the points of a grid, any shape.
        p_g: The generator's density on the same points.
        cell: The size of a grid cell: the spacing in 1-D, the area in 2-D.

    Returns:
        A float.

    Raises:
        ValueError: If a density is negative or not finite, or the shapes differ.

    Source: Goodfellow et al. 2014, equation 4 and theorem 1.
    """
    check_densities(p_data=p_data, p_g=p_g)
    both = np.add(p_data, p_g)  # as two divergences: finite where D* rounds to 0 or 1
    return kl(p_data, both, cell) + kl(p_g, both, cell)


def jsd_from_value(value):
    """(V + log 4) / 2: the Jensen-Shannon divergence if V is V(D*, G), else a lower bound of it.

    Args:
        value: V(D, G), a number or an array.

    Returns:
        Nats, of the same shape.

    Raises:
        ValueError: If the value is not finite.

    Source: Goodfellow et al. 2014, theorem 1.
    """
    return (check_array("value", value) + np.log(4)) / 2


def jsd_from_discriminator(d_real, d_fake):
    """The Jensen-Shannon divergence as a discriminator's verdicts show it: a lower bound.

    Each mean estimates one half of V(D, G), and (V + log 4) / 2 is largest for D*, where it is the
    divergence. So every other D stays below, on average over samples that D was not trained on. On
    its own training samples D can seem better than any D is. A negative bound says nothing.

    Verdicts that rounding made exactly 0 or 1 count as 3e-8 away from it, a quarter of the rounding
    unit of float32; `jsd_from_logits` needs no such rule.

    Args:
        d_real: D(x) for real samples, in [0, 1], any shape.
        d_fake: D(x) for fakes, in [0, 1], any shape.

    Returns:
        A float in nats, at most log 2.

    Raises:
        ValueError: If there are no verdicts, or one is no probability.

    Source: Goodfellow et al. 2014, theorem 1.

    Example:
        >>> float(jsd_from_discriminator([0.5, 0.5], [0.5]))
        0.0

    Introduced in lesson 05.
    """
    check_probabilities(d_real=d_real, d_fake=d_fake)
    real, fake = np.float64(d_real).clip(NEAR / 4), np.float64(d_fake).clip(max=1 - NEAR / 4)
    return jsd_from_value(np.mean(np.log(real)) + np.mean(np.log1p(-fake)))


def jsd_from_logits(real_logits, fake_logits):
    """The bound of `jsd_from_discriminator`, from logits: exact however sure D is.

    Args:
        real_logits: D's logits of real samples, any shape.
        fake_logits: D's logits of fakes, any shape.

    Returns:
        A float in nats, at most log 2.

    Raises:
        ValueError: If there are no logits, or one is not finite.

    Example:
        >>> float(jsd_from_logits([0.0], [0.0]))
        0.0

    Introduced in lesson 05.
    """
    real, fake = check_array("real_logits", real_logits), check_array("fake_logits", fake_logits)
    return jsd_from_value(-np.mean(np.logaddexp(0, -real)) - np.mean(np.logaddexp(0, fake)))


def minimax_gradient(logits):
    """The gradient of log(1 − D) with respect to a fake's logit: −D.

    Args:
        logits: D's logits of fakes, any shape.

    Returns:
        float64 array of the same shape, in (−1, 0): near 0 where D is sure that it is a fake.

    Source: Goodfellow et al. 2014, section 3.

    Example:
        >>> float(minimax_gradient(0.0))
        -0.5

    Introduced in lesson 05.
    """
    return -expit(check_array("logits", logits))


def non_saturating_gradient(logits):
    """The gradient of −log D with respect to a fake's logit: D − 1.

    Args:
        logits: D's logits of fakes, any shape.

    Returns:
        float64 array of the same shape, in (−1, 0): near −1 where D is sure that it is a fake.

    Source: Goodfellow et al. 2014, section 3.

    Example:
        >>> float(non_saturating_gradient(0.0))
        -0.5

    Introduced in lesson 05.
    """
    return -expit(-check_array("logits", logits))


def check_probabilities(**probabilities):
    """Refuse verdicts outside [0, 1], which are often logits."""
    remedy = "If these are logits, take the sigmoid first, or jsd_from_logits."
    for name, values in probabilities.items():
        check_array(name, values, least=0, most=1, remedy=remedy)
