"""Predictions: committed once, revealed always, recorded, and usable by keyboard."""

import ipywidgets as widgets
import pytest

from gan_course.exercises import clear_record, record
from gan_course.widgets.predict import Predictions, Question

TEXT = "Which way does the loss go?"
OPTIONS = ("It falls", "It rises")
LESSON = {
    "way": Question(TEXT, OPTIONS, "It falls", "Each step goes downhill."),
    "rate": Question(TEXT, OPTIONS, "It falls", "It fell by {much:.0%}."),
    "open": Question(TEXT, OPTIONS),
    "number": Question(TEXT),
    "near": Question(TEXT, answer=0.69, tolerance=0.2),
    "many": Question(TEXT, answer=1024, tolerance=0.5),
    "looked": Question(
        TEXT, OPTIONS, "It falls", seen=Question("And then?", ("up", "down"), "up", "Look again.")
    ),
}


@pytest.fixture(autouse=True)
def empty_record(monkeypatch):
    monkeypatch.delenv("GAN_COURSE_RECORD", raising=False)
    clear_record()
    yield
    clear_record()


@pytest.fixture
def lesson():
    return Predictions(LESSON)


def controls(prediction):
    return prediction.children[1], prediction.children[2]


def commit(prediction, value):
    prediction.children[1].value = value
    prediction.commit()


def status(prediction):
    return prediction.children[3].value


def test_a_prediction_is_a_widget_found_by_its_class_with_a_label_on_each_control(lesson):
    for name in ("way", "number"):
        prediction = lesson.predict(name)
        assert isinstance(prediction, widgets.DOMWidget)
        assert "gan-predict" in prediction._dom_classes
        control, button = controls(prediction)
        assert control.description.startswith("Your prediction")
        assert button.description == "Commit"
        assert TEXT in prediction.children[0].value


def test_nothing_is_chosen_at_first_and_committing_nothing_says_so(lesson):
    prediction = lesson.predict("way")
    control, button = controls(prediction)
    assert control.index is None
    button.click()
    assert prediction.committed is None and not control.disabled
    assert "Choose an option first" in status(prediction)


def test_a_committed_option_stays_whatever_comes_after(lesson):
    prediction = lesson.predict("way")
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
def test_the_reveal_says_what_was_committed_the_answer_and_why(lesson, committed, heading, outcome):
    if committed:
        commit(lesson.predict("way"), committed)
    note = lesson.reveal("way")
    assert repr(note) == f"{heading}: The answer is “It falls”. Each step goes downhill."
    assert "Each step goes downhill." in note._repr_html_()
    assert record()[-1]["status"] == outcome
    assert record()[-1]["kind"] == "prediction"
    assert record()[-1]["exercise"] == TEXT
    if committed:
        assert (record()[0]["status"], record()[0]["message"]) == ("committed", committed)


def test_one_can_still_commit_after_running_on(lesson):
    prediction = lesson.predict("way")
    lesson.reveal("way")
    commit(prediction, "It falls")
    assert "that is right" in repr(lesson.reveal("way"))


@pytest.mark.parametrize(
    ("written", "read"),
    [("0.5", 0.5), (" 1/2 ", 0.5), ("2e-3", 0.002), ("0,25", 0.25), ("−1", -1.0), ("7", 7.0)],
)
def test_a_number_may_be_written_in_several_ways(lesson, written, read):
    prediction = lesson.predict("number")
    control, button = controls(prediction)
    control.value = written
    button.click()
    assert prediction.committed == pytest.approx(read)
    assert control.disabled


@pytest.mark.parametrize("written", ["", "half", "1/0", "nan", "inf", "1/2/3"])
def test_what_is_no_number_is_not_committed_and_says_how_to_write_one(lesson, written):
    prediction = lesson.predict("number")
    control, button = controls(prediction)
    control.value = written
    button.click()
    assert prediction.committed is None and not control.disabled
    assert ("not a number. Write it like" if written else "Write a number") in status(prediction)


def test_the_reveal_of_a_number_tells_the_distance_or_judges_by_the_questions_tolerance(lesson):
    commit(lesson.predict("number"), "0.5")
    told = repr(lesson.reveal("number", answer=0.6931472))
    assert "committed to 0.5, 0.193 away: The answer is 0.693147" in told
    assert record()[-1]["status"] == "revealed"
    assert "that is right" in repr(lesson.reveal("number", answer=0.5))
    for written, judged in (("0.5", "that is right"), ("0.4", "otherwise")):
        commit(lesson.predict("near"), written)
        assert judged in repr(lesson.reveal("near"))


@pytest.mark.parametrize(
    ("name", "written"), [("many", "1,024"), ("many", "1024"), ("near", "0,690")]
)
def test_a_comma_is_read_as_the_question_suggests(lesson, name, written):
    commit(lesson.predict(name), written)
    assert "that is right" in repr(lesson.reveal(name))


def test_zero_is_a_number_like_any_other(lesson):
    prediction = lesson.predict("number")
    commit(prediction, "0")
    assert prediction.committed == 0.0
    assert "that is right" in repr(lesson.reveal("number", answer=0))


def test_numbers_of_the_run_stand_in_the_reason(lesson):
    assert "It fell by 26 %." in repr(lesson.reveal("rate", much=0.25 + 0.01))
    with pytest.raises(ValueError, match=r"received the values \[\]; expected \['much'\]"):
        lesson.reveal("rate")
    with pytest.raises(ValueError, match=r"received the values \['much'\]; expected \[\]"):
        lesson.reveal("way", much=1)


def test_an_answer_that_does_not_suit_is_refused(lesson):
    with pytest.raises(ValueError, match="answer 'Falls'. Did you mean 'It falls'"):
        lesson.reveal("open", answer="Falls")
    with pytest.raises(ValueError, match="answer is 'much'; expected a finite number"):
        lesson.reveal("number", answer="much")
    for name, answer in (("open", None), ("way", "It rises")):
        with pytest.raises(ValueError, match="expected one of the two"):
            lesson.reveal(name, answer=answer)
    with pytest.raises(ValueError, match="Unknown prediction 'ways'. Did you mean 'way'"):
        lesson.predict("ways")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("",), "expected a sentence"),
        ((TEXT, ["one"]), "at least two"),
        ((TEXT, ["a", "a"]), "different"),
        ((TEXT, "ab"), "at least two"),
        ((TEXT, [1, 2]), "texts"),
        ((TEXT, OPTIONS, "It stays"), "Unknown answer"),
    ],
)
def test_a_question_without_a_proper_choice_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        Question(*arguments)


def test_after_the_reveal_a_question_asks_what_was_seen_and_answers_at_once(lesson):
    shown = lesson.reveal("looked")
    note, observation = shown.children
    assert "The answer is “It falls”" in note.value
    assert observation.children[0].value.startswith("<strong>Look.")
    commit(observation, "down")
    assert "The answer is “up”. Look again." in status(observation)
    assert (record()[-1]["kind"], record()[-1]["status"]) == ("observation", "wrong")


def test_texts_cannot_act_as_html():
    sharp = Predictions({"q": Question("Is a < b in `x<y>`?", ("yes", "no"), "yes", "<script>")})
    prediction = sharp.predict("q")
    assert "a &lt; b" in prediction.children[0].value
    assert "<code>x&lt;y&gt;</code>" in prediction.children[0].value
    assert "<script>" not in sharp.reveal("q")._repr_html_()
