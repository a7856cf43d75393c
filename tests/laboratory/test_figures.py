"""The laboratory's pictures: each layer is seen, what stands still is kept, words are there."""

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image

from gan_course.laboratory.line_figure import LinePicture
from gan_course.laboratory.panels import MOST_POINTS, PanelsPicture, Trace, round_up
from gan_course.laboratory.plane_figure import ARROW, LAYERS, PlanePicture, shorten

POINTS = np.random.default_rng(0).normal(size=(50, 2))
TICKS = np.linspace(-3, 3, 30)
RADIUS = np.hypot(*np.meshgrid(TICKS, TICKS))
PLANE = {
    "real": POINTS,
    "fakes": POINTS / 2,
    "heat": 1 / (1 + np.exp(RADIUS - 1)),
    "best": 1 / (1 + np.exp(2 * RADIUS - 4)),
    "arrows": (POINTS / 2, POINTS),
    "warp": [np.stack([TICKS, np.full(30, height)], axis=1) for height in (-1, 0, 1)],
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


def test_a_trace_replaces_a_step_that_is_measured_again_and_forgets_later_ones():
    trace = Trace("value")
    trace.add(1, value=0.5)
    trace.add(5, value=0.4)
    trace.add(5, value=0.3)
    assert trace.columns == {"step": [1, 5], "value": [0.5, 0.3]}
    trace.add(2)
    assert trace.columns["step"] == [1, 2] and np.isnan(trace.last("value"))


def test_a_long_trace_is_thinned_and_keeps_its_ends():
    trace = Trace("value")
    for step in range(5 * MOST_POINTS):
        trace.add(step, value=float(step))
    steps = trace.columns["step"]
    assert len(steps) <= MOST_POINTS and len(trace.columns["value"]) == len(steps)
    assert steps[-1] == 5 * MOST_POINTS - 1 and (np.diff(steps) > 0).all()
    assert steps[0] < 20


@pytest.mark.parametrize("modes", [8, None])
def test_panels_show_modes_or_the_means_of_d(modes):
    panels = PanelsPicture(modes)
    columns = {
        "step": [0, 100, 200],
        "value": [-1.3, -1.2, np.nan],
        "best": [-0.5, -0.9, -1.0],
        "estimate": [0.04, 0.1, np.nan],
        "true": [0.4, 0.2, 0.1],
        "covered": [0, 3, 5],
        "d_real": [0.6, 0.7, 0.6],
        "d_fake": [0.5, 0.3, 0.4],
    }
    before = pixels(panels.html("x", columns))
    titles = [axes.get_title(loc="left") for axes in panels.live.axes]
    assert titles[2] == ("modes" if modes else "mean of D")
    changed = dict(columns, covered=[0, 1, 1], d_real=[0.9, 0.9, 0.9])
    assert (pixels(panels.html("x", changed)) != before).any()


def test_panels_draw_a_single_measurement_and_none_at_all():
    panels = PanelsPicture(8)
    empty = {name: [] for name in ("step", "value", "best", "estimate", "true", "covered")}
    before = pixels(panels.html("x", empty))
    one = {name: [0.0] for name in empty}
    assert (pixels(panels.html("x", one)) != before).any()


@pytest.mark.parametrize(
    ("step", "end"), [(0, 10), (10, 10), (11, 15), (61, 80), (1001, 1500), (20_000, 20_000)]
)
def test_the_axis_of_steps_ends_at_a_round_number(step, end):
    assert round_up(step) == end
