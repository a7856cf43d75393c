"""Pictures with their labels in the one form that every lesson takes, and your own in that form."""

import os
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gan_course.arguments import check_labels, check_option, check_whole, refusal
from gan_course.data.checks import check_ends, rescale

FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF", "PPM")  # none starts a program
SIDES = range(16, 65, 4)  # in pixels: what the networks of the course can make
USUAL_SIDE = 32
SIZE_REMEDY = "The networks double a small picture twice: take for example size=32."
NAMED = 5  # files that a refusal names


@dataclass(frozen=True, eq=False, repr=False)
class Images:
    """Images with their labels, and where they come from.

    Attributes:
        images: float32 array (n, side, side, channels) within `value_range`.
        labels: int64 array (n,) of class numbers from 0; None if the pictures have no classes.
        value_range: The values of black and white, (-1.0, 1.0) or (0.0, 1.0).
        source: One sentence on the copy that was used.
        class_names: What the class numbers stand for; empty without labels.
        split: Which part of MNIST this is: "train", "validation", "test", "gan" or "all"; None
            for your own pictures.
        skipped: The names of files that could not be read and were left out.

    Introduced in lesson 00.
    """

    images: np.ndarray
    labels: np.ndarray | None
    value_range: tuple[float, float]
    source: str
    class_names: tuple[str, ...] = ()
    split: str | None = None
    skipped: tuple[str, ...] = ()

    def __len__(self):
        return len(self.images)

    def __repr__(self):
        low, high = self.value_range
        part = "" if self.split is None else f", split {self.split!r}"
        return (
            f"Images({len(self):,} images {self.images.shape[1:]} in [{low:g}, {high:g}]"
            f"{part}: {self.source})"
        )


def load_images(
    source, *, labels=None, size=None, channels=None, value_range=(-1, 1), corrupt="refuse"
):
    """Return your own pictures as arrays that the networks of the course can learn from.

    A folder holds the pictures themselves, or a subfolder of pictures for each class: the names
    of the subfolders in their order become the labels 0, 1, …. PNG and JPEG are read, and WebP,
    BMP, GIF (its first picture), TIFF and PPM; hidden files and those that are no pictures are
    passed over.

    Each picture is turned as its camera says (EXIF), laid on white where it is transparent, cut to
    the square in its middle, and resized with Pillow's Lanczos filter. Values are kept with
    8 bits, those of arrays too.

    Args:
        source: The path of a folder, or an array of images (n, h, w), (n, h, w, 1) or
            (n, h, w, 3) with values in [0, 1], [-1, 1] or from 0 to 255. Which of the three is
            read from the lowest and the highest value and told in `source` of the result.
        labels: Class numbers (n,) from 0 for an array of images. A folder has its subfolders.
        size: The side of the squares in pixels: divisible by 4, from 16 to 64. None keeps the
            pictures' own size if all have the same one and the networks can make it; else 32.
        channels: 1 for grey, 3 for colour; None for 1 if every picture is grey, else 3.
        value_range: The values of black and white in the result, (-1, 1) or (0, 1).
        corrupt: What to do with files that cannot be read: "refuse" them all in one message, or
            "skip" them and list them in `skipped`.

    Returns:
        `Images` of at least two pictures, in the order of the classes and the file names.

    Raises:
        ValueError: If an argument is unknown, the folder does not hold what is expected, a file
            is corrupt, or the values of an array are none of the three ranges.

    Example:
        >>> load_images(np.zeros((40, 50, 30, 3), np.uint8) + [0, 90, 200]).images.shape
        (40, 32, 32, 3)

    Introduced in lesson 00.
    """
    from PIL import Image

    ends = check_ends(value_range)
    check_option("corrupt", corrupt, ("refuse", "skip"))
    if size is not None and check_whole("size", size, remedy=SIZE_REMEDY) not in SIDES:
        raise refusal("size", size, "a whole number divisible by 4, from 16 to 64", SIZE_REMEDY)
    if channels not in (None, 1, 3):
        remedy = "Leave it out to get what the pictures have."
        raise refusal("channels", channels, "1 for grey pictures or 3 for colour", remedy)
    class_names, skipped = (), ()
    if isinstance(source, str | os.PathLike):
        if labels is not None:
            raise ValueError(
                "labels cannot be given for a folder: its subfolders are the classes. Put each "
                "picture into the subfolder of its class, and leave labels out."
            )
        folder = Path(source).expanduser()
        files, labels, class_names = _list_pictures(folder)
        side = size or _own_side(files)
        pictures, skipped, labels = _read_pictures(files, labels, side, folder, corrupt)
        _check_each_class(labels, class_names, folder)
        sentence = f"{len(pictures):,} pictures from {folder}"
        sentence += f", without {len(skipped):,} that could not be read" if skipped else ""
    else:
        array, sentence = _eight_bits(source)
        height, width = array.shape[1:3]
        side = size or (height if height == width and height in SIDES else USUAL_SIDE)
        pictures = [_square(Image.fromarray(image), side) for image in array]
        if labels is not None:
            labels = check_labels("labels", labels, num_classes=len(array), count=len(array))
            class_names = tuple(str(label) for label in range(labels.max() + 1))
    if len(pictures) < 2:
        raise ValueError(
            f"{sentence}: expected at least two. A GAN needs many pictures of a kind, some "
            "hundreds or more."
        )
    images = _stack(pictures, channels)
    sentence += f", {side} x {side} pixels in {'colour' if images.shape[-1] == 3 else 'grey'}"
    images = rescale(images, (0, 255), ends)
    return Images(images, labels, ends, sentence, class_names, skipped=skipped)


