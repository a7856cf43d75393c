"""A conditional network with its labels filled in: to an update it looks like any other."""


class Conditioned:
    """A network that takes labels beside its first input, with the labels of one batch given.

    So one update serves both kinds of GAN: what changes is what the two players know.

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
        """Return the network's output for `x` under the labels given."""
        return self.network([x, self.labels], training=training)

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
