"""How far apart two densities are: KL and Jensen-Shannon divergence, in nats.

Integrals are sums over a grid, times the size of one of its cells. For smooth densities that have
died away at the ends of the grid, this sum is exact to many digits.
"""

import numpy as np
from scipy.special import rel_entr

from gan_course.arguments import check_array, check_number, check_same_shape


def integrate(values, cell):
    """Integrate a function that is known on the points of a grid.

    Args:
        values: The function's values, an array of any shape.
        cell: The size of a grid cell: the spacing in 1-D, the area in 2-D.

    Returns:
        A float.

    Raises:
        ValueError: If `cell` is not positive.

    Example:
        >>> x = np.linspace(-8, 8, 801)
        >>> round(float(integrate(np.exp(-(x**2) / 2), cell=0.02)), 4)  # √(2π)
        2.5066
    """
    check_cell(cell)
    return np.sum(values) * cell


def kl(p, q, cell):
    """KL(p‖q) = ∫ p log(p / q): what it costs to take q for the truth when p is.

    Where p is 0 nothing is added. Where q is 0 and p is not, the result is infinite; that happens
    by rounding too, for a Gaussian q farther than 38 standard deviations from its mean.

    Args:
        p: The density that is averaged over, on the points of a grid; 0 or positive.
        q: The density it is compared with, on the same points.
        cell: The size of a grid cell: the spacing in 1-D, the area in 2-D.

    Returns:
        A float in nats: 0 if and only if the densities are equal (up to the grid's error).

    Raises:
        ValueError: If a density is negative or not finite, or the shapes differ.

    Source: Kullback & Leibler 1951, On information and sufficiency.

    Example:
        >>> round(float(kl([0.5, 0.5], [0.25, 0.75], cell=1.0)), 4)  # a coin
        0.1438

    Introduced in lesson 05.
    """
    check_densities(p=p, q=q)
    check_cell(cell)
    return np.sum(rel_entr(p, q)) * cell


def jsd(p, q, cell):
    """JSD(p‖q) = ½ KL(p‖m) + ½ KL(q‖m) with m = (p + q) / 2: the Jensen-Shannon divergence.

    It is symmetric and always finite: 0 for equal densities, log 2 ≈ 0.693 for densities that
    share no point.

    Args:
        p: A density on the points of a grid; 0 or positive.
        q: Another on the same points.
        cell: The size of a grid cell: the spacing in 1-D, the area in 2-D.

    Returns:
        A float in nats, in [0, log 2] (up to the grid's error).

    Raises:
        ValueError: If a density is negative or not finite, or the shapes differ.

    Source: Lin 1991, equation 4.1; Goodfellow et al. 2014, equation 6.

    Example:
        >>> round(float(jsd([0.0, 1.0], [1.0, 0.0], cell=1.0)), 4)
        0.6931

    Introduced in lesson 05.
    """
    check_densities(p=p, q=q)
    middle = np.add(p, q) / 2
    return kl(p, middle, cell) / 2 + kl(q, middle, cell) / 2


def kl_of_gaussians(mean_p, std_p, mean_q, std_q):
    """KL between two Gaussians on a line, in closed form.

    log(σ_q / σ_p) + (σ_p² + (μ_p − μ_q)²) / (2 σ_q²) − ½

    Args:
        mean_p: μ_p, a number.
        std_p: σ_p, a positive number.
        mean_q: μ_q, a number.
        std_q: σ_q, a positive number.

    Returns:
        A float in nats, at least 0.

    Raises:
        ValueError: If a mean is not finite or a standard deviation not positive.

    Example:
        >>> float(kl_of_gaussians(0.0, 1.0, 1.0, 1.0))
        0.5

    Introduced in lesson 05.
    """
    means = check_array("mean_p and mean_q", [mean_p, mean_q])
    for name, std in (("std_p", std_p), ("std_q", std_q)):
        check_number(name, std, above=0)
    gap = means[0] - means[1]
    return np.log(std_q / std_p) + (std_p**2 + gap**2) / (2 * std_q**2) - 0.5


def check_densities(**densities):
    """Refuse densities that are negative, not finite, or not on the same grid."""
    remedy = "A density is never below 0. Did you pass its logarithm? Then take np.exp of it first."
    for name, values in densities.items():
        check_array(name, values, least=0, remedy=remedy)
    check_same_shape(**densities)


def check_cell(cell):
    """Refuse a cell size that is no positive number."""
    remedy = "It is the grid's spacing, x[1] − x[0]; in 2-D, dx · dy."
    check_number("cell", cell, above=0, remedy=remedy)
