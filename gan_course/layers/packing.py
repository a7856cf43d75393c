"""Packing: a discriminator that judges several examples of one kind at once."""

import gan_course.backend

import keras
from keras import ops

from gan_course.arguments import check_whole


@keras.saving.register_keras_serializable(package="gan_course")
class Pack(keras.Layer):
    """Lays each `count` examples of a batch on one another: their channels become one's.

    As the first layer of a discriminator it lets one verdict rest on several examples, all real or
    all fake. Fakes that are too much alike are then seen to be so, which no single one shows.

    Args:
        count: How many examples make a pack, at least 1.
        **kwargs: `name` and `dtype` of the layer.

    Input: images (batch, height, width, channels) or points (batch, dimensions), the batch a
    multiple of `count`. Output: (batch / count, …, count · channels).

    Raises:
        ValueError: If `count` is no positive whole number, or does not divide the batch.

    Source: Lin et al. 2018, PacGAN: the power of two samples in generative adversarial networks,
    section 2.

    Example:
        >>> Pack(2)(ops.zeros((6, 28, 28, 1))).shape
        TensorShape([3, 28, 28, 2])
    """

    def __init__(self, count, **kwargs):
        super().__init__(**kwargs)
        self.count = check_whole("count", count)

    def call(self, examples):
        """Return the packs.

        Args:
            examples: Shape (batch, …, channels).

        Returns:
            Shape (batch / count, …, count · channels), each pack of neighbours in the batch.
        """
        batch, *middle, channels = examples.shape
        if batch is not None and batch % self.count:
            raise ValueError(
                f"{batch} examples do not divide into packs of {self.count}: take a multiple, such "
                f"as {max(1, batch // self.count) * self.count}."
            )
        packs = ops.reshape(examples, (-1, self.count, *middle, channels))
        packs = ops.moveaxis(packs, 1, -2)  # (batch / count, …, count, channels)
        return ops.reshape(packs, (-1, *middle, self.count * channels))

    def compute_output_shape(self, input_shape):
        """Return the shape of the packs for a shape of the input."""
        batch, *middle, channels = input_shape
        batch = None if batch is None else batch // self.count
        return (batch, *middle, self.count * channels)

    def get_config(self):
        """Return the arguments that make this layer again, as a dict that JSON can hold."""
        return {**super().get_config(), "count": self.count}
