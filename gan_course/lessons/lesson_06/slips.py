"""What learners of lesson 06 get wrong first: the tests hold each against its message."""

import numpy as np


def without_biases(latent_dim, hidden_units, pixels=784):
    """Weights only."""
    sizes = [latent_dim, *hidden_units, pixels]
    return sum(m * n for m, n in zip(sizes, sizes[1:], strict=False))


def without_output(latent_dim, hidden_units, pixels=784):
    """Hidden layers only."""
    sizes = [latent_dim, *hidden_units]
    return sum(m * n + n for m, n in zip(sizes, sizes[1:], strict=False))


def without_input(latent_dim, hidden_units, pixels=784):
    """The first layer is forgotten."""
    return without_output(hidden_units[0], [*hidden_units[1:], pixels])


def naive_minimax(fake_logits):
    """Takes the logarithm of zero at large logits."""
    from keras import ops

    return ops.mean(ops.log(1.0 - ops.sigmoid(fake_logits)))


def wrong_sign(fake_logits):
    """The sign is turned."""
    from keras import ops

    return ops.mean(ops.softplus(fake_logits))


def non_saturating(fake_logits):
    """The other loss of the generator."""
    from keras import ops

    return ops.mean(ops.softplus(-fake_logits))


def unreduced(fake_logits):
    """No mean."""
    from keras import ops

    return -ops.softplus(fake_logits)


def summed(fake_logits):
    """A sum for a mean."""
    from keras import ops

    return -ops.sum(ops.softplus(fake_logits))


def counts(labels, num_classes=10):
    """Counts for shares."""
    return np.bincount(labels, minlength=num_classes)


def short_shares(labels, num_classes=10):
    """Too short where the last classes are missing."""
    return np.bincount(labels) / len(labels)


def shares_of_present(labels, num_classes=10):
    """Too short where any class is missing."""
    return np.unique(labels, return_counts=True)[1] / len(labels)


def shares_by_class(labels, num_classes=10):
    """Divides by the wrong number."""
    return np.bincount(labels, minlength=num_classes) / num_classes