def _list_pictures(folder):
    """Return a folder's picture files, their labels or None, and the names of the classes."""
    if not folder.is_dir():
        remedy = f"Looked from {str(Path.cwd())!r}. Give the path of a folder of PNG or JPEG files."
        if folder.is_file():
            remedy = f"That is a file: give the folder that holds it, {str(folder.parent)!r}."
            if folder.suffix.lower() in (".zip", ".tar", ".gz", ".tgz"):
                remedy = "That is an archive: unpack it, and give the folder."
            elif folder.suffix.lower() in (".csv", ".npz"):
                remedy = "MNIST's own files are read by load_mnist."
        raise ValueError(f"There is no folder {str(folder)!r}. {remedy}")
    files, subfolders = _pictures_in(folder), _subfolders(folder)
    if files and subfolders:
        raise ValueError(
            f"{str(folder)!r} holds both pictures, such as {files[0].name!r}, and subfolders, such "
            f"as {subfolders[0].name!r}; expected one or the other. Put every picture into the "
            "subfolder of its class, or move the subfolders elsewhere."
        )
    if files:
        return files, None, ()
    if not subfolders:
        others = sorted({entry.suffix or entry.name for entry in folder.iterdir()})[:NAMED]
        raise ValueError(
            f"{str(folder)!r} holds no pictures (it holds {', '.join(others) or 'nothing'}); "
            "expected PNG or JPEG files, or a subfolder of them for each class. Save or convert "
            "your pictures as PNG. MNIST's own files are read by load_mnist."
        )
    members = [_pictures_in(subfolder) for subfolder in subfolders]
    for subfolder, found in zip(subfolders, members, strict=True):
        deeper = _subfolders(subfolder)
        if deeper or not found:
            remedy = "Put pictures of that class there, or remove the subfolder."
            if deeper:
                remedy = f"It holds subfolders, such as {deeper[0].name!r}: perhaps you mean "
                remedy += f"{str(subfolder)!r} itself."
            raise ValueError(
                f"The subfolder {str(subfolder)!r} holds {len(found)} pictures; expected those of "
                f"one class. {remedy}"
            )
    labels = np.repeat(np.arange(len(members)), [len(found) for found in members])
    files = [file for found in members for file in found]
    return files, labels, tuple(subfolder.name for subfolder in subfolders)


