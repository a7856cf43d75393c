"""The autoencoder, the variational autoencoder and the flow of lesson 09: what each is trained to.

All decoders are `build_small_generator()`, the generator of the recipe `fast`, and the flow's
network has somewhat fewer weights than that. What differs is what the families are told.
"""

import gan_course.backend

import keras
import numpy as np
import tensorflow as tf
from keras import ops

from gan_course import losses, models
from gan_course.arguments import check_whole, refusal
from gan_course.recipes.recipe import cosine_adam
from gan_course.training.fitting import Fit

LATENT_DIM = 32
BATCH = {"autoencoder": 64, "vae": 64, "flow": 32}
AVERAGING = 0.998
LEAST = 1e-6  # a share of ink this near to 0 or 1 counts as no nearer
RATE = 3e-3
PLANNED = {"autoencoder": 2_000, "vae": 1_700, "flow": 1_200}  # steps over which the rate falls


def reconstruction_loss(encoder, decoder):
    """Return the autoencoder's loss: the mean squared error of a pixel, after code and back.

    Args:
        encoder: A Keras model from images to codes.
        decoder: A Keras model from codes to images.

    Returns:
        A loss as `Fit` takes it.
    """

    def loss(images, random):
        return ops.mean(ops.square(decoder(encoder(images, training=True), training=True) - images))

    return loss


def evidence_loss(encoder, decoder):
    """Return the variational autoencoder's loss: minus the evidence lower bound, in nats an image.

    Args:
        encoder: A Keras model from images in [0, 1] to means and log-variances, side by side.
        decoder: A Keras model from codes to images in [-1, 1]: `ink_logits` reads them.

    Returns:
        A loss as `Fit` takes it, for images in [0, 1].
    """

    def loss(images, random):
        mean, log_variance = ops.split(encoder(images, training=True), 2, axis=-1)
        code = losses.draw_code(mean, log_variance, random.normal(ops.shape(mean)))
        logits = ink_logits(decoder(code, training=True))
        likelihood = losses.bernoulli_log_likelihood(images, logits)
        return ops.mean(losses.gaussian_kl(mean, log_variance) - likelihood)

    return loss


def velocity_loss(network):
    """Return the flow's loss: how far its velocity is from that of straight lines, a pixel.

    Args:
        network: A Keras model from [images, time] to velocities.

    Returns:
        A loss as `Fit` takes it.
    """

    def loss(images, random):
        noise = random.normal(ops.shape(images))
        time = random.uniform((ops.shape(images)[0], 1))
        velocity = network([losses.on_the_way(images, noise, time), time], training=True)
        return losses.flow_matching_loss(velocity, images, noise)

    return loss


def ink_logits(images):
    """Return log(p / (1 − p)) of the share of ink p = (image + 1) / 2 of each pixel.

    Args:
        images: Pixels in [-1, 1], as a decoder that ends in tanh makes them.

    Returns:
        The same shape. A share within a millionth of 0 or 1 counts as a millionth away.
    """
    share = ops.clip((images + 1.0) / 2.0, LEAST, 1.0 - LEAST)
    return ops.log(share) - ops.log1p(-share)


def check_ink(images):
    """Raise a ValueError unless every pixel can be a share of ink, as a Bernoulli loss needs it.

    Args:
        images: An array.
    """
    low, high = float(np.min(images)), float(np.max(images))
    if low < 0 or high > 1:
        raise refusal(
            "images",
            f"pixels from {low:g} to {high:g}",
            "pixels in [0, 1]",
            "A Bernoulli likelihood reads a pixel as a share of ink; a share below 0 is rewarded "
            "without end for p = 0, so the loss falls for ever. Load the images with "
            "value_range=(0, 1), or take (images + 1) / 2.",
        )


def autoencoder(images, seed=0):
    """Return what trains an encoder and a decoder to rebuild images in [-1, 1].

    Args:
        images: Shape (n, 28, 28, 1).
        seed: The seed of weights and batches.

    Returns:
        A `Fit`; its networks are the encoder and the decoder.
    """
    keras.utils.set_random_seed(seed)
    networks = models.build_encoder(LATENT_DIM), models.build_small_generator(LATENT_DIM)
    return _fit("autoencoder", networks, reconstruction_loss(*networks), images, seed)


def variational_autoencoder(images, seed=0):
    """Return what trains an encoder and a decoder towards the evidence lower bound.

    Args:
        images: Shape (n, 28, 28, 1), pixels in [0, 1]: shares of ink.
        seed: The seed of weights, batches and codes.

    Returns:
        A `Fit`; its networks are the encoder (means and log-variances) and the decoder.

    Raises:
        ValueError: If a pixel is below 0 or above 1.
    """
    check_ink(images)
    keras.utils.set_random_seed(seed)
    networks = models.build_encoder(2 * LATENT_DIM), models.build_small_generator(LATENT_DIM)
    return _fit("vae", networks, evidence_loss(*networks), images, seed)


def flow(images, seed=0, steps=PLANNED["flow"]):
    """Return what trains a network of velocities by flow matching.

    Args:
        images: Shape (n, 28, 28, 1), in [-1, 1].
        seed: The seed of weights, batches, noise and times.
        steps: Over how many steps the rate falls.

    Returns:
        A `Fit`; its one network is the velocity.
    """
    keras.utils.set_random_seed(seed)
    network = models.build_flow_network()
    return _fit("flow", (network,), velocity_loss(network), images, seed, steps)


def _fit(name, networks, loss, images, seed, steps=None):
    optimizer = cosine_adam(RATE, beta_1=0.9, beta_2=0.99, last=0.05)(steps or PLANNED[name])
    return Fit(
        networks, loss, images, optimizer, batch_size=BATCH[name], averaging=AVERAGING, seed=seed
    )


@tf.function(reduce_retracing=True)
def _advance(network, images, steps):
    """Carry one batch from t = 0 to t = 1 by Euler's method."""
    length = 1.0 / tf.cast(steps, tf.float32)
    for number in tf.range(steps):
        time = tf.fill((tf.shape(images)[0], 1), tf.cast(number, tf.float32) * length)
        images = images + length * network([images, time], training=False)
    return images


def draw_by_flow(network, noise, steps, batch=250):
    """Carry noise to images along a learned velocity, by Euler's method.

    Args:
        network: A Keras model from [images, time] to velocities.
        noise: Draws from N(0, 1), shape (n, 28, 28, 1).
        steps: How many steps of equal length, at least 1; each asks the network once.
        batch: Images carried at a time.

    Returns:
        float32 images, the same shape, clipped to [-1, 1].
    """
    steps = tf.constant(check_whole("steps", steps))
    noise = np.asarray(noise, np.float32)
    parts = [
        _advance(network, tf.constant(noise[start : start + batch]), steps).numpy()
        for start in range(0, len(noise), batch)
    ]
    return np.clip(np.concatenate(parts), -1.0, 1.0)
