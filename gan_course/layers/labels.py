"""Labels as a network can use them: one-hot rows beside z, one-hot maps beside an image."""

import gan_course.backend

import keras
from keras import ops

from gan_course.arguments import check_whole


@keras.saving.register_keras_serializable(package="gan_course")
class OneHotLabels(keras.Layer):
    """Turns class numbers into one-hot rows: 3 of 5 becomes 0 0 0 1 0.

    Args:
        num_classes: How many classes there are.
        **kwargs: `name` and `dtype` of the layer.

    Input: whole numbers from 0 to num_classes − 1, shape (batch,).
    Output: (batch, num_classes).

    Raises:
        ValueError: If `num_classes` is no positive whole number.

    Example:
        >>> rows = OneHotLabels(10)(labels)

    Introduced in lesson 08.
    """

    def __init__(self, num_classes, **kwargs):
        super().__init__(**kwargs)
        self.num_classes = check_whole("num_classes", num_classes)
        self.input_spec = keras.InputSpec(ndim=1)

    def call(self, labels):
        """Return a row of zeros with a single 1 for each label.

        Args:
            labels: Class numbers, shape (batch,).

        Returns:
            Shape (batch, num_classes).
        """
        return ops.one_hot(ops.cast(labels, "int32"), self.num_classes, dtype=self.compute_dtype)

    def get_config(self):
        """Return the arguments that make this layer again, as a dict that JSON can hold."""
        return {**super().get_config(), "num_classes": self.num_classes}


@keras.saving.register_keras_serializable(package="gan_course")
class LabelMaps(keras.Layer):
    """Turns class numbers into constant maps: map c is all 1 for label c and all 0 otherwise.

    Beside an image the maps are ten more channels, so that a convolution sees the label wherever
    it looks.

    Args:
        num_classes: How many classes there are.
        height: The maps' height.
        width: The maps' width.
        **kwargs: `name` and `dtype` of the layer.

    Input: whole numbers from 0 to num_classes − 1, shape (batch,).
    Output: (batch, height, width, num_classes).

    Raises:
        ValueError: If a size is no positive whole number.

    Source: Reed et al. 2016, section 4.1: the condition repeated over space, in the discriminator.

    Example:
        >>> maps = LabelMaps(10, 28, 28)(labels)

    Introduced in lesson 08.
    """

    def __init__(self, num_classes, height=28, width=28, **kwargs):
        super().__init__(**kwargs)
        self.num_classes = check_whole("num_classes", num_classes)
        self.height, self.width = check_whole("height", height), check_whole("width", width)
        self.input_spec = keras.InputSpec(ndim=1)

    def call(self, labels):
        """Return the maps of each label.

        Args:
            labels: Class numbers, shape (batch,).

        Returns:
            Shape (batch, height, width, num_classes).
        """
        rows = ops.one_hot(ops.cast(labels, "int32"), self.num_classes, dtype=self.compute_dtype)
        shape = (ops.shape(labels)[0], self.height, self.width, self.num_classes)
        return ops.broadcast_to(rows[:, None, None, :], shape)  # the same row at every pixel

    def get_config(self):
        """Return the arguments that make this layer again, as a dict that JSON can hold."""
        return {
            **super().get_config(),
            "num_classes": self.num_classes,
            "height": self.height,
            "width": self.width,
        }
