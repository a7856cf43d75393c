"""The device settings follow the hardware and can be overridden."""

import gc
import io
import json
import os
import subprocess
import sys
import tempfile

import gan_course.backend

import keras
import pytest

from gan_course import devices, doctor


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


@pytest.fixture
def before_keras(tmp_path, monkeypatch):
    """Settings as in a session that has not imported Keras, with an empty folder of Keras' own."""
    monkeypatch.delenv("KERAS_BACKEND", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.delitem(sys.modules, "keras")
    return tmp_path / "keras.json"


@pytest.mark.parametrize(
    ("setting", "value", "needed"),
    [
        ("backend", "torch", "KERAS_BACKEND=tensorflow, restart"),
        ("image_data_format", "channels_first", 'write "image_data_format": "channels_last" there'),
        ("floatx", "float64", 'write "floatx": "float32" there'),
    ],
)
def test_another_setting_in_keras_file_is_told_and_by_the_doctor_too(
    before_keras, monkeypatch, setting, value, needed
):
    before_keras.write_text(json.dumps({setting: value}))
    with pytest.raises(gan_course.backend.BackendError) as error:
        gan_course.backend.ensure_settings()
    for words in (f"{value!r} {setting} by the file {before_keras}", needed):
        assert words in str(error.value)
    monkeypatch.setattr(devices, "describe", gan_course.backend.ensure_settings)
    finding = doctor.examine_tensorflow()
    assert not finding.ready and needed in finding.detail


def test_a_setting_made_in_the_session_counts_more_than_the_file(before_keras, monkeypatch):
    before_keras.write_text('{"floatx": "float64"}')
    monkeypatch.setitem(sys.modules, "keras", keras)
    gan_course.backend.ensure_settings()  # float32 holds
    before_keras.write_text("{}")
    monkeypatch.setattr(keras.config, "floatx", lambda: "float64")
    with pytest.raises(ImportError, match="by this session.*call keras.config.set_floatx"):
        gan_course.backend.ensure_settings()


@pytest.mark.parametrize("content", ["{", "[]", "{}"])
def test_a_damaged_keras_settings_file_leaves_the_default(before_keras, content):
    before_keras.write_text(content)
    assert gan_course.backend.configured("backend") == ("tensorflow", "Keras' default")


def test_without_a_folder_for_temporary_files_the_log_is_let_through(monkeypatch, capfd):
    def none(*args, **kwargs):
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "TemporaryFile", none)
    with gan_course.backend.held_back_log():
        os.write(2, b"a hint")
    assert capfd.readouterr().err == "a hint"


def test_the_doctor_knows_what_a_missing_folder_for_temporary_files_needs(monkeypatch):
    def fail():
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(devices, "describe", fail)
    assert "TMPDIR" in doctor.examine_tensorflow().remedy


@pytest.mark.parametrize("python", ["none", "closed"])
def test_a_closed_standard_error_is_no_error_and_no_other_file_gets_the_log(
    monkeypatch, tmp_path, python
):
    stream = io.StringIO()
    stream.close()
    monkeypatch.setattr(sys, "stderr", None if python == "none" else stream)
    saved = os.dup(2)
    os.close(2)
    try:
        with gan_course.backend.held_back_log():
            os.write(2, b"a hint")
        with open(tmp_path / "next", "wb") as file:
            assert file.fileno() != 2
    finally:
        os.dup2(saved, 2)
        os.close(saved)


@pytest.mark.parametrize(
    ("lines", "files", "gigabytes"),
    [
        ("0::/\n", {"memory.max": "2000000000\n"}, 2),
        ("0::/\n", {"memory.max": "max\n"}, 8),
        ("0::/job/step\n", {"job/step/memory.max": "max", "job/memory.max": "3000000000"}, 3),
        ("0::/\n", {}, 8),
        ("9:memory:/docker/1\n", {"memory/memory.limit_in_bytes": "1000000000"}, 1),
        ("9:memory:/a\n0::/a\n", {"memory/a/memory.limit_in_bytes": "4000000000"}, 4),
        ("9:memory:/\n", {"memory/memory.limit_in_bytes": "9223372036854771712"}, 8),
        ("9:name=systemd:/\n", {"memory.max": "1"}, 8),
        (None, {}, 8),
    ],
)
def test_memory_is_what_a_container_allows(monkeypatch, tmp_path, lines, files, gigabytes):
    in_a_container(monkeypatch, tmp_path, lines, files)
    monkeypatch.setattr(os, "sysconf", {"SC_PAGE_SIZE": 4000, "SC_PHYS_PAGES": 2_000_000}.get)
    assert devices.memory_gb() == gigabytes


@pytest.mark.parametrize(
    ("text", "cores"), [("200000 100000", 2), ("50000 100000", 1), ("max 100000", 8)]
)
def test_cores_are_what_a_container_allows(monkeypatch, tmp_path, text, cores):
    in_a_container(monkeypatch, tmp_path, "0::/", {"cpu.max": text})
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(8)), raising=False)
    assert devices.cpu_cores() == cores
    assert f"{cores} CPU cores" in devices.describe()


def in_a_container(monkeypatch, folder, lines, files):
    """Let `devices` see these control groups; `lines` is what Linux says of the process's own."""
    monkeypatch.setattr(devices, "PROCESS", folder / "process")
    monkeypatch.setattr(devices, "CONTROL_GROUPS", folder / "groups")
    if lines is not None:
        files = {"../process/cgroup": lines} | files
    (folder / "groups").mkdir()
    for name, text in files.items():
        (folder / "groups" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "groups" / name).write_text(text)


def test_a_notebook_shows_the_message_without_the_stack():
    error = gan_course.backend.BackendError("Set KERAS_BACKEND.")
    assert error._render_traceback_() == ["BackendError: Set KERAS_BACKEND."]
