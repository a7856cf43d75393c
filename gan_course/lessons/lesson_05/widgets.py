"""The widgets of lesson 05: densities that move, the generator's two losses, the game x·y."""

import numpy as np

from gan_course import theory
from gan_course.lessons.lesson_05.bilinear_figure import plot_bilinear
from gan_course.lessons.lesson_05.density_figures import plot_divergences
from gan_course.lessons.lesson_05.generator_loss_figure import plot_generator_losses
from gan_course.tables import number
from gan_course.widgets.controls import Controls
from gan_course.widgets.explorer import Explorer

X = np.linspace(-11, 11, 881)  # wide enough that nothing of any setting is cut off
CELL = X[1] - X[0]
SHOWN = (-7.0, 7.0)
MOVED = np.linspace(-4, 4, 41)  # the generator's positions on the right
VERDICT, FORWARD = "the optimal discriminator D*", "what KL adds up"
REVERSE, MIDDLE = "what reverse KL adds up", "what the JSD adds up"
LINEAR, LOGARITHMIC = "linear", "logarithmic"
ALL, SCHEMES = "all three", ("flow", "simultaneous", "alternating")
CONTROLS = Controls(label="10em", width="25em")


def divergence_explorer():
    """Move and reshape two densities; see D*, KL, reverse KL and JSD follow.

    Controls: distance, width and share of the data's two modes; position, distance, width and share
    of the generator's; and what stands below the densities.

    Returns:
        An `Explorer`.

    Example:
        >>> divergence_explorer()

    Introduced in lesson 05.
    """
    controls = {
        "data_gap": CONTROLS.slider("Data: modes apart", 3.0, 0, 6, "0 makes one mode", step=0.25),
        "data_std": CONTROLS.slider(
            "Data: width", 0.6, 0.4, 1.5, "Standard deviation of each mode", step=0.1
        ),
        "data_share": CONTROLS.slider(
            "Data: right share", 0.5, 0.05, 0.95, "Of the right mode", step=0.05
        ),
        "fake_mean": CONTROLS.slider("Fakes: middle", 0.0, -3, 3, "Move p_g as a whole", step=0.25),
        "fake_gap": CONTROLS.slider("Fakes: modes apart", 0.0, 0, 4, "0 makes one mode", step=0.25),
        "fake_std": CONTROLS.slider(
            "Fakes: width", 0.8, 0.4, 1.5, "Standard deviation of each mode", step=0.1
        ),
        "fake_share": CONTROLS.slider(
            "Fakes: right share", 0.5, 0.05, 0.95, "Of the right mode", step=0.05
        ),
        "lower": CONTROLS.choice(
            "Below", [VERDICT, FORWARD, REVERSE, MIDDLE], "What is drawn below the densities"
        ),
    }
    return Explorer(controls, _draw_divergences, "gan-divergence-explorer")


def generator_loss_explorer():
    """Move the logit of one fake, and see what either loss of the generator makes of it.

    Controls: logit, and the scale of the gradients.

    Returns:
        An `Explorer`.

    Example:
        >>> generator_loss_explorer()

    Introduced in lesson 05.
    """
    controls = {
        "logit": CONTROLS.slider(
            "Logit of the fake", -6.0, -10, 10, "D = sigmoid(logit)", step=0.25
        ),
        "scale": CONTROLS.choice(
            "Gradients", [LINEAR, LOGARITHMIC], "The axis of the right picture"
        ),
    }
    return Explorer(controls, _draw_generator_losses, "gan-generator-loss-explorer")


def oscillation_explorer():
    """Two players on x·y: choose how they step and how far, and see them circle or spiral.

    Controls: scheme, learning rate, steps, start.

    Returns:
        An `Explorer`.

    Example:
        >>> oscillation_explorer()

    Introduced in lesson 05.
    """
    controls = {
        "scheme": CONTROLS.choice("Steps", [ALL, *SCHEMES], "Who moves when"),
        "rate": CONTROLS.slider(
            "Learning rate α", 0.2, 0.02, 2.1, "The length of both players' step", step=0.02
        ),
        "steps": CONTROLS.slider("Number of steps", 60, 1, 300, "Each step moves both players"),
        "x": CONTROLS.slider("Start at x", 1.0, -2, 2, "The first player's number", step=0.1),
        "y": CONTROLS.slider("Start at y", 0.0, -2, 2, "The second player's number", step=0.1),
    }
    return Explorer(controls, _draw_oscillation, "gan-oscillation-explorer")


