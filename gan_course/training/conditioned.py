"""A conditional network with its labels filled in: to an update it looks like any other."""

import gan_course.backend

from keras import ops


class Conditioned:
    """A network that takes labels beside its first input, with the labels of one batch given.

    So one update serves both kinds of GAN: what changes is what the two players know. A batch of
    another size is a mixed one, as `update_discriminator_mixed` makes it: a real half and a fake
    half of n images each, and both have the n labels.

    Args:
        network: A Keras model of two inputs, [z, labels] or [images, labels].
        labels: Whole numbers, shape (batch,).

    Source: Mirza & Osindero 2014, equation 2.

    Introduced in lesson 08.
    """

    def __init__(self, network, labels):
        self.network = network
        self.labels = labels

    def __call__(self, x, training):
        """Return the network's output for `x`, of n or 2n examples, under the n labels given."""
        labels = self.labels
        if x.shape[0] != labels.shape[0]:  # a mixed batch: its real half, then its fake half
            labels = ops.concatenate([labels, labels])
        return self.network([x, labels], training=training)

    @property
    def trainable_variables(self):
        """The network's trainable variables."""
        return self.network.trainable_variables


def given(network, labels):
    """Return the network with these labels filled in, or as it is where there are none.

    Args:
        network: A Keras model.
        labels: Whole numbers, shape (batch,), or None.

    Returns:
        A `Conditioned`, or the network.

    Introduced in lesson 08.
    """
    return network if labels is None else Conditioned(network, labels)
