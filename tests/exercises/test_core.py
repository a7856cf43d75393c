"""The exercises: every verdict, the record, and a test of every exercise of every lesson."""

import ast
import importlib
import inspect
import json
import math
import pkgutil
import re
import warnings

import numpy as np
import pytest
from places import NOTEBOOKS

from gan_course import exercises, lessons
from gan_course.exercises import (
    CannotCheck,
    Exercise,
    Wrong,
    call,
    clear_record,
    expect,
    expect_array,
    expect_close,
    ordering,
    record,
)
from gan_course.exercises.core import OUTCOME_MIME, source_of
from gan_course.record import add_to_record


@pytest.fixture(autouse=True)
def empty_record(monkeypatch):
    monkeypatch.delenv("GAN_COURSE_RECORD", raising=False)
    clear_record()
    yield
    clear_record()


def _mean_square(x):
    return np.mean(x**2)


def make(check=None, **changes):
    def mean_square(function):
        x = np.array([1.0, 2.0, 3.0])
        expect_close(
            function(x),
            14 / 3,
            mistakes=[(14.0, "Your function sums; divide by the number of entries.")],
            what="the mean square of 1, 2, 3",
        )
        return "A mean, not a sum."

    details = {
        "title": "Mean square",
        "reference": _mean_square,
        "hints": ["Square first.", "Then `np.mean`."],
        "wrong": [(lambda x: np.sum(x**2), "sums"), (lambda x: x**2, "mean or a sum missing")],
    }
    return Exercise("0.9", check=check or mean_square, **(details | changes))


def test_a_right_answer_is_correct_and_says_what_it_shows():
    outcome = make().check(lambda x: np.mean(x**2))
    assert outcome.status == "correct" and outcome.correct
    assert outcome.message == "A mean, not a sum."
    assert outcome.exercise == "0.9"


def test_a_known_mistake_is_named():
    outcome = make().check(lambda x: np.sum(x**2))
    assert outcome.status == "incorrect" and not outcome.correct
    assert "divide by the number" in outcome.message


def stub_none(x):
    pass


def stub_dots(x):
    return ...


def stub_two(x):
    return ..., ...


def stub_raises(x):
    raise NotImplementedError("write me")


@pytest.mark.parametrize(
    "answer",
    [None, ..., [], (..., ...), [None], {"a": ...}, stub_none, stub_dots, stub_two, stub_raises],
)
def test_an_untouched_stub_is_not_attempted_and_never_raises(answer):
    assert make().check(answer).status == "not attempted"


def test_a_check_without_any_answer_is_not_attempted():
    assert make().check().status == "not attempted"


def test_gradients_that_are_all_none_are_an_answer_and_a_wrong_one():
    outcome = make().check(lambda x: [None, None])
    assert outcome.status == "incorrect"
    assert "[None, None]" in outcome.message