def _pictures_in(folder):
    from PIL import Image

    endings = {end for end, kind in Image.registered_extensions().items() if kind in FORMATS}
    files = (file for file in _visible(folder) if file.suffix.lower() in endings)
    return [file for file in files if file.is_file()]


def _subfolders(folder):
    return [entry for entry in _visible(folder) if entry.is_dir()]


def _visible(folder):
    """Return what a folder holds by name, without hidden entries and `__MACOSX`."""
    entries = (entry for entry in folder.iterdir() if not entry.name.startswith((".", "__")))
    return sorted(entries, key=lambda entry: entry.name)


def _own_side(files):
    """Return the side that all files share if it is one of `SIDES`, else the usual one."""
    from PIL import Image

    sizes = set()
    with _quiet():
        for file in files:
            try:
                with Image.open(file, formats=FORMATS) as picture:
                    sizes.add(picture.size)
            except Exception:  # a damaged file is told of when it is read whole
                continue
            if len(sizes) > 1:
                return USUAL_SIDE
    sides = {width for width, height in sizes if width == height and width in SIDES}
    return sides.pop() if sides else USUAL_SIDE


def _read_pictures(files, labels, side, folder, corrupt):
    """Return the pictures that can be read, the names of the others, and the labels left."""
    with _quiet(), ThreadPoolExecutor() as pool:  # full size in memory: one picture a thread
        results = list(pool.map(lambda file: _read(file, side), files))
    bad = {
        file.relative_to(folder).as_posix(): result
        for file, result in zip(files, results, strict=True)
        if isinstance(result, str)
    }
    if bad and corrupt == "refuse":
        named = ", ".join(f"{name!r} ({why})" for name, why in list(bad.items())[:NAMED])
        raise ValueError(
            f"{len(bad)} of {len(files)} files in {str(folder)!r} cannot be read: {named}"
            f"{', …' if len(bad) > NAMED else ''}. Delete or mend them, or pass corrupt='skip' to "
            "go on without them."
        )
    good = np.array([not isinstance(result, str) for result in results])
    pictures = [result for result in results if not isinstance(result, str)]
    return pictures, tuple(bad), None if labels is None else labels[good]


