"""The explorers of lessons 03 and 04 in a browser: batch normalisation and dropout."""

from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing_picture, choose, drag, press, slider
from playwright.sync_api import expect
from widget_health import assert_no_trouble

BATCH_NORM, DROPOUT = "gan-batch-norm-explorer", "gan-dropout-explorer"
BEFORE = [
    "from gan_course.lessons.lesson_03.widgets import batch_norm_explorer\n"
    "from gan_course.lessons.lesson_04.widgets import dropout_explorer"
]
WIDGETS = {BATCH_NORM: "batch_norm_explorer()", DROPOUT: "dropout_explorer(rate=0.3)"}


def test_scale_and_shift_move_the_picture_before_the_norm(notebook):
    widget = notebook.widget(BATCH_NORM)
    with changing_picture(widget):
        press(slider(widget, "Scale of the inputs"), "PageUp")
    with changing_picture(widget):
        drag(slider(widget, "Shift of the inputs"), 0.9)
    expect(widget).to_contain_text("scale and shift of the inputs leave no trace")
    assert_no_trouble(notebook)


def test_a_batch_of_one_and_running_averages_are_told_in_words(notebook):
    widget = notebook.widget(BATCH_NORM)
    drag(slider(widget, "Batch size"), 0.0)
    expect(widget).to_contain_text("A batch of one: every output is β")
    with changing_picture(widget):
        choose(widget, "Statistics", "inference: running averages")
    press(slider(widget, "Batches averaged"), "Home")
    expect(widget).to_contain_text("nothing is normalised")
    assert_no_trouble(notebook)


def test_the_rate_and_a_new_mask_redraw_the_network(notebook):
    widget = notebook.widget(DROPOUT)
    rate = slider(widget, "Rate (dropped)")
    with changing_picture(widget):
        press(rate, "ArrowRight", "ArrowRight")
    drag(rate, 0.6)
    expect(rate).to_have_attribute("aria-valuenow", "0.6")
    with changing_picture(widget):
        widget.get_by_role("button", name="New mask").click()
    assert_no_trouble(notebook)


def test_testing_draws_no_mask(notebook):
    widget = notebook.widget(DROPOUT)
    with changing_picture(widget):
        choose(widget, "Mode", "test")
    expect(widget.get_by_role("button", name="New mask")).to_be_disabled()
    with changing_picture(widget):
        choose(widget, "Compare the", "probability")
    expect(widget).to_contain_text("They differ")
    choose(widget, "Mode", "train")
    expect(widget.get_by_role("button", name="New mask")).to_be_enabled()
    assert_no_trouble(notebook)
