"""Two widgets of lesson 07: a transposed convolution in stamps, and where checkers come from."""

import numpy as np

from gan_course.lessons.lesson_07.figures.transposed import plot_checkers, plot_stamps
from gan_course.lessons.lesson_07.transposed import (
    convolve,
    overlap_counts,
    transposed_convolve,
    transposed_matrix,
    transposed_size,
)
from gan_course.lessons.lesson_07.upsampling import phase_means, upsample
from gan_course.tables import number
from gan_course.widgets.controls import Controls
from gan_course.widgets.explorer import Explorer

COUNTING, ONES, SINGLE = "1, 2, 3, …", "all 1", "a single 1"
BELL, RANDOM = "a bell", "random"
FLAT, SLOPE, EDGE = "flat", "a slope", "an edge"
INPUT_SIDE = 8  # of the checkerboard explorer
CONTROLS = Controls(label="9em", width="24em")


def transposed_explorer():
    """Stamp a kernel for each input pixel, one after another, and see the matrix that does it all.

    Controls: the input's side and values, the kernel's side and weights, stride, padding, and how
    many stamps are on the paper.

    Returns:
        An `Explorer`; its text tells the output's side and counts the overlaps.

    Example:
        >>> transposed_explorer()

    Introduced in lesson 07.
    """
    controls = {
        "stamps": CONTROLS.slider("Stamps so far", 5, 0, 9, "One for each input pixel, row by row"),
        "stride": CONTROLS.slider("Stride", 2, 1, 3, "Output pixels from one stamp to the next"),
        "kernel_size": CONTROLS.slider("Kernel side k", 3, 1, 5, "The kernel has k × k weights"),
        "padding": CONTROLS.slider(
            "Padding", 0, 0, 2, "Output pixels cut off at each edge, crossed out"
        ),
        "side": CONTROLS.slider("Input side", 3, 2, 4, "The input has so many rows and columns"),
        "values": CONTROLS.choice("Input", (COUNTING, ONES, SINGLE), "The numbers in the input"),
        "weights": CONTROLS.choice("Kernel", (BELL, ONES, RANDOM), "The numbers in the kernel"),
    }

    def draw(side, stamps, **values):
        controls["stamps"].max = side**2
        return _draw_stamps(side=side, stamps=min(stamps, side**2), **values)

    return Explorer(controls, draw, "gan-transposed-explorer")


def checkerboard_explorer():
    """Enlarge a flat input in two ways, and see which of them makes checkers.

    Controls: the kernel's side, the number of layers, the draw of the weights, and the input.

    Returns:
        An `Explorer`; its text compares the means of the four places of a 2×2 tile.

    Example:
        >>> checkerboard_explorer()

    Introduced in lesson 07.
    """
    controls = {
        "kernel_size": CONTROLS.slider("Kernel side k", 3, 2, 6, "Of the transposed convolution"),
        "layers": CONTROLS.slider("Layers", 1, 1, 3, "Each doubles the height and the width"),
        "draw": CONTROLS.slider(
            "Draw of weights", 0, 0, 20, "0: all alike; else the seed of a draw"
        ),
        "shape": CONTROLS.choice("Input", (FLAT, SLOPE, EDGE), "What is enlarged"),
    }
    return Explorer(controls, _draw_checkers, "gan-checkerboard-explorer")


