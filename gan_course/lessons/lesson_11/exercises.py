"""The exercises of lesson 11, judging a GAN."""

import numpy as np

from gan_course.exercises import Exercise, comparison
from gan_course.exercises.answers import Wrong, call
from gan_course.exercises.expectations import expect, expect_array
from gan_course.metrics import precision_recall
from gan_course.tables import number


def _inception_score(probabilities):
    mean = probabilities.mean(axis=0)  # p(y), (classes,)
    divergences = (probabilities * np.log(probabilities / mean)).sum(axis=1)  # (n,)
    return np.exp(divergences.mean())


def _probabilities():
    """Return rows over two, three and four classes; of the second, some classes are rare."""
    rng = np.random.default_rng(0)
    short = np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8]])  # it stands in messages
    uneven = rng.dirichlet([3.0, 1.0, 0.5], 6)
    sharp = rng.dirichlet([0.3] * 4, 5) * 0.98 + 0.005
    return [(short,), (uneven,), (sharp,), (np.full((2, 4), 0.25),)]


def _entropy(shares):
    return -(shares * np.log(shares)).sum(axis=-1)


inception_score = comparison(
    "11.1",
    "The inception score",
    reference=_inception_score,
    cases=_probabilities(),
    what="the score of {probabilities}",
    slips=[
        (
            lambda p: np.log(_inception_score(p)),
            "This is the mean divergence itself. The score is its exponential, so that it reads "
            "as a number of classes.",
        ),
        (
            lambda p: np.exp((p * np.log(p / p.mean(axis=0))).sum(axis=1)).mean(),
            "This takes the exponential of each divergence, and the mean of those. It is the other "
            "way round: the exponential of the mean divergence.",
        ),
        (
            lambda p: 1 / _inception_score(p),
            "The sign is turned round, so that the score lies below 1: a divergence is never "
            "negative.",
        ),
        (
            lambda p: np.exp(np.log(_inception_score(p)) / np.log(2)),
            "The logarithm is one to the base 2, and the exponential one to the base e. Take "
            "`np.log` with `np.exp`.",
        ),
        (
            lambda p: np.exp((p * np.log(p / p.mean(axis=0))).sum()),
            "This adds the divergences of all samples up. Take their mean.",
        ),
        (
            lambda p: np.exp((p * np.log(p / p.mean(axis=0))).mean()),
            "This takes the mean over samples and classes alike. Add up over the classes of each "
            "sample first, axis=1; then take the mean over the samples.",
        ),
        (
            lambda p: np.exp((p * np.log(p * p.shape[1])).sum(axis=1).mean()),
            "This compares each row with equal shares for all classes (so does a mean along "
            "axis=1). Compare it with the mean of the rows, axis=0: with equal shares one drawing "
            "repeated for ever would reach the top.",
        ),
        (
            lambda p: np.exp(_entropy(p.mean(axis=0))),
            "This is exp H(p(y)): how varied the samples are as a whole. It misses how sure the "
            "classifier is of each; grey noise would reach the top.",
        ),
        (
            lambda p: np.exp(_entropy(p).mean()),
            "This is exp of the mean H(p(y | x)): it grows as the classifier gets less sure.",
        ),
        (
            lambda p: np.exp((p.mean(axis=0) * np.log(p.mean(axis=0) / p)).sum(axis=1).mean()),
            "The divergence is turned round. It is KL(p(y | x) ‖ p(y)): the weights in front of "
            "the logarithm are those of the sample.",
        ),
    ],
    hints=[
        "p(y) is the mean of the rows: one share for each class.",
        "The divergence of a row is the sum over the classes of p log(p / p(y)).",
        "`np.exp((p * np.log(p / p.mean(axis=0))).sum(axis=1).mean())`.",
    ],
    praise="It asks for two things at once: to be sure of each sample, and to vary. Of the real "
    "images it asks nothing.",
)


def _kernel(a, b):
    return (a @ b.T / a.shape[1] + 1) ** 3


def _kernel_distance(a, b):
    def kernel(a, b):  # as above
        return (a @ b.T / a.shape[1] + 1) ** 3

    def mean_of_different(table):
        n = len(table)
        return (table.sum() - np.trace(table)) / (n * (n - 1))

    within = mean_of_different(kernel(a, a)) + mean_of_different(kernel(b, b))
    return within - 2 * kernel(a, b).mean()


def _off_diagonal(kernel):
    return kernel.sum() - np.trace(kernel)


def _features():
    rng = np.random.default_rng(1)
    same = rng.normal(size=(4, 2))
    return [
        (rng.normal(size=(5, 3)), rng.normal(0.5, 1.5, size=(4, 3))),
        (rng.normal(size=(3, 8)), rng.normal(1.0, 1.0, size=(6, 8))),  # fewer rows than features
        (same, same[::-1]),  # below 0
    ]


