"""What the layers of a network add to its loss: penalties on weights, and `add_loss`."""

import gan_course.backend

from keras import ops


class OwnLosses:
    """A network as one update sees it, which notes the losses of its own layers.

    Keras forgets what a layer gave to `add_loss` when the network is called again, and the
    discriminator is called twice: so it is noted after each call. Penalties on weights count once.
    Everything else is the network's.

    Args:
        network: A Keras model.

    Example:
        >>> discriminator = OwnLosses(discriminator)
        >>> loss = discriminator.added_to(loss_of(discriminator(images, training=True)))
    """

    def __init__(self, network):
        self.network, self._noted = network, []

    def __call__(self, *inputs, **settings):
        """Return what the network returns."""
        outputs = self.network(*inputs, **settings)
        losses = self.network.losses  # those of this call, then the penalties
        self._noted += losses[: len(losses) - self._penalties()]
        return outputs

    def __getattr__(self, name):
        return getattr(self.network, name)

    def added_to(self, loss):
        """Return a loss with all that was noted, and the penalties, added to it.

        Args:
            loss: A scalar.

        Returns:
            A scalar; `loss` itself where there is nothing to add.
        """
        penalties, losses = self._penalties(), self.network.losses
        for own in self._noted + losses[len(losses) - penalties :]:
            loss = loss + ops.cast(own, loss.dtype)
        return loss

    def _penalties(self):
        return sum(v.regularizer is not None for v in self.network.trainable_variables)
