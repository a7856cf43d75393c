"""The widgets of lessons 10 to 12 in a browser: friction, a game and distances, nameless charts."""

from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing_picture, choose, drag, press, slider
from playwright.sync_api import expect
from widget_health import assert_no_trouble

DIRAC, CHARTS = "gan-dirac-explorer", "gan-chart-explorer"
GAME, GAUSSIANS = "gan-discriminator-game", "gan-gaussians"
BEFORE = [
    "import numpy as np\n"
    "from gan_course.lessons.lesson_10.widgets import dirac_explorer\n"
    "from gan_course.lessons.lesson_11.widgets import discriminator_game, gaussians_explorer\n"
    "from gan_course.lessons.lesson_12.widgets import chart_explorer\n"
    "rng = np.random.default_rng(0)\n"
    "reals, fakes = rng.uniform(0, 1, (12, 28, 28, 1)), rng.uniform(-1, 0, (12, 28, 28, 1))\n"
    "def brightness(images):\n    return images.mean(axis=(1, 2, 3))"
]
WIDGETS = {
    DIRAC: "dirac_explorer()",
    GAME: "discriminator_game(reals, fakes, brightness)",
    GAUSSIANS: "gaussians_explorer()",
    CHARTS: "chart_explorer()",
}


def test_friction_turns_the_circle_into_a_spiral(notebook):
    widget = notebook.widget(DIRAC)
    with changing_picture(widget):
        press(slider(widget, "γ of R1"), "Home")
    expect(widget).to_contain_text("go around it for ever")
    with changing_picture(widget):
        drag(slider(widget, "γ of R1"), 1.0)
    expect(widget).to_contain_text("It no longer turns")
    assert_no_trouble(notebook)


def test_twenty_rounds_are_played_with_the_keys_and_begun_again_with_the_mouse(notebook):
    game = notebook.widget(GAME)
    first = game.get_by_role("button", name="1 surely fake")
    first.focus()
    for number in range(1, 20):
        press(first, "4")
        expect(game).to_contain_text(f"Round {number + 1} of 20")
    with changing_picture(game):
        press(first, "4")
    expect(game).to_contain_text("10 of 20 right, 50 %")
    expect(game).to_contain_text("the network's on the same images 1.00")
    press(first, "4")  # one too many: neither an answer nor a command of JupyterLab
    game.get_by_role("button", name="Twenty others").click()
    expect(game).to_contain_text("Round 1 of 20")
    with changing_picture(game):
        game.get_by_role("button", name="2 rather fake").click()
    expect(game).to_contain_text("Round 2 of 20")
    assert_no_trouble(notebook)


def test_two_points_with_the_moments_of_the_bell_are_no_distance_away(notebook):
    widget = notebook.widget(GAUSSIANS)
    with changing_picture(widget):
        choose(widget, "Shape of the fakes", "two points")
    with changing_picture(widget):
        press(slider(widget, "Mean of the fakes"), *["ArrowLeft"] * 10)
    with changing_picture(widget):
        press(slider(widget, "Deviation"), *["ArrowLeft"] * 5)
    expect(widget).to_contain_text("Fréchet distance 0.00")
    expect(widget).to_contain_text("Kernel distance 0.00")
    assert_no_trouble(notebook)


def test_a_diagnosis_is_told_whether_it_fits(notebook):
    widget = notebook.widget(CHARTS)
    with changing_picture(widget):
        widget.get_by_label("Chart", exact=True).select_option("G")
    diagnosis = widget.get_by_label("Diagnosis", exact=True)
    diagnosis.select_option("the generator's loss has the wrong sign")
    expect(widget).to_contain_text("Yes.")
    diagnosis.select_option("a sigmoid is applied twice")
    expect(widget).to_contain_text("Not this one.")
    assert_no_trouble(notebook)
