"""The device settings follow the hardware and can be overridden."""

import gc
import os
import subprocess
import sys

import gan_course.backend

import keras
import pytest

from gan_course import devices


def test_on_a_cpu_training_is_float32_without_xla():
    assert devices.choose_policy("auto", capability=0.0) == "float32"
    assert devices.choose_xla("auto", gpus=0) is False


def test_on_a_gpu_precision_follows_the_compute_capability():
    assert devices.choose_policy("auto", capability=8.9) == "mixed_bfloat16"
    assert devices.choose_policy("auto", capability=7.5) == "mixed_float16"
    assert devices.choose_policy("auto", capability=6.1) == "float32"
    assert devices.choose_xla("auto", gpus=1) is True


def test_both_settings_can_be_overridden():
    assert devices.choose_policy(False, capability=8.9) == "float32"
    assert devices.choose_policy(True, capability=0.0) == "mixed_bfloat16"
    assert devices.choose_xla(True, gpus=0) is True
    assert devices.choose_xla(False, gpus=2) is False


@pytest.mark.parametrize("call", [devices.choose_policy, devices.choose_xla])
def test_a_setting_that_is_neither_auto_nor_a_bool_is_refused(call):
    with pytest.raises(ValueError, match="'yes'; it must be 'auto', True or False"):
        call("yes", 0)


def test_configure_sets_keras_policy():
    settings = devices.configure(mixed_precision=True)
    try:
        assert keras.config.dtype_policy().name == settings.policy == "mixed_bfloat16"
    finally:
        devices.configure(mixed_precision=False)
    assert keras.config.dtype_policy().name == "float32"


def test_the_report_is_one_line_that_names_versions_cores_and_precision():
    line = devices.describe()
    assert "\n" not in line
    for part in ("Python 3.", "TensorFlow 2.", "Keras 3.", "CPU cores", "XLA"):
        assert part in line


def test_the_same_seed_builds_the_same_weights():
    def kernel(seed):
        devices.seed_everything(seed)
        layer = keras.layers.Dense(3)
        layer.build((None, 2))
        return layer.kernel.numpy().tolist()

    assert kernel(1) == kernel(1)
    assert kernel(1) != kernel(2)


@pytest.mark.parametrize("seed", [-1, 1.5, "a", True, 2**32])
def test_a_seed_that_is_no_whole_number_is_refused(seed):
    with pytest.raises(ValueError, match="expected a whole number from 0"):
        devices.seed_everything(seed)


def test_one_device_gets_the_default_strategy():
    assert devices.get_strategy(["CPU:0"]).num_replicas_in_sync == 1


def test_a_device_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(ValueError, match=r"no device 'GPU:7'.*CPU:0"):
        devices.get_strategy(["GPU:7"])


def test_another_keras_backend_gives_one_sentence_that_says_how_to_mend_it():
    result = subprocess.run(
        [sys.executable, "-c", "import gan_course.models"],
        env=os.environ | {"KERAS_BACKEND": "jax"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode != 0
    last = result.stderr.strip().splitlines()[-1]
    assert "'jax' backend by the environment variable KERAS_BACKEND" in last
    assert "KERAS_BACKEND=tensorflow" in last


def test_the_garbage_collector_runs_again_after_an_import_that_fails():
    with pytest.raises(ImportError), gan_course.backend.uncollected():
        assert not gc.isenabled()
        raise ImportError
    assert gc.isenabled()


def test_what_is_logged_is_held_back_unless_an_error_follows(capfd):
    def log(text, error=None):
        with gan_course.backend.held_back_log():
            os.write(2, text)
            if error:
                raise error

    log(b"a hint")
    assert capfd.readouterr().err == ""
    with pytest.raises(OSError):
        log(b"the reason", OSError())
    assert capfd.readouterr().err == "the reason"


def test_another_backend_in_keras_settings_file_is_found(tmp_path, monkeypatch):
    (tmp_path / "keras.json").write_text('{"backend": "torch"}')
    monkeypatch.delenv("KERAS_BACKEND", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    with pytest.raises(gan_course.backend.BackendError, match="'torch' backend by the file"):
        gan_course.backend.ensure_tensorflow()


def test_a_damaged_keras_settings_file_leaves_the_default(tmp_path, monkeypatch):
    (tmp_path / "keras.json").write_text("{")
    monkeypatch.delenv("KERAS_BACKEND", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    assert gan_course.backend.configured_backend() == ("tensorflow", "Keras' default")


def test_a_notebook_shows_the_message_without_the_stack():
    error = gan_course.backend.BackendError("Set KERAS_BACKEND.")
    assert error._render_traceback_() == ["BackendError: Set KERAS_BACKEND."]
