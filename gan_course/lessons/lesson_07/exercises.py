"""The exercises of lesson 07, DCGAN."""

import numpy as np

from gan_course.exercises import Exercise, comparison
from gan_course.exercises.expectations import expect
from gan_course.lessons.lesson_07 import range_trial


def _transposed_output_size(size, kernel_size, stride=1, padding=0):
    return stride * (size - 1) + kernel_size - 2 * padding


output_size = comparison(
    "7.1",
    "The output size of a transposed convolution",
    reference=_transposed_output_size,
    cases=[(7, 4, 2, 1), (5, 3, 2, 1), (3, 3, 1, 0), (4, 5, 3, 2), (1, 4, 2, 0)],
    what="the size for {size}, kernel_size {kernel_size}, stride {stride} and padding {padding}",
    slips=[
        (
            lambda size, kernel_size, stride=1, padding=0: stride * size,
            "That holds only where kernel_size − 2 · padding = stride, as with 4, 2 and 1. Where "
            "does the last stamp begin, and where does it end?",
        ),
        (
            lambda size, kernel_size, stride=1, padding=0: (
                (size + 2 * padding - kernel_size) // stride + 1
            ),
            "That is a convolution's output: the way down, not up.",
        ),
        (
            lambda size, kernel_size, stride=1, padding=0: (
                stride * size + kernel_size - 2 * padding
            ),
            "There is one gap too many: between `size` stamps there are size − 1 gaps.",
        ),
        (
            lambda size, kernel_size, stride=1, padding=0: (
                stride * (size - 1) + kernel_size - padding
            ),
            "Padding is cut at both edges.",
        ),
        (
            lambda size, kernel_size, stride=1, padding=0: (
                stride * (size - 1) + kernel_size + 2 * padding
            ),
            "Here padding cuts off; it adds nothing.",
        ),
    ],
    hints=[
        "Draw it in one dimension. Where does the first stamp end? Where does the last one begin?",
        "The last stamp begins at stride · (size − 1) and is kernel_size long. Then both ends lose "
        "`padding` pixels.",
        "`return stride * (size - 1) + kernel_size - 2 * padding`.",
    ],
    praise="With k = 4, stride 2 and padding 1 the size doubles: 7 → 14 → 28, a digit's way up.",
)


def _stamp_matrix(kernel, size, stride):
    matrix = np.zeros((stride * (size - 1) + len(kernel), size))
    for pixel in range(size):
        first = stride * pixel
        matrix[first : first + len(kernel), pixel] = kernel
    return matrix


def _first_stamp_only(kernel, size, stride):
    matrix = _stamp_matrix(kernel, size, stride)
    matrix[:, 1:] = 0.0
    return matrix


stamp_matrix = comparison(
    "7.2",
    "The matrix of a transposed convolution",
    reference=_stamp_matrix,
    cases=[
        *((np.array([1.0, 2.0, 4.0]), size, stride) for size, stride in ((4, 2), (3, 1), (3, 3))),
        (np.array([1.0, 2.0, 4.0, 8.5]), 2, 2),
    ],
    what="the matrix for kernel {kernel}, size {size}, stride {stride}",
    slips=[
        (
            lambda kernel, size, stride: _stamp_matrix(kernel, size, stride).T,
            "Here inputs stand in rows: that is the matrix of the convolution, and the transpose "
            "of the one asked for. Each input pixel gets a column.",
        ),
        (
            lambda kernel, size, stride: _stamp_matrix(kernel, size, 1),
            "Each stamp begins one row below the last; it should be `stride` rows.",
        ),
        (
            lambda kernel, size, stride: _stamp_matrix(kernel[::-1], size, stride),
            "The kernel stands upside down in the columns.",
        ),
        (_first_stamp_only, "Only the first column is filled."),
        (
            lambda kernel, size, stride: np.pad(
                _stamp_matrix(kernel, size, stride), ((0, stride - 1), (0, 0))
            ),
            "There are rows too many below. The last stamp begins at stride · (size − 1), not at "
            "stride · size.",
        ),
    ],
    hints=[
        "Column j answers: what comes out if input pixel j is 1 and all others are 0?",
        "Start from np.zeros((output size, size)). Column j holds the kernel, from row stride · j "
        "on.",
        "`matrix[stride * j : stride * j + len(kernel), j] = kernel` for each j.",
    ],
    praise="matrix.T is the matrix of the convolution with this kernel and stride: hence the name.",
)


