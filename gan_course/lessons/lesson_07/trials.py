"""How answers of lesson 07 that are one number are judged: a size, and a count of parameters."""

from gan_course.exercises.answers import Wrong
from gan_course.exercises.expectations import expect_array
from gan_course.lessons.lesson_07 import slips

SIZE_MISTAKES = (
    (
        slips.size_of_stride_alone,
        "That holds only where kernel_size − 2 · padding = stride, as with 4, 2 and 1. Where does "
        "the last stamp begin, and where does it end?",
    ),
    (slips.size_of_a_convolution, "That is a convolution's output: the way down, not up."),
    (
        slips.size_with_one_stamp_too_many,
        "There is one gap too many: between `size` stamps there are size − 1 gaps.",
    ),
    (slips.size_cut_on_one_side, "Padding is cut at both edges."),
    (slips.size_with_padding_added, "Here padding cuts off; it adds nothing."),
)
COUNT_MISTAKES = (
    (
        slips.count_with_half_a_batch_norm,
        "A batch norm keeps a moving mean and a moving variance too: four numbers a channel.",
    ),
    (slips.count_without_batch_norm, "Is a batch norm missing after both inner convolutions?"),
    (
        slips.count_with_a_third_batch_norm,
        "Only the two convolutions have a batch norm; the dense layer has none.",
    ),
    (slips.count_without_biases, "Are the biases missing?"),
    (slips.count_of_one_pixel, "The dense layer makes the whole grid: 7 · 7 · first numbers."),
    (
        slips.count_of_grown_kernels,
        "The same kernel is used everywhere: how many pixels it is laid on does not count.",
    ),
    (
        slips.count_of_summed_kernels,
        "`UpsampleConv2D` keeps the nine weights of the 3×3 kernel; the sixteen are made of them.",
    ),
)


def judge_size(function):
    """Compare on several settings; the first at which a mistake shows names it.

    Args:
        function: Takes size, kernel_size, stride and padding; returns the output's size.

    Raises:
        Wrong: With the likely mistake.
    """
    for setting in [(7, 4, 2, 1), (5, 3, 2, 1), (3, 3, 1, 0), (4, 5, 3, 2), (1, 4, 2, 0)]:
        size, kernel_size, stride, padding = setting
        expected = slips.transposed_output_size(*setting)
        given = expect_array(function(*setting), (), "the size")
        if given != expected:
            where = (
                f"For size {size}, kernel_size {kernel_size}, stride {stride} and padding "
                f"{padding} the output has {expected} pixels; you say {given:g}."
            )
            raise Wrong(f"{where} {_named(given, setting, SIZE_MISTAKES)}".strip())


def judge_count(function):
    """Compare on three sizes of the network; the first at which a mistake shows names it.

    Args:
        function: Takes latent_dim and three channels; returns the generator's parameters.

    Raises:
        Wrong: With the likely mistake.
    """
    for setting in ((100, (128, 128, 64)), (5, (3, 4, 6)), (1, (1, 2, 1))):
        latent_dim, channels = setting
        expected = slips.count_layers(*setting)
        counted = expect_array(function(*setting), (), "the count")
        if counted != expected:
            where = f"For latent_dim={latent_dim} and channels={channels} you count {counted:,.0f}."
            message = _named(counted, setting, COUNT_MISTAKES) or f"There are {expected:,}."
            raise Wrong(f"{where} {message}")


def _named(given, setting, mistakes):
    for mistaken, message in mistakes:
        if given == mistaken(*setting):
            return message
    return ""
