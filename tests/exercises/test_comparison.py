"""Comparisons: a slip is named when it explains every case, and else the difference is told."""

from fractions import Fraction

import numpy as np
import pytest

from gan_course.exercises import comparison


def make(**changes):
    details = {
        "reference": lambda x, power=2: np.mean(x**power),
        "cases": [(np.array([1.0, 2.0]),), (np.array([[1.0, 3.0, 4.0]]), 3)],
        "what": "the mean of {x} to the power {power}",
        "slips": [
            (lambda x, power=2: np.sum(x**power), "This is the sum."),
            (lambda x, power=2: np.mean(x**2), "Use the power that is given."),
            (lambda x, power=2: x**power, "The mean is missing."),
        ],
        "hints": ["Powers first.", "Then `np.mean`."],
        "praise": "A mean, not a sum.",
    }
    return comparison("0.9", "Mean of powers", **(details | changes))


PART_SLIPS = [
    (lambda x: (x.max(), x.sum()), "The other way round."),
    (lambda x: (x.sum(), x.min()), "The smallest, not the largest."),
    (lambda x: x.sum(), "Both are asked for."),
]


def two_parts(**changes):
    return make(
        reference=lambda x: (x.sum(), x.max()),
        cases=[(np.array([1.0, 2.0]),), (np.array([4.0, 3.0, 3.0]),)],
        parts=("total", "largest"),
        what="of {x}",
        **{"slips": PART_SLIPS} | changes,
    )


@pytest.mark.parametrize(
    "answer",
    [
        lambda x, power=2: np.mean(x**power),
        lambda x, power=2: sum(float(each) ** power for each in x.ravel()) / x.size,
        lambda x, power=2: np.float16(np.mean(x**power)),
        lambda x, *, power=2: np.mean(x**power),
        lambda *, power=2, x: Fraction(np.mean(x**power)),
        lambda x, power=2: np.float32(np.mean(x.astype(np.float32) ** power)),
    ],
)
def test_right_answers_of_every_make_pass(answer):
    outcome = make().check(answer)
    assert outcome.correct and outcome.message == "A mean, not a sum."


def test_answers_may_be_lists_and_tensors():
    from keras import ops

    made = make(reference=lambda x: 2 * x, cases=[(np.array([1.0, 2.0]),)], slips=make().wrong)
    assert made.check(lambda x: [2 * float(each) for each in x]).correct
    assert made.check(lambda x: ops.convert_to_tensor(2 * x)).correct


def test_a_slip_is_named_with_its_whole_message():
    assert make().check(lambda x, power=2: (x**power).sum()).message == "This is the sum."
    assert make().check(lambda x, power=2: np.abs(x) ** power).message == "The mean is missing."


def test_a_slip_that_explains_one_case_alone_is_not_blamed():
    # Right by luck of the numbers in the first case, and no sum in the second.
    answer = lambda x, power=2: 5.0 if power == 2 else np.mean(x**power)  # noqa: E731
    message = make().check(answer).message
    assert "sum" not in message
    assert message == "Expected the mean of [1. 2.] to the power 2 to be 2.5; it is 5."


def test_a_slip_that_raises_in_some_case_is_known_by_the_others():
    def adds_rows(x, power=2):
        return np.sum(x**power, axis=1).mean() if x.ndim == 1 else np.sum(x**power)

    made = make(slips=[(adds_rows, "Rows are no numbers."), *make().wrong])
    assert made.check(adds_rows).message == "Rows are no numbers."


def test_an_answer_that_raises_and_is_no_known_slip_is_told_what_python_said():
    message = make().check(lambda x, power=2: x.no_such_thing).message
    assert "AttributeError" in message


def test_a_slip_in_one_part_of_several_is_named():
    made = two_parts()
    assert made.check(lambda x: [x.sum(), x.max()]).correct
    assert made.check(lambda x: (x.max(), x.sum())).message == "The other way round."
    assert "smallest" in made.check(lambda x: (x.mean(), x.min())).message
    assert made.check(lambda x: x.sum()).message == "Both are asked for."


def test_a_slip_of_two_parts_is_not_blamed_for_one_of_them():
    message = two_parts().check(lambda x: (x.max(), x.max())).message
    assert message == "Expected total of [1. 2.] to be 3; it is 2."


def test_what_no_slip_explains_is_told_by_part_and_case():
    made = two_parts()
    assert made.check(lambda x: (1, 2, 3)).message == "Return two things: `total, largest`."
    message = made.check(lambda x: (x.sum(), 7.0)).message
    assert message == "Expected largest of [1. 2.] to be 2; it is 7."


def test_several_results_may_stand_in_one_array():
    from keras import ops

    made = two_parts()
    assert made.check(lambda x: np.array([x.sum(), x.max()])).correct
    assert made.check(lambda x: ops.stack([ops.sum(x), ops.max(x)])).correct
    message = made.check(lambda x: np.array([x.sum(), x.max(), 0])).message
    assert message == "Return two things: `total, largest`."


def test_a_slip_with_one_result_explains_no_part_of_several():
    made = two_parts(slips=[(lambda x: x.sum() + 1, "Both are asked for."), *PART_SLIPS[:2]])
    message = made.check(lambda x: (x.sum() + 1, x.max())).message
    assert message == "Expected total of [1. 2.] to be 3; it is 4."


def test_arguments_stand_in_one_line_of_a_message_and_overflow_in_silence(recwarn):
    cases = [(np.array([[30.0], [1.0]]),)]
    made = make(reference=lambda x, power=2: 1 / (1 + np.exp(x**power)), cases=cases)
    message = made.check(lambda x, power=2: 0 * x + 2).message
    assert "the mean of [[30.] [ 1.]] to the power 2" in message
    assert not recwarn.list


@pytest.mark.parametrize("x", [np.array([1.0, 2.0]), [1.0, 2.0]])
def test_an_answer_that_changes_its_arguments_spoils_no_case(x):
    made = make(cases=[(x,)] * 2, reference=lambda x, power=2: np.mean(np.square(x)))

    def spoils(x, power=2):
        x[0] = 2 * x[0] ** 2  # 2 at first, and then 8
        return (x[0] / 2 + x[1] ** 2) / 2

    assert made.check(spoils).correct and made.check(spoils).correct


def test_cases_may_be_made_when_they_are_needed():
    called = []
    made = make(cases=lambda: called.append(1) or [(np.array([1.0, 2.0]),)])
    assert not called
    assert made.check(made.reference).correct and called


def test_a_stub_is_not_attempted():
    assert make().check(lambda x, power=2: None).status == "not attempted"
    assert make().check(lambda x, power=2: ...).status == "not attempted"
