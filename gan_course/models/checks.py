"""Checks of what networks are built from, and of whether two networks fit together."""


def check_sizes(name, sizes):
    """Raise an error unless `sizes` is a list or tuple of positive whole numbers.

    Args:
        name: The argument's name, for the message.
        sizes: What was given.

    Raises:
        ValueError: If it is anything else; the message shows an example.
    """
    whole = isinstance(sizes, list | tuple) and all(
        isinstance(size, int) and not isinstance(size, bool) and size > 0 for size in sizes
    )
    if not whole:
        raise ValueError(
            f"{name} is {sizes!r}; it must be a list of positive whole numbers, "
            f"one for each layer or axis, such as {name}=[256, 512]."
        )


def check_share(name, value):
    """Raise an error unless `value` is a number in [0, 1).

    Args:
        name: The argument's name, for the message.
        value: What was given.

    Raises:
        ValueError: If it is anything else.
    """
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < 1:
        raise ValueError(f"{name} is {value!r}; it must be a number in [0, 1), such as 0.5.")


def check_pair(generator, discriminator, image_shape):
    """Raise an error unless the two networks and the images fit together.

    Args:
        generator: A Keras model from (batch, latent_dim) to images.
        discriminator: A Keras model from images to (batch, 1); of a conditional one, images are
            the first input.
        image_shape: (height, width, channels) of the real images, or (dimensions,) of points.

    Raises:
        ValueError: If a shape differs; the message says which argument to change.

    Introduced in lesson 06.
    """
    image_shape = tuple(image_shape)
    made, judged = tuple(generator.output_shape[1:]), tuple(discriminator.inputs[0].shape[1:])
    if made != image_shape:
        raise ValueError(
            f"The generator makes images of shape {made}, but the data has {image_shape}: "
            f"build the generator with image_shape={image_shape}, or change the data."
        )
    if judged != image_shape:
        raise ValueError(
            f"The discriminator takes images of shape {judged}, but the data has {image_shape}: "
            f"build the discriminator with image_shape={image_shape}, or change the data."
        )
    if tuple(discriminator.output_shape[1:]) != (1,):
        raise ValueError(
            f"The discriminator returns shape {tuple(discriminator.output_shape)}, but it must "
            "return one logit an image, shape (None, 1): end it with layers.Dense(1)."
        )
