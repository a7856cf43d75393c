"""What learners write by mistake in lesson 05: each check tells these apart by name."""

import numpy as np

from gan_course.theory.divergences import kl


def swapped_discriminator(p_data, p_g):
    """The probability of being fake."""
    return np.divide(p_g, np.add(p_data, p_g), out=np.full(np.shape(p_g), 0.5), where=p_g > 0)


def density_ratio(p_data, p_g):
    """The ratio itself."""
    return p_data / p_g


def unguarded_discriminator(p_data, p_g):
    """0 / 0 where nothing is ever seen."""
    return p_data / (p_data + p_g)


def zero_where_nothing(p_data, p_g):
    """0 where both are 0."""
    total = p_data + p_g
    return p_data / np.where(total > 0, total, 1.0)


def jeffreys(p, q, cell):
    """The mean of both KL divergences."""
    return (kl(p, q, cell) + kl(q, p, cell)) / 2


def without_halves(p, q, cell):
    """Both KL divergences added up, without ½."""
    middle = (p + q) / 2
    return kl(p, middle, cell) + kl(q, middle, cell)


def from_the_middle(p, q, cell):
    """The arguments of KL the wrong way round."""
    middle = (p + q) / 2
    return kl(middle, p, cell) / 2 + kl(middle, q, cell) / 2


def whole_sum(p, q, cell):
    """p + q for the mixture."""
    return kl(p, p + q, cell) / 2 + kl(q, p + q, cell) / 2


def distance(p, q, cell):
    """The Jensen-Shannon distance, the root."""
    middle = (p + q) / 2
    return np.sqrt(kl(p, middle, cell) / 2 + kl(q, middle, cell) / 2)


def _sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float64)))


def swapped_gradients(logits):
    """The two in the wrong order."""
    return _sigmoid(logits) - 1, -_sigmoid(logits)


def uphill_gradients(logits):
    """Both signs turned."""
    return _sigmoid(logits), 1 - _sigmoid(logits)


def gradients_of_d(logits):
    """With respect to D, not to the logit."""
    d = _sigmoid(logits)
    return -1 / (1 - d), -1 / d


def only_the_sigmoid(logits):
    """The sigmoid's own slope."""
    d = _sigmoid(logits)
    return -d * (1 - d), -d * (1 - d)


def pooled_loss(real_logits, fake_logits):
    """One mean over everything: the bug of the lesson."""
    costs = [np.logaddexp(0, -real_logits), np.logaddexp(0, fake_logits)]
    return np.mean(np.concatenate(costs))


def pooled_twice(real_logits, fake_logits):
    """The same bug in another scale."""
    return 2 * pooled_loss(real_logits, fake_logits)


def halved_loss(real_logits, fake_logits):
    """The mean of the two means: the same D, half the number."""
    real, fake = np.logaddexp(0, -real_logits), np.logaddexp(0, fake_logits)
    return (np.mean(real) + np.mean(fake)) / 2


def summed_loss(real_logits, fake_logits):
    """Sums for means."""
    return np.sum(np.logaddexp(0, -real_logits)) + np.sum(np.logaddexp(0, fake_logits))


def labels_swapped(real_logits, fake_logits):
    """Real judged as fake."""
    return np.mean(np.logaddexp(0, real_logits)) + np.mean(np.logaddexp(0, -fake_logits))


def cut_to_the_shorter(real_logits, fake_logits):
    """Throws away what has no partner."""
    count = min(len(real_logits), len(fake_logits))
    real, fake = real_logits[:count], fake_logits[:count]
    return np.mean(np.logaddexp(0, -real)) + np.mean(np.logaddexp(0, fake))
