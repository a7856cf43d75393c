"""The exercises of lesson 07, DCGAN."""

import numpy as np

from gan_course.exercises.core import exercise
from gan_course.exercises.expectations import expect_close
from gan_course.lessons.lesson_07 import range_trial, slips, trials


def _transposed_output_size(size, kernel_size, stride=1, padding=0):
    return stride * (size - 1) + kernel_size - 2 * padding


@exercise(
    title="The output size of a transposed convolution",
    reference=_transposed_output_size,
    hints=[
        "Draw it in one dimension. Where does the first stamp end? Where does the last one begin?",
        "The last stamp begins at stride · (size − 1) and is kernel_size long. Then both ends lose "
        "`padding` pixels.",
        "`return stride * (size - 1) + kernel_size - 2 * padding`.",
    ],
    wrong=[
        (slips.size_of_stride_alone, "the last stamp begin"),
        (slips.size_of_a_convolution, "the way down"),
        (slips.size_with_one_stamp_too_many, "one gap too many"),
        (slips.size_cut_on_one_side, "both edges"),
        (slips.size_with_padding_added, "cuts off"),
    ],
)
def output_size(function):
    """Compare on several settings; the first at which a mistake shows names it."""
    trials.judge_size(function)
    return "With k = 4, stride 2 and padding 1 the size doubles: 7 → 14 → 28, a digit's way up."


def _stamp_matrix(kernel, size, stride):
    matrix = np.zeros((stride * (size - 1) + len(kernel), size))
    for pixel in range(size):
        first = stride * pixel
        matrix[first : first + len(kernel), pixel] = kernel
    return matrix


@exercise(
    title="The matrix of a transposed convolution",
    reference=_stamp_matrix,
    hints=[
        "Column j answers: what comes out if input pixel j is 1 and all others are 0?",
        "Start from np.zeros((output size, size)). Column j holds the kernel, from row stride · j "
        "on.",
        "`matrix[stride * j : stride * j + len(kernel), j] = kernel` for each j.",
    ],
    wrong=[
        (slips.matrix_lying_down, "transpose"),
        (slips.matrix_of_stride_1, "stride"),
        (slips.matrix_turned, "upside down"),
        (slips.matrix_of_one_stamp, "first column"),
    ],
)
def stamp_matrix(function):
    """Compare with the stamps of a lopsided kernel, at two strides."""
    kernel = np.array([1.0, 2.0, 4.0])
    for size, stride in ((4, 2), (3, 1), (3, 3)):
        asked = kernel, size, stride
        expect_close(
            function(*asked),
            _stamp_matrix(*asked),
            what=f"the matrix for kernel [1, 2, 4], size {size}, stride {stride}",
            mistakes=[
                (
                    slips.matrix_lying_down(*asked),
                    "Here inputs stand in rows: that is the matrix of the convolution, and the "
                    "transpose of the one asked for. Each input pixel gets a column.",
                ),
                (
                    slips.matrix_of_stride_1(*asked),
                    "Each stamp begins one row below the last; it should be `stride` rows.",
                ),
                (slips.matrix_turned(*asked), "The kernel stands upside down in the columns."),
                (slips.matrix_of_one_stamp(*asked), "Only the first column is filled."),
            ],
        )
    return "Turned round, matrix.T is the convolution with this kernel and stride: hence the name."


def _sum_kernel(kernel):
    k = len(kernel)
    turned = kernel[::-1, ::-1]
    total = np.zeros((k + 1, k + 1))
    for row in (0, 1):
        for column in (0, 1):
            total[row : row + k, column : column + k] += turned
    return total


