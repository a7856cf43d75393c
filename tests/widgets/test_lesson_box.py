"""What is displayed on its own carries the same as HTML, and brings what keeps its keys."""

import ipywidgets as widgets

from gan_course.widgets.lesson_box import BoxKeeper, LessonBox, plain_text
from gan_course.widgets.predict import Predictions, Question

PICTURE = '<img alt="A curve &lt; 1." src="data:,">'


def test_the_bundle_holds_texts_pictures_and_where_the_controls_stand():
    box = LessonBox(
        [
            widgets.HBox([widgets.IntSlider(3, description="Stride"), widgets.Button()]),
            widgets.HTML(PICTURE),
            widgets.Label("step 1 & 2"),
            widgets.Text(description="Never written:"),
            widgets.Dropdown(options=[("the <first>", 1)], description="Input:"),
        ]
    )
    bundle = box._repr_mimebundle_()
    assert PICTURE in bundle["text/html"]
    assert "Never written" not in bundle["text/html"]
    assert "Run it again to use its controls." in bundle["text/html"]
    assert "Stride: 3 · Input: the &lt;first&gt;" in bundle["text/html"]
    assert bundle["text/plain"].split("\n") == [
        "A curve < 1.",
        "step 1 & 2 Stride: 3 · Input: the <first>",
    ]
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_the_keeper_joins_once_and_only_what_is_displayed():
    inner = LessonBox([widgets.HTML("text")])
    outer = LessonBox([inner])
    for _ in range(2):
        outer._repr_mimebundle_()
    assert len(outer.children) == 2 and len(inner.children) == 1
    assert "stopPropagation" in BoxKeeper._esm and "gan-box-of-controls" in outer._dom_classes


def test_a_prediction_is_kept_with_its_question_and_its_options():
    lesson = Predictions({"way": Question("Up or < down?", ("up", "<b>"), "up")})
    page = lesson.predict("way")._repr_mimebundle_()["text/html"]
    assert "Up or &lt; down?" in page
    assert "<li>up</li><li>&lt;b&gt;</li>" in page


def test_text_of_a_page_has_a_line_for_each_row():
    assert plain_text("<table><tr><td>a</td></tr><tr><td>1 &lt; 2</td></tr></table>") == "a\n1 < 2"