def _read(file, side):
    """Return a file's picture as `_square` does, or a string that says why it cannot be read."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(file, formats=FORMATS) as picture:
            picture.draft(None, (4 * side, 4 * side))  # a photo's JPEG is decoded smaller: faster
            return _square(_opaque(ImageOps.exif_transpose(picture)), side)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return f"it unpacks to more than {Image.MAX_IMAGE_PIXELS:,} pixels"
    except UnidentifiedImageError:
        return "it is no picture"
    except Exception as error:  # damaged files raise nearly anything
        return str(error) or type(error).__name__


def _opaque(picture):
    """Return a picture of any mode in grey ("L") or colour ("RGB"), on white if transparent."""
    from PIL import Image

    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    elif picture.mode[0] in "IF":  # 16 bits or more a pixel
        values = np.asarray(picture)
        if picture.mode == "F" or values.min() < 0 or values.max() > 65535:
            raise ValueError(f"its pixels are not of 8 or 16 bits (mode {picture.mode})")
        return Image.fromarray(np.rint(values / 257).astype(np.uint8))
    return picture.convert("L" if picture.mode in ("1", "L") else "RGB")


def _square(picture, side):
    """Return the middle square of a grey or colour picture: uint8 (side, side) or (…, 3)."""
    from PIL import Image, ImageOps

    return np.asarray(ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS))


def _stack(pictures, channels):
    """Return uint8 (n, side, side, channels) from pictures that are grey or in colour."""
    from PIL import Image

    if channels is None:
        colourful = (p.ndim == 3 and (p != p[..., :1]).any() for p in pictures)
        channels = 3 if any(colourful) else 1
    mode = {1: "L", 3: "RGB"}[channels]
    images = np.stack([np.asarray(Image.fromarray(p).convert(mode)) for p in pictures])
    return images.reshape(*images.shape[:3], channels)


def _check_each_class(labels, class_names, folder):
    for number, name in enumerate(class_names):
        if number not in labels:
            raise ValueError(
                f"No file of the subfolder {str(folder / name)!r} can be read; expected pictures "
                "of that class. Mend them, or remove the subfolder."
            )


def _eight_bits(source):
    """Return an array of images as uint8 (n, h, w) or (n, h, w, 3), and a sentence on it."""
    try:
        array = np.asarray(source)
    except ValueError as error:
        raise ValueError(
            "source holds images of different shapes; expected one array (n, h, w, 3) or (n, h, "
            "w). Save them as PNG files in a folder and give its path: each is resized then."
        ) from error
    shape, kind = array.shape, array.dtype.kind
    if kind not in "biuf":
        raise ValueError(
            f"source is {type(source).__name__} of type {array.dtype}; expected the path of a "
            "folder of pictures, or an array of numbers (n, h, w), (n, h, w, 1) or (n, h, w, 3)."
        )
    single = array.ndim == 3 and shape[-1] in (1, 3, 4)
    if array.ndim not in (3, 4) or (array.ndim == 4 and shape[3] not in (1, 3)) or single:
        remedy = "Save your pictures as PNG files in a folder and give its path."
        if single:
            remedy = "That is one picture: stack many with np.stack."
        elif array.ndim == 2 and shape[1] == 784:
            remedy = "The pixels are in one row: write images.reshape(-1, 28, 28)."
        elif array.ndim == 4 and shape[1] in (1, 3):
            remedy = "The channels come first: write np.moveaxis(images, 1, -1)."
        elif array.ndim == 4 and shape[3] == 4:
            remedy = "Leave out the transparency: write images[..., :3]."
        raise ValueError(
            f"source has shape {shape}; expected (n, h, w), (n, h, w, 1) or (n, h, w, 3). {remedy}"
        )
    if not array.size:
        raise ValueError(
            f"source has shape {shape}: there is no pixel in it; expected images. Check the "
            "selection that made it."
        )
    low, high = float(array.min()), float(array.max())  # NaN in, NaN out
    if not np.isfinite([low, high]).all():
        bad = np.flatnonzero(~np.isfinite(array).reshape(len(array), -1).all(axis=1))
        raise ValueError(
            f"source holds NaN or infinite values in {len(bad)} of {len(array)} images, the first "
            f"in image {bad[0]}; expected finite numbers. Leave those images out."
        )
    if kind in "iu" and low == 0 and high == 1:
        raise ValueError(
            f"source holds whole numbers from {low:g} to {high:g}, and 1 may be white or the "
            "darkest grey but one of 255; expected values whose range says it. Multiply by 255 if "
            "1 is white."
        )
    ranges = {(0, 1): low >= 0 and high <= 1, (-1, 1): low >= -1 and high <= 1}
    ranges[0, 255] = low >= 0 and 2 <= high <= 255
    found = next((known for known, fits in ranges.items() if fits), None)
    if found is None:
        raise ValueError(
            f"source runs from {low:g} to {high:g}; expected values in [0, 1], in [-1, 1], or from "
            "0 to 255. Scale them to one of these, or clip them with np.clip."
        )
    array = np.rint(rescale(array, found, (0, 255))).astype(np.uint8)
    sentence = f"{len(array):,} images of an array, read as values from {found[0]} to {found[1]}"
    return array[..., 0] if array.ndim == 4 and shape[3] == 1 else array, sentence


@contextmanager
def _quiet():
    """Hush Pillow's warnings on odd files; the one on decompression bombs becomes an error."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield
