"""Numbers are written as the course writes them, and a table is HTML and aligned text at once."""

import numpy as np
import pytest

from gan_course import doctor
from gan_course.tables import number, spread, table


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [
        (183.4, ".2g", "180"),
        (12345.6, None, "12,300"),
        (12345, None, "12,345"),
        (np.int64(-3500), None, "−3,500"),
        (np.float32(0.25), None, "0.25"),
        (np.array([7.0]), ".1f", "7.0"),
        (-0.04, ".1f", "0.0"),
        (-0.0, None, "0"),
        (0.0, "+.1f", "0.0"),
        (-0.5, "+.2f", "−0.50"),
        (0.5, "+.2f", "+0.50"),
        (0.031, ".0%", "3 %"),
        (-0.0001, ".1%", "0.0 %"),
        (0.00018, ".2e", "1.80\u202f×\u202f10⁻⁴"),
        (1.8e-7, None, "1.8\u202f×\u202f10⁻⁷"),
        (2.5e8, ".2g", "2.5\u202f×\u202f10⁸"),
        (1500.0, "+.1g", "+2,000"),
        (3, "5d", "    3"),
        (float("nan"), ".1f", "not a number"),
        (-np.inf, None, "−∞"),
    ],
)
def test_a_number_is_written_as_the_course_writes_it(value, spec, text):
    assert number(value, spec) == text


def test_a_tensor_of_one_number_is_a_number():
    class Tensor:  # as TensorFlow's: it reads as an array, and has no `item`
        shape = ()

        def __array__(self, dtype=None, copy=None):
            return np.asarray(0.5, dtype)

        def __float__(self):
            return 0.5

    assert number(Tensor()) == "0.5"
    assert repr(table([[Tensor()]], ["loss"])) == "loss\n 0.5"


def test_columns_of_numbers_stand_at_the_right_in_both_forms():
    shown = table(
        [["`sgd`", number(0.9, ".0%"), 1200], ["<b>", "–", -3]], ["name", "right", "steps"]
    )
    assert repr(shown).splitlines() == [
        "name   right  steps",
        "`sgd`   90 %  1,200",
        "<b>        –     −3",
    ]
    page = shown._repr_html_()
    assert "<code>sgd</code>" in page
    assert "&lt;b&gt;" in page, "a cell must not act as a tag"
    right = page[page.index(">right<") - 120 : page.index(">right<")]
    assert "text-align: right; white-space: nowrap" in right
    assert "text-align: left" in page[: page.index(">name<")]
    assert "background" not in page, "the colours are those of the page, light or dark"


@pytest.mark.parametrize(
    ("cells", "at_the_right"),
    [
        (["−0.5", "+2 %", "≥ 3 %", "1,834", "∞", "not a number", "", "–"], True),
        (["38 s", "45°", number(1.8e-7), "9.2e-14"], True),
        (["4 to 6", "12 of 40", "2.5 ± 0.1", spread([3, 1, 2], ".1f"), "3 %–5 %"], True),
        (["1", "3×3, untrained"], False),
        (["4×4, from 7×7"], False),
        (["7×7×128", "6,272"], False),
        (["10 epochs, then 5", "1"], False),
        (["seed 3", "4"], False),
    ],
)
def test_a_column_stands_at_the_right_only_if_every_cell_is_a_number(cells, at_the_right):
    shown = table([[cell, "end"] for cell in ["", *cells]], ["a heading that is long", "text"])
    lines = repr(shown).splitlines()[2:]
    for cell, line in zip(cells, lines, strict=True):
        assert line.startswith(cell.rjust(22) if at_the_right else cell.ljust(22))
    assert ("nowrap" in shown._repr_html_()) == at_the_right


def test_a_caption_stands_above_in_both_forms():
    shown = table([], ["seed"], caption="No seed yet")
    assert repr(shown) == "No seed yet\nseed"
    assert ">No seed yet</caption>" in shown._repr_html_()


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match=r"rows\[1\] has 1 cells: \['b'\]; expected 2"):
        table([["a", 1], ["b"]], ["name", "steps"])


def test_the_report_on_the_machine_is_a_table_with_the_remedy_where_one_is_needed():
    good = doctor.Finding("Python", True, "3.12.1")
    bad = doctor.Finding("Memory", False, "2.1 GB", "Close other programs.")
    assert "What to do" not in doctor.report([good])._repr_html_()
    page = doctor.report([good, bad])._repr_html_()
    assert page.index("✘ missing") < page.index("Close other programs.") < page.index("Not ready")
    assert str(doctor.report([good, bad])).endswith("Mend the first one, then look again.")


def test_several_numbers_are_told_by_their_median_and_range():
    assert spread([3.0, 1.0, 2.5, 2.0], ".1f") == "2.2 (1.0 to 3.0)"
    assert spread(np.array([0.031, 0.5, 0.1]), ".0%") == "10 % (3 % to 50 %)"
    assert spread([2.0], ".1f") == "2.0"
