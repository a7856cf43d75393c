"""Wrong answers that learners of lesson 07 give, for its exercises to recognise and its tests."""

import numpy as np


def transposed_output_size(size, kernel_size, stride=1, padding=0):
    """The right size."""
    return stride * (size - 1) + kernel_size - 2 * padding


def size_of_stride_alone(size, kernel_size, stride=1, padding=0):
    """Multiplies by the stride, which is right for a kernel of 4, stride 2 and padding 1."""
    return stride * size


def size_of_a_convolution(size, kernel_size, stride=1, padding=0):
    """The way down instead of the way up."""
    return (size + 2 * padding - kernel_size) // stride + 1


def size_with_one_stamp_too_many(size, kernel_size, stride=1, padding=0):
    """Counts the gaps between stamps as if there were one after the last."""
    return stride * size + kernel_size - 2 * padding


def size_cut_on_one_side(size, kernel_size, stride=1, padding=0):
    """Cuts one edge only."""
    return stride * (size - 1) + kernel_size - padding


def size_with_padding_added(size, kernel_size, stride=1, padding=0):
    """Adds where the transposed operation takes away."""
    return stride * (size - 1) + kernel_size + 2 * padding


def matrix_lying_down(kernel, size, stride):
    """Inputs in rows: the matrix of the convolution."""
    return stamp_matrix(kernel, size, stride).T


def matrix_of_stride_1(kernel, size, stride):
    """Every stamp one pixel further."""
    return stamp_matrix(kernel, size, 1)


def matrix_turned(kernel, size, stride):
    """The kernel upside down in each column."""
    return stamp_matrix(kernel[::-1], size, stride)


def matrix_of_one_stamp(kernel, size, stride):
    """Only the first column is filled."""
    matrix = stamp_matrix(kernel, size, stride)
    matrix[:, 1:] = 0.0
    return matrix


def stamp_matrix(kernel, size, stride):
    """The right matrix, from which the slips above are made."""
    matrix = np.zeros((stride * (size - 1) + len(kernel), size))
    for pixel in range(size):
        matrix[stride * pixel : stride * pixel + len(kernel), pixel] = kernel
    return matrix


def sum_of_shifts(kernel):
    """The sum of the four shifted copies, without the half turn before it."""
    k = len(kernel)
    total = np.zeros((k + 1, k + 1))
    for row in (0, 1):
        for column in (0, 1):
            total[row : row + k, column : column + k] += kernel
    return total


def summed_by_overwriting(kernel):
    """Writes the copies where they should be added."""
    k = len(kernel)
    total = np.zeros((k + 1, k + 1))
    for row in (0, 1):
        for column in (0, 1):
            total[row : row + k, column : column + k] = kernel[::-1, ::-1]
    return total


def summed_and_averaged(kernel):
    """Divides by the four copies."""
    return sum_of_shifts(kernel[::-1, ::-1]) / 4


def summed_in_the_corners(kernel):
    """Two of the four copies are missing."""
    k = len(kernel)
    total = np.zeros((k + 1, k + 1))
    total[:k, :k] += kernel[::-1, ::-1]
    total[1:, 1:] += kernel[::-1, ::-1]
    return total


def count_with_half_a_batch_norm(latent_dim, channels):
    """γ and β, without the moving mean and variance."""
    return count_layers(latent_dim, channels) - 2 * (channels[1] + channels[2])


def count_without_batch_norm(latent_dim, channels):
    """The two batch-norm layers are forgotten."""
    return count_layers(latent_dim, channels) - 4 * (channels[1] + channels[2])


def count_without_biases(latent_dim, channels):
    """The weights alone."""
    first, second, third = channels
    return count_layers(latent_dim, channels) - 49 * first - second - third - 1


def count_of_one_pixel(latent_dim, channels):
    """The dense layer reaches one pixel of the grid instead of 7 · 7."""
    first = channels[0]
    return count_layers(latent_dim, channels) - 48 * first * (latent_dim + 1)


def count_of_grown_kernels(latent_dim, channels):
    """Multiplies each convolution with the pixels it is laid on."""
    first, second, third = channels
    more = 195 * 9 * first * second + 783 * (9 * second * third + 9 * third)
    return count_layers(latent_dim, channels) + more


def count_of_summed_kernels(latent_dim, channels):
    """Sixteen weights for each kernel of the two layers that upsample."""
    first, second, third = channels
    return count_layers(latent_dim, channels) + 7 * (first * second + second * third)


def count_with_a_third_batch_norm(latent_dim, channels):
    """One behind the dense layer too."""
    return count_layers(latent_dim, channels) + 4 * channels[0]


def count_layers(latent_dim, channels):
    """The right count, from which the slips above are made."""
    first, second, third = channels
    dense = (latent_dim + 1) * 49 * first
    convolutions = (9 * first + 1) * second + (9 * second + 1) * third + 9 * third + 1
    return dense + convolutions + 4 * (second + third)


def small_generator(activation, scale=1.0, channels=1):
    """A generator that ends in an activation, for the exercise that mends one."""
    import keras
    from keras import layers

    z = keras.Input((16,))
    x = layers.Reshape((7, 7, 2))(layers.Dense(98)(z))
    x = layers.Conv2D(2, 3, padding="same", activation="relu")(layers.UpSampling2D(2)(x))
    x = layers.Conv2D(channels, 3, padding="same")(layers.UpSampling2D(2)(x))
    x = layers.Activation(activation)(x)
    return keras.Model(z, layers.Rescaling(scale)(x) if scale != 1.0 else x)


def still_a_sigmoid():
    """Nothing was changed."""
    return small_generator("sigmoid")


def no_activation():
    """The activation was left out."""
    return small_generator("linear")


def ends_in_relu():
    """ReLU cannot go below 0 either, and knows no upper end."""
    return small_generator("relu")


def stretched_sigmoid():
    """Reaches 2, and still not below 0."""
    return small_generator("sigmoid", scale=2.0)
