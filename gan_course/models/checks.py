"""Checks of what images a network is built for, and of whether two networks fit together."""

from gan_course.arguments import IMAGE_SIDES, check_sizes

EXAMPLE = "Take for example image_shape=(28, 28, 1): height, width, channels."


def check_image_shape(image_shape):
    """Return the shape of images that the convolutional networks can be built for.

    Args:
        image_shape: (height, width, channels): both sides multiples of 4 from 16 to 64, and one
            channel for grey or three for colour.

    Returns:
        The shape as a tuple.

    Raises:
        ValueError: If it is another; the message names the nearest that will do.

    Example:
        >>> check_image_shape((28, 28, 1))    # 28 → 14 → 7
        (28, 28, 1)
    """
    *sides, channels = check_sizes("image_shape", image_shape, 3, EXAMPLE)
    near = [min(IMAGE_SIDES, key=lambda s, side=side: (abs(s - side), -s)) for side in sides]
    if sides != near or channels not in (1, 3):
        raise ValueError(
            f"The images are {sides[0]}×{sides[1]} with {channels} channel(s); expected sides that "
            "are multiples of 4 from 16 to 64, and 1 channel (grey) or 3 (colour). Resize them, "
            f"for example to {near[0]}×{near[1]}: data.load_images(…, size=…) does, and --size on "
            "the command line."
        )
    return (*sides, channels)


def check_pair(generator, discriminator, image_shape):
    """Raise an error unless the two networks and the images fit together.

    Args:
        generator: A Keras model from (batch, latent_dim) to images.
        discriminator: A Keras model from images to (batch, 1); of a conditional one, images are
            the first input.
        image_shape: (height, width, channels) of the real images, or (dimensions,) of points.

    Raises:
        ValueError: If a shape differs; the message says which argument to change.
    """
    image_shape = tuple(image_shape)
    for player, does, shape in (
        ("generator", "makes", tuple(generator.output_shape[1:])),
        ("discriminator", "takes", tuple(discriminator.inputs[0].shape[1:])),
    ):
        if shape != image_shape:
            raise ValueError(
                f"The {player} {does} images of shape {shape}, but the data has {image_shape}: "
                f"build the {player} with image_shape={image_shape}, or change the data."
            )
    if tuple(discriminator.output_shape[1:]) != (1,):
        raise ValueError(
            f"The discriminator returns shape {tuple(discriminator.output_shape)}, but it must "
            "return one logit an image, shape (None, 1): end it with layers.Dense(1)."
        )
