"""Where G takes a grid of z: shares of the cells, areas of their pieces, density, opacity."""

import numpy as np
import pytest

from gan_course import theory
from gan_course.laboratory.manifold import (
    EVERY,
    HALF_DENSITY,
    OPAQUE,
    PLACES,
    cell_areas,
    cell_shares,
    grid_cells,
    grid_lines,
    opacities,
    z_ticks,
)

TICKS = z_ticks(2.0)
GRID = np.stack(np.meshgrid(TICKS, TICKS), axis=-1)


def test_the_cells_hold_the_shares_of_z_that_fall_into_them():
    z = np.random.default_rng(0).standard_normal((400_000, 2))
    counted = np.histogram2d(*z.T, bins=TICKS)[0] / len(z)
    np.testing.assert_allclose(cell_shares(TICKS, "normal"), counted, atol=3e-4)
    assert cell_shares(z_ticks(1.0), "uniform").sum() == pytest.approx(1)


def test_share_by_area_is_the_density_of_an_affine_generator():
    kernel, bias = np.array([[0.8, 0.3], [-0.5, 1.2]]), np.array([0.4, -0.1])
    found = cell_shares(TICKS, "normal") / cell_areas(GRID @ kernel + bias)
    middles = (GRID[:-1, :-1] + GRID[1:, 1:]) / 2 @ kernel + bias
    exact = theory.affine_density(kernel, bias, middles.reshape(-1, 2)).reshape(found.shape)
    np.testing.assert_allclose(found, exact, rtol=0.02)


def test_a_folded_piece_has_the_area_of_both_its_halves():
    folded = np.array([[[0.0, 0.0], [1.0, 0.0]], [[1.0, 0.0], [1.0, 1.0]]])
    assert cell_areas(folded) == pytest.approx(1.0)  # one triangle lies upon the other
    bow = np.array([[[0.0, 0.0], [1.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]])  # corners cross over
    assert cell_areas(bow)[0, 0] > 0


def test_what_is_denser_is_more_opaque_and_nothing_is_beyond_the_most():
    shares, width = cell_shares(TICKS, "normal"), 5.0
    sizes = [opacities(scale * GRID, shares, width)[12, 12] for scale in (10, 1, 0.1, 0)]
    assert (np.diff(sizes) > 0).all() and sizes[-1] == OPAQUE
    side = np.sqrt(shares[12, 12] * width**2 / HALF_DENSITY)  # of a piece of half the opacity
    half = opacities(GRID * side / (TICKS[1] - TICKS[0]), shares, width)
    assert half[12, 12] == pytest.approx(OPAQUE / 2)
    broken = GRID.copy()
    broken[0, 0] = np.nan
    found = opacities(broken, shares, width)
    assert found[0, 0] == 0 and np.isfinite(found).all()


def test_every_second_line_is_drawn_both_ways_and_each_cell_once():
    lines, cells = grid_lines(GRID), grid_cells(GRID)
    assert len(lines) == 2 * (PLACES // EVERY + 1) and len(cells) == (PLACES - 1) ** 2
    np.testing.assert_array_equal(lines[1], GRID[EVERY])
    np.testing.assert_array_equal(lines[-1], GRID[:, -1])
    np.testing.assert_array_equal(
        cells[PLACES - 1], [GRID[1, 0], GRID[1, 1], GRID[2, 1], GRID[2, 0]]
    )
    assert len(grid_lines(GRID[:1])) == 1