def divides(x):
    total = x.sum()
    return total / (len(x) - 3) * (1 // 0)


def test_an_exception_in_the_answer_is_told_in_plain_words_with_its_line():
    outcome = make().check(divides)
    assert outcome.status == "incorrect"
    assert "`divides` stopped with ZeroDivisionError" in outcome.message
    assert "`return total / (len(x) - 3) * (1 // 0)`" in outcome.message
    line = divides.__code__.co_firstlineno + 2
    assert f"line {line}" in outcome.message
    assert "It divides by zero." in outcome.message


def test_the_line_is_the_learners_even_when_a_library_raises():
    def joins(x):
        return json.loads("no json")  # raised in the library's own Python lines

    outcome = make().check(joins)
    assert '`return json.loads("no json")' in outcome.message


def test_a_function_with_other_arguments_is_told_so():
    outcome = make().check(lambda x, y: x)
    assert outcome.status == "incorrect"
    assert "(x, y)" in outcome.message and "calls it with 1" in outcome.message


@pytest.mark.parametrize(
    ("answer", "fragment"),
    [
        (lambda x: "text", "'text' (of type str)"),
        (lambda x: np.nan, "it is nan"),
        (lambda x: -np.inf, "it is infinite"),
        (lambda x: np.array([1.0]), "shape (); it has (1,)"),
        (lambda x: 1j, "Expected the mean square of 1, 2, 3 to be numbers"),
        (lambda x: [[1.0], [1.0, 2.0]], "to be numbers"),
        (lambda x: _mean_square, "received a function. Call it"),
        (lambda x: 4.0, "to be 4.66667; it is 4"),
        (3.0, "Pass the function, not its result: `check(my_function)`"),
        (lambda x: -np.mean(x**2), "it is -4.66667, the same with the other sign"),
    ],
)
def test_a_result_of_the_wrong_kind_is_told_so(answer, fragment):
    def mean_square(function):
        expect_close(call(function, np.array([1.0, 2.0, 3.0])), 14 / 3, what=what)

    what = "the mean square of 1, 2, 3"
    outcome = make(mean_square).check(answer)
    assert outcome.status == "incorrect"
    assert fragment in outcome.message


def test_a_body_that_lacks_its_return_is_told_so_and_a_stub_is_not():
    def no_return(x):
        np.mean(x**2)

    outcome = make().check(no_return)
    assert outcome.status == "incorrect"
    assert outcome.message == "`no_return` returns nothing. End it with `return` and the result."


def test_an_array_in_an_if_is_told_as_what_it_is():
    outcome = make().check(lambda x: 1 if x == 0 else 2)
    assert "`if` and `and` ask for one True or False" in outcome.message
    outcome = make().check(lambda x: x + np.ones(2))
    assert "Compare the shapes that it names." in outcome.message


def test_a_function_that_changes_its_input_spoils_no_later_check():
    kept = np.array([1.0, 2.0])

    def spoils(x):
        x[:] = 0
        return x.sum()

    call(spoils, kept)
    assert kept.tolist() == [1.0, 2.0]


def test_keyboard_interrupt_is_not_swallowed():
    def stopped(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make().check(stopped)


def test_what_is_missing_cannot_be_checked():
    def needs(function):
        raise CannotCheck("This needs the full data set.")

    assert make(needs).check(_mean_square).status == "cannot be checked"

    def imports(function):
        import nothing_of_this_name  # noqa: F401

    outcome = make(imports).check(_mean_square)
    assert outcome.status == "cannot be checked"
    assert "not installed: No module named 'nothing_of_this_name'" in outcome.message


def test_a_check_that_stumbles_never_raises_and_never_says_incorrect():
    def stumbles(value):
        return value.no_such_thing

    outcome = make(stumbles).check(_mean_square)
    assert outcome.status == "cannot be checked"
    assert "AttributeError" in outcome.message and "type function" in outcome.message


def test_too_many_answers_are_told():
    assert "takes 1 answer(s); it received 2" in make().check(1, 2).message


def test_several_answers_are_checked_together():
    def both(first, second):
        expect(first(1) == 2, "The first should add 1.")
        expect(second(1) == 0, "The second should subtract 1.")

    assert make(both).check(lambda x: x + 1, lambda x: x - 1).correct
    assert "second" in make(both).check(lambda x: x + 1, lambda x: x + 1).message
    assert make(both).check(lambda x: x + 1, None).status == "not attempted"


def test_expect_array_gives_advice_on_shapes():
    with pytest.raises(Wrong, match="mean or a sum missing"):
        expect_array([1.0, 2.0], shape=())
    with pytest.raises(Wrong, match="mean or a sum too many"):
        expect_array(1.0, shape=(2,))
    with pytest.raises(Wrong, match="number of entries is right: reshape"):
        expect_array([1.0, 2.0], shape=(2, 1))
    with pytest.raises(Wrong, match="is nan in 1 of 2 places"):
        expect_array([1.0, np.nan])


def test_expect_close_names_a_mistake_whatever_its_shape_and_even_nan():
    with pytest.raises(Wrong, match="forgot the mean"):
        expect_close([1.0, 3.0], 2.0, mistakes=[([1.0, 3.0], "You forgot the mean.")])
    with pytest.raises(Wrong, match="log of 0"):
        expect_close(np.nan, 2.0, mistakes=[(np.nan, "You take the log of 0.")])
    with pytest.raises(Wrong, match=r"to be 2 at index \(1,\); it is 5"):
        expect_close([1.0, 5.0], [1.0, 2.0])
    assert expect_close(np.float32(2.0), 2.0).dtype == np.float64
    with pytest.raises(Wrong, match="to be 1234567; it is 1028673"):
        expect_close(1028673, 1234567)


def test_hints_grow_stronger_and_the_last_stays():
    made = make()
    texts = [repr(made.hint()) for _ in range(3)]
    assert texts[0] == "Hint 1 of 2: Square first."
    assert texts[1].startswith("Hint 2 of 2: Then `np.mean`.") and "last hint" in texts[1]
    assert texts[2] == texts[1]
    assert re.search("<code[^>]*>np.mean</code>", made.hint()._repr_html_())


def test_the_solution_is_folded_escaped_and_runs_on_its_own():
    made = make()
    assert repr(made.solution()).startswith("import numpy as np\n\ndef mean_square(x):\n    return")
    html = made.solution()._repr_html_()
    assert html.startswith("<details") and "<summary>Solution: Mean square" in html
    assert re.search(r'<span style="color: #\w+[^>]*">return</span>', html), "highlighted"
    assert "<details" in html and " open>" not in html
    assert " open>" in made.solution(unfolded=True)._repr_html_()
    assert made.check(run_solution(made.solution_source)).correct
    value = make(solution="a < b")
    assert "&lt;" in value.solution()._repr_html_()


def test_the_source_of_a_value_is_the_value():
    assert source_of([3, 1, 2]) == "[3, 1, 2]"


def test_an_outcome_displays_as_box_text_and_json():
    outcome = make().check(lambda x: "<b>")
    bundle = outcome._repr_mimebundle_()
    assert bundle["text/plain"].startswith("Incorrect: ")
    assert "✘" in bundle["text/html"] and "Incorrect" in bundle["text/html"]
    assert "<b>" not in bundle["text/html"] and "&lt;b&gt;" in bundle["text/html"]
    assert bundle[OUTCOME_MIME] == {
        "exercise": "0.9",
        "status": "incorrect",
        "message": outcome.message,
    }
    json.dumps(bundle[OUTCOME_MIME])


def test_every_status_has_its_own_icon_and_word():
    boxes = {
        exercises.Outcome(status, "", "x")._repr_mimebundle_()["text/html"]
        for status in exercises.STATUSES
    }
    assert len(boxes) == len(exercises.STATUSES) == 4


def test_outcomes_go_on_the_record_in_memory_and_in_the_file(tmp_path, monkeypatch):
    path = tmp_path / "new" / "record.jsonl"
    monkeypatch.setenv("GAN_COURSE_RECORD", str(path))
    made = make()
    made.check(None)
    made.check(_mean_square)
    entries = record()
    assert [entry["status"] for entry in entries] == ["not attempted", "correct"]
    assert entries[0]["exercise"] == "0.9"
    assert entries[0]["kind"] == "exercise" and entries[0]["time"].endswith("+00:00")
    assert [json.loads(line) for line in path.read_text().splitlines()] == entries
    entries[0]["status"] = "changed"
    assert record()[0]["status"] == "not attempted"


def test_the_record_takes_every_message_and_loses_no_line(tmp_path, monkeypatch):
    path = tmp_path / "record.jsonl"
    path.write_text('{"message": "whole"}\n{"mess')  # its writer was killed
    monkeypatch.setenv("GAN_COURSE_RECORD", str(path))
    messages = ["zwölf", "half a character: \ud83d", {1}, math.nan]
    for message in messages:
        add_to_record("exercise", "1", "correct", message)
    path.rename(tmp_path / "moved")  # then a new one is begun
    add_to_record("exercise", "1", "correct", "last")
    first, half, *lines = (tmp_path / "moved").read_text().splitlines()
    assert (first, half) == ('{"message": "whole"}', '{"mess')
    read = [json.loads(line)["message"] for line in lines]
    assert read == [*messages[:2], "{1}", "nan"] and "zwölf" in lines[0]
    assert [json.loads(line)["message"] for line in path.read_text().splitlines()] == ["last"]


def test_a_record_that_cannot_be_written_warns_once_and_checks_go_on(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GAN_COURSE_RECORD", str(tmp_path / "file" / "record.jsonl"))
    with pytest.warns(UserWarning, match="cannot be written.*stay in memory.*folder of yours"):
        assert make().check(_mean_square).correct
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert make().check(_mean_square).correct
    assert len(record()) == 2


def test_an_exercise_needs_two_hints_and_two_wrong_answers():
    with pytest.raises(ValueError, match="has 1 hints and 2 wrong answers; expected at least two"):
        make(hints=["Only one."])
    with pytest.raises(ValueError, match="2 hints and 0 wrong"):
        make(wrong=[])


LOOP = {
    "number": "0.8",
    "title": "Put the loop in order",
    "steps": ["Update G", "Draw real images", "Update D", "Draw noise"],
    "rules": [
        (2, 3, "D needs real images to compare."),
        (4, 3, "D needs fakes, and fakes come from noise."),
        (3, 1, "G learns from a D that is up to date."),
    ],
    "reference": [2, 4, 3, 1],
    "hints": ["What does D need?", "Begin with 2 or 4."],
    "wrong": [([1, 2, 3, 4], "up to date"), ([2, 3, 4, 1], "fakes come from noise")],
}


@pytest.mark.parametrize(
    "answer",
    [
        [2, 4, 3, 1],
        (4, 2, 3, 1),
        np.array([2, 4, 3, 1]),
        [np.array(2.0), np.float32(4), 3, 1],
        ["draw real images", "Draw noise ", "Update D", "Update G"],
    ],
)
def test_every_order_that_keeps_the_rules_is_right(answer):
    assert ordering(**LOOP).check(answer).correct


@pytest.mark.parametrize(
    ("answer", "fragment"),
    [
        (
            [2, 3, 4, 1],
            "Right up to position 1. Position 2, “Update D”, comes too early. D needs fa",
        ),
        ([1, 2, 4, 3], "Position 1, “Update G”, comes too early. G learns"),
        ([2, 4, 3], "Step 1, “Update G”, is missing"),
        ([2, 4, 4, 3], "Step 4, “Draw noise”, stands in your list twice"),
        ([0, 1, 2, 3], "numbered from 1 to 4"),
        ([2, 4, 3, 5], "no step 5"),
        (["Draw real images", "Sleep"], "no step 'Sleep'"),
        ([True, 2, 3, 4], "no step True"),
        ([2.5, 4, 3, 1], "no step 2.5"),
        ("2431", "received '2431'"),
        (2431, "received 2431"),
    ],
)
def test_the_first_wrong_position_of_an_order_is_named_with_its_reason(answer, fragment):
    outcome = ordering(**LOOP).check(answer)
    assert outcome.status == "incorrect"
    assert fragment in outcome.message


@pytest.mark.parametrize("answer", [[], [...], [2, ...], [2, None, 3, 1], None])
def test_an_order_with_gaps_is_not_attempted(answer):
    assert ordering(**LOOP).check(answer).status == "not attempted"


def test_an_ordering_whose_rules_or_reference_name_no_step_is_refused():
    with pytest.raises(ValueError, match=r"4 steps; expected.*rules about \[7\]"):
        ordering(**LOOP | {"rules": [(7, 1, "")]})
    with pytest.raises(ValueError, match=r"reference \[1, 2\]"):
        ordering(**LOOP | {"reference": [1, 2]})


# Every exercise of every lesson -----------------------------------------------------------------


def run_solution(source):
    """Run the text of a solution on its own and return what it makes."""
    tree = ast.parse(source)
    namespace = {}
    last = tree.body[-1]
    if isinstance(last, ast.Expr):
        head = ast.Module(tree.body[:-1], [])
        exec(compile(head, "solution", "exec"), namespace)
        return eval(compile(ast.Expression(last.value), "solution", "eval"), namespace)
    exec(compile(tree, "solution", "exec"), namespace)
    if isinstance(last, ast.FunctionDef | ast.ClassDef):
        return namespace[last.name]
    return namespace[last.targets[0].id]


def find_exercises():
    """Return (lesson, name, exercise) for each exercise of each lesson, in the order they stand."""
    found = []
    for lesson in pkgutil.iter_modules(lessons.__path__):
        page = importlib.import_module(f"gan_course.lessons.{lesson.name}.exercises")
        found += [
            (lesson.name, name, made)
            for name, made in vars(page).items()
            if isinstance(made, Exercise)
        ]
    return found


FOUND = find_exercises()
EXERCISES = [pytest.param(made, id=f"{lesson}.{name}") for lesson, name, made in FOUND]
EXERCISES += [pytest.param(ordering(**LOOP), id="the example")]
each_exercise = pytest.mark.parametrize("made", EXERCISES)


def test_exercises_are_numbered_as_their_notebooks_number_them():
    for lesson in sorted({lesson for lesson, _, _ in FOUND}):
        paths = sorted(NOTEBOOKS.glob(f"{lesson[-2:]}*_*.ipynb"))  # lesson 05 has two
        cells = [cell for path in paths for cell in json.loads(path.read_text("utf-8"))["cells"]]
        text = "".join("".join(cell["source"]) + "\n" for cell in cells)
        numbered = re.findall(r"Exercise (\d+\.\d+):[\s\S]*?\bex\.(\w+)\.check\(", text)
        here = {made.number: name for at, name, made in FOUND if at == lesson}
        assert dict(numbered) == here
        order = [number for number, _ in numbered]
        assert order == [f"{int(lesson[-2:])}.{place}" for place in range(1, len(order) + 1)]


@each_exercise
def test_the_reference_of_an_exercise_is_correct(made):
    outcome = made.check(made.reference)
    assert outcome.correct, outcome
    assert outcome.message, "say what the right answer shows"


def as_list(result):
    return np.asarray(result).tolist()


def as_tensor(result):
    from keras import ops

    return ops.convert_to_tensor(result)


def in_half(result):
    array = np.asarray(result)
    return array.astype(np.float16) if array.dtype.kind == "f" else array


FORMS = (as_list, as_tensor, np.asarray, lambda result: np.asarray(result)[()], in_half)
# What returns no numbers, and the one whose point is what half precision loses.
NO_NUMBERS, NOT_IN_HALF = ("2.3", "7.4", "12.2"), ("1.3",)


@pytest.mark.parametrize(
    "made",
    [
        each
        for each in EXERCISES
        if inspect.isfunction(each.values[0].reference) and each.values[0].number not in NO_NUMBERS
    ],
)
def test_a_right_answer_is_right_in_every_form_and_a_result_is_no_function(made):
    def answer(*args, **kwargs):
        result = made.reference(*args, **kwargs)
        return tuple(map(form, result)) if type(result) is tuple else form(result)

    answer.__signature__ = inspect.signature(made.reference)
    for form in FORMS:
        outcome = made.check(answer)
        assert outcome.correct or (form is in_half and made.number in NOT_IN_HALF), (form, outcome)
    for result in (np.ones((2, 2)), 0.5, [1, 2], {"a": 1}):
        outcome = made.check(result)
        assert outcome.status == "incorrect" and "not its result" in outcome.message


@each_exercise
def test_each_wrong_answer_of_an_exercise_gets_its_own_message(made):
    messages = set()
    for answer, message in made.wrong:
        outcome = made.check(answer)
        assert outcome.status == "incorrect", (message, outcome)
        if hasattr(made, "cases"):  # a comparison's slip comes with all that is said of it
            assert outcome.message == message
        assert message in outcome.message
        messages.add(outcome.message)
    told_apart = {message for _, message in made.wrong}  # several slips may share one cause
    assert len(messages) >= len(told_apart) >= 2


@each_exercise
def test_the_solution_of_an_exercise_runs_and_is_correct(made):
    outcome = made.check(run_solution(made.solution_source))
    assert outcome.correct, outcome


@each_exercise
def test_an_untouched_exercise_is_not_attempted(made):
    assert made.check(None).status == "not attempted"
    assert made.check(...).status == "not attempted"
    assert len(made.hints) >= 2 and made.title
