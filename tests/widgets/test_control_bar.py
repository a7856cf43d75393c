"""The control bar: each button calls its method of the run, and the state is told in words."""

import re

import pytest
from fake_live import FakeRun

from gan_course.widgets.control_bar import ControlBar
from gan_course.widgets.live_parts import describe_seconds

BUTTON_CALLS = {
    "gan-start": "start",
    "gan-step-d": "step_discriminator",
    "gan-step-g": "step_generator",
    "gan-step-both": "step_both",
    "gan-stop": "stop",
    "gan-reset": "reset",
}


@pytest.fixture
def run():
    return FakeRun()


@pytest.fixture
def bar(run):
    bar = ControlBar(run)
    run.watch(bar.refresh)
    return bar


def everything_in(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from everything_in(child)


def by_class(bar, css_class):
    (found,) = [each for each in everything_in(bar) if css_class in each._dom_classes]
    return found


def words(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


@pytest.mark.parametrize(("css_class", "method"), BUTTON_CALLS.items())
def test_each_button_calls_its_method_of_the_run_and_no_other(bar, run, css_class, method):
    by_class(bar, css_class).click()
    assert run.called == [method]


def test_start_and_pause_are_one_button_that_says_what_it_does(bar, run):
    button = by_class(bar, "gan-start")
    assert (button.description, button.icon) == ("Start", "play")
    button.click()
    run.redraw()
    assert (button.description, button.icon) == ("Pause", "pause") and "Pause" in button.tooltip
    button.click()
    assert run.called == ["start", "pause"]
    for state in ("paused", "stopped", "finished", "failed", "ready"):
        run.state = state
        run.redraw()
        assert button.description == "Start" and "Start" in button.tooltip


@pytest.mark.parametrize("name", ["step_d", "step_g", "step_both"])
def test_a_step_button_makes_as_many_updates_as_the_list_beside_it_says(bar, run, name):
    bar.times.value = 10
    bar.buttons[name].click()
    assert run.called == 10 * [BUTTON_CALLS[f"gan-{name.replace('_', '-')}"]]


def test_every_button_has_an_icon_a_text_and_a_tooltip_and_stays_enabled(bar, run):
    run.state = "finished"
    run.redraw()
    for button in (*bar.buttons.values(), bar.slow):
        assert button.icon and button.description and button.tooltip
        assert not button.disabled, "a disabled button loses the keyboard's focus"
    for chooser in (bar.speed, bar.times):
        assert chooser.description and chooser.tooltip


def test_slow_motion_and_speed_set_the_run(bar, run):
    by_class(bar, "gan-slow").value = True
    assert run.slow_motion is True
    by_class(bar, "gan-speed").value = 5
    assert run.speed == 5
    bar.speed.value = None
    assert run.speed is None


def test_a_run_that_is_slow_already_shows_so():
    run = FakeRun()
    run.slow_motion, run.speed = True, 7
    assert ControlBar(FakeRun()).speed.label == "as fast as it can"
    bar = ControlBar(run)
    assert bar.slow.value is True
    assert bar.speed.value == 7 and bar.speed.label == "7 steps a second"


def test_reset_can_be_given(run):
    called = []
    bar = ControlBar(run, reset=lambda: called.append("mine"))
    by_class(bar, "gan-reset").click()
    assert called == ["mine"] and run.called == []


def test_steps_speed_and_time_left_are_told_while_it_runs(bar, run):
    run.state, run.message, run.steps_per_second, run.seconds_left = (
        "running",
        "Training: 3 steps.",
        812,
        75,
    )
    run.train(1234)
    assert by_class(bar, "gan-step-count").value == "step 1,234 of 5,000"
    assert bar.rate.value == "812 steps/s, 1 min 15 s left"
    assert words(bar.status.value) == "▶ running Training…" and 'role="status"' in bar.status.value
    assert 'value="0.2468"' in bar.progress.value and "aria-label" in bar.progress.value
    run.stage = object()
    run.redraw()
    assert words(bar.status.value) == "▶ running Slow motion…"
    run.state = "paused"
    run.redraw()
    assert bar.rate.value == ""


def test_the_status_changes_with_the_state_alone(bar, run):
    """A screen reader reads every change of it aloud."""
    run.state, run.message = "running", "Training: 10 steps."
    run.train(10)
    before = bar.status.value
    run.message = "Training: 20 steps."
    run.train(10)
    assert bar.status.value == before and bar.step_count.value == "step 20 of 5,000"


def test_an_error_of_the_run_is_shown_and_goes_when_it_is_mended(bar, run):
    run.error = ValueError("a loss is <nan>")
    run.redraw()
    assert 'role="alert"' in bar.error.value
    assert "Problem. ValueError: a loss is &lt;nan&gt;" in words(bar.error.value)
    run.error = None
    run.redraw()
    assert bar.error.value == ""


def test_an_error_in_a_button_is_shown_until_the_next_press(bar, run):
    run.fails = RuntimeError("no thread")
    by_class(bar, "gan-start").click()
    assert "RuntimeError: no thread" in bar.error.value
    run.redraw()
    assert "RuntimeError: no thread" in bar.error.value, "a redraw does not wipe it away"
    run.fails = None
    by_class(bar, "gan-start").click()
    assert bar.error.value == ""


def test_an_error_of_the_view_is_shown_until_it_is_taken_back(bar, run):
    bar.show_error("The grid cannot be drawn.")
    run.redraw()
    by_class(bar, "gan-stop").click()
    assert "The grid cannot be drawn." in bar.error.value
    bar.show_error(None)
    assert bar.error.value == ""


def test_a_run_without_a_limit_counts_without_one(bar, run):
    run.steps = None
    run.train(3)
    assert bar.step_count.value == "step 3"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (8.4, "8 s"), (125, "2 min 05 s"), (4200, "1 h 10 min"), (-1, "0 s")],
)
def test_seconds_are_written_for_people(seconds, text):
    assert describe_seconds(seconds) == text
