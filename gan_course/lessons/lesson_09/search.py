"""An encoder by search: which code does a generator draw an image from?"""

import gan_course.backend

import numpy as np
import tensorflow as tf

from gan_course.arguments import check_array, check_number, check_whole
from gan_course.models import generate, latent_dim_of, sample_latent

RATE, MEAN, SQUARE = 0.1, 0.9, 0.999  # of Adam, lesson 01
PULL = 0.01  # what a code pays for lying far from 0: that times its mean square
PRESSED = -0.9  # a pixel above this counts as drawn


def find_codes(generator, images, *, starts=4, steps=150, pull=PULL, seed=0):
    """Find the codes from which a frozen generator comes nearest to images, by gradient descent.

    Each image is looked for from several random codes at once, and the best end is kept.

    Args:
        generator: A Keras model from codes to images in [-1, 1]. It is not changed.
        images: Shape (n, height, width, 1), in [-1, 1].
        starts: How many random codes to start from, at least 1.
        steps: Steps of Adam, at least 1.
        pull: How much a code far from 0 costs, at least 0: `pull` times its mean square. The prior
            N(0, I) says so much, a Gaussian error says the rest.
        seed: The seed of the starts.

    Returns:
        Codes (n, latent_dim), and the mean squared error of a pixel of each image (n,).

    Raises:
        ValueError: If an argument does not fit.

    Source: Zhu et al. 2016, Generative visual manipulation on the natural image manifold, eq. 4.
    """
    shape = ("n", *generator.output_shape[1:])
    images = check_array("images", images, shape, least=-1, most=1).astype(np.float32)
    starts, steps = check_whole("starts", starts), check_whole("steps", steps)
    pull = check_number("pull", pull, least=0)
    first = tf.constant(sample_latent(len(images) * starts, latent_dim_of(generator), seed))
    targets = tf.constant(np.repeat(images, starts, axis=0))
    ended = _descend(generator, first, targets, tf.constant(pull, tf.float32), tf.constant(steps))
    found = ended.numpy().reshape(len(images), starts, -1)
    drawn = generate(generator, found.reshape(-1, found.shape[-1]))
    errors = _errors(drawn, targets).numpy().reshape(len(images), starts)
    best = errors.argmin(axis=1)
    rows = np.arange(len(images))
    return found[rows, best], errors[rows, best]


def find_code_of_drawing(generator, drawing):
    """Find the code of one drawing; refuse an empty one.

    Args:
        generator: As in `find_codes`.
        drawing: Shape (28, 28), ink in [0, 1].

    Returns:
        A code (latent_dim,) and its mean squared error.

    Raises:
        ValueError: If nothing is drawn.
    """
    drawing = check_array("drawing", drawing, (28, 28), least=0, most=1)
    image = 2.0 * drawing[np.newaxis, ..., np.newaxis] - 1.0
    if not (image > PRESSED).any():
        raise ValueError(
            "The drawing is empty: there is nothing to look for. Draw a digit with the mouse, a "
            "finger or the arrow keys first."
        )
    codes, errors = find_codes(generator, image)
    return codes[0], float(errors[0])


@tf.function(reduce_retracing=True)
def _descend(generator, codes, targets, pull, steps):
    """Take steps of Adam from codes downhill; the generator stays as it is."""
    mean, square = tf.zeros_like(codes), tf.zeros_like(codes)
    for number in tf.range(steps):
        with tf.GradientTape() as tape:
            tape.watch(codes)
            errors = _errors(generator(codes, training=False), targets)
            cost = tf.reduce_sum(errors + pull * tf.reduce_mean(codes**2, axis=1))
        slope = tape.gradient(cost, codes)
        mean = MEAN * mean + (1 - MEAN) * slope
        square = SQUARE * square + (1 - SQUARE) * slope**2
        count = tf.cast(number + 1, tf.float32)
        scale = tf.sqrt(square / (1 - SQUARE**count)) + 1e-7
        codes = codes - RATE * mean / (1 - MEAN**count) / scale
    return codes


def _errors(images, targets):
    return tf.reduce_mean(tf.square(images - targets), axis=(1, 2, 3))
