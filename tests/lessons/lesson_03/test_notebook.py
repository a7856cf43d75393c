"""Lesson 03: the batch norm that its cells write out is the packaged one."""

import numpy as np
from cells import function_of

from gan_course.from_scratch import batch_norm

RNG = np.random.default_rng(4)
INPUTS, GAMMA, BETA = RNG.normal(3, 2, (6, 3)), RNG.uniform(0.5, 2, 3), RNG.normal(size=3)


def written(cell_id, name):
    return function_of("03_batch_normalization.ipynb", cell_id, name)


def test_forward_and_backward_are_the_packaged_ones():
    outputs, cache = written("batch-norm-train", "batch_norm_train")(INPUTS, GAMMA, BETA)
    packaged, packaged_cache = batch_norm.batch_norm_train(INPUTS, GAMMA, BETA)
    assert np.allclose(outputs, packaged, rtol=1e-12)
    ours = written("batch-norm-backward", "batch_norm_backward")(outputs**2, cache)
    theirs = batch_norm.batch_norm_backward(outputs**2, packaged_cache)
    assert all(np.allclose(one, two, rtol=1e-9) for one, two in zip(ours, theirs, strict=True))


def test_running_averages_and_inference_are_the_packaged_ones():
    _, cache = written("batch-norm-train", "batch_norm_train")(INPUTS, GAMMA, BETA)
    _, packaged_cache = batch_norm.batch_norm_train(INPUTS, GAMMA, BETA)
    start = np.zeros(3), np.ones(3)
    ours = written("running", "update_running")(*start, cache)
    theirs = batch_norm.update_running(*start, packaged_cache)
    assert np.allclose(ours, theirs, rtol=1e-12)
    inference = written("running", "batch_norm_inference")(INPUTS, GAMMA, BETA, *ours)
    assert np.allclose(inference, batch_norm.batch_norm_inference(INPUTS, GAMMA, BETA, *theirs))
