"""Flow matching: a network learns the velocity that carries noise to data along straight lines."""

import gan_course.backend

from keras import ops


def on_the_way(data, noise, time):
    """Return x_t = (1 − t) · noise + t · data: where each pair is at its time.

    Args:
        data: Images or points (batch, …).
        noise: As many draws from N(0, I), the same shape.
        time: t of each pair, numbers in [0, 1], shape (batch,).
    """
    time = ops.reshape(time, (-1,) + (1,) * (len(data.shape) - 1))
    return (1.0 - time) * noise + time * data


def flow_matching_loss(velocity, data, noise):
    """E‖v(x_t, t) − (x − z)‖² a coordinate: how far the network is from each line's own velocity.

    Many lines cross at a place. The network that lowers this loss most gives their mean velocity
    there, E[x − z | x_t], and that mean carries the whole distribution of z to that of x.

    Args:
        velocity: What the network makes of x_t and t, shape (batch, …).
        data: The x of each pair, the same shape.
        noise: Their z.

    Returns:
        A scalar, in [0, ∞). Its least value is above 0: the lines differ.

    Source: Lipman et al. 2022, equation 23 with σ_min = 0; Liu et al. 2022, equation 1.
    """
    return ops.mean(ops.square(velocity - (data - noise)))
