"""The kernel distance: the squared maximum mean discrepancy, estimated without bias."""

from gan_course.arguments import check_shape
from gan_course.metrics.frechet import SAME_LAYER, check_features


def cubic_kernel(features_a, features_b):
    """Return the kernel (a · b / d + 1)³ of every pair of rows: Bińkowski et al. (2018), section 4.

    Args:
        features_a: Array (n, d).
        features_b: Array (m, d).

    Returns:
        float64 array (n, m).
    """
    return (features_a @ features_b.T / features_a.shape[1] + 1.0) ** 3


def kernel_distance(features_a, features_b):
    """Return the kernel distance of two sets of features, an estimate without bias.

    The mean kernel of two different rows of a, plus that of two different rows of b, minus twice
    that of a row of a and one of b: Gretton et al. (2012), equation 3, with the cubic kernel of
    Bińkowski et al. (2018), who name it KID on Inception's features. Over draws its mean is the
    true value at every number of samples; two sets from one source give 0 on average, so some draws
    are negative. With few samples it varies much.

    A cubic kernel sees moments up to the third and no further. A set that holds copies of the other
    scores low.

    Args:
        features_a: Array (n, d) with n at least 2, such as `features(images, value_range)`.
        features_b: Array (m, d) with m at least 2. Fewer rows than features are no obstacle.

    Returns:
        float, which may be below 0. It has no unit that would mean anything: compare it with that
        of two sets of real images.

    Raises:
        ValueError: If shapes do not fit, there are fewer than 2 rows, or NaN.

    Example:
        >>> kernel_distance([[0.0], [0.0]], [[1.0], [1.0]])  # 1 + 8 - 2
        7.0

    Introduced in lesson 11.
    """
    a = check_features(features_a, "features_a")
    b = check_features(features_b, "features_b")
    check_shape("features_b", b, ("n", a.shape[1]), SAME_LAYER)
    within = [_mean_of_different(cubic_kernel(rows, rows)) for rows in (a, b)]
    return float(sum(within) - 2 * cubic_kernel(a, b).mean())


def _mean_of_different(kernel):
    """Return the mean of a square matrix without its diagonal."""
    n = len(kernel)
    return (kernel.sum() - kernel.trace()) / (n * (n - 1))
