"""Prose against data: each name is a sentence of lesson 07, held to the tables that it quotes."""

import dcgan_ablation
import numpy as np
import pytest

from gan_course.results import read_results


@pytest.fixture(scope="module")
def arms():
    """Fréchet distances by arm, in the order of the seeds."""
    found = {}
    for row in read_results("dcgan_ablation.csv"):
        found.setdefault(row["arm"], {})[int(row["seed"])] = float(row["fd"])
    assert all(sorted(runs) == list(range(5)) for runs in found.values()), "run the script again"
    return {arm: np.array([runs[seed] for seed in range(5)]) for arm, runs in found.items()}


def test_the_medians_say_what_the_lesson_reads_from_them(arms):
    worth = {arm: np.median(found) / np.median(arms["baseline"]) for arm, found in arms.items()}
    named = ("max pooling", "deep dense layers", "no batch norm", "ReLU in D")
    assert max(named, key=worth.get) == "deep dense layers" and worth["deep dense layers"] > 2
    assert min(worth["β₁ = 0.9"], worth["no batch norm"], worth["the paper's rate, 2e-4"]) > 1.2
    assert worth["deep dense, Keras' weights"] > 2, "larger first weights do not mend the layer"
    assert max(worth["max pooling"], worth["batch 32"]) < 0.8
    for arm in ("LeakyReLU in G", "ReLU in D", "sigmoid, data in [0, 1]", "Keras' first weights"):
        assert 0.5 < worth[arm] < 1.5


def test_every_arm_saw_as_many_digits(arms):
    assert list(arms) == list(dcgan_ablation.ARMS)
    for row in read_results("dcgan_ablation.csv"):
        batch = dcgan_ablation.ARMS[row["arm"]].get("batch_size", dcgan_ablation.BATCH)
        assert int(row["steps"]) * batch == dcgan_ablation.STEPS * dcgan_ablation.BATCH


def test_the_fused_layer_is_measured_for_both_networks_and_is_quicker():
    ratios = {}
    for row in read_results("upsample_layer.csv"):
        if "upsample" in row["layer"]:
            ratios.setdefault(row["layer"], []).append(float(row["ratio"]))
    assert {name[0] for name in ratios} == {"A", "B"}
    assert all(np.median(found) >= 1.8 for found in ratios.values())


def ends(name, count):
    """The last row of each seed."""
    rows = read_results(name)
    last = max(int(row[count]) for row in rows)
    return [row for row in rows if int(row[count]) == last]


def median(rows, column):
    return np.median([float(row[column]) for row in rows])


def test_the_fast_recipe_is_as_good_as_network_a_ends_for_a_twentieth_of_its_cpu_seconds():
    published, fast = (
        ends("published_dcgan.csv", "iterations"),
        ends("dcgan_time_to_quality.csv", "steps"),
    )
    assert len(published) == 3 and len(fast) == 5
    distances = [[float(row["fd"]) for row in rows] for rows in (fast, published)]
    assert max(distances[0]) < min(distances[1]), "the lesson says: every seed"
    beside = [float(row["published_cpu_seconds"]) / float(row["cpu_seconds"]) for row in fast]
    assert np.median(beside) >= 20


def test_two_minutes_give_all_ten_classes_and_less_than_three_quarters_of_the_distance():
    rows = ends("two_minutes.csv", "steps")
    assert len(rows) == 5
    assert median(rows, "seconds") <= 120
    assert median(rows, "fd") <= 0.75 * median(ends("published_dcgan.csv", "iterations"), "fd")
    smallest = [min(float(row[f"share_{digit}"]) for digit in range(10)) for row in rows]
    assert np.median(smallest) >= 0.06


def test_a_step_of_network_a_is_quicker_than_in_keras_loops_and_in_pytorch():
    found = {}
    for row in read_results("dcgan_speed.csv"):
        found.setdefault(row["arrangement"], []).append(float(row["steps_per_second"]))
    torch = next(name for name in found if name.startswith("PyTorch"))
    ratios = {name: np.median(np.divide(found["trainer"], rates)) for name, rates in found.items()}
    assert ratios["train_on_batch"] >= 1.6
    assert ratios[torch] >= 2
    layer = ratios["trainer, upsampling in two layers"]
    assert layer > ratios["train_on_batch"] / layer, "the layer brings more than compiled steps do"


def test_an_epoch_costs_less_with_larger_batches_and_more_with_width_and_data():
    cost = {}
    for row in read_results("growth.csv"):
        cost.setdefault(row["grows"], []).append(float(row["cpu_seconds_per_epoch"]))
    assert cost["batch"] == sorted(cost["batch"], reverse=True)
    assert cost["data"] == sorted(cost["data"])
    narrow, wide, widest = cost["width"]
    assert 1.5 < wide / narrow < 2.2 and widest / wide > 2.2
