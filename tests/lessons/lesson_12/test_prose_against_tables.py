"""What lesson 12 says of its signs, against the table of runs."""

import numpy as np

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


def sick(name, column):
    """Return what the sick runs of a case ended at, one number for each seed."""
    return np.array([float(r[column]) for r in ROWS if (r["case"], r["program"]) == (name, "sick")])


def test_the_curves_end_where_the_diagnoses_say():
    two_logs = 2 * np.log(2), np.log(2)
    assert (sick("sign", "g_loss") < -10).all() and (sick("sign", "d_fake") < 0.01).all()
    for column, rest in zip(
        ("d_loss", "g_loss", "d_real", "d_fake"), (*two_logs, 0.5, 0.5), strict=True
    ):
        assert np.allclose(sick("twice", column), rest, atol=2e-3)
    assert (sick("frozen", "g_loss") < 0.02).all()
    assert (sick("labels", "d_real") < 0.15).all() and (sick("labels", "d_fake") < 0.05).all()
    assert (sick("pixels", "d_real") > 0.99).all() and (sick("pixels", "d_fake") > 0.2).all()
    assert (sick("both", "d_real") > 0.99).all()
    assert np.allclose([sick("both", "d_loss"), sick("both", "g_loss")], np.log(2), atol=0.2)
    assert (sick("rates", "d_loss") < 0.01).all() and (sick("rates", "g_loss") > 5).all()


def test_the_samples_of_wrong_maps_obey_hardly_more_often_than_chance():
    assert np.all(np.abs(sick("maps", "value") - 0.5) < 0.2)


def test_each_run_takes_less_than_30_seconds_of_two_cores():
    assert max(float(row["cpu_seconds"]) for row in ROWS) < 60
