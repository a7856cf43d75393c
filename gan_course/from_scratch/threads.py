"""One thread for small matrices: a second one mostly waits."""

from threadpoolctl import threadpool_limits


def use_one_thread():
    """Let NumPy multiply matrices on one thread from here on, in the whole process.

    A product of (60, 100) and (100, 100) takes some microseconds: less than it takes to share it
    with a second thread, and to wait for that one on a busy machine. Measured on two busy cores,
    the runs of `benchmarks/batch_norm_rates.py` took 3 to 27 times as long with two threads as
    with one. TensorFlow has threads of its own, and keeps them.

    Example:
        >>> use_one_thread()

    Introduced in lesson 02.
    """
    threadpool_limits(limits=1, user_api="blas")
