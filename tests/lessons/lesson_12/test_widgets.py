"""The charts without a name: what is drawn is the chart, and only its diagnosis fits."""

import numpy as np
from explorers import drawn, set_to

from gan_course.clinic.charts import read_charts
from gan_course.lessons.lesson_12.chart_figure import plot_chart
from gan_course.lessons.lesson_12.diagnoses import DIAGNOSES
from gan_course.lessons.lesson_12.widgets import LETTERS, ORDER, chart_explorer
from gan_course.plots.pictures import tile


def test_each_letter_is_another_case():
    assert sorted(ORDER) == sorted(DIAGNOSES) and len(LETTERS) == len(ORDER)


def test_a_chart_is_drawn_as_it_was_kept_and_its_own_diagnosis_fits():
    explorer, charts = chart_explorer(), read_charts()
    for letter in "DIL":
        name = ORDER[LETTERS.index(letter)]
        set_to(explorer, letter=letter, diagnosis=DIAGNOSES[name].name)
        assert "<b>Yes.</b>" in explorer.readout.value
        kept = charts[name]["sick"]
        images = kept.pictures[..., np.newaxis] / 127.5 - 1
        assert np.array_equal(drawn(explorer, -1), tile(images, 4, (-1, 1)))
        panel, curves = next(iter(kept.curves.items()))
        line = explorer.figure.axes[0].lines[0]
        assert explorer.figure.axes[0].get_title() == panel
        assert np.array_equal(line.get_ydata(), next(iter(curves.values())), equal_nan=True)


def test_a_wrong_diagnosis_is_told_what_it_would_have_shown():
    explorer = chart_explorer()
    set_to(explorer, letter=LETTERS[ORDER.index("sign")], diagnosis=DIAGNOSES["rates"].name)
    assert "Not this one" in explorer.readout.value and "noise" in explorer.readout.value
    set_to(explorer, diagnosis="not yet")
    assert "Which bug is it?" in explorer.readout.value


def test_the_healthy_program_is_drawn_pale_beside_it():
    explorer = chart_explorer()
    count = len(explorer.figure.axes[0].lines)
    set_to(explorer, beside="healthy")
    pale = [line for line in explorer.figure.axes[0].lines if line.get_alpha()]
    assert len(pale) == 2 and len(explorer.figure.axes[0].lines) == count + 2
    assert "cannot be drawn" not in explorer.readout.value


def test_steps_without_a_number_are_marked_and_told():
    figure = plot_chart(read_charts()["batch"]["sick"])
    marks = [line for line in figure.axes[0].lines if len(set(line.get_xdata())) == 1]
    assert [int(line.get_xdata()[0]) for line in marks] == list(range(32, 321, 32))
    assert "no number at step 32, 64, 96 and later again" in figure.alt