def make_input(side, values):
    """Return the input of the stamp explorer, (side, side)."""
    count = side * side
    numbers = {
        COUNTING: np.arange(1.0, count + 1),
        ONES: np.ones(count),
        SINGLE: (np.arange(count) == count // 2).astype(float),
    }[values]
    return numbers.reshape(side, side)


def make_kernel(kernel_size, weights):
    """Return the kernel of the stamp explorer, whole numbers (k, k)."""
    if weights == RANDOM:
        rng = np.random.default_rng(kernel_size)
        return rng.integers(-3, 4, (kernel_size, kernel_size)).astype(float)
    line = np.minimum(np.arange(kernel_size), np.arange(kernel_size)[::-1]) + 1.0
    line = np.ones(kernel_size) if weights == ONES else line  # 1 2 1, 1 2 2 1, 1 2 3 2 1
    return np.outer(line, line)


def enlarge(shape, kernel_size, layers, draw):
    """Enlarge the input by transposed convolutions, and by upsampling with convolutions.

    Args:
        shape: `FLAT`, `SLOPE` or `EDGE`.
        kernel_size: The side of the transposed convolution's kernel; the other way takes the same
            if it is odd, else one less, which acts as a tied kernel of this side.
        layers: How often the size is doubled.
        draw: 0 for weights that are all alike, else the seed of a draw.

    Returns:
        A dict from two names to arrays, the rims left out where stamps are missing.
    """
    line = {FLAT: np.ones(8), SLOPE: np.linspace(0.5, 1.5, 8), EDGE: np.repeat([0.5, 1.5], 4)}
    first = second = np.tile(line[shape], (INPUT_SIDE, 1))
    odd = kernel_size - 1 + kernel_size % 2
    for layer in range(layers):
        rng = np.random.default_rng(100 * draw + layer)
        kernel, other = _weights(kernel_size, rng, draw, 4.0), _weights(odd, rng, draw, 1.0)
        first = transposed_convolve(first, kernel, 2, (kernel_size - 1) // 2)
        second = convolve(upsample(second), other, padding=odd // 2)
    rim = 2**layers * (2 if layers == 1 else 3) - 2**layers
    return {
        f"transposed convolution, {kernel_size}×{kernel_size}": _without_rim(first, rim),
        f"upsample, then convolve {odd}×{odd}": _without_rim(second, rim),
    }


def _weights(side, rng, draw, gain):
    """Return a kernel (side, side) whose weights add up to `gain`: the mean stays what it is."""
    kernel = 1.0 + 0.6 * rng.standard_normal((side, side)) if draw else np.ones((side, side))
    return kernel * gain / kernel.sum()


def _without_rim(image, rim):
    bottom, right = (2 * ((side - rim) // 2) for side in image.shape)
    return image[rim:bottom, rim:right]


def _draw_stamps(side, stamps, stride, kernel_size, padding, values, weights):
    image, kernel = make_input(side, values), make_kernel(kernel_size, weights)
    out = transposed_size(side, kernel_size, stride, padding)
    done = np.where(np.arange(side * side).reshape(side, side) < stamps, image, 0.0)
    canvas = transposed_convolve(done, kernel, stride)
    matrix = transposed_matrix(image.shape, kernel, stride, padding)
    figure = plot_stamps(
        image, kernel, canvas, matrix, stride, padding, stamps - 1 if stamps else None
    )
    counts = overlap_counts((side, side), kernel_size, stride, padding)
    line = " ".join(str(number) for number in counts[:, counts.shape[1] // 2])
    text = (
        f"<b>The output has {out}×{out} pixels.</b> In the end so many stamps lie on those of its "
        f"middle column: {line}. {_about_overlaps(kernel_size, stride)}"
    )
    return figure, text


def _about_overlaps(kernel_size, stride):
    if kernel_size < stride:
        return "The kernel is smaller than the stride: between two stamps some pixels get none."
    if kernel_size % stride:
        return f"{stride} does not divide {kernel_size}: the stamps overlap unevenly, in checkers."
    return f"{stride} divides {kernel_size}: away from the edges the overlap is even."


def _draw_checkers(kernel_size, layers, draw, shape):
    images = enlarge(shape, kernel_size, layers, draw)
    figure = plot_checkers(images)
    parts = []
    for name, image in images.items():
        means = phase_means(image)
        spread = (means.max() - means.min()) / abs(means.mean())
        cells = ", ".join(f"{mean:.3f}" for mean in means.ravel())
        parts.append(
            f"<b>{name}</b>: the four places of a 2×2 tile have the means {cells}; the largest "
            f"and the smallest differ by {number(spread, '.1%')} of the mean."
        )
    if shape != FLAT:
        parts.append("The input itself is not flat, so that neighbours differ a little anyway.")
    return figure, "<br>".join(parts)
