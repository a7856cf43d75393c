"""Pictures with their labels in the one form that every lesson takes, and your own in that form."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gan_course.arguments import IMAGE_SIDES, check_labels, check_option, check_whole, refusal
from gan_course.data.checks import TOLERANCE, check_ends, dim_remedy, rescale
from gan_course.data.pictures import list_pictures, own_side, read_pictures, sizes_of, square
from gan_course.data.sources import reading

MOST_CLASSES = 1000
LAYOUTS = "(n, h, w), (n, h, w, 1), (n, h, w, 3) or (n, 784)"
LABEL_REMEDY = "Leave those pictures out, or number their classes 0, 1, 2, …"


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
        source: The path of a folder, or an array of images (n, h, w), (n, h, w, 1), (n, h, w, 3)
            or (n, 784), or the path of one in a .npy file, such as a category of Quick, Draw.
            Values are in [0, 1], [-1, 1] or from 0 to 255. Which of the three is read from the
            lowest and the highest value and told in `source` of the result.
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
    """
    from PIL import Image

    ends = check_ends(value_range)
    check_option("corrupt", corrupt, ("refuse", "skip"))
    remedy = "The networks double a small picture twice: take for example size=32."
    if size is not None and check_whole("size", size, remedy=remedy) not in IMAGE_SIDES:
        raise refusal("size", size, "a whole number divisible by 4, from 16 to 64", remedy)
    if channels not in (None, 1, 3):
        remedy = "Leave it out to get what the pictures have."
        raise refusal("channels", channels, "1 for grey pictures or 3 for colour", remedy)
    class_names, skipped, place = (), (), "an array"
    if isinstance(source, str | os.PathLike) and os.fspath(source).lower().endswith(".npy"):
        place, source = source, _read_npy(Path(source).expanduser())
    if isinstance(source, str | os.PathLike):
        if labels is not None:
            raise ValueError(
                "labels cannot be given for a folder: its subfolders are the classes. Put each "
                "picture into the subfolder of its class, and leave labels out."
            )
        folder = Path(source).expanduser()
        files, labels, class_names = list_pictures(folder)
        side = size or own_side(sizes_of(files))
        pictures, skipped = read_pictures(files, side, folder, corrupt)
        if labels is not None:
            labels = labels[[picture is not None for picture in pictures]]
        for number, name in enumerate(class_names):
            if number not in labels:
                raise ValueError(
                    f"No file of the subfolder {str(folder / name)!r} can be read; expected "
                    "pictures of that class. Mend them, or remove the subfolder."
                )
        pictures = [picture for picture in pictures if picture is not None]
        high = max((int(picture.max()) for picture in pictures), default=0)
        _refuse_dim(f"The pictures in {str(folder)!r} run", high)
        sentence = f"{len(pictures):,} pictures from {folder}"
        sentence += f", without {len(skipped):,} that could not be read" if skipped else ""
    else:
        array, sentence = _eight_bits(source, place)
        side = size or own_side([array.shape[2:0:-1]])
        pictures = [square(Image.fromarray(image), side) for image in array]
        if labels is not None:
            labels = check_labels("labels", labels, MOST_CLASSES, len(array), LABEL_REMEDY)
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


def _stack(pictures, channels):
    """Return uint8 (n, side, side, channels) from pictures that are grey or in colour."""
    from PIL import Image

    if channels is None:
        colourful = (p.ndim == 3 and (p != p[..., :1]).any() for p in pictures)
        channels = 3 if any(colourful) else 1
    mode = {1: "L", 3: "RGB"}[channels]
    images = np.stack([np.asarray(Image.fromarray(p).convert(mode)) for p in pictures])
    return images.reshape(*images.shape[:3], channels)


def _read_npy(path):
    """Return the array of a .npy file; no pickled object is ever opened."""
    if not path.is_file():
        raise ValueError(
            f"There is no file {str(path)!r} (looked from {str(Path.cwd())!r}). Give the path of a "
            "folder of pictures, or of an array in a .npy file."
        )
    with reading(path):
        return np.load(path, allow_pickle=False)


def _refuse_dim(words, high):
    """Refuse pictures that would all be nearly black, such as masks of class numbers."""
    remedy = dim_remedy("images", 0, high)
    if remedy:
        raise ValueError(
            f"{words} from 0 to {high:g}; expected values whose range says what is white. {remedy}"
        )


def _eight_bits(source, place):
    """Return an array of images as uint8 (n, h, w) or (n, h, w, 3), and a sentence on it."""
    try:
        array = np.asarray(source)
    except ValueError as error:
        raise ValueError(
            "source holds images of different shapes; expected one array (n, h, w, 3) or (n, h, "
            "w). Save them as PNG files in a folder and give its path: each is resized then."
        ) from error
    array = array.reshape(-1, 28, 28) if array.shape[1:] == (784,) else array
    shape, kind = array.shape, array.dtype.kind
    if kind not in "biuf":
        raise ValueError(
            f"source is {type(source).__name__} of type {array.dtype}; expected the path of a "
            f"folder of pictures, or an array of numbers {LAYOUTS}."
        )
    remedy = _shape_remedy(shape)
    if remedy:
        raise ValueError(f"source has shape {shape}; expected {LAYOUTS}. {remedy}")
    low, high = float(array.min()), float(array.max())  # NaN in, NaN out
    if not np.isfinite([low, high]).all():
        bad = np.flatnonzero(~np.isfinite(array).reshape(len(array), -1).all(axis=1))
        raise ValueError(
            f"source holds NaN or infinite values in {len(bad)} of {len(array)} images, the first "
            f"in image {bad[0]}; expected finite numbers. Leave those images out."
        )
    if low >= 0 and (high >= 2 or kind in "iu"):
        _refuse_dim("source runs", high)
    for black, white in ((0, 1), (-1, 1), (0, 255)):
        slack = TOLERANCE * (white - black)
        if low >= black - slack and high <= white + slack and not 1 + slack < high < 2:
            break
    else:
        raise ValueError(
            f"source runs from {low:g} to {high:g}; expected values in [0, 1], in [-1, 1], or from "
            "0 to 255. Scale them to one of these, or clip them with np.clip."
        )
    if array.dtype != np.uint8 or white != 255:
        array = np.rint(rescale(array, (black, white), (0, 255))).astype(np.uint8)
    sentence = f"{len(array):,} images of {place}, read as values from {black} to {white}"
    return array[..., 0] if array.ndim == 4 and shape[3] == 1 else array, sentence


def _shape_remedy(shape):
    """Return how to mend an array that is no array of images, or None if it is one."""
    if len(shape) == 3 and shape[2] in (1, 3, 4):
        return "That is one picture: stack many with np.stack."
    if len(shape) == 4 and shape[3] == 4:
        return "Leave out the transparency: write images[..., :3]."
    if len(shape) == 4 and shape[3] not in (1, 3) and shape[1] in (1, 3):
        return "The channels come first: write np.moveaxis(images, 1, -1)."
    if len(shape) not in (3, 4) or (len(shape) == 4 and shape[3] not in (1, 3)):
        return "Save your pictures as PNG files in a folder and give its path."
    return "There is no pixel in it: check the selection that made it." if 0 in shape else None
