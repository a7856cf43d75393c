"""The plots: right pixels, labelled axes, alternative texts, files that are whole or absent."""

import base64
import io
import re

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from gan_course import plots
from gan_course.plots.curves import round_up
from gan_course.plots.display import gif_html


def a_history(count=30, **changes):
    x = np.linspace(0, 1, count)
    curves = {
        "step": np.arange(1, count + 1),
        "g_loss": 0.7 + x,
        "d_loss": 1.39 - 0.5 * x,
        "d_real": 0.5 + 0.3 * x,
        "d_fake": 0.5 - 0.3 * x,
    }
    return {key: list(values) for key, values in (curves | changes).items()}


def some_images(count=6, low=0.0, high=1.0):
    return np.random.default_rng(0).uniform(low, high, (count, 28, 28, 1)).astype(np.float32)


SHARES = [0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.09, 0.01]
FIGURES = {
    "grid": lambda: plots.plot_sample_grid(some_images(), (0, 1), columns=3),
    "strip": lambda: plots.plot_strip([some_images()] * 3, [0, 10, 1000], columns=4),
    "neighbours": lambda: plots.plot_neighbours(
        some_images(2), some_images(6).reshape(2, 3, 28, 28, 1), [[1, 2, 3], [4, 5, 6.0]]
    ),
    "losses": lambda: plots.plot_loss_curves(a_history()),
    "long losses": lambda: plots.plot_loss_curves(a_history(500)),
    "histogram": lambda: plots.plot_class_histogram(SHARES, [0.1] * 10, 0.03),
}


def test_a_tile_holds_every_image_at_its_place():
    images = np.zeros((5, 4, 3, 1))
    for index in range(5):
        images[index] = index / 4
    sheet = plots.tile(images, columns=2, value_range=(0, 1), gap=1)
    assert sheet.dtype == np.uint8
    assert sheet.shape == (3 * 5 + 1, 2 * 4 + 1)
    for index in range(5):
        row, column = divmod(index, 2)
        cell = sheet[1 + 5 * row : 5 + 5 * row, 1 + 4 * column : 4 + 4 * column]
        assert (cell == round(255 * index / 4)).all()
    assert (sheet[11:, 5:] == 255).all()  # the cell without an image is white
    assert (sheet[0] == 255).all() and (sheet[:, 4] == 255).all()


def test_a_tile_of_colour_images_keeps_their_colours():
    images = np.zeros((3, 4, 3, 3))
    images[range(3), ..., range(3)] = 1.0  # red, green, blue
    sheet = plots.tile(images, columns=2, value_range=(0, 1), gap=1, header=2)
    assert sheet.shape == (2 * 7 + 1, 2 * 4 + 1, 3)
    assert (sheet[3:7, 1:4] == [255, 0, 0]).all() and (sheet[3:7, 5:8] == [0, 255, 0]).all()
    assert (sheet[10:14, 1:4] == [0, 0, 255]).all() and (sheet[10:14, 5:8] == 255).all()
    assert (sheet[:3] == 255).all() and (sheet[:, 4] == 255).all()


def test_figures_of_images_are_drawn_in_colour_and_in_any_size():
    colour = np.random.default_rng(0).uniform(-1, 1, (6, 16, 16, 3))
    for figure in (
        plots.plot_sample_grid(colour, (-1, 1), 3, titles=list("abcdef")),
        plots.plot_strip([colour] * 2, [0, 9], (-1, 1)),
        plots.plot_neighbours(
            colour[:2], colour.reshape(2, 3, 16, 16, 3), np.ones((2, 3)), (-1, 1)
        ),
    ):
        (picture,) = figure.axes[0].images
        assert picture.get_array().shape[2] == 3
        assert plots.figure_png(figure)


def test_a_tile_scales_by_the_range_it_is_told():
    image = np.array([[[-1.0, 0.0, 1.0]]])
    assert plots.tile(image, 1, (-1, 1), gap=0).tolist() == [[0, 128, 255]]
    assert plots.tile(np.array([[[0, 7, 255]]], np.uint8), 1, gap=0).tolist() == [[0, 7, 255]]


