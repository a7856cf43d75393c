"""What hardware is here: memory growth, mixed precision, XLA, strategy and seeds."""

import os
import platform
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import gan_course.backend

import keras
import tensorflow as tf

from gan_course.arguments import check_whole

BFLOAT16_CAPABILITY = 8.0  # NVIDIA Ampere and later compute in bfloat16
SEED = "Take for example seed=0."
FLOAT16_CAPABILITY = 7.0  # NVIDIA Volta and later have float16 tensor cores
PROCESS = Path("/proc/self")  # where Linux tells of this process, and of its limits
CONTROL_GROUPS = Path("/sys/fs/cgroup")


@dataclass(frozen=True)
class Settings:
    """What `configure` decided.

    Attributes:
        policy: Keras' dtype policy: `"float32"`, `"mixed_bfloat16"` or `"mixed_float16"`.
        xla: Whether train steps are compiled by XLA.
        gpus: The number of GPUs in use.
    """

    policy: str
    xla: bool
    gpus: int


def list_gpus():
    """Return TensorFlow's physical GPU devices, an empty list on a machine without one."""
    return tf.config.list_physical_devices("GPU")


def gpu_name(gpu):
    """Return a GPU's product name and compute capability, such as `("NVIDIA L4", 8.9)`.

    Args:
        gpu: A physical device from `list_gpus`.

    Returns:
        A pair; the capability is 0.0 where the driver does not tell.
    """
    details = tf.config.experimental.get_device_details(gpu)
    major, minor = details.get("compute_capability", (0, 0))
    return details.get("device_name", "GPU"), float(f"{major}.{minor}")


def choose_policy(mixed_precision, capability):
    """Return the Keras dtype policy for a device.

    Args:
        mixed_precision: `"auto"`, or True or False to override.
        capability: The GPU's compute capability, 0.0 for a CPU. On a CPU 16-bit arithmetic is
            slower than float32, so `"auto"` leaves it off.

    Returns:
        `"float32"`, `"mixed_bfloat16"` or `"mixed_float16"`.

    Raises:
        ValueError: If `mixed_precision` is anything else.

    Source: Micikevicius et al. 2018, Mixed Precision Training.
    """
    if mixed_precision not in ("auto", True, False):
        raise ValueError(
            f"mixed_precision is {mixed_precision!r}; it must be 'auto', True or False."
        )
    if mixed_precision is False:
        return "float32"
    if capability >= BFLOAT16_CAPABILITY or (mixed_precision is True and capability == 0.0):
        return "mixed_bfloat16"
    return "mixed_float16" if capability >= FLOAT16_CAPABILITY else "float32"


def choose_xla(xla, gpus):
    """Return whether to compile train steps with XLA: on a GPU by default, not on a CPU.

    Args:
        xla: `"auto"`, or True or False to override.
        gpus: The number of GPUs.

    Returns:
        A bool.

    Raises:
        ValueError: If `xla` is anything else.
    """
    if xla not in ("auto", True, False):
        raise ValueError(f"xla is {xla!r}; it must be 'auto', True or False.")
    return gpus > 0 if xla == "auto" else xla


def configure(mixed_precision="auto", xla="auto"):
    """Prepare the devices: let GPU memory grow, choose the dtype policy and XLA.

    Call it before you build a model. Keras keeps its dtype policy per thread, so call it in the
    thread that builds the models.

    Args:
        mixed_precision: `"auto"` (on for a GPU that gains from it, off on a CPU), True or False.
        xla: `"auto"` (on for a GPU, off on a CPU), True or False.

    Returns:
        The `Settings` in force.

    Raises:
        ValueError: If an argument is none of the three.

    Example:
        >>> configure()  # on a laptop without a GPU
        Settings(policy='float32', xla=False, gpus=0)

    Introduced in lesson 00.
    """
    gpus = list_gpus()
    for gpu in gpus:
        try:
            tf.config.experimental.set_memory_growth(gpu, True)
        except RuntimeError:  # the GPU is in use already: its memory setting is fixed
            break
    capability = min((gpu_name(gpu)[1] for gpu in gpus), default=0.0)
    policy = choose_policy(mixed_precision, capability)
    keras.config.set_dtype_policy(policy)
    return Settings(policy, choose_xla(xla, len(gpus)), len(gpus))


