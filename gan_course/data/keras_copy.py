"""The full data sets through Keras: its cache is read first, the network asked only then."""

import os
import socket
import tempfile
import threading
from pathlib import Path

from gan_course.data.idx import IDX_NAMES, find_idx, read_idx_folder
from gan_course.data.raw import RawDigits
from gan_course.data.sources import read_npz

ORIGIN = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
PROBE_SECONDS = 5.0
STALL_SECONDS = 20.0  # a download that brings nothing for so long is given up
CACHED = {"mnist": "mnist.npz", "fashion_mnist": "fashion-mnist"}  # inside Keras' datasets folder
SHAPES = ((60000, 28, 28), (10000, 28, 28))


def keras_home():
    """Return Keras' own folder: `KERAS_HOME`, else `~/.keras`. Nothing is imported for it.

    Returns:
        A `Path`.

    Example:
        >>> keras_home()  # doctest: +SKIP
        PosixPath('/home/you/.keras')

    Introduced in lesson 00.
    """
    return Path(os.environ.get("KERAS_HOME") or "~/.keras").expanduser()


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

    Introduced in lesson 00.
    """
    cached = find_cached(name)
    title = "MNIST" if name == "mnist" else "Fashion-MNIST"
    if cached is None:
        raw = _download(name)
        return raw, f"all 70,000 of {title}, downloaded by Keras into {keras_home() / 'datasets'}"
    raw = read_npz(cached) if name == "mnist" else read_idx_folder(cached)
    shapes = (raw.images.shape, raw.test_images.shape)
    if shapes != SHAPES:
        raise ValueError(
            f"The copy in Keras' cache, {str(cached)!r}, has images of shape {shapes[0]} and "
            f"{shapes[1]}; expected {SHAPES[0]} and {SHAPES[1]}. Move it elsewhere and pass its "
            "new path as source, or replace it by a full copy."
        )
    return raw, f"all 70,000 of {title} from Keras' cache ({cached})"


def find_cached(name):
    """Return where Keras' cache holds a data set: a file, a folder of four files, or None.

    Args:
        name: "mnist" or "fashion_mnist".

    Returns:
        A `Path` or None.

    Example:
        >>> find_cached("mnist") is None  # doctest: +SKIP
        True

    Introduced in lesson 00.
    """
    homes = [keras_home()]
    if not os.access(homes[0], os.W_OK):  # then Keras keeps its downloads here instead
        homes.append(Path(tempfile.gettempdir(), ".keras"))
    for home in homes:
        path = home / "datasets" / CACHED[name]
        if path.is_file() or (path.is_dir() and all(find_idx(path, idx) for idx in IDX_NAMES)):
            return path
    return None


def probe(url, seconds=PROBE_SECONDS):
    """Ask a server for one header, and return None if it answers or the reason if not.

    The question is asked in a thread of its own, since looking up a name knows no time-out.

    Args:
        url: The address; proxies of the environment are used as in any download.
        seconds: How long to wait for an answer.

    Returns:
        None, or a short string.

    Example:
        >>> probe("http://127.0.0.1:9")  # doctest: +SKIP
        'Connection refused'

    Introduced in lesson 00.
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


def _download(name):
    file = "mnist.npz" if name == "mnist" else "train-images-idx3-ubyte.gz"
    reason = probe(ORIGIN + file)
    if reason is not None:
        raise ConnectionError(_no_network(name, reason))
    import keras

    previous = socket.getdefaulttimeout()
    socket.setdefaulttimeout(STALL_SECONDS)  # Keras' download has no time-out of its own
    try:
        train, test = getattr(keras.datasets, name).load_data()
    except Exception as error:
        raise ConnectionError(_no_network(name, str(error))) from error
    finally:
        socket.setdefaulttimeout(previous)
    return RawDigits(*train, *test)


def _no_network(name, reason):
    place = keras_home() / "datasets" / CACHED[name]
    if name == "mnist":
        what = f"fetch mnist.npz from there and put it into Keras' cache as {place}"
        other = "load_mnist(source='path/to/it'). Or take source='embedded', 5,000 digits that "
        other += "need no network."
    else:
        files = ", ".join(f"{idx.replace('.', '-')}-ubyte.gz" for idx in IDX_NAMES)
        what = f"fetch {files} from there and put them into Keras' cache, the folder {place}"
        other = "load_fashion_mnist(source='path/to/the folder'). Or take load_mnist(), which "
        other += "needs no network."
    return (
        f"source='full' needs a download, and {ORIGIN} cannot be reached ({reason}). On a machine "
        f"with a network {what} (the cache is ~/.keras/datasets, or $KERAS_HOME/datasets if that "
        f"is set). Or pass the path of a copy: {other}"
    )