def _count_dcgan_generator(latent_dim, channels):
    first, second, third = channels
    dense = latent_dim * 49 * first + 49 * first
    conv_1 = 3 * 3 * first * second + second
    conv_2 = 3 * 3 * second * third + third
    images = 3 * 3 * third * 1 + 1
    batch_norms = 4 * second + 4 * third
    return dense + conv_1 + conv_2 + images + batch_norms


def _miscount(error):
    """Return a function that counts wrong by `error(latent_dim, first, second, third)`."""
    return lambda latent_dim, channels: (
        _count_dcgan_generator(latent_dim, channels) + error(latent_dim, *channels)
    )


count_parameters = comparison(
    "7.3",
    "Count the parameters of network A's generator",
    reference=_count_dcgan_generator,
    cases=[(100, (128, 128, 64)), (5, (3, 4, 6)), (1, (1, 2, 1))],
    what="the count for latent_dim={latent_dim} and channels={channels}",
    rtol=0,
    slips=[
        (
            _miscount(lambda z, first, second, third: -2 * (second + third)),
            "A batch norm keeps a moving mean and a moving variance too: four numbers a channel.",
        ),
        (
            _miscount(lambda z, first, second, third: -4 * (second + third)),
            "Is a batch norm missing after both inner convolutions?",
        ),
        (
            _miscount(lambda z, first, second, third: 4 * first),
            "Only the two convolutions have a batch norm; the dense layer has none.",
        ),
        (
            _miscount(lambda z, first, second, third: -49 * first - second - third - 1),
            "Are the biases missing?",
        ),
        (
            _miscount(lambda z, first, second, third: -48 * first * (z + 1)),
            "The dense layer makes the whole grid: 7 · 7 · first numbers.",
        ),
        (
            _miscount(
                lambda z, first, second, third: (
                    195 * 9 * first * second + 783 * 9 * (second * third + third)
                )
            ),
            "The same kernel is used everywhere: how many pixels it is laid on does not count.",
        ),
        (
            _miscount(lambda z, first, second, third: 7 * (first * second + second * third)),
            "`UpsampleConv2D` keeps the nine weights of the 3×3 kernel; the sixteen are made of "
            "them.",
        ),
    ],
    hints=[
        "Go through the cell line by line: one dense layer, three convolutions, two batch norms. "
        "Reshaping, upsampling and ReLU have no parameters.",
        "A convolution has k · k · in weights for each channel out, and a bias for each. A batch "
        "norm keeps four numbers for each channel: γ, β, moving mean, moving variance.",
        "`dense = (latent_dim + 1) * 7 * 7 * first`, `conv_1 = (9 * first + 1) * second`, and so "
        "on; the batch norms have 4 * (second + third).",
    ],
    praise="Three quarters of the published network's 856,193 parameters are in the dense layer.",
)


def _mended_generator():
    import keras
    from keras import layers

    z = keras.Input((64,))
    x = layers.Dense(7 * 7 * 32, activation="relu")(z)
    x = layers.Reshape((7, 7, 32))(x)
    x = layers.UpSampling2D(2)(x)
    x = layers.Conv2D(16, 3, padding="same")(x)
    x = layers.ReLU()(layers.BatchNormalization(momentum=0.8)(x))
    x = layers.UpSampling2D(2)(x)
    images = layers.Conv2D(1, 3, padding="same", activation="tanh")(x)
    return keras.Model(z, images)


def _check_reach(function):
    expect(
        not hasattr(function, "count_params"),
        "The check received a model. Pass the function that builds it, without calling it: "
        "`check(build_mended_generator)`.",
    )
    generator = function()
    range_trial.check_generator(generator)
    return "The fakes can now be as black as the real background, and as white as the real strokes."


