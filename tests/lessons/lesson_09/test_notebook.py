"""What the cells of lesson 09 compute, against SciPy."""

import ast
import json

import numpy as np
import pytest
from places import NOTEBOOKS
from scipy import integrate, stats

NOTEBOOK = NOTEBOOKS / "09_generative_families.ipynb"
S, X = 0.5, 1.2  # as the cell `gap` has them


@pytest.fixture(scope="module")
def bound():
    """The function of that name, as the notebook defines it."""
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    source = next("".join(cell["source"]) for cell in cells if cell["id"] == "gap")
    node = next(node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
    names = {"np": np, "s": S, "x_seen": X}
    exec(ast.unparse(node), names)
    return names["bound"]


@pytest.mark.parametrize(("mean", "variance"), [(0, 1), (0.96, 1), (0.96, 0.2), (-0.5, 0.04)])
def test_the_bound_is_its_integral_and_falls_short_by_the_divergence_from_the_posterior(
    bound, mean, variance
):
    q = stats.norm(mean, np.sqrt(variance))
    posterior = stats.norm(X / (1 + S**2), S / np.sqrt(1 + S**2))
    evidence = stats.norm(0, np.sqrt(1 + S**2)).logpdf(X)

    def mean_of(function):
        return integrate.quad(lambda z: q.pdf(z) * function(z), mean - 9, mean + 9, limit=200)[0]

    whole = mean_of(lambda z: stats.norm(z, S).logpdf(X) + stats.norm.logpdf(z) - q.logpdf(z))
    gap = mean_of(lambda z: q.logpdf(z) - posterior.logpdf(z))
    assert bound(mean, variance) == pytest.approx(whole, abs=1e-6)
    assert evidence - bound(mean, variance) == pytest.approx(gap, abs=1e-6)
