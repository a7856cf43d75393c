"""The laboratory's pictures: each layer is seen, what stands still is kept, words are there."""

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image

from gan_course.laboratory.line_figure import LinePicture
from gan_course.laboratory.panels import describe_panels
from gan_course.laboratory.plane_figure import ARROW, PlanePicture, shorten
from gan_course.plots.swift import swift_html
from gan_course.widgets.scene import LAYERS, CurvesScene
from gan_course.widgets.still_curves import plot_panels

POINTS = np.random.default_rng(0).normal(size=(50, 2))
TICKS = np.linspace(-3, 3, 30)
RADIUS = np.hypot(*np.meshgrid(TICKS, TICKS))
PLANE = {
    "real": POINTS,
    "fakes": POINTS / 2,
    "heat": 1 / (1 + np.exp(RADIUS - 1)),
    "best": 1 / (1 + np.exp(2 * RADIUS - 4)),
    "arrows": (POINTS / 2, POINTS),
    "warp": np.stack(np.meshgrid(TICKS[8:22:3], TICKS[8:22:3]), axis=-1),
}
CURVE = 1 / (1 + np.exp(-TICKS))
LINE = {
    "real": POINTS[:, :1],
    "fakes": POINTS[:, 1:],
    "densities": (np.exp(-(TICKS**2)), np.exp(-((TICKS - 1) ** 2))),
    "heat": CURVE,
    "best": 1 - CURVE,
    "arrows": (POINTS[:, 1:], POINTS[:, :1]),
    "warp": (np.linspace(-2.5, 2.5, 9), np.linspace(-1, 1, 9)[:, None]),
}


def pixels(html):
    data = re.search(r'base64,([^"]+)"', html).group(1)
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))))


def plane():
    return PlanePicture((-3, 3))


def line():
    return LinePicture((-3, 3), peak=1.0)


@pytest.mark.parametrize(
    ("make", "layers", "left_out"),
    [(plane, PLANE, name) for name in PLANE] + [(line, LINE, name) for name in LINE],
)
def test_every_layer_is_seen(make, layers, left_out):
    all_of_them = pixels(make().html("all", **layers))
    some = {name: part for name, part in layers.items() if name != left_out}
    without = pixels(make().html("some", **some))
    assert (without[80:] != all_of_them[80:]).any()  # below the legend


@pytest.mark.parametrize(("make", "layers"), [(plane, PLANE), (line, LINE)])
def test_a_picture_drawn_a_second_time_leaves_no_trace_of_the_first(make, layers):
    used, fresh = make(), make()
    used.html("all", **layers)
    rest = {name: layers[name] for name in ("real", "heat")}
    np.testing.assert_array_equal(
        pixels(used.html("rest", **rest)), pixels(fresh.html("rest", **rest))
    )
    np.testing.assert_array_equal(pixels(used.html("none")), pixels(make().html("none")))


def test_the_names_of_the_layers_are_those_of_the_picture():
    assert set(LAYERS) == set(PLANE)


def test_the_cells_of_the_grid_are_filled_as_opaque_as_told():
    fill = np.zeros((4, 4))
    fill[0, 0], fill[3, 3] = 0.5, 1.0
    picture = plane()
    drawn = pixels(picture.html("x", warp=PLANE["warp"], fill=fill))
    at = picture.live.axes[0].transData.transform

    def colour(row, column):
        corner, beyond = PLANE["warp"][row, column], PLANE["warp"][row + 1, column + 1]
        x, y = at((corner + beyond) / 2 - 0.1)  # beside the lines
        return drawn[len(drawn) - 1 - int(y), int(x)].astype(float)

    white, whole = colour(1, 1), colour(3, 3)
    assert (white == 255).all() and (whole != white).any()
    np.testing.assert_allclose(colour(0, 0), (white + whole) / 2, atol=2)


