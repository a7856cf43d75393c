"""The comparison of lesson 10: a budget is kept, and rates fall to their end within it."""

import math

import pytest
import stability_arms
from stability_arms import ARMS, BLOCK, DATA, LAST, RATE, counted, falling, train_for

from gan_course.data import toy
from gan_course.results import read_results


class Optimizer:
    learning_rate = None


class Trainer:
    """A fake trainer: each block of steps costs one second of the CPU, and notes the rate."""

    def __init__(self, monkeypatch):
        self.step, self.rates, self.engine = 0, [], self
        self.optimizers = {"generator": Optimizer(), "discriminator": Optimizer()}
        monkeypatch.setattr(stability_arms.time, "process_time", lambda: self.step / BLOCK)

    def optimizer(self, player):
        return self.optimizers[player]

    def advance(self, count):
        self.step += count
        self.rates.append([each.learning_rate for each in self.optimizers.values()])


def test_an_arm_trains_until_its_budget_is_spent_and_its_rates_fall_with_it(monkeypatch):
    trainer = Trainer(monkeypatch)
    spent, steps = train_for(trainer, (1.0, 0.5), budget=4)
    assert (spent, steps) == (4, 4 * BLOCK)
    assert trainer.step == 5 * BLOCK  # the first block, which traces, costs nothing
    expected = [falling(share) for share in (0, 0.25, 0.5, 0.75)]
    assert trainer.rates[1:] == [[rate, 0.5 * rate] for rate in expected]


def test_a_rate_falls_as_half_a_cosine_and_stays_at_its_end():
    assert falling(0) == 1 and falling(0.5) == pytest.approx((1 + LAST) / 2)
    assert falling(1) == falling(2) == pytest.approx(LAST)


def test_what_broke_down_has_no_counts():
    assert all(map(math.isnan, counted(toy.grid(), None, "_now").values()))
    assert counted(toy.grid(), toy.grid().sample(2500, 0))["modes"] == 25


def test_every_arm_of_the_tables_is_one_that_the_script_knows():
    for data in DATA:
        assert {row["arm"] for row in read_results(f"stability_{data}.csv")} <= set(ARMS)
    assert RATE == 5e-3  # the lesson's own runs have it too
