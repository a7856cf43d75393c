"""Four ways to take a step downhill: gradient descent, momentum, RMSprop and Adam.

An optimiser here holds its settings and nothing else. What it remembers from step to step, its
state, goes in and comes out openly: `position, state = optimizer.step(position, gradient, state)`.
The whole walk, `descend`, stands in `descent` and can be imported from here too.
"""

from dataclasses import dataclass

import numpy as np

from gan_course.arguments import check_number, check_same_shape
from gan_course.from_scratch.descent import Descent, descend, step_size_bound

__all__ = [
    "Adam",
    "Descent",
    "GradientDescent",
    "Momentum",
    "RMSprop",
    "descend",
    "step_size_bound",
]


@dataclass(frozen=True)
class GradientDescent:
    """Step against the gradient: x ← x - α g. The sign gives the direction, α the length.

    With the gradient of a random batch in place of the full one this is SGD.
    Keras: `keras.optimizers.SGD(α)`, the same numbers.

    Args:
        learning_rate: α > 0.

    Raises:
        ValueError: If α is not a positive number.

    Source: Rumelhart, Hinton & Williams 1986, equation 8.

    Example:
        >>> optimizer = GradientDescent(0.1)
        >>> position, state = optimizer.step(3.0, 6.0, optimizer.start(3.0))
        >>> round(float(position), 6)
        2.4

    Introduced in lesson 01.
    """

    learning_rate: float

    def __post_init__(self):
        _check_settings(self)

    def start(self, position):
        """Return the state before the first step: nothing to remember."""
        return {}

    def step(self, position, gradient, state):
        """Return the next position and the next state; all arrays have the shape of `position`."""
        position, gradient = _same_shape(position, gradient)
        return position - self.learning_rate * gradient, {}


@dataclass(frozen=True)
class Momentum:
    """Roll like a ball: a velocity remembers past gradients. w ← μ w - α g, then x ← x + w.

    Where gradients agree the steps grow, up to 1 / (1 - μ) times; where they alternate they cancel.
    Keras: `keras.optimizers.SGD(α, momentum=μ)`, the same numbers.

    Args:
        learning_rate: α > 0.
        momentum: μ in [0, 1); 0 is gradient descent.

    Raises:
        ValueError: If α is not a positive number or μ lies outside [0, 1).

    Source: Rumelhart, Hinton & Williams 1986, equation 9.

    Example:
        >>> optimizer = Momentum(0.1, momentum=0.9)

    Introduced in lesson 01.
    """

    learning_rate: float
    momentum: float = 0.9

    def __post_init__(self):
        _check_settings(self)

    def start(self, position):
        """Return the state before the first step: a velocity of 0."""
        return {"velocity": np.zeros_like(position, dtype=np.float64)}

    def step(self, position, gradient, state):
        """Return the next position and the next state; all arrays have the shape of `position`."""
        position, gradient = _same_shape(position, gradient)
        velocity = self.momentum * state["velocity"] - self.learning_rate * gradient
        return position + velocity, {"velocity": velocity}


@dataclass(frozen=True)
class RMSprop:
    """Divide each coordinate by the size of its recent gradients: steep and flat ones keep pace.

    s ← ρ s + (1 - ρ) g², then x ← x - α g / (√s + ε).
    Keras differs on purpose: it puts ε under the root, g / √(s + ε), with ε = 1e-7. The two differ
    where gradients are as small as √ε = 3e-4; far above that they agree.

    Args:
        learning_rate: α > 0, about the length of a step in each coordinate.
        decay: ρ in [0, 1), how long it remembers.
        epsilon: ε > 0, against division by 0. (The lecture has none.)

    Raises:
        ValueError: If α or ε is not a positive number or ρ lies outside [0, 1).

    Source: Tieleman & Hinton 2012, "Neural Networks for Machine Learning", lecture 6.5.

    Example:
        >>> optimizer = RMSprop(0.01)

    Introduced in lesson 01.
    """

    learning_rate: float
    decay: float = 0.9
    epsilon: float = 1e-8

    def __post_init__(self):
        _check_settings(self)

    def start(self, position):
        """Return the state before the first step: a mean square of 0."""
        return {"mean_square": np.zeros_like(position, dtype=np.float64)}

    def step(self, position, gradient, state):
        """Return the next position and the next state; all arrays have the shape of `position`."""
        position, gradient = _same_shape(position, gradient)
        mean_square = self.decay * state["mean_square"] + (1.0 - self.decay) * gradient**2
        move = self.learning_rate * gradient / (np.sqrt(mean_square) + self.epsilon)
        return position - move, {"mean_square": mean_square}