def get_strategy(devices=None):
    """Return a TensorFlow strategy for one or several devices.

    Args:
        devices: Names such as `["GPU:0", "GPU:1"]`, or None for all GPUs, or the CPU where there
            is no GPU.

    Returns:
        TensorFlow's default strategy for one device, else a `tf.distribute.MirroredStrategy`.

    Raises:
        ValueError: If a named device is not there.

    Example:
        >>> get_strategy().num_replicas_in_sync
        1
    """
    present = [
        device.name.removeprefix("/physical_device:").removeprefix("/device:")
        for kind in ("GPU", "CPU")
        for device in tf.config.list_logical_devices(kind)
    ]
    wanted = devices or [name for name in present if name.startswith("GPU")] or present[:1]
    for name in wanted:
        if name.upper() not in present:
            raise ValueError(
                f"There is no device {name!r}. This machine has: {', '.join(present)}."
            )
    if len(wanted) == 1:
        is_default = wanted[0].upper() == present[0]
        return (
            tf.distribute.get_strategy()
            if is_default
            else tf.distribute.OneDeviceStrategy(wanted[0])
        )
    return tf.distribute.MirroredStrategy(wanted)


def seed_everything(seed):
    """Seed Python, NumPy, TensorFlow and Keras at once, so that the same networks are built.

    Args:
        seed: A whole number in [0, 2³²).

    Raises:
        ValueError: If it is anything else.

    Example:
        >>> seed_everything(0)

    Introduced in lesson 00.
    """
    keras.utils.set_random_seed(check_whole("seed", seed, least=0, most=2**32 - 1, remedy=SEED))


def memory_gb():
    """Return the memory for this process in gigabytes (10⁹ bytes), or None where it is hidden.

    It is the machine's, or what a container or a scheduler allows, if that is less.
    """
    allowed = [int(words[0]) for words in _limits("memory.max", "memory.limit_in_bytes")]
    with suppress(AttributeError, OSError, ValueError):  # Windows has no sysconf
        allowed.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    return min(allowed) / 1e9 if allowed else None


def cpu_cores():
    """Return how many CPU cores this process may use, a container's limit included."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    shares = [int(quota) / int(period) for quota, period in _limits("cpu.max")]
    return max(1, round(min([cores or 1, *shares])))


def _limits(name, old_name=None):
    """Yield the words of each limit on this process's control group, or a group above (Linux).

    Args:
        name: The file that holds it in control groups of version 2.
        old_name: The same for version 1; None to look for version 2 alone.
    """
    try:
        lines = (PROCESS / "cgroup").read_text().splitlines()
    except OSError:  # no Linux
        return
    places = {"": (CONTROL_GROUPS, name), "memory": (CONTROL_GROUPS / "memory", old_name)}
    for line in lines:
        _, kinds, path = line.split(":", 2)
        home, file = places.get(kinds, (None, None))
        if file is None:
            continue
        group = home / path.lstrip("/")  # from inside a container, `home` alone may be seen
        for folder in (group, *group.parents):
            try:
                words = (folder / file).read_text().split()
            except OSError:  # no limit is set here
                continue
            if words[0].isdigit():  # else "max"
                yield words


def describe():
    """Return one line that says what this machine will train on.

    Returns:
        A string, such as `"Python 3.12.1, TensorFlow 2.21.0, Keras 3.15.1; 4 CPU cores, 16.5 GB
        memory, no GPU: float32, XLA off."`

    Introduced in lesson 06.
    """
    gpus = [gpu_name(gpu) for gpu in list_gpus()]
    capability = min((number for _, number in gpus), default=0.0)
    policy = choose_policy("auto", capability)
    xla = "on" if choose_xla("auto", len(gpus)) else "off"
    memory = memory_gb()
    parts = [
        f"{cpu_cores()} CPU cores",
        f"{memory:.1f} GB memory" if memory else "memory unknown",
        ", ".join(name for name, _ in gpus) or "no GPU",
    ]
    return (
        f"Python {platform.python_version()}, TensorFlow {tf.__version__}, "
        f"Keras {keras.__version__}; {', '.join(parts)}: {policy}, XLA {xla}."
    )