kernel_distance = comparison(
    "11.2",
    "The kernel distance without bias",
    reference=_kernel_distance,
    cases=_features(),
    what="the distance",
    slips=[
        (
            lambda a, b: _kernel(a, a).mean() + _kernel(b, b).mean() - 2 * _kernel(a, b).mean(),
            "These means hold the diagonal, k(x, x): a sample paired with itself, which is no "
            "independent pair. That is what makes the estimate too large. Leave it out.",
        ),
        (
            lambda a, b: (
                _off_diagonal(_kernel(a, a)) / len(a) ** 2
                + _off_diagonal(_kernel(b, b)) / len(b) ** 2
                - 2 * _kernel(a, b).mean()
            ),
            "The diagonal is left out of the sums, but not of the counts: n rows have n (n − 1) "
            "ordered pairs of different rows.",
        ),
        (
            lambda a, b: 2 * (_kernel_distance(a, b) + _kernel(a, b).mean()),
            "The sum without the diagonal holds each pair in both orders. There are n (n − 1) of "
            "these, not n (n − 1) / 2.",
        ),
        (
            lambda a, b: (
                _off_diagonal(_kernel(a, a)) / (len(a) * (len(a) - 1))
                + _off_diagonal(_kernel(b, b)) / (len(b) * (len(b) - 1))
                - _kernel(a, b).mean()
            ),
            "The middle term counts twice: (p − q)² = p² − 2pq + q².",
        ),
        (
            lambda a, b: (
                _off_diagonal(_kernel(a, a)) / (len(a) * (len(a) - 1))
                + _off_diagonal(_kernel(b, b)) / (len(b) * (len(b) - 1))
                - 2
                * _off_diagonal(_kernel(a[: len(b)], b[: len(a)]))
                / (min(len(a), len(b)) * (min(len(a), len(b)) - 1))
            ),
            "Between the two sets nothing is left out: row i of one and row i of the other are "
            "different samples. Take the mean of the whole table.",
        ),
        (
            lambda a, b: np.sqrt(np.abs(_kernel_distance(a, b))),
            "This takes a root. The estimate may be below 0, and its root would be biased: return "
            "it as it is.",
        ),
        (
            lambda a, b: max(0.0, _kernel_distance(a, b)),
            "This cuts the estimate off at 0. Real against real comes out above 0 in some draws, "
            "so it has to come out below 0 in others, or its mean is not 0.",
        ),
    ],
    hints=[
        "Three means: pairs within a, pairs within b, and pairs of one from each, the last one "
        "twice and with a minus.",
        "`table.sum() - np.trace(table)` is the sum without the diagonal. Divide by n (n − 1).",
        "Between the sets: `2 * kernel(a, b).mean()`, whole.",
    ],
    praise="Each of the three means is over independent pairs, so each is right on average, and so "
    "is their sum.",
)


def _two_values(real, n):
    ends = real.mean() - real.std(), real.mean() + real.std()
    return np.resize(ends, n)  # the two in turn


