"""Every refusal of an argument says what was received, what is expected and how to mend it."""

import re

import numpy as np

from gan_course.arguments import (
    check_array,
    check_filled,
    check_labels,
    check_number,
    check_option,
    check_points,
    check_rng,
    check_same_shape,
    check_seed,
    check_shape,
    check_shares,
    check_sizes,
    check_whole,
    refusal,
)


def refused(check, *args, **options):
    """Return the message of a refusal, "" where nothing is refused."""
    try:
        check(*args, **options)
    except ValueError as error:
        return str(error)
    return ""


def refused_all(check, values, **options):
    """Return the values that are not refused in a message of the one form."""
    form = re.compile(r"x is .+; expected .+\. [A-Z].+\.")
    return [value for value in values if not form.fullmatch(refused(check, "x", value, **options))]


def test_a_whole_number_becomes_an_int():
    for value in (1, np.int64(1), np.uint8(1)):
        assert check_whole("x", value) == 1
        assert type(check_whole("x", value)) is int
    assert check_whole("x", 0, least=0) == 0
    assert check_whole("x", 4, most=4) == 4


def test_what_is_no_whole_number_is_refused():
    bad = [0, -1, 3.0, np.float64(3), np.nan, np.inf, True, np.bool_(True), "3", None, [3]]
    assert refused_all(check_whole, bad) == []
    assert refused_all(check_whole, [0, 5], most=4) == []
    assert refused(check_whole, "steps", 0) == (
        "steps is 0; expected a whole number of at least 1. "
        "Take for example steps=10; int(...) makes a float whole."
    )
    assert "expected a whole number from 1 to 4. Draw less." in refused(
        check_whole, "n", 5, most=4, remedy="Draw less."
    )


def test_a_number_becomes_a_float():
    for value in (1, 0.5, np.float32(0.5), np.int64(1)):
        assert type(check_number("x", value)) is float
    assert check_number("x", 0, least=0, below=1) == 0
    assert check_number("x", 1, above=0, most=1) == 1


def test_what_is_no_number_within_the_bounds_is_refused():
    bad = [np.nan, np.inf, -np.inf, True, np.bool_(False), "3", None, [3.0], 1j]
    assert refused_all(check_number, bad) == []
    assert refused_all(check_number, [-0.1, 1], least=0, below=1) == []
    assert refused_all(check_number, [0, 1.1], above=0, most=1) == []
    for bounds, words in (
        ({"least": 0, "below": 1}, "a number in [0, 1). Take for example x=0.5."),
        ({"above": 0, "most": 1}, "a number in (0, 1]. Take for example x=0.5."),
        ({"above": 0}, "a finite number above 0. Take for example x=1."),
        ({"least": 0}, "a finite number of at least 0. Take for example x=1."),
        ({"most": 3}, "a finite number of at most 3. Take for example x=2."),
        ({"below": 3}, "a finite number below 3. Take for example x=2."),
        ({}, "a finite number. Take for example x=0.5."),
    ):
        assert refused(check_number, "x", "a", **bounds) == f"x is 'a'; expected {words}"


def test_a_long_value_is_cut_in_a_message():
    message = str(refusal("x", "a" * 500, "a name", "Take a shorter one."))
    assert len(message) < 150
    assert message.endswith("…; expected a name. Take a shorter one.")


def test_an_unknown_option_is_refused_with_the_nearest():
    assert check_option("noise", "normal", ("normal", "uniform")) == "normal"
    assert check_option("xla", False, ("auto", True, False)) is False
    assert refused(check_option, "noise", "normel", ("normal", "uniform")) == (
        "Unknown noise 'normel'. Did you mean 'normal'? The choices are: normal, uniform."
    )
    assert refused(check_option, "xla", [1], ("auto", True, False)).startswith("Unknown xla [1].")


def test_sizes_are_one_or_more_whole_numbers():
    assert check_sizes("units", [2, np.int64(3)]) == (2, 3)
    assert refused_all(check_sizes, [3, "ab", None, {2: 3}, np.array([2, 3])]) == []
    assert refused_all(check_sizes, [[], [1], [1, 2, 3]], count=2) == []
    assert check_sizes("hidden_units", []) == ()
    assert refused(check_sizes, "units", [8, 0]).startswith("units[1] is 0; expected a whole")


def test_numbers_become_an_array_of_floats():
    array = check_array("x", [[1, 2]], ("n", 2))
    assert array.dtype == np.float64
    assert array.shape == (1, 2)
    assert check_array("x", 3).shape == ()