@exercise(
    title="One kernel for upsampling and convolution",
    reference=_sum_kernel,
    hints=[
        "Turn the kernel by half a turn first: `kernel[::-1, ::-1]`.",
        "Each input pixel becomes a block of four, so four copies of the turned kernel land in a "
        "(k + 1) × (k + 1) square, shifted by 0 or 1 down and by 0 or 1 to the right.",
        "Start from np.zeros((k + 1, k + 1)) and add the turned kernel to [row : row + k, column : "
        "column + k] for row and column in (0, 1).",
    ],
    wrong=[
        (slips.sum_of_shifts, "half a turn"),
        (slips.summed_by_overwriting, "overwrites"),
        (slips.summed_and_averaged, "divided"),
        (slips.summed_in_the_corners, "two of the four"),
    ],
)
def sum_kernel(function):
    """Compare on lopsided kernels of three sizes."""
    rng = np.random.default_rng(7)
    for k in (3, 1, 5):
        kernel = rng.integers(-3, 4, (k, k)) + np.eye(k) / 2
        expect_close(
            function(kernel),
            _sum_kernel(kernel),
            what=f"the summed kernel of a {k}×{k} kernel",
            mistakes=[
                (
                    slips.sum_of_shifts(kernel),
                    "The four copies are right, but not turned. A stamp reaches forward where a "
                    "convolution looks back: give the kernel half a turn first.",
                ),
                (
                    slips.summed_by_overwriting(kernel),
                    "Each copy overwrites the one before. Add them: `+=`.",
                ),
                (
                    slips.summed_and_averaged(kernel),
                    "This is divided by 4. The copies add up, and nothing is averaged.",
                ),
                (
                    slips.summed_in_the_corners(kernel),
                    "These are two of the four copies: the shifts (0, 1) and (1, 0) are missing.",
                ),
            ],
        )
    return "The weights are tied: (k + 1)² numbers made of k². A flat input stays flat."


def _count_dcgan_generator(latent_dim, channels):
    first, second, third = channels
    dense = latent_dim * 49 * first + 49 * first
    conv_1 = 3 * 3 * first * second + second
    conv_2 = 3 * 3 * second * third + third
    images = 3 * 3 * third * 1 + 1
    batch_norms = 4 * second + 4 * third
    return dense + conv_1 + conv_2 + images + batch_norms


@exercise(
    title="Count the parameters of network A's generator",
    reference=_count_dcgan_generator,
    hints=[
        "Go through the cell line by line: one dense layer, three convolutions, two batch norms. "
        "Reshaping, upsampling and ReLU have no parameters.",
        "A convolution has k · k · in weights for each channel out, and a bias for each. A batch "
        "norm keeps four numbers for each channel: γ, β, moving mean, moving variance.",
        "`dense = (latent_dim + 1) * 7 * 7 * first`, `conv_1 = (9 * first + 1) * second`, and so "
        "on; the batch norms have 4 * (second + third).",
    ],
    wrong=[
        (slips.count_with_half_a_batch_norm, "moving"),
        (slips.count_without_batch_norm, "batch norm"),
        (slips.count_without_biases, "biases"),
        (slips.count_of_one_pixel, "7 · 7"),
        (slips.count_of_grown_kernels, "everywhere"),
        (slips.count_of_summed_kernels, "nine weights"),
        (slips.count_with_a_third_batch_norm, "the dense layer has none"),
    ],
)
def count_parameters(function):
    """Compare on three sizes of the network."""
    trials.judge_count(function)
    return "Three quarters of the published network's 856,193 parameters are in the dense layer."


@exercise(
    title="Mend the grey generator",
    reference=range_trial.mended_generator,
    hints=[
        "Between which two values do the real pixels lie, and between which two the fakes?",
        "Look at the last layer. Which activation can reach −1?",
        '`activation="tanh"` in the last convolution.',
    ],
    wrong=[
        (slips.still_a_sigmoid, "not below 0"),
        (slips.no_activation, "has no ends"),
        (slips.ends_in_relu, "ReLU"),
        (slips.stretched_sigmoid, "as far as 2"),
    ],
)
def mend_the_generator(function):
    """Build the generator and drive its last layer to both ends, to see what it can reach."""
    range_trial.check_generator(function())
    return "The fakes can now be as black as the real background, and as white as the real strokes."
