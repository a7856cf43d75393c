"""Lesson 02 loads TensorFlow where it compares with it, and its layers are the package's."""

import numpy as np
from cells import function_of, run_cells_before

from gan_course.from_scratch import dense


def test_no_cell_before_the_comparison_loads_tensorflow():
    report = run_cells_before("tensorflow", "02_backpropagation.ipynb")
    assert report == {"early": [], "late": []}


def test_the_two_layers_of_the_notebook_are_the_packaged_ones():
    rng = np.random.default_rng(3)
    parameters, inputs = dense.initial_two_layer(2, 5, 1, rng), rng.normal(size=(4, 2))
    forward = function_of("02_backpropagation.ipynb", "two-layer-forward", "two_layer_forward")
    backward = function_of("02_backpropagation.ipynb", "two-layer-backward", "two_layer_backward")
    logits, cache = forward(parameters, inputs)
    packaged_logits, packaged_cache = dense.two_layer_forward(parameters, inputs)
    assert np.allclose(logits, packaged_logits, rtol=1e-12)
    ours = backward(parameters, cache, logits)
    packaged = dense.two_layer_backward(parameters, packaged_cache, logits)
    assert set(ours) == set(packaged)
    assert all(np.allclose(ours[name], packaged[name], rtol=1e-12) for name in ours)
