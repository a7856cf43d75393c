"""Images that are no digits, and how well a score tells them from digits."""

import numpy as np

from gan_course.arguments import check_array, check_filled, check_whole

SIDE = 28


def scrambled(images, seed=0):
    """Return images whose pixels change places, each in its own way: the same ink, no strokes.

    Args:
        images: Shape (n, height, width, 1).
        seed: The seed of the places.
    """
    rng = np.random.default_rng(seed)
    flat = images.reshape(len(images), -1)
    return rng.permuted(flat, axis=1).reshape(images.shape)


def clothes(count, seed=0):
    """Return filled outlines of shirts, trousers and bags, in grey, as Fashion-MNIST's are.

    Args:
        count: How many, at least 1.
        seed: The seed of kinds, sizes and greys.

    Returns:
        float32 (count, 28, 28, 1) in [-1, 1].

    Source: what they stand for: Xiao et al. 2017, Fashion-MNIST, which does not ship here.
    """
    rng = np.random.default_rng(seed)
    makers = (_shirt, _trousers, _bag)
    masks = [makers[rng.integers(3)](rng) for _ in range(check_whole("count", count))]
    greys = rng.uniform(0.4, 1.0, (count, 1, 1)) + rng.normal(0, 0.05, (count, SIDE, SIDE))
    ink = np.clip(np.stack(masks) * greys, 0, 1)
    return (2 * ink - 1)[..., np.newaxis].astype(np.float32)


def _rectangle(top, bottom, left, right):
    rows, columns = np.mgrid[0:SIDE, 0:SIDE]
    return (rows >= top) & (rows < bottom) & (columns >= left) & (columns < right)


def _shirt(rng):
    half, arm = rng.integers(5, 8), rng.integers(3, 6)
    body = _rectangle(4, rng.integers(20, 26), 14 - half, 14 + half)
    sleeves = _rectangle(5, rng.integers(10, 18), 14 - half - arm, 14 + half + arm)
    return body | sleeves


def _trousers(rng):
    half, gap = rng.integers(5, 8), rng.integers(1, 3)
    whole = _rectangle(2, 26, 14 - half, 14 + half)
    return whole & ~_rectangle(rng.integers(8, 13), 26, 14 - gap, 14 + gap)


def _bag(rng):
    half, top = rng.integers(8, 12), rng.integers(10, 14)
    handle = _rectangle(4, top, 8, 20) & ~_rectangle(6, top, 10, 18)
    return _rectangle(top, rng.integers(21, 25), 14 - half, 14 + half) | handle


def ranked_apart(usual, strange):
    """Return how often a strange image has the higher score: the area under the ROC curve.

    Args:
        usual: Scores (n,).
        strange: Scores (m,).

    Returns:
        From 0 to 1; ½ by chance. Equal scores count half.

    Raises:
        ValueError: If there are none.
    """
    check_filled("usual", usual)
    check_filled("strange", strange)
    usual = check_array("usual", usual, ("n",))
    strange = check_array("strange", strange, ("m",))
    above = strange[:, np.newaxis] - usual
    return float(np.mean((above > 0) + 0.5 * (above == 0)))
