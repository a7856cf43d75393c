"""The runs of a long comparison are kept as they end, and only what is missing is run."""

import pytest
import side_by_side

from gan_course import results

JOBS = [{"data": "grid", "arm": arm, "seed": seed} for arm in ("plain", "best") for seed in (0, 1)]
TABLE = "stability_fake.csv"


@pytest.fixture
def table(tmp_path, monkeypatch):
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    monkeypatch.setattr("common.FOLDER", tmp_path)
    return tmp_path / TABLE


class Runs:
    """A fake arm: it notes which runs it was asked for, and is killed in one of them."""

    def __init__(self, killed_in=None):
        self.asked, self.killed_in = [], killed_in

    def __call__(self, job):
        self.asked.append((job["arm"], job["seed"]))
        if self.asked[-1] == self.killed_in:
            raise KeyboardInterrupt
        return {**job, "modes": 10 * job["seed"]}


def run(runs):
    return side_by_side.run_all(JOBS, runs, TABLE, cores=1)


def test_every_run_becomes_a_row_in_the_order_of_the_jobs(table):
    rows = run(Runs())
    assert [(row["arm"], row["seed"]) for row in rows] == [
        ("plain", 0), ("plain", 1), ("best", 0), ("best", 1)
    ]  # fmt: skip
    assert table.read_text().splitlines()[:2] == ["data,arm,seed,modes", "grid,plain,0,0"]


def test_after_a_kill_only_what_is_missing_is_run_and_the_table_is_the_same(table):
    run(Runs())
    whole = table.read_text()
    table.unlink()
    with pytest.raises(KeyboardInterrupt):
        run(Runs(killed_in=("best", 0)))
    assert len(table.read_text().splitlines()) == 3  # the heading and two runs that had ended
    again = Runs()
    run(again)
    assert again.asked == [("best", 0), ("best", 1)]
    assert table.read_text() == whole
    third = Runs()
    run(third)
    assert third.asked == []


def test_rows_of_arms_that_are_no_longer_compared_stay(table):
    table.write_text("data,arm,seed,modes\ngrid,given up,0,7\n")
    assert len(run(Runs())) == 5
    assert "given up" in table.read_text()