@pytest.mark.parametrize(
    ("images", "arguments", "message"),
    [
        (np.zeros((28, 28)), {}, r"shape \(28, 28\).*expected \(n, height.*image\[np.newaxis\]"),
        (np.zeros((0, 28, 28, 1)), {}, r"shape \(0, 28, 28\).*n of at least 1"),
        (np.zeros((2, 28, 28, 4)), {}, r"shape \(2, 28, 28, 4\).*width, 3\) in colour"),
        (np.full((1, 2, 2), np.nan), {}, r"4 value\(s\) that are nan.*smaller learning rate"),
        (np.full((1, 2, 2), -1.0), {}, r"from -1 to -1; expected values in \[0, 1\].*value_range"),
        (np.full((1, 2, 2), 255.0), {}, "from 255 to 255; expected.*raw pixels"),
        (np.zeros((1, 2, 2)), {"columns": 0}, "columns is 0; expected a whole number"),
        (np.zeros((1, 2, 2)), {"columns": 2.0}, "columns is 2.0"),
        (np.zeros((1, 2, 2)), {"value_range": (1, 0)}, r"value_range is \(1, 0\).*lower one first"),
        (np.zeros((1, 2, 2)), {"value_range": 1}, "value_range is 1; expected two finite numbers"),
    ],
)
def test_images_that_cannot_be_shown_are_refused_with_the_reason(images, arguments, message):
    with pytest.raises(ValueError, match=message):
        plots.tile(images, **({"columns": 2, "value_range": (0, 1)} | arguments))


def test_a_png_reads_back_pixel_by_pixel_in_grey_and_in_colour():
    for shape in ((3, 4), (2, 2, 3)):
        picture = np.arange(12, dtype=np.uint8).reshape(shape)
        back = np.asarray(Image.open(io.BytesIO(plots.encode_png(picture))))
        assert (back == picture).all()
    with pytest.raises(ValueError, match="type float64; expected uint8.*tile"):
        plots.encode_png(np.zeros((3, 3)))


def test_a_gif_has_every_frame_repeats_and_holds_the_last():
    frames = [np.full((4, 5), shade, np.uint8) for shade in (0, 100, 200)]
    gif = Image.open(io.BytesIO(plots.gif_bytes(frames, duration_ms=100, scale=2)))
    assert gif.n_frames == 3 and gif.info["loop"] == 0 and gif.size == (10, 8)
    shades, durations = [], []
    for index in range(3):
        gif.seek(index)
        durations.append(gif.info["duration"])
        shades.append(int(np.asarray(gif.convert("L"))[0, 0]))
    assert shades == [0, 100, 200] and durations == [100, 100, 1500]


def test_who_wants_less_motion_sees_the_last_frame_of_an_animation():
    frames = [np.zeros((2, 8, 8, 1)), np.ones((2, 8, 8, 1))]
    still, moving = re.findall('base64,([^"]+)', gif_html(frames, [0, 10]))
    assert Image.open(io.BytesIO(base64.b64decode(moving))).n_frames == 2
    picture = np.asarray(Image.open(io.BytesIO(base64.b64decode(still))))
    assert picture.max() == 255 and "reduced-motion: reduce" in gif_html(frames, [0, 10])


def test_a_gif_of_one_frame_is_fine_and_of_none_or_of_unlike_ones_is_refused():
    frame = np.zeros((4, 4), np.uint8)
    assert Image.open(io.BytesIO(plots.gif_bytes([frame]))).size == (4, 4)
    with pytest.raises(ValueError, match="frames is empty.*Record some"):
        plots.gif_bytes([])
    with pytest.raises(ValueError, match=r"\(4, 4\), \(4, 5\).*one shape"):
        plots.gif_bytes([frame, np.zeros((4, 5), np.uint8)])
    with pytest.raises(ValueError, match="duration_ms is 5; .*at least 20"):
        plots.gif_bytes([frame], duration_ms=5)


@pytest.mark.parametrize("name", FIGURES)
def test_every_plot_is_a_plain_figure_with_an_alternative_text(name):
    figure = FIGURES[name]()
    assert isinstance(figure, Figure)
    assert len(figure.alt) > 20
    assert "  " not in figure.alt and figure.alt.endswith(".")
    image = Image.open(io.BytesIO(plots.figure_png(figure)))
    assert image.size[0] <= 8.2 * 144
    assert image.getpixel((0, 0)) == (255, 255, 255)  # readable on a dark page too


@pytest.mark.parametrize("name", ["losses", "long losses", "histogram"])
def test_every_axis_of_a_curve_is_labelled_and_nothing_is_cut_off(name):
    figure = FIGURES[name]()
    html = plots.figure_html(figure)
    for axes in figure.axes:
        assert axes.get_xlabel() and axes.get_ylabel() and axes.get_legend()
    content = figure.get_tightbbox()
    width = int(re.search(r'width="(\d+)"', html)[1])
    assert content.width * 96 <= width + 1


def test_a_title_wider_than_the_figure_widens_the_picture():
    figure, axes = plots.new_figure(width=3)
    figure.alt = "Nothing."
    narrow = int(re.search(r'width="(\d+)"', plots.figure_html(figure))[1])
    axes.set_title("a title that is much longer than this figure is wide, and longer still")
    wide = int(re.search(r'width="(\d+)"', plots.figure_html(figure))[1])
    assert narrow == 288 and wide > 400
    assert Image.open(io.BytesIO(plots.figure_png(figure))).size[0] == pytest.approx(
        wide * 1.5, abs=3
    )


def test_the_alternative_texts_tell_what_the_data_say():
    losses = plots.plot_loss_curves(a_history()).alt
    assert "discriminator loss falls from 1.39 to 0.89" in losses
    assert "generator loss rises from 0.70 to 1.70" in losses
    assert "2 log 2 = 1.39" in losses
    shares = plots.plot_class_histogram(SHARES, threshold=0.03).alt
    assert "0 20.0 %" in shares and "Below the threshold of 3 %: 9." in shares
    grid = plots.plot_sample_grid(some_images(), (0, 1), 3, list("abcdef"), "generated digits").alt
    assert grid == "Grid of 6 generated digits, in 2 rows of 3, titled a, b, c, d, e, f."
    strip = FIGURES["strip"]().alt
    assert "3 rows of 4 from step 0 to step 1,000" in strip
    neighbours = FIGURES["neighbours"]().alt
    assert "from 1 to 4, with median 2.5" in neighbours


def test_loss_curves_mark_the_equilibria_and_can_leave_the_first_out():
    losses, scores = plots.plot_loss_curves(a_history()).axes
    labels = [line.get_label() for line in losses.lines]
    assert "2 log 2 = 1.39: cannot tell" in labels
    assert any(np.allclose(line.get_ydata(), 2 * np.log(2)) for line in losses.lines)
    assert any(np.allclose(line.get_ydata(), 0.5) for line in scores.lines)
    figure = plots.plot_loss_curves(a_history(), equilibrium=None)
    assert len(figure.axes[0].lines) == 2 and "log 2" not in figure.alt


def test_curves_differ_in_marker_and_line_as_well_as_in_colour():
    for axes in plots.plot_loss_curves(a_history()).axes:
        first, second = axes.lines[:2]
        for read in ("get_color", "get_marker", "get_linestyle"):
            assert getattr(first, read)() != getattr(second, read)()


def test_the_mean_of_a_long_history_is_the_mean_of_its_records():
    rng = np.random.default_rng(0)
    noisy = rng.normal(size=1000)
    losses = plots.plot_loss_curves(a_history(1000, d_loss=noisy)).axes[0]
    pale, strong = losses.lines[:2]
    assert len(pale.get_ydata()) == 1000
    assert strong.get_ydata()[0] == pytest.approx(noisy[:20].mean())
    assert strong.get_xdata()[0] == pytest.approx(10.5)


def test_a_history_that_ends_in_nan_is_drawn_and_says_so():
    figure = plots.plot_loss_curves(a_history(3, g_loss=[1.0, np.nan, np.nan]))
    assert "values that are nan or infinite" in figure.alt
    assert plots.figure_png(figure)


@pytest.mark.parametrize(
    ("history", "message"),
    [
        (a_history(0), "history is empty.*Train first"),
        ({"step": [1]}, "lacks g_loss, d_loss, d_real, d_fake; expected the keys"),
        (a_history(g_loss=[1.0]), "differ in length.*'g_loss': 1"),
    ],
)
def test_a_history_that_cannot_be_drawn_is_refused(history, message):
    with pytest.raises(ValueError, match=message):
        plots.plot_loss_curves(history)


def test_bars_have_the_heights_of_the_shares_and_the_low_ones_are_hatched():
    axes = plots.plot_class_histogram(SHARES, threshold=0.03).axes[0]
    heights = {round(bar.get_x() + bar.get_width() / 2): bar for bar in axes.patches}
    assert [heights[i].get_height() for i in range(10)] == pytest.approx(100 * np.array(SHARES))
    assert [i for i in range(10) if heights[i].get_hatch()] == [9]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"shares": [50, 50]}, "add up to 100; expected fractions.*Divide counts"),
        ({"shares": [[0.5, 0.5]]}, r"shape \(1, 2\); expected \(classes,\)"),
        (
            {"shares": [0.5, 0.5], "reference": [1.0]},
            r"reference has shape \(1,\); expected \(2,\)",
        ),
        ({"shares": [0.5, 0.5], "class_names": ["a"]}, "1 names and shares 2"),
    ],
)
def test_shares_that_are_none_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        plots.plot_class_histogram(**arguments)


