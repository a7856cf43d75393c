"""The widgets of lesson 11: two distances on a line, and the game of real or fake."""

from gan_course.lessons.lesson_11.discriminator_game import DiscriminatorGame
from gan_course.lessons.lesson_11.gaussians_figure import (
    BELL,
    SKEWED,
    TWO_POINTS,
    distances,
    plot_gaussians,
)
from gan_course.tables import number
from gan_course.widgets.controls import Controls
from gan_course.widgets.explorer import Explorer

CONTROLS = Controls(label="10em", width="25em")


def gaussians_explorer():
    """Move fakes on a line, and read what the Fréchet and the kernel distance see of it.

    Controls: the shape of the fakes, their mean, and their standard deviation. The real numbers
    are normal, N(0, 1).

    Returns:
        An `Explorer`.

    Example:
        >>> gaussians_explorer()

    Introduced in lesson 11.
    """
    controls = {
        "shape": CONTROLS.choice(
            "Shape of the fakes", (BELL, TWO_POINTS, SKEWED), "What the fakes look like"
        ),
        "shift": CONTROLS.slider(
            "Mean of the fakes", 1.0, -3.0, 3.0, "How far they lie to the right", step=0.1
        ),
        "width": CONTROLS.slider(
            "Deviation", 1.5, 0.1, 3.0, "The standard deviation of the fakes", step=0.1
        ),
    }

    def draw(shape, shift, width):
        parts = distances(shape, shift, width)
        mean, spread, *moments = (number(value, ".2f") for value in parts.values())
        frechet = number(parts["mean"] + parts["spread"], ".2f")
        kernel = number(parts["m1"] + parts["m2"] + parts["m3"], ".2f")
        text = (
            f"<b>Fréchet distance {frechet}</b> = {mean} (means) + {spread} (deviations). "
            f"<b>Kernel distance {kernel}</b> = {' + '.join(moments)} (first, second and third "
            "moments)."
        )
        return plot_gaussians(shape, shift, width), text

    return Explorer(controls, draw, "gan-gaussians")


def discriminator_game(real_images, fake_images, judge):
    """Play twenty rounds of "real or fake?" against a network.

    Buttons or the keys 1 to 4 say how sure you are. What you answer stays in this kernel's memory.

    Args:
        real_images: As in `DiscriminatorGame`, and so are the others.
        fake_images: See there.
        judge: See there.

    Returns:
        A `DiscriminatorGame`.

    Example:
        >>> discriminator_game(test.images, fakes, lambda images: discriminator.predict(images))

    Introduced in lesson 11.
    """
    return DiscriminatorGame(real_images, fake_images, judge)


WIDGETS = {"gaussians_explorer": gaussians_explorer}
