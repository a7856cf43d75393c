"""The full data sets through Keras: its cache is read first, the network asked only then."""

import contextlib
import os
import socket
import tempfile
import threading
from pathlib import Path

from gan_course.data.sources import IDX_NAMES, RawDigits, find_idx, read_path

ORIGIN = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
CONNECT_SECONDS = 5.0
STALL_SECONDS = 20.0  # a download that brings nothing for so long is given up
TITLES = {"mnist": "MNIST", "fashion_mnist": "Fashion-MNIST"}
CACHED = {"mnist": "mnist.npz", "fashion_mnist": "fashion-mnist"}  # inside Keras' datasets folder
SHAPES = ((60000, 28, 28), (10000, 28, 28))


def read_keras_copy(name):
    """Return the full data set from Keras' cache, or download it with Keras if it is not there.

    A copy in the cache is read here and never given to Keras, which deletes an `mnist.npz`
    whose checksum it does not know. Nothing of ours is ever written there. Without a network
    this fails within seconds.

    Args:
        name: "mnist" or "fashion_mnist".

    Returns:
        `RawDigits` with 60,000 images and a test part of 10,000, and one sentence on the copy.

    Raises:
        ValueError: If the copy in the cache is damaged or of another size.
        ConnectionError: If there is no copy and no connection; says where to put a copy.

    Example:
        >>> read_keras_copy("mnist")[1]  # doctest: +SKIP
        "all 70,000 of MNIST from Keras' cache (/home/you/.keras/datasets/mnist.npz)"
    """
    cached = find_cached(name)
    if cached is None:
        place = _keras_home() / "datasets"
        return _download(name), f"all 70,000 of {TITLES[name]}, downloaded by Keras into {place}"
    raw = read_path(cached)
    shapes = (raw.images.shape, raw.test_images.shape)
    if shapes != SHAPES:
        raise ValueError(
            f"The copy in Keras' cache, {str(cached)!r}, has images of shape {shapes[0]} and "
            f"{shapes[1]}; expected {SHAPES[0]} and {SHAPES[1]}. Move it elsewhere and pass its "
            "new path as source, or replace it by a full copy."
        )
    return raw, f"all 70,000 of {TITLES[name]} from Keras' cache ({cached})"


def find_cached(name):
    """Return where Keras' cache holds a data set: a file, a folder of four files, or None."""
    homes = [_keras_home()]
    if not os.access(homes[0], os.W_OK):  # then Keras keeps its downloads here instead
        with contextlib.suppress(OSError):  # there may be no folder for temporary files
            homes.append(Path(tempfile.gettempdir(), ".keras"))
    for home in homes:
        path = home / "datasets" / CACHED[name]
        if path.is_file() or all(find_idx(path, part) for part in IDX_NAMES):
            return path
    return None


def why_unreachable(url, seconds=CONNECT_SECONDS):
    """Ask a server for one header; return None if it answers within so many seconds, or the reason.

    The question is asked in a thread of its own, since looking up a name knows no time-out.
    """
    import urllib.request  # here, since importing it takes longer than the rest of this package

    outcome = [f"no answer within {seconds:g} s"]

    def ask():
        try:
            request = urllib.request.Request(url, method="HEAD")
            with urllib.request.urlopen(request, timeout=seconds):
                outcome[0] = None
        except Exception as error:  # refused, no such name, no certificate, a proxy's answer …
            outcome[0] = str(getattr(error, "reason", error)) or type(error).__name__

    asker = threading.Thread(target=ask, daemon=True)
    asker.start()
    asker.join(seconds)
    return outcome[0]


def _keras_home():
    return Path(os.environ.get("KERAS_HOME") or "~/.keras").expanduser()  # without importing Keras


def _download(name):
    files = ["mnist.npz"] if name == "mnist" else [f"{part}-ubyte.gz" for part in IDX_NAMES]
    reason = why_unreachable(ORIGIN + files[0])
    previous = socket.getdefaulttimeout()
    try:
        if reason is None:
            import keras

            socket.setdefaulttimeout(STALL_SECONDS)  # Keras' download has no time-out of its own
            train, test = getattr(keras.datasets, name).load_data()
            return RawDigits(*train, *test)
    except Exception as error:
        reason = error
    finally:
        socket.setdefaulttimeout(previous)
    raise ConnectionError(
        f"source='full' needs a download, and {ORIGIN} cannot be reached ({reason}). On a machine "
        f"with a network fetch {', '.join(files)} from there, and put that into Keras' cache as "
        f"{_keras_home() / 'datasets' / CACHED[name]} (the cache is ~/.keras/datasets, or "
        "$KERAS_HOME/datasets if that is set). Or pass the path of a copy: source='path/to/it'. "
        "load_mnist() needs no network: 5,000 digits come with the course."
    )