mend_the_generator = Exercise(
    "7.4",
    "Mend the grey generator",
    _check_reach,
    reference=_mended_generator,
    hints=[
        "Between which two values do the real pixels lie, and between which two the fakes?",
        "Look at the last layer. Which activation can reach −1?",
        '`activation="tanh"` in the last convolution.',
    ],
    wrong=[
        (lambda: range_trial.small_generator("sigmoid"), "not below 0"),
        (lambda: range_trial.small_generator("linear"), "has no ends"),
        (lambda: range_trial.small_generator("relu"), "ReLU"),
        (lambda: range_trial.small_generator("sigmoid", scale=2.0), "as far as 2"),
        (lambda: range_trial.small_generator("elu"), "one end only"),
        (lambda: range_trial.small_generator("tanh", scale=2.0), "from −2.00 to 2.00"),
        (lambda: range_trial.small_generator("tanh", scale=127.5), "from −127.50 to 127.50"),
    ],
)


def _sum_kernel(kernel):
    k = len(kernel)
    turned = kernel[::-1, ::-1]
    total = np.zeros((k + 1, k + 1))
    for row in (0, 1):
        for column in (0, 1):
            total[row : row + k, column : column + k] += turned
    return total


def _overwriting(kernel):
    k = len(kernel)
    total = np.zeros((k + 1, k + 1))
    for row in (0, 1):
        for column in (0, 1):
            total[row : row + k, column : column + k] = kernel[::-1, ::-1]
    return total


def _two_corners(kernel):
    k = len(kernel)
    total = np.zeros((k + 1, k + 1))
    total[:k, :k] += kernel[::-1, ::-1]
    total[1:, 1:] += kernel[::-1, ::-1]
    return total


def _lopsided_kernels():
    rng = np.random.default_rng(7)
    return [(rng.integers(-3, 4, (k, k)) + np.eye(k) / 2,) for k in (3, 1, 5)]


sum_kernel = comparison(
    "7.5",
    "One kernel for upsampling and convolution",
    reference=_sum_kernel,
    cases=_lopsided_kernels(),
    what="the summed kernel",
    slips=[
        (
            lambda kernel: _sum_kernel(kernel[::-1, ::-1]),
            "The four copies are right, but not turned. A stamp reaches forward where a "
            "convolution looks back: give the kernel half a turn first.",
        ),
        (
            lambda kernel: _sum_kernel(kernel[::-1, ::-1].T),
            "The kernel was transposed. Half a turn reverses both of its axes: "
            "`kernel[::-1, ::-1]`.",
        ),
        (
            lambda kernel: _sum_kernel(kernel[:, ::-1]),
            "The kernel was turned upside down. Half a turn reverses both of its axes: "
            "`kernel[::-1, ::-1]`.",
        ),
        (
            lambda kernel: _sum_kernel(kernel[::-1]),
            "The kernel was mirrored from left to right. Half a turn reverses both of its axes: "
            "`kernel[::-1, ::-1]`.",
        ),
        (_overwriting, "Each copy overwrites the one before. Add them: `+=`."),
        (
            lambda kernel: _sum_kernel(kernel) / 4,
            "This is divided by 4. The copies add up, and nothing is averaged.",
        ),
        (
            _two_corners,
            "These are two of the four copies: the shifts (0, 1) and (1, 0) are missing.",
        ),
    ],
    hints=[
        "Turn the kernel by half a turn first: `kernel[::-1, ::-1]`.",
        "Each input pixel becomes a block of four, so four copies of the turned kernel land in a "
        "(k + 1) × (k + 1) square, shifted by 0 or 1 down and by 0 or 1 to the right.",
        "Start from np.zeros((k + 1, k + 1)) and add the turned kernel to [row : row + k, column : "
        "column + k] for row and column in (0, 1).",
    ],
    praise="The weights are tied: (k + 1)² numbers made of k². A flat input stays flat.",
)
