"""The results of the experiments can be read, and a missing table says how to make it."""

import pytest

from gan_course import budget as budget_module, results


def test_a_table_is_read_as_one_dict_a_row(tmp_path, monkeypatch):
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    (tmp_path / "speed.csv").write_text("seed,fd\n0,1.5\n1,2.5\n", encoding="utf-8")
    assert results.read_results("speed.csv") == [
        {"seed": "0", "fd": "1.5"},
        {"seed": "1", "fd": "2.5"},
    ]


def test_a_missing_table_is_refused_with_those_present_and_the_script(tmp_path, monkeypatch):
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    (tmp_path / "speed.csv").write_text("seed\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"no results 'size.csv'.*speed.csv.*benchmarks/size.py"):
        results.read_results("size.csv")


def test_a_learner_gets_the_full_budget_and_the_tests_the_quick_one(monkeypatch):
    monkeypatch.delenv("GAN_COURSE_BUDGET", raising=False)
    assert budget_module.budget(quick=1, full=2) == 2
    monkeypatch.setenv("GAN_COURSE_BUDGET", "quick")
    assert budget_module.budget(quick=1, full=2) == 1


def test_an_unknown_budget_is_refused(monkeypatch):
    monkeypatch.setenv("GAN_COURSE_BUDGET", "fast")
    with pytest.raises(ValueError, match="'fast'; it must be 'quick' or 'full'"):
        budget_module.budget(quick=1, full=2)
