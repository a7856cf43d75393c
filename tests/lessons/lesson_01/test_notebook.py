"""Lesson 01: what its cells define gives what the package gives, and TensorFlow waits its turn."""

import pytest
from cells import run_cells_before

COMPARE = """
import numpy as np
from gan_course.from_scratch import check, losses, optimizers

rng = np.random.default_rng(7)
targets, p = rng.integers(0, 2, 9).astype(float), rng.uniform(0.05, 0.95, 9)
centre = rng.normal(size=3)
pairs = {
    "mean_squared_error": (cells["mean_squared_error"](targets, p),
                           losses.mean_squared_error(targets, p)),
    "binary_cross_entropy": (cells["binary_cross_entropy"](targets, p),
                             losses.binary_cross_entropy(targets, p)),
    "finite_differences": (cells["finite_differences"](lambda x: np.sum(x**3), centre),
                           check.finite_differences(lambda x: np.sum(x**3), centre)),
    "gradient_descent": (
        cells["gradient_descent"](lambda x: 2 * x, centre, 0.1, 7),
        optimizers.descend(lambda x: 2 * x, centre, optimizers.GradientDescent(0.1), 7).positions),
}
for name, kind in (("momentum_step", optimizers.Momentum), ("rmsprop_step", optimizers.RMSprop)):
    x, memory = centre, np.zeros(3)
    for _ in range(6):
        x, memory = cells[name](x, np.sin(x), memory, 0.05)
    pairs[name] = (x, optimizers.descend(np.sin, centre, kind(0.05), 6).positions[-1])
report["agree"] = {name: bool(np.allclose(a, b, rtol=1e-10)) for name, (a, b) in pairs.items()}
"""


@pytest.fixture(scope="module")
def report():
    """What the cells before the first use of Keras left in a fresh Python."""
    return run_cells_before("keras-load", "01_loss_functions.ipynb", then=COMPARE)


def test_the_imports_and_settings_load_no_tensorflow(report):
    assert report["early"] == []


def test_nothing_before_the_comparison_with_keras_loads_tensorflow(report):
    assert report["late"] == []


def test_the_cells_define_what_the_package_holds(report):
    assert len(report["agree"]) == 6
    assert [name for name, agrees in report["agree"].items() if not agrees] == []