def test_frames_steps_titles_and_neighbours_must_fit():
    with pytest.raises(ValueError, match="1 frames and 2 steps.*recorder.frames, .steps"):
        plots.plot_strip([some_images()], [0, 1])
    with pytest.raises(ValueError, match="2 texts; expected 6.*or 3"):
        plots.plot_sample_grid(some_images(), (0, 1), 3, titles=["a", "b"])
    with pytest.raises(ValueError, match=r"training_images\[indices\]"):
        plots.plot_neighbours(some_images(2), some_images(2), [1.0, 2.0])


def test_a_grid_is_one_picture():
    figure = plots.plot_sample_grid(some_images(64), (0, 1))
    assert len(figure.axes) == 1 and len(figure.axes[0].images) == 1


def test_column_titles_stand_above_their_columns():
    figure = plots.plot_sample_grid(some_images(6), (0, 1), 3, titles=["a", "b", "c"])
    texts = figure.axes[0].texts
    assert [text.get_text() for text in texts] == ["a", "b", "c"]
    assert [text.get_position()[0] for text in texts] == pytest.approx([16, 46, 76])


def shown(monkeypatch, *arguments):
    calls = []
    monkeypatch.setattr("IPython.display.display", lambda *content, **_: calls.extend(content))
    plots.show(*arguments)
    return calls[0]._repr_html_()


def test_show_displays_an_image_with_its_escaped_alternative_text(monkeypatch):
    figure, _ = plots.new_figure()
    figure.alt = "The figure's own."
    html = shown(monkeypatch, figure)
    assert html.startswith('<img alt="The figure&#x27;s own." width="768"')
    assert "data:image/png;base64," in html and "background: white" in html
    html = shown(monkeypatch, figure, 'a < b & "c"\nd')
    assert 'alt="a &lt; b &amp; &quot;c&quot; d"' in html


def test_without_a_notebook_show_prints_the_text(capsys):
    plots.show(plots.new_figure()[0], alt="The loss falls.")
    assert capsys.readouterr().out == "The loss falls.\n"


@pytest.mark.parametrize("alt", ["", "  \n"])
def test_show_refuses_an_empty_alternative_text(alt):
    with pytest.raises(ValueError, match="no alternative text; expected a sentence.*alt="):
        plots.show(plots.plot_loss_curves(a_history()), alt=alt)
    with pytest.raises(ValueError, match="no alternative text"):
        plots.show(Figure())


def test_show_says_what_to_pass_when_it_gets_no_figure():
    _, axes = plots.new_figure()
    with pytest.raises(ValueError, match="of type Axes; expected a matplotlib Figure.*axes.figure"):
        plots.show(axes)


def test_saved_files_appear_whole_and_carry_the_text(tmp_path):
    figure = plots.plot_class_histogram(SHARES)
    plots.save_png(figure, tmp_path / "new" / "shares.png")
    with Image.open(tmp_path / "new" / "shares.png") as image:
        assert image.text["Description"] == figure.alt
    plots.save_gif([np.zeros((4, 4), np.uint8)] * 2, tmp_path / "a.gif")
    assert Image.open(tmp_path / "a.gif").format == "GIF"
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == ["a.gif", "shares.png"]


def test_a_figure_is_not_written_under_a_name_of_another_kind(tmp_path):
    with pytest.raises(ValueError, match="losses.pdf'; expected a name that ends in .png"):
        plots.save_png(plots.new_figure()[0], tmp_path / "losses.pdf")


@pytest.mark.parametrize("kind", ["png", "gif"])
def test_a_folder_that_cannot_be_written_is_named_with_a_remedy(kind, tmp_path):
    (tmp_path / "file").write_text("here stands a file")
    path = tmp_path / "file" / f"picture.{kind}"
    with pytest.raises(OSError, match=r"Could not write .*picture.*choose another folder"):
        if kind == "png":
            plots.save_png(plots.plot_class_histogram(SHARES), path)
        else:
            plots.save_gif([np.zeros((4, 4), np.uint8)], path)


def test_the_palette_is_that_of_okabe_and_ito():
    assert plots.COLOURS["real"] == "#0072B2" and plots.COLOURS["fake"] == "#D55E00"
    roles = ("real", "fake", "discriminator", "reference")
    assert len({plots.COLOURS[role] for role in roles}) == len(roles)
    assert len({plots.MARKERS[role] for role in roles}) == len(roles)


@pytest.mark.parametrize(
    ("value", "end"),
    [
        (0.07, 0.08),
        (1, 1),
        (1.01, 1.5),
        (4.4, 5),
        (10, 10),
        (61, 80),
        (1001, 1500),
        (20_000, 20_000),
    ],
)
def test_an_axis_ends_at_the_next_round_number(value, end):
    assert round_up(value) == pytest.approx(end)