@dataclass(frozen=True)
class Adam:
    """Momentum and RMSprop together, with both averages corrected for their start at 0.

    m ← β₁ m + (1 - β₁) g,  v ← β₂ v + (1 - β₂) g²,  at step t = 1, 2, …
    m̂ = m / (1 - β₁^t),  v̂ = v / (1 - β₂^t),  then x ← x - α m̂ / (√v̂ + ε).
    Keras differs on purpose: it takes the paper's faster form (section 2, before 2.1), which adds ε
    to √v instead of √v̂. There ε acts as ε / √(1 - β₂^t) does here: about 32 times larger at t = 1
    with β₂ = 0.999, and the same in the long run. Its default is ε = 1e-7, the paper's 1e-8.
    It also rounds β to float32, which with β₂ = 0.999 changes a step by up to 7e-6 of itself.

    Args:
        learning_rate: α > 0; the first step is this long in each coordinate, later ones as a rule
            no longer.
        beta_1: β₁ in [0, 1), memory of the gradient.
        beta_2: β₂ in [0, 1), memory of its square.
        epsilon: ε > 0.

    Raises:
        ValueError: If α or ε is not a positive number or a β lies outside [0, 1).

    Source: Kingma & Ba 2014, algorithm 1.

    Example:
        >>> optimizer = Adam(2e-4, beta_1=0.5)  # as DCGAN does

    Introduced in lesson 01.
    """

    learning_rate: float = 1e-3
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-8

    def __post_init__(self):
        _check_settings(self)

    def start(self, position):
        """Return the state before the first step: both averages 0, no step taken."""
        zeros = np.zeros_like(position, dtype=np.float64)
        return {"mean": zeros, "mean_square": zeros, "steps": 0}

    def step(self, position, gradient, state):
        """Return the next position and the next state; all arrays have the shape of `position`."""
        position, gradient = _same_shape(position, gradient)
        t = state["steps"] + 1
        m = self.beta_1 * state["mean"] + (1.0 - self.beta_1) * gradient
        v = self.beta_2 * state["mean_square"] + (1.0 - self.beta_2) * gradient**2
        m_hat = m / (1.0 - self.beta_1**t)
        v_hat = v / (1.0 - self.beta_2**t)
        move = self.learning_rate * m_hat / (np.sqrt(v_hat) + self.epsilon)
        return position - move, {"mean": m, "mean_square": v, "steps": t}


def _same_shape(position, gradient):
    position = np.asarray(position, dtype=np.float64)
    gradient = np.asarray(gradient, dtype=np.float64)
    check_same_shape(position=position, gradient=gradient)
    return position, gradient


def _check_settings(optimizer):
    """Refuse a learning rate or an ε that is not above 0, and a memory outside [0, 1)."""
    for name, value in vars(optimizer).items():
        if name == "learning_rate":
            remedy = "The minus of 'downhill' is already in the step. Try 0.1 and vary it by 3."
            check_number(name, value, above=0, remedy=remedy)
        elif name == "epsilon":
            check_number(name, value, above=0, remedy="1e-8 is usual.")
        else:
            remedy = "At 1 it would never forget; 0.9 is usual."
            check_number(name, value, least=0, below=1, remedy=remedy)
