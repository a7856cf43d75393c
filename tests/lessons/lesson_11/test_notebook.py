"""What lesson 11 writes out is right: its kernel, its root of a matrix, and its bug is one."""

import ast
import json

import numpy as np
import pytest
from places import NOTEBOOKS
from scipy.linalg import sqrtm

from gan_course import metrics
from gan_course.metrics.kernel import cubic_kernel

NOTEBOOK = NOTEBOOKS / "11_judging_gans.ipynb"


@pytest.fixture(scope="module")
def written():
    """The functions that the notebook defines, by name."""
    names = {"np": np, "metrics": metrics}
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            for node in ast.parse("".join(cell["source"])).body:
                if isinstance(node, ast.FunctionDef):
                    exec(ast.unparse(node), names)
    return names


def clouds():
    rng = np.random.default_rng(0)
    return rng.normal(size=(12, 4)), rng.normal(1, 2, size=(12, 4))


def test_the_kernel_of_the_lesson_is_the_packaged_one(written):
    assert np.allclose(written["kernel"](*clouds()), cubic_kernel(*clouds()))


def test_the_root_of_the_lesson_is_scipys(written):
    covariance = np.cov(clouds()[0], rowvar=False)
    assert np.allclose(written["root"](covariance), sqrtm(covariance))


def test_the_broken_distance_depends_on_the_order_of_the_samples_and_the_right_one_does_not(
    written,
):
    a, b = clouds()
    for measure, changes in ((written["broken_frechet"], True), (metrics.frechet_distance, False)):
        values = measure(a, b), measure(a, b[::-1])
        assert np.isclose(*values, rtol=1e-6) != changes