def test_a_wrong_array_is_refused():
    for values, options, words in (
        ([1, "a"], {}, "x is [1, 'a']; expected an array of numbers. Mend rows"),
        ([[1], [1, 2]], {}, "x is [[1], [1, 2]]; expected an array of numbers. Mend rows"),
        ([], {}, "x is empty, its shape is (0,); expected at least one number. Check"),
        ([], {"shape": ("n",)}, "x is empty, its shape is (0,); expected at least one number."),
        ([1], {"shape": ("n", 2)}, "x has shape (1,); expected (n, 2). Look at x.shape"),
        ([[1]], {"shape": (1,), "remedy": "Flatten."}, "has shape (1, 1); expected (1,). Flatten."),
        ([1, np.nan, np.inf], {}, "x holds 2 value(s) that are NaN or infinite, of 3; expected"),
        ([1, 2], {"most": 1}, "x runs from 1 to 2; expected numbers of at most 1. Clip it with"),
        ([-1, 2], {"least": 0, "remedy": "Mend."}, "to 2; expected numbers of at least 0. Mend."),
        ([0, 2], {"above": 0, "below": 3}, "x runs from 0 to 2; expected numbers in (0, 3). Clip"),
    ):
        assert words in refused(check_array, "x", values, **options)


def test_a_shape_may_hold_values_of_any_type():
    assert check_shape("x", np.array(["a", "b"]), ("n",)) is None
    assert "expected (n, 2)" in refused(check_shape, "x", np.array(["a", "b"]), ("n", 2))


def test_a_figure_takes_some_entries_and_not_too_many():
    check_filled("runs", {"a": 1})
    check_filled("runs", [1, 2], most=2)
    assert refused(check_filled, "rows", []) == (
        "rows holds 0 entries; expected at least 1. Run the experiment first."
    )
    assert refused(check_filled, "runs", [1, 2, 3], most=2, remedy="Choose.") == (
        "runs holds 3 entries; expected 1 to 2. Choose."
    )


def test_arrays_that_numpy_would_stretch_are_refused():
    check_same_shape(a=np.ones(3), b=[1, 2, 3])
    message = refused(check_same_shape, a=np.ones(3), b=np.ones((3, 1)))
    assert message.startswith("a has shape (3,) and b has shape (3, 1); expected the same shape")


def test_points_stand_one_in_a_row():
    assert check_points("x", [1, 2]).tolist() == [[1], [2]]
    assert check_points("x", [[1, 2]], dimensions=2).tolist() == [[1, 2]]
    for values in ([[1]], [1, 2], 3, np.ones((2, 2, 2))):
        assert "expected (n, 2). One point is one row" in refused(check_points, "x", values, 2)
    for values in ([[1, 2], [3]], ["a"]):
        assert "expected an array of numbers" in refused(check_points, "x", values)


def test_shares_add_up_to_one():
    assert check_shares("x", [[0.5, 0.5], [1, 0]], ("n", 2)).sum() == 2
    assert "row 1 of x sums to 0.5; expected probabilities that sum to 1. Divide" in refused(
        check_shares, "x", [[0.5, 0.5], [0.5, 0]], ("n", 2)
    )
    assert refused(check_shares, "x", [0.6, 0.6], ("k",)).startswith("x sums to 1.2; expected")
    assert "numbers of at least 0" in refused(check_shares, "x", [-0.5, 1.5], ("k",))


def test_labels_are_class_numbers():
    labels = check_labels("labels", [3.0, 1.0], count=2)
    assert labels.dtype == np.int64
    assert labels.tolist() == [3, 1]
    assert check_labels("labels", []).size == 0


def test_what_are_no_labels_is_refused():
    for values, options, words in (
        (
            np.eye(10),
            {},
            "labels has shape (10, 10); expected (n,), one class number each. One",
        ),
        (3, {}, "For the same label throughout write np.full(n, 3)."),
        ([[1], [2]], {}, "Flatten them with labels.reshape(-1)."),
        ([[0, 1], [1, 0]], {}, "One-hot rows become class numbers with labels.argmax(axis=1)."),
        (["a"], {}, "to 9. Names get numbers with np.unique(labels, return_inverse=True)[1]."),
        ([True], {}, "labels has type bool; expected whole numbers from 0 to 9. Convert it with"),
        ([0, 10, -1], {}, "holds 2 value(s) that are no class number, the first at index 1: 10;"),
        ([0.5], {}, "the first at index 0: 0.5; expected whole numbers from 0 to 9. Leave"),
        ([np.nan], {}, "the first at index 0: nan; expected"),
        ([2], {"num_classes": 2}, "expected whole numbers from 0 to 1."),
        ([2], {"count": 3}, "labels holds 1 labels; expected 3, one for each example. Check"),
    ):
        assert words in refused(check_labels, "labels", values, **options)


def test_a_generator_comes_from_a_seed_or_is_one():
    rng = np.random.default_rng(0)
    assert check_seed("seed", rng) is check_rng("rng", rng) is rng
    assert check_seed("seed", np.int64(3)).random() == np.random.default_rng(3).random()
    bad = [None, -1, 1.0, True, np.random, "0"]
    assert refused_all(check_seed, bad) == []
    assert refused_all(check_rng, [*bad, 0]) == []
