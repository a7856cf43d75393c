"""The evidence lower bound of a variational autoencoder: two terms, each with a closed form.

log p(x) ≥ E_q(z|x)[log p(x|z)] − KL(q(z|x) ‖ p(z)), with equality where q(z|x) = p(z|x).
"""

import math

import gan_course.backend

from keras import ops


def gaussian_kl(mean, log_variance):
    """KL(N(μ, σ²) ‖ N(0, I)) for each example: Σ ½ (μ² + σ² − 1 − log σ²), in nats.

    Args:
        mean: μ, shape (batch, latent_dim).
        log_variance: log σ², the same shape: a variance then is positive whatever comes out.

    Returns:
        Shape (batch,), each at least 0; 0 where μ = 0 and σ = 1.

    Source: Kingma & Welling 2013, appendix B, with the sign turned.

    Example:
        >>> float(gaussian_kl(ops.ones((1, 2)), ops.zeros((1, 2)))[0])
        1.0
    """
    terms = ops.square(mean) + ops.exp(log_variance) - 1.0 - log_variance
    return 0.5 * ops.sum(terms, axis=-1)


def draw_code(mean, log_variance, noise):
    """Return μ + σ ε: a draw from N(μ, σ²) through which a gradient reaches μ and σ.

    Args:
        mean: μ, shape (batch, latent_dim).
        log_variance: log σ², the same shape.
        noise: ε from N(0, I), the same shape.

    Source: Kingma & Welling 2013, section 2.4, the reparameterisation trick.
    """
    return mean + ops.exp(0.5 * log_variance) * noise


def bernoulli_log_likelihood(images, logits):
    """log p(x|z) for each image, each pixel a share of ink: Σ x log p + (1 − x) log(1 − p).

    Args:
        images: Pixels in [0, 1], shape (batch, …).
        logits: What the decoder makes of z, the logit of each p; the same shape.

    Returns:
        Shape (batch,), in nats, each at most 0.

    Source: Kingma & Welling 2013, appendix C.1.
    """
    by_pixel = images * logits - ops.softplus(logits)
    return ops.sum(by_pixel, axis=tuple(range(1, len(images.shape))))


def gaussian_log_likelihood(images, means, std):
    """log p(x|z) for each image, each pixel from N(mean, std²).

    Args:
        images: Pixels, shape (batch, …).
        means: What the decoder makes of z, the same shape.
        std: σ of every pixel, above 0.

    Returns:
        Shape (batch,), in nats. A density may be above 1, so these may be above 0.

    Source: Kingma & Welling 2013, appendix C.2.
    """
    by_pixel = -0.5 * ops.square((images - means) / std) - math.log(std * math.sqrt(2 * math.pi))
    return ops.sum(by_pixel, axis=tuple(range(1, len(images.shape))))
