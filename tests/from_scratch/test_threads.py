"""Small NumPy training runs on one thread."""

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from gan_course.from_scratch.threads import use_one_thread


def test_matrix_products_use_one_thread_from_then_on():
    assert np.ones((2, 2)).sum() == 4  # NumPy has loaded its library of products
    with threadpool_limits(limits=2, user_api="blas"):  # puts back what was, afterwards
        use_one_thread()
        threads = {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}
    assert threads <= {1}
