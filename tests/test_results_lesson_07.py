"""The stored results of lesson 07 hold every seed and keep what the lesson says of them."""

import numpy as np
import pytest

from gan_course.results import read_results


@pytest.fixture(scope="module")
def arms():
    """Fréchet distances by arm, in the order of the seeds."""
    found = {}
    for row in read_results("dcgan_ablation.csv"):
        found.setdefault(row["arm"], {})[int(row["seed"])] = float(row["fd"])
    assert all(sorted(runs) == [0, 1, 2] for runs in found.values()), "run the script again"
    return {arm: np.array([runs[seed] for seed in range(3)]) for arm, runs in found.items()}


def test_the_medians_say_what_the_lesson_reads_from_them(arms):
    worth = {arm: np.median(found) / np.median(arms["all rules"]) for arm, found in arms.items()}
    named = ("max pooling", "deep dense layers", "no batch norm", "ReLU in D")
    assert max(named, key=worth.get) == "deep dense layers" and worth["deep dense layers"] > 2
    assert min(worth["β₁ = 0.9"], worth["no batch norm"], worth["the paper's rate, 2e-4"]) > 1.2
    assert worth["deep dense, Keras' weights"] > 2, "larger first weights do not mend the layer"
    assert max(worth["max pooling"], worth["batch 32"]) < 0.8
    for arm in ("LeakyReLU in G", "ReLU in D", "sigmoid, data in [0, 1]", "Keras' first weights"):
        assert 0.5 < worth[arm] < 1.5


def test_every_arm_saw_as_many_digits(arms):
    import sys
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
    try:
        import dcgan_ablation
    finally:
        sys.path.pop(0)
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