WIDGETS = {
    "divergences": divergence_explorer,
    "generator_losses": generator_loss_explorer,
    "oscillation": oscillation_explorer,
}


def _modes(x, middle, gap, std, share):
    """Return the density of two modes `gap` apart around `middle`."""
    ends = (middle - gap / 2, middle + gap / 2)
    return theory.mixture_density(x, (1 - share, share), ends, (std, std))


def _divergences(p_data, p_g):
    return {
        "KL(p_data‖p_g)": theory.kl(p_data, p_g, CELL),
        "reverse KL(p_g‖p_data)": theory.kl(p_g, p_data, CELL),
        "JSD": theory.jsd(p_data, p_g, CELL),
    }


def _draw_divergences(
    data_gap, data_std, data_share, fake_mean, fake_gap, fake_std, fake_share, lower
):
    p_data = _modes(X, 0.0, data_gap, data_std, data_share)
    p_g = _modes(X, fake_mean, fake_gap, fake_std, fake_share)
    values = _divergences(p_data, p_g)
    rows = [_divergences(p_data, _modes(X, m, fake_gap, fake_std, fake_share)) for m in MOVED]
    curves = {name: np.array([row[name] for row in rows]) for name in values}
    d = theory.optimal_discriminator(p_data, p_g)
    half = (p_data + p_g) / 2
    below = {
        VERDICT: ("D*", d),
        FORWARD: ("adds to KL", p_data * np.log(p_data / p_g)),
        REVERSE: ("adds to reverse KL", p_g * np.log(p_g / p_data)),
        MIDDLE: (
            "adds to the JSD",
            (p_data * np.log(p_data / half) + p_g * np.log(p_g / half)) / 2,
        ),
    }[lower]
    figure = plot_divergences(
        X, (p_data, p_g), dict([below]), MOVED, curves, (fake_mean, values), limits=SHOWN
    )
    value = number(theory.value_function(p_data, p_g, d, CELL), ".4f")
    equal = number(2 * values["JSD"] - np.log(4), ".4f")
    cells = "".join(
        f"<tr><th scope='row' style='text-align: left'>{name}</th>"
        f"<td>{number(each, '.4f')}</td></tr>"
        for name, each in values.items()
    )
    return figure, (
        f"<table style='border-spacing: 1.2em 0.1em'>{cells}</table>V(D*, G) = {value} and "
        f"−log 4 + 2 JSD = {equal}, in nats."
    )


def _draw_generator_losses(logit, scale):
    figure = plot_generator_losses(
        logit,
        {
            "minimax": lambda ell: -np.logaddexp(0, ell),
            "non-saturating": lambda ell: np.logaddexp(0, -ell),
        },
        {
            "minimax": theory.minimax_gradient,
            "non-saturating": theory.non_saturating_gradient,
        },
        logarithmic=scale == LOGARITHMIC,
    )
    pull = theory.minimax_gradient(logit), theory.non_saturating_gradient(logit)
    minimax, other = (number(each, ".5g") for each in pull)
    return figure, (
        f"<b>D(G(z)) = sigmoid({number(logit, 'g')}) = {number(-pull[0], '.5g')}.</b> The gradient "
        f"of minimax is {minimax}, that of the non-saturating loss {other}: it pulls "
        f"{number(pull[1] / pull[0], '.4g')} times as hard."
    )


def _draw_oscillation(scheme, rate, steps, x, y):
    start = (x, y)
    makers = {
        "flow": lambda: theory.flow(start, rate * np.arange(steps + 1)),
        "simultaneous": lambda: theory.simultaneous_steps(start, rate, steps),
        "alternating": lambda: theory.alternating_steps(start, rate, steps),
    }
    chosen = SCHEMES if scheme == ALL else (scheme,)
    paths = {name: makers[name]() for name in chosen}
    figure = plot_bilinear(paths)
    ends = " ".join(
        f"{name.capitalize()} ends {np.hypot(*path[-1]):.4g} from the equilibrium."
        for name, path in paths.items()
    )
    verdict = (
        "the ellipse x² − αxy + y² stays, so alternating steps are bounded"
        if rate < 2
        else "from 2 on there is no ellipse left, and alternating steps can leave too"
    )
    return figure, (
        f"<b>It starts {np.hypot(x, y):.4g} from the equilibrium.</b> {ends} One simultaneous step "
        f"multiplies the distance by √(1 + α²) = {np.sqrt(1 + rate**2):.4g}. With α = {rate:g} "
        f"{verdict}."
    )
