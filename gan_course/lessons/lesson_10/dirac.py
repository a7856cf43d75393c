"""The Dirac-GAN: one real point at 0, one fake at θ, and a discriminator of one weight, D(x) = ψx.

Source: Mescheder et al. 2018, Which training methods for GANs do actually converge?, section 2.
"""

import numpy as np

ALTERNATING, SIMULTANEOUS = "alternating", "simultaneous"


def sigmoid(logit):
    """Return 1 / (1 + e^−ℓ), without overflow."""
    return 0.5 + 0.5 * np.tanh(0.5 * logit)


def dirac_field(theta, psi, gamma):
    """Return which way both players go: minus the gradients of the minimax losses, with R1.

    The generator minimises −softplus(ψθ); the discriminator softplus(ψθ) + γ/2 · ψ², up to the
    constant that the real point adds.

    Args:
        theta: Where the fake is.
        psi: The discriminator's weight, its slope everywhere.
        gamma: γ of R1, at least 0.

    Returns:
        The pair (θ̇, ψ̇).

    Example:
        >>> dirac_field(1.0, 0.0, gamma=0.5)
        (0.0, -0.5)
    """
    pull = sigmoid(psi * theta)
    return pull * psi, -pull * theta - gamma * psi


def dirac_path(start, gamma, rate, steps, scheme=ALTERNATING):
    """Let both players take steps of gradient descent.

    Args:
        start: The pair (θ, ψ).
        gamma: As in `dirac_field`.
        rate: The learning rate of both.
        steps: How many.
        scheme: `"alternating"`: the discriminator moves first, and the generator sees where it
            went; `"simultaneous"`: each sees where the other was.

    Returns:
        float64 array (steps + 1, 2), the start first.
    """
    path = np.empty((steps + 1, 2))
    theta, psi = path[0] = start
    for step in range(1, steps + 1):
        to_theta, to_psi = dirac_field(theta, psi, gamma)
        psi = psi + rate * to_psi
        if scheme == ALTERNATING:
            to_theta, _ = dirac_field(theta, psi, gamma)
        theta = theta + rate * to_theta
        path[step] = theta, psi
        if np.abs(path[step]).max() > 1e6:  # it has left for good
            path[step + 1 :] = path[step]
            break
    return path


def step_matrix(gamma, rate, scheme=ALTERNATING):
    """Return the matrix by which one step multiplies (θ, ψ) where both are small.

    There σ(ψθ) is ½.

    Args:
        gamma: As in `dirac_field`.
        rate: As in `dirac_path`.
        scheme: As in `dirac_path`.

    Returns:
        float64 array (2, 2).
    """
    half = rate / 2
    discriminator = np.array([[1.0, 0.0], [-half, 1 - rate * gamma]])
    if scheme == ALTERNATING:
        return np.array([[1.0, half], [0.0, 1.0]]) @ discriminator
    return np.array([[1.0, half], [-half, 1 - rate * gamma]])


def flow_eigenvalues(gamma):
    """Return the two eigenvalues of the flow near the equilibrium, steps of no length.

    They solve λ² + γλ + ¼ = 0.

    Args:
        gamma: As in `dirac_field`.

    Returns:
        complex128 array (2,).

    Example:
        >>> flow_eigenvalues(0.0).tolist()
        [0.5j, -0.5j]
    """
    root = np.sqrt(complex(gamma**2 - 1))
    return np.array([(-gamma + root) / 2, (-gamma - root) / 2])