def _numbers(size, seed):
    """Return real numbers from a skewed source, and from one of two humps."""
    rng = np.random.default_rng(seed)
    humps = np.concatenate([rng.normal(-4, 0.5, size // 2), rng.normal(1, 1, size - size // 2)])
    return rng.exponential(3.0, size), humps


def _on_a_line(a, b):
    return (a.mean() - b.mean()) ** 2 + (a.std() - b.std()) ** 2


def _check_two_values(make):
    n, distances, floors = 40, [], []
    for real, others in zip(_numbers(300, 5), _numbers(n, 6), strict=True):
        given = expect_array(call(make, real.copy(), n), (n,), "what you return")
        count, size = len(np.unique(given.round(6))), 0.1 * real.std()
        expect(
            count <= 2,
            f"These are {count} different values, and two are asked for. (Dice can have the right "
            "mean and deviation too, but only roughly: two values can have them exactly.)",
        )
        expect(
            abs(given.mean() - real.mean()) < size,
            f"The mean of `real` is {real.mean():.2f}, and that of your numbers {given.mean():.2f}."
            " The square of the difference is part of the distance.",
        )
        expect(
            abs(given.std() - real.var()) > size or abs(real.std() - real.var()) < 2 * size,
            "The values lie a variance away from the mean. The deviation is its root.",
        )
        expect(
            abs(given.std() - real.std()) < size,
            f"The mean is right. The deviation of `real` is {real.std():.2f}, and that of your "
            f"numbers {given.std():.2f}. How far from the mean do all of them have to lie?",
        )
        distances.append(_on_a_line(given, real))
        floors.append(_on_a_line(others, real))
    return (
        f"Fréchet distances {distances[0]:.3f} and {distances[1]:.3f}, from real numbers of two "
        f"kinds. {n} other numbers of these kinds get {floors[0]:.3f} and {floors[1]:.3f}. So a "
        "score below the floor is no triumph. It is a warning."
    )


beat_the_floor = Exercise(
    "11.3",
    "Beat the floor",
    _check_two_values,
    reference=_two_values,
    hints=[
        "The distance on a line is (μ₁ − μ₂)² + (σ₁ − σ₂)². It asks for a mean and a deviation.",
        "Half of the numbers at μ − s and half at μ + s: what are their mean and their deviation?",
        "`np.resize([real.mean() - real.std(), real.mean() + real.std()], n)`.",
    ],
    wrong=[
        (lambda real, n: np.resize([-1.0, 1.0], n), "part of the distance"),
        (lambda real, n: np.full(n, real.mean()), "How far from the mean"),
        (lambda real, n: np.resize([real.min(), real.max()], n), "part of the distance"),
        (
            lambda real, n: np.resize([real.mean() - real.var(), real.mean() + real.var()], n),
            "a variance away",
        ),
        (
            lambda real, n: np.random.default_rng(0).normal(real.mean(), real.std(), n),
            "different values, and two",
        ),
        (lambda real, n: np.array([real.mean() - 1, real.mean() + 1]), "what you return"),
    ],
)


def _mended_frechet(a, b):
    means = a.mean(axis=0), b.mean(axis=0)
    covariances = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    values = np.linalg.eigvals(covariances[0] @ covariances[1])
    root = np.sqrt(np.clip(values.real, 0, None)).sum()
    return ((means[0] - means[1]) ** 2).sum() + sum(map(np.trace, covariances)) - 2 * root


def _frechet_of(covariance, twice=2, root=True):
    """Return the distance with one thing done otherwise."""

    def frechet(a, b):
        first, second = covariance(a), covariance(b)
        values = np.clip(np.linalg.eigvals(first @ second).real, 0, None)
        trace = (np.sqrt(values) if root else values).sum()
        gap = ((a.mean(axis=0) - b.mean(axis=0)) ** 2).sum()
        return gap + np.trace(first) + np.trace(second) - twice * trace

    return frechet


def _columns(features):
    return np.cov(features, rowvar=False)


def _entrywise_root(a, b):
    first, second = _columns(a), _columns(b)
    with np.errstate(invalid="ignore"):
        trace = np.trace(np.sqrt(np.abs(first @ second)))
    return ((a.mean(axis=0) - b.mean(axis=0)) ** 2).sum() + np.trace(first + second) - 2 * trace


def _clouds():
    rng = np.random.default_rng(2)
    mix = rng.normal(size=(3, 3))
    return [
        (rng.normal(size=(12, 3)), rng.normal(0.4, 1, size=(12, 3)) @ mix),
        (rng.normal(size=(9, 3)) @ mix, rng.normal(0.4, 2, size=(15, 3))),
    ]


mend_the_distance = comparison(
    "11.5",
    "Mend the Fréchet distance",
    reference=_mended_frechet,
    cases=_clouds(),
    what="the distance",
    rtol=1e-4,
    slips=[
        (
            _frechet_of(np.cov),
            "The covariance is still (n, n): `np.cov` takes rows for variables unless it is told "
            "`rowvar=False`. So it measures how samples go together, in the order in which they "
            "come.",
        ),
        (
            _frechet_of(lambda features: np.corrcoef(features, rowvar=False)),
            "These are correlations, scaled to 1 on the diagonal: a feature that varies twice as "
            "much would not be noticed. Take covariances.",
        ),
        (
            _frechet_of(_columns, twice=1),
            "The root counts twice: σ₁² + σ₂² − 2 σ₁σ₂.",
        ),
        (
            _frechet_of(_columns, root=False),
            "The trace of Σ₁Σ₂ itself is subtracted. It is the trace of its root: the sum of the "
            "roots of the eigenvalues.",
        ),
        (
            _frechet_of(lambda features: np.cov(features, rowvar=False, ddof=0)),
            "These covariances are divided by n. The function that you mend divides by n − 1, as "
            "`np.cov` does unless it is told otherwise.",
        ),
        (
            _entrywise_root,
            "`np.sqrt` of a matrix takes the root of each entry. The root of a matrix is another "
            "one; its trace is the sum of the roots of the eigenvalues.",
        ),
    ],
    hints=[
        "Print the shape of each covariance. How many features are there?",
        "`np.cov` reads each row as one variable. Its argument `rowvar` says otherwise.",
        "`np.cov(a, rowvar=False)`, or `np.cov(a.T)`.",
    ],
    praise="A measure of two sets cannot depend on the order of their samples. Shuffling one of "
    "them is a test that costs one line.",
)


def _one_drawing(real_features, n):
    return np.repeat(real_features[:1], n, axis=0)


def _two_clusters():
    """Return features of 300 real images, in three dimensions."""
    rng = np.random.default_rng(3)
    return np.concatenate([rng.normal(size=(200, 3)), rng.normal(6, 0.5, size=(100, 3))])


def _check_cheat(make):
    real, n = _two_clusters(), 100
    given = expect_array(call(make, real.copy(), n), (n, real.shape[1]), "what you return")
    precision, recall = precision_recall(real, given)
    inside = (given >= real.min(axis=0)) & (given <= real.max(axis=0))
    expect(
        inside.all() or precision > 0,
        "The precision is 0: these samples lie outside of all that is real. Precision counts the "
        "samples that lie near some real image.",
    )
    if precision < 1:
        raise Wrong(
            f"The precision is {precision:.2f}. A point is certain to lie in a ball of the real "
            "images only where a real image is: the middle of all of them may lie between two "
            "clusters, where nothing is."
        )
    expect(
        recall < 0.05,
        "The precision is 1, and so far so good, but these samples reach "
        f"{number(recall, '.0%')} of the real images: that is the recall. For a cheat that shows "
        "what precision misses, let them reach as good as none.",
    )
    return f"Precision {precision:.2f}, recall {recall:.2f}: one good drawing, for ever."


cheat_precision = Exercise(
    "11.4",
    "Cheat the precision",
    _check_cheat,
    reference=_one_drawing,
    hints=[
        "Precision asks of each fake whether it lies near some real image. It asks nothing else.",
        "A real image lies in its own ball. And copies of it have a ball of radius 0.",
        "`np.repeat(real_features[:1], n, axis=0)`.",
    ],
    wrong=[
        (lambda real, n: np.repeat(real.mean(axis=0)[None], n, axis=0), "between two clusters"),
        (lambda real, n: real[:n], "that is the recall"),
        (lambda real, n: np.full((n, 3), 99.0), "outside of all that is real"),
        (lambda real, n: real[0], "what you return"),
    ],
)


def _support_estimate(drawings):
    counts = np.unique(drawings, return_counts=True)[1]
    agreeing = (counts * (counts - 1) / 2).sum()
    samples = len(drawings)
    return samples * (samples - 1) / 2 / agreeing


def _numbered():
    rng = np.random.default_rng(4)
    return [
        (np.array([3, 1, 3, 3, 7, 1]),),
        (rng.integers(0, 12, 20),),
        (np.array([5, 5, 5]),),
    ]


def _with_pairs(pairs_of, all_pairs=lambda s: s * (s - 1) / 2):
    """Return the estimate with the agreeing pairs, or all pairs, counted otherwise."""

    def estimate(drawings):
        counts = np.unique(drawings, return_counts=True)[1]
        return all_pairs(len(drawings)) / pairs_of(counts)

    return estimate


support_estimate = comparison(
    "11.6",
    "How many drawings are there?",
    reference=_support_estimate,
    cases=_numbered(),
    what="the estimate for the drawings {drawings}",
    slips=[
        (
            _with_pairs(lambda counts: (counts - 1).sum()),
            "This counts samples that repeat an earlier one. A drawing that comes three times "
            "makes three pairs: 1 with 2, 1 with 3, 2 with 3.",
        ),
        (
            _with_pairs(lambda counts: (counts > 1).sum()),
            "This counts drawings that come more than once. Count the pairs of samples that agree.",
        ),
        (
            lambda drawings: len(np.unique(drawings)),
            "This counts the drawings that were seen. There may be more that were not.",
        ),
        (
            _with_pairs(lambda counts: (counts**2).sum(), lambda s: s**2),
            "This pairs each sample with itself too, and these pairs always agree. Leave them out "
            "of both counts.",
        ),
        (
            _with_pairs(lambda counts: (counts * (counts - 1) / 2).sum(), lambda s: s**2),
            "There are s (s − 1) / 2 pairs of different samples, not s².",
        ),
        (
            _with_pairs(lambda counts: (counts * (counts - 1)).sum()),
            "The agreeing pairs are counted in both orders, all pairs in one. Count both alike.",
        ),
        (
            lambda drawings: 1 / _support_estimate(drawings),
            "This is the share of pairs that agree. The number of drawings is one over it.",
        ),
    ],
    hints=[
        "How many pairs of samples are there, and how many of them agree?",
        "A drawing that occurs c times makes c (c − 1) / 2 pairs that agree.",
        "`counts = np.unique(drawings, return_counts=True)[1]`.",
    ],
    praise="The share of agreeing pairs is right on average. Its inverse is a number of drawings, "
    "if all are equally likely.",
)
