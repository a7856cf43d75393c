"""The controls of the lessons: made alike, and named and explained in every explorer."""

import importlib
import pkgutil

import ipywidgets as widgets
import pytest
from places import PACKAGE

from gan_course import lessons
from gan_course.widgets import latent_model
from gan_course.widgets.controls import Controls
from gan_course.widgets.explorer import Explorer

LESSONS = {
    lesson.name: importlib.import_module(f"gan_course.lessons.{lesson.name}.widgets")
    for lesson in pkgutil.iter_modules(lessons.__path__)
}
EXPLORERS = {
    f"{lesson}-{name}": make
    for lesson, page in LESSONS.items()
    for name, make in getattr(page, "WIDGETS", {}).items()
}


@pytest.fixture
def controls():
    return Controls(label="9em", width="24em")


@pytest.mark.parametrize("make", EXPLORERS.values(), ids=EXPLORERS.keys())
def test_a_widget_has_a_class_and_every_control_a_label_and_a_tooltip(make, monkeypatch):
    monkeypatch.setattr(latent_model, "POOL", 500)  # samples are read in a moment
    made = make()
    assert isinstance(made, Explorer)
    assert any(name.startswith("gan-") for name in made._dom_classes)
    for control in made.controls.values():
        assert control.description and control.tooltip
        assert getattr(control, "continuous_update", True), "a slider answers while it is dragged"
    assert '<img alt="' in made.picture.value and "base64," in made.picture.value
    assert 'role="status"' in made.readout.value
    assert "cannot be drawn" not in made.readout.value
    bundle = made._repr_mimebundle_()
    assert made.picture.value in bundle["text/html"] and "<" not in bundle["text/plain"]
    layouts = [control.layout for control in made.controls.values()]
    assert len({layout.model_id for layout in layouts}) == len(layouts), "one for each control"


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_explorer_of_a_lesson_stands_in_its_table(lesson):
    sources = (PACKAGE / "lessons" / lesson).rglob("*.py")
    made = sum(path.read_text(encoding="utf-8").count("Explorer(controls, ") for path in sources)
    assert len(getattr(LESSONS[lesson], "WIDGETS", {})) == made


def test_the_tables_are_found():
    assert len(EXPLORERS) >= 16
    assert {"lesson_01-landscape", "lesson_07-arithmetic"} <= EXPLORERS.keys()


def test_a_slider_has_the_limits_it_was_given_and_answers_on_the_way(controls):
    slider = controls.slider("Turn", 10, -5, 90, "In degrees", step=5)
    assert (slider.value, slider.min, slider.max, slider.step) == (10, -5, 90, 5)
    assert (slider.description, slider.tooltip) == ("Turn", "In degrees")
    assert slider.continuous_update is True
    assert controls.slider("Seed", 0, 0, 50, "Of the draw").step == 1


@pytest.mark.parametrize(
    ("value", "step", "kind"),
    [
        (3, 1, widgets.IntSlider),
        (3.0, 1, widgets.FloatSlider),
        (3, 0.5, widgets.FloatSlider),
        (3.0, 0.5, widgets.FloatSlider),
    ],
)
def test_a_slider_is_of_whole_numbers_if_value_and_step_are(controls, value, step, kind):
    slider = controls.slider("Shift", value, 0, 9, "How far", step=step)
    assert type(slider) is kind and slider.value == 3


def test_a_slider_of_floats_shows_two_decimals_unless_told(controls):
    assert controls.slider("Rate", 0.5, 0, 1, "A share", step=0.1).readout_format == ".2f"
    tenths = controls.slider("Rate", 0.5, 0, 1, "A share", step=0.1, decimals=1)
    assert tenths.readout_format == ".1f"


def test_a_choice_stands_on_its_first_option(controls):
    choice = controls.choice("Input", ("flat", "a slope"), "What is enlarged")
    assert isinstance(choice, widgets.Dropdown)
    assert (choice.options, choice.value) == (("flat", "a slope"), "flat")
    assert (choice.description, choice.tooltip) == ("Input", "What is enlarged")


def test_all_controls_of_a_lesson_have_its_widths_and_shrink_on_a_narrow_page(controls):
    made = [
        controls.slider("Seed", 0, 0, 50, "Of the draw"),
        controls.slider("Rate", 0.5, 0, 1, "A share", step=0.1),
        controls.choice("Input", ("flat",), "What is enlarged"),
        widgets.FloatLogSlider(**controls.look("Learning rate", "Of each step")),
    ]
    for control in made:
        assert control.style.description_width == "9em"
        assert control.layout.width == "max(24em, 9em + 255px)"  # a slider of 150 pixels or more
        assert control.layout.max_width == "100%"
    assert (made[-1].description, made[-1].tooltip) == ("Learning rate", "Of each step")


def test_two_lessons_keep_their_own_widths(controls):
    other = Controls(label="5em", width="12em").slider("Seed", 0, 0, 50, "Of the draw")
    here = controls.slider("Seed", 0, 0, 50, "Of the draw")
    assert (other.style.description_width, other.layout.width) == ("5em", "max(12em, 5em + 255px)")
    assert here.style.description_width == "9em"
    assert here.layout is not controls.slider("Seed", 0, 0, 50, "Of the draw").layout
