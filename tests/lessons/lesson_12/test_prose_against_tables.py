"""What lesson 12 says of its signs, against the table of runs."""

from gan_course.lessons.lesson_12.diagnoses import DIAGNOSES
from gan_course.results import read_results

ROWS = read_results("clinic_signs.csv")


def test_every_sign_was_measured_healthy_and_sick_with_the_same_seeds():
    seeds = {row["seed"] for row in ROWS}
    found = {(row["case"], row["program"], row["seed"]) for row in ROWS}
    assert found == {
        (name, kind, seed) for name in DIAGNOSES for kind in ("healthy", "sick") for seed in seeds
    }


def test_every_sign_shows_with_its_bug_and_not_without():
    assert [row for row in ROWS if (row["shows"] == "True") != (row["program"] == "sick")] == []


def test_each_run_takes_less_than_30_seconds_of_two_cores():
    assert max(float(row["cpu_seconds"]) for row in ROWS) < 60
