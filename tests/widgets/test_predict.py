"""Predictions: committed once, revealed always, recorded, and usable by keyboard."""

import ipywidgets as widgets
import pytest

from gan_course.exercises import clear_record, record
from gan_course.widgets.predict import predict

QUESTION = "Which way does the loss go?"
OPTIONS = ["It falls", "It rises"]


@pytest.fixture(autouse=True)
def empty_record(monkeypatch):
    monkeypatch.delenv("GAN_COURSE_RECORD", raising=False)
    clear_record()
    yield
    clear_record()


def controls(prediction):
    return prediction.children[1], prediction.children[2]


def commit(prediction, value):
    prediction.children[1].value = value
    prediction.commit()


def status(prediction):
    return prediction.children[3].value


def test_a_prediction_is_a_widget_found_by_its_class_with_a_label_on_each_control():
    for prediction in (predict(QUESTION, OPTIONS), predict(QUESTION, number=True)):
        assert "gan-predict" in prediction._dom_classes
        control, button = controls(prediction)
        assert control.description.startswith("Your prediction")
        assert button.description == "Commit"
        assert QUESTION in prediction.children[0].value


def test_nothing_is_chosen_at_first_and_committing_nothing_says_so():
    prediction = predict(QUESTION, OPTIONS)
    control, button = controls(prediction)
    assert control.index is None
    button.click()
    assert prediction.committed is None and not control.disabled
    assert "Choose an option first" in status(prediction)


def test_a_committed_option_stays_whatever_comes_after():
    prediction = predict(QUESTION, OPTIONS)
    control, button = controls(prediction)
    control.value = "It rises"
    button.click()
    assert prediction.committed == "It rises"
    assert control.disabled and button.disabled
    control.value = "It falls"
    button.click()
    commit(prediction, "It falls")
    assert prediction.committed == "It rises"
    assert "stays" in status(prediction)


@pytest.mark.parametrize(
    ("committed", "heading", "outcome"),
    [
        ("It falls", "You committed to “It falls”, and that is right", "right"),
        ("It rises", "You committed to “It rises”, and it turns out otherwise", "wrong"),
        (None, "You ran on before committing", "not committed"),
    ],
)
def test_the_reveal_says_what_was_committed_the_answer_and_why(committed, heading, outcome):
    prediction = predict(QUESTION, OPTIONS)
    if committed:
        commit(prediction, committed)
    note = prediction.reveal("It falls", because="Each step goes downhill.")
    assert repr(note) == f"{heading}: The answer is “It falls”. Each step goes downhill."
    assert "Each step goes downhill." in note._repr_html_()
    assert record()[-1]["status"] == outcome
    assert record()[-1]["kind"] == "prediction"
    assert record()[-1]["exercise"] == QUESTION
    if committed:
        assert (record()[0]["status"], record()[0]["message"]) == ("committed", committed)


def test_one_can_still_commit_after_running_on():
    prediction = predict(QUESTION, OPTIONS)
    prediction.reveal("It falls")
    commit(prediction, "It falls")
    assert "that is right" in repr(prediction.reveal("It falls"))


@pytest.mark.parametrize(
    ("written", "read"),
    [("0.5", 0.5), (" 1/2 ", 0.5), ("2e-3", 0.002), ("0,25", 0.25), ("−1", -1.0), ("7", 7.0)],
)
def test_a_number_may_be_written_in_several_ways(written, read):
    prediction = predict(QUESTION, number=True)
    control, button = controls(prediction)
    control.value = written
    button.click()
    assert prediction.committed == pytest.approx(read)
    assert control.disabled


@pytest.mark.parametrize("written", ["", "half", "1/0", "nan", "inf", "1/2/3"])
def test_what_is_no_number_is_not_committed_and_says_how_to_write_one(written):
    prediction = predict(QUESTION, number=True)
    control, button = controls(prediction)
    control.value = written
    button.click()
    assert prediction.committed is None and not control.disabled
    assert ("not a number. Write it like" if written else "Write a number") in status(prediction)


def test_the_reveal_of_a_number_tells_the_distance_or_judges_by_a_tolerance():
    prediction = predict(QUESTION, number=True)
    commit(prediction, "0.5")
    assert "committed to 0.5, 0.193 away: The answer is 0.693147" in repr(
        prediction.reveal(0.6931472)
    )
    assert record()[-1]["status"] == "revealed"
    assert "that is right" in repr(prediction.reveal(0.69, tolerance=0.2))
    assert "otherwise" in repr(prediction.reveal(0.69, tolerance=0.1))
    assert "that is right" in repr(prediction.reveal(0.5))


def test_zero_is_a_number_like_any_other():
    prediction = predict(QUESTION, number=True)
    commit(prediction, "0")
    assert prediction.committed == 0.0
    assert "that is right" in repr(prediction.reveal(0))


def test_an_answer_that_is_none_of_the_options_is_refused():
    with pytest.raises(ValueError, match="answer 'Falls'. Did you mean 'It falls'"):
        predict(QUESTION, OPTIONS).reveal("Falls")
    with pytest.raises(ValueError, match="answer is 'much'; expected a finite number"):
        predict(QUESTION, number=True).reveal("much")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("",), "expected a sentence"),
        ((QUESTION,), "at least two different texts, or number=True"),
        ((QUESTION, ["one"]), "at least two"),
        ((QUESTION, ["a", "a"]), "different"),
        ((QUESTION, "ab"), "at least two"),
        ((QUESTION, [1, 2]), "texts"),
        ((QUESTION, OPTIONS, True), "one of the two"),
    ],
)
def test_a_prediction_without_a_proper_choice_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        predict(*arguments)


def test_texts_cannot_act_as_html():
    prediction = predict("Is a < b in `x<y>`?", ["yes", "no"])
    assert "a &lt; b" in prediction.children[0].value
    assert "<code>x&lt;y&gt;</code>" in prediction.children[0].value
    assert "<script>" not in prediction.reveal("yes", because="<script>")._repr_html_()


def test_a_prediction_is_displayed_as_a_widget():
    assert isinstance(predict(QUESTION, OPTIONS), widgets.DOMWidget)