@pytest.mark.parametrize("make", [plane, line])
def test_the_alternative_text_is_in_the_page_and_safe(make):
    html = make().html('Step 3: D < ½ and "more".')
    assert 'alt="Step 3: D &lt; ½ and &quot;more&quot;."' in html
    assert "max-width: 100%" in html and "height=" in html


def test_places_where_d_star_is_not_defined_are_left_out():
    best = np.where(RADIUS < 2, np.nan, PLANE["best"])
    assert (pixels(plane().html("x", best=best)) != pixels(plane().html("x", **PLANE))).any()
    plane().html("x", best=np.full((30, 30), np.nan))  # nothing to draw is no error


def test_the_legend_says_whether_d_star_is_estimated():
    picture = plane()
    picture.html("x", best=PLANE["best"], best_name="D* = ½, estimated")
    texts = [text.get_text() for text in picture.live.axes[0].get_legend().get_texts()]
    assert texts == ["D* = ½, estimated"]
    picture.html("x", best=PLANE["best"])
    texts = [text.get_text() for text in picture.live.axes[0].get_legend().get_texts()]
    assert texts == ["D* = ½"]


def test_an_arrow_grows_with_the_push_and_never_beyond_the_longest():
    lengths = np.linalg.norm(shorten(np.outer([0, 0.1, 2, 50, 1e9], [0.6, 0.8]), 10), axis=1)
    assert (np.diff(lengths) > 0).all() and lengths[0] == 0
    assert lengths[2] == pytest.approx(ARROW * 10 / 2)
    assert lengths[-1] == pytest.approx(ARROW * 10)
    assert np.isfinite(shorten(np.array([[np.nan, np.inf]]), 10)).all()


def test_the_d_curve_of_a_line_stands_over_its_own_places():
    picture = line()
    picture.html("x", heat=np.linspace(0, 1, 7))
    x, y = picture._verdict.get_data()
    np.testing.assert_allclose(x, np.linspace(-3, 3, 7))
    np.testing.assert_allclose(y, np.linspace(0, 1, 7))


def curves(steps, modes=8, exact=True):
    """A `CurvesScene` with the laboratory's panels over some steps."""
    panels = describe_panels(modes, probability=True, exact=exact)
    many = sum(len(panel["lines"]) for panel in panels)
    values = np.linspace(-1, 0.5, many)[:, None] + np.zeros(len(steps))
    scene = CurvesScene(lambda: "")
    scene.show(panels=panels, steps=steps, values=values, alt="Three curves.")
    return scene


@pytest.mark.parametrize("modes", [8, None])
def test_the_panels_without_a_script_are_those_that_the_browser_draws(modes):
    scene = curves([0, 100, 200], modes)
    figure = plot_panels(scene)
    assert [axes.get_title(loc="left") for axes in figure.axes] == [
        "value V",
        "JSD",
        "modes" if modes else "mean of D",
    ]
    for axes, panel in zip(figure.axes, scene.panels, strict=True):
        keys = [text.get_text() for text in axes.get_legend().get_texts()]
        assert keys == [line["name"] for line in panel["lines"]]
        assert [text.get_text() for text in axes.texts] == [panel["marks"][0]["text"]]
    first = figure.axes[0].lines[1]  # after the mark
    np.testing.assert_array_equal(first.get_xdata(), [0, 100, 200])
    np.testing.assert_allclose(first.get_ydata(), -1)
    assert pixels(swift_html(figure)).std() > 0


def test_panels_draw_a_single_measurement_as_a_dot_and_none_at_all():
    one, none = (pixels(swift_html(plot_panels(curves(steps)))) for steps in ([100], []))
    assert (one != none).any()


def test_what_is_estimated_is_named_so_in_the_panels():
    value, divergence, _ = describe_panels(8, probability=True, exact=False)
    assert value["lines"][1]["name"] == "V(D*, G), estimated"
    assert divergence["lines"][1]["name"] == "of smoothed densities"
