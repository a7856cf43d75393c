"""Twenty rounds of real or fake: what is drawn, counted and shown, and that none of it is kept."""

import numpy as np
import pytest

from gan_course import record
from gan_course.lessons.lesson_11.discriminator_game import about, beside_chance
from gan_course.lessons.lesson_11.game import Rounds, areas_of
from gan_course.lessons.lesson_11.widgets import discriminator_game


def images(value, n=12):
    """Images of a brightness of their own each, in a row around a value."""
    made = np.full((n, 28, 28, 1), value, np.float32)
    return made + np.linspace(0, 0.1, n, dtype=np.float32)[:, None, None, None]


def brightness(some):
    return some.mean(axis=(1, 2, 3))


@pytest.fixture
def rounds():
    return Rounds(images(0.5), images(-0.5), brightness, seed=3)


@pytest.fixture
def game():
    return discriminator_game(images(0.5), images(-0.5), brightness)


def test_ten_real_images_and_ten_fakes_come_in_an_order_that_the_seed_decides(rounds):
    assert rounds.is_real.sum() == 10 and len(rounds.images) == 20
    assert np.array_equal(rounds.images.mean(axis=(1, 2, 3)) > 0, rounds.is_real)
    assert len(np.unique(rounds.images.mean(axis=(1, 2, 3)))) == 20  # none comes twice
    orders = {tuple(Rounds(images(1), images(-1), brightness, seed).is_real) for seed in range(5)}
    assert len(orders) == 5
    assert not all(rounds.is_real[:10])


def test_the_network_judges_the_same_twenty_images(rounds):
    assert np.allclose(rounds.network, brightness(rounds.images))
    for real in rounds.is_real:
        rounds.answer(3 if real else 2)
    areas = rounds.areas()
    assert areas["you"][0] == areas["the network"][0] == 1
    assert areas["you"][1] > 0.7


def test_who_always_gives_the_same_answer_is_at_chance_and_is_told_so(rounds):
    for _ in range(20):
        rounds.answer(2)
    assert rounds.areas()["you"][0] == 0.5
    text = about(rounds)
    assert "10 of 20 right, 50 %" in text and "do not show that you can" in text
    assert "do not overlap" in text  # the network's area is 1


def test_after_twenty_answers_no_more_are_taken(rounds):
    for _ in range(25):
        rounds.answer(4)
    assert rounds.over and len(rounds.answers) == 20


@pytest.mark.parametrize("value", [0, 5, 2.5, None])
def test_an_answer_that_is_no_grade_is_refused(rounds, value):
    with pytest.raises(ValueError, match="from 1 to 4"):
        rounds.answer(value)


def test_too_few_images_are_refused():
    with pytest.raises(ValueError, match="number of fake_images is 9.*at least 10"):
        Rounds(images(0.5), images(-0.5, 9), brightness)


def test_buttons_lead_through_the_rounds_to_the_end_and_begin_again(game):
    first, rounds = game.picture.value, game.rounds
    assert "Round 1 of 20" in game.heading.value and "<img alt=" in first
    for number in range(20):
        game.buttons[3 if rounds.is_real[number] else 0].click()
        assert number == 19 or f"Round {number + 2} of 20" in game.heading.value
    assert rounds.answers == [4 if real else 1 for real in rounds.is_real]
    game.buttons[0].click()  # one too many
    assert len(rounds.answers) == 20
    assert "20 of 20 right" in game.readout.value and "ROC curves" in game.picture.value
    game.again.click()
    assert "Round 1 of 20" in game.heading.value and game.rounds is not rounds


def test_a_second_game_is_added_to_the_first_and_narrows_the_interval(game):
    first = game.rounds
    for real in first.is_real:
        game.answer(3 if real else 2)
    assert "together" not in game.readout.value
    game.again.click()
    game.answer(1)
    game.again.click()  # a game that is not over does not count
    for real in game.rounds.is_real:
        game.answer(3 if real else 2)
    assert game.played == [first, game.rounds]
    both, one = areas_of(game.played)["you"], first.areas()["you"]
    assert both[0] == one[0] == 1 and both[1] > one[1]
    assert "All 40 images together" in game.readout.value
    assert f"yours 1.00 ({both[1]:.2f} to 1.00)" in game.readout.value


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ((0.6, 0.4, 0.8), "do not show"),
        ((0.8, 0.6, 0.9), "below your interval: you can tell"),
        ((0.2, 0.1, 0.4), "take the fakes for the real ones"),
    ],
)
def test_the_words_on_chance_follow_the_interval(area, words):
    assert words in beside_chance(*area)


def test_nothing_that_is_answered_leaves_the_kernel(game, monkeypatch, tmp_path):
    monkeypatch.setenv(record.RECORD_VARIABLE, str(tmp_path / "record.jsonl"))
    entries = len(record._entries)
    for _ in range(20):
        game.buttons[1].click()
    assert len(record._entries) == entries and list(tmp_path.iterdir()) == []


def test_a_saved_game_keeps_its_picture_and_its_words(game):
    for _ in range(20):
        game.buttons[2].click()
    page = game._repr_mimebundle_()["text/html"]
    assert game.picture.value in page and "area under your ROC" in page
