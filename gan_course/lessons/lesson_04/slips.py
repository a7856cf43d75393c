"""What learners of lesson 04 get wrong first: the tests hold each against its message."""

import numpy as np


def unscaled(x, rate, rng, training):
    """Masks and does not scale."""
    return x * (rng.random(x.shape) >= rate) if training else x


def scaled_at_test(x, rate, rng, training):
    """The paper's original form: the scale stands in the test."""
    return x * (rng.random(x.shape) >= rate) if training else x * (1 - rate)


def scaled_twice(x, rate, rng, training):
    """Inverted scaling, and the paper's scaling too."""
    return x * (rng.random(x.shape) >= rate) / (1 - rate) if training else x * (1 - rate)


def divided_by_rate(x, rate, rng, training):
    """Divides by the share that is dropped."""
    return x * (rng.random(x.shape) >= rate) / rate if training else x


def multiplied(x, rate, rng, training):
    """Scales down where it should scale up."""
    return x * (rng.random(x.shape) >= rate) * (1 - rate) if training else x


def rate_kept(x, rate, rng, training):
    """Reads the rate as the share that is kept."""
    return x * (rng.random(x.shape) < rate) / rate if training else x


def one_mask_for_all(x, rate, rng, training):
    """One mask for the whole batch."""
    return x * (rng.random(x.shape[1]) >= rate) / (1 - rate) if training else x


def whole_examples(x, rate, rng, training):
    """Drops an example with all of its units, or none of them."""
    return x * (rng.random((len(x), 1)) >= rate) / (1 - rate) if training else x


def seeded_inside(x, rate, rng, training):
    """The same mask at every step."""
    rng = np.random.default_rng(0)
    return x * (rng.random(x.shape) >= rate) / (1 - rate) if training else x


def own_randomness(x, rate, rng, training):
    """Does not draw from the generator that it was given."""
    rng = np.random.default_rng()
    return x * (rng.random(x.shape) >= rate) / (1 - rate) if training else x


def always_on(x, rate, rng, training):
    """Drops at test time too."""
    return x * (rng.random(x.shape) >= rate) / (1 - rate)


def without_scaling_variance(hidden, weights, rate):
    """The variance without the inverted scaling."""
    return np.sum((hidden * weights) ** 2) * rate * (1 - rate)


def turned_fraction(hidden, weights, rate):
    """Keep over rate."""
    return np.sum((hidden * weights) ** 2) * (1 - rate) / rate


def squared_sum(hidden, weights, rate):
    """The square of the sum for the sum of the squares."""
    return np.sum(hidden * weights) ** 2 * rate / (1 - rate)


def deviation(hidden, weights, rate):
    """The root of the variance."""
    return np.sqrt(np.sum((hidden * weights) ** 2) * rate / (1 - rate))


def weights_not_squared(hidden, weights, rate):
    """Forgets that a factor leaves a variance squared."""
    return np.sum(weights * hidden**2) * rate / (1 - rate)


def gradient_unscaled(output_gradient, mask, rate):
    """The scale is forgotten on the way back."""
    return output_gradient * mask


def gradient_unmasked(output_gradient, mask, rate):
    """The mask is forgotten on the way back."""
    return output_gradient / (1 - rate)


def gradient_untouched(output_gradient, mask, rate):
    """Passes everything."""
    return output_gradient


def gradient_turned(output_gradient, mask, rate):
    """Passes what was dropped."""
    return output_gradient * (1 - mask) / (1 - rate)


def gradient_new_mask(output_gradient, mask, rate):
    """Draws another mask for the way back."""
    other = np.random.default_rng(0).random(mask.shape) >= rate
    return output_gradient * other / (1 - rate)


def arithmetic(probabilities):
    """The ordinary mean."""
    return probabilities.mean(axis=0)


def not_normalised(probabilities):
    """The geometric mean as it is."""
    return np.exp(np.log(probabilities).mean(axis=0))


def product(probabilities):
    """The m-th root is forgotten."""
    powers = np.prod(probabilities, axis=0)
    return powers / powers.sum()


def over_classes(probabilities):
    """The mean over the classes and not over the masks."""
    means = np.exp(np.log(probabilities).mean(axis=1))
    return means / means.sum()
