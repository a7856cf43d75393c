"""The picture files of a folder: listed, read one by one, and cut to small squares."""

import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from gan_course.arguments import IMAGE_SIDES

FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF", "PPM")  # none starts a program
USUAL_SIDE = 32
NAMED = 5  # files that a refusal names


def list_pictures(folder):
    """Return a folder's picture files, their labels or None, and the names of the classes.

    Args:
        folder: A `Path` to the folder of pictures, or of a subfolder for each class.

    Returns:
        A list of `Path`; int64 array of class numbers, or None; a tuple of names.

    Raises:
        ValueError: If there is no such folder, or it holds anything else.
    """
    if not folder.is_dir():
        remedy = f"Looked from {str(Path.cwd())!r}. Give the path of a folder of PNG or JPEG files."
        if folder.is_file():
            remedy = f"That is a file: give the folder that holds it, {str(folder.parent)!r}."
            if folder.suffix.lower() in (".zip", ".tar", ".gz", ".tgz"):
                remedy = "That is an archive: unpack it, and give the folder."
            elif folder.suffix.lower() in (".csv", ".npz"):
                remedy = "That is a file: load_mnist reads those of digits. Of others, pass their "
                remedy += "arrays, as in load_images(np.load(path)['train_images'])."
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
        files = sorted(entry for entry in folder.iterdir() if entry.suffix in (".csv", ".npz"))
        files = f", such as {str(files[0])!r}," if files else ", such as train.csv,"
        raise ValueError(
            f"{str(folder)!r} holds no pictures (it holds {', '.join(others) or 'nothing'}); "
            "expected PNG or JPEG files, or a subfolder of them for each class. Save or convert "
            f"your pictures as PNG. A file of digits{files} is read if you give the file itself."
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


def own_side(sizes):
    """Return the side that all pictures share if the networks take it, else the usual one.

    `sizes` are pairs (width, height); of two unlike ones no third is asked for.
    """
    seen = set()
    for size in sizes:
        seen.add(size)
        if len(seen) > 1:
            return USUAL_SIDE
    return next((w for w, h in seen if w == h and w in IMAGE_SIDES), USUAL_SIDE)


def sizes_of(files):
    """Yield (width, height) of each file that can be opened."""
    from PIL import Image

    for file in files:
        try:
            with _quiet(), Image.open(file, formats=FORMATS) as picture:
                size = picture.size
        except Exception:  # a damaged file is told of when it is read whole
            continue
        yield size


def read_pictures(files, side, folder, corrupt):
    """Return each file's picture as `square` does, or None, and the names of those left out.

    Args:
        files: Paths below `folder`.
        side: Of the squares, in pixels.
        folder: Where they lie, for the names.
        corrupt: "refuse" or "skip", as in `load_images`.

    Raises:
        ValueError: If a file cannot be read and `corrupt` is "refuse".
    """
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
            f"{', …' if len(bad) > NAMED else ''}. Delete or mend them, or pass corrupt='skip' "
            "(in a terminal --corrupt skip) to go on without them."
        )
    return [None if isinstance(result, str) else result for result in results], tuple(bad)


def _read(file, side):
    """Return a file's picture as `square` does, or a string that says why it cannot be read."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(file, formats=FORMATS) as picture:
            picture.draft(None, (4 * side, 4 * side))  # a photo's JPEG is decoded smaller: faster
            return square(_opaque(ImageOps.exif_transpose(picture)), side)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return f"it unpacks to more than {Image.MAX_IMAGE_PIXELS:,} pixels"
    except UnidentifiedImageError:
        return "it is no picture"
    except Exception as error:  # damaged files raise nearly anything
        return str(error) or type(error).__name__


def _opaque(picture):
    """Return a picture of any mode in grey ("L") or colour ("RGB"), on white if transparent."""
    from PIL import Image

    if picture.mode[0] in "IF":  # 16 bits or more a pixel
        values = np.asarray(picture)
        if picture.mode == "F" or values.min() < 0 or values.max() > 65535:
            raise ValueError(f"its pixels are not of 8 or 16 bits (mode {picture.mode})")
        return Image.fromarray(np.rint(values / 257).astype(np.uint8))
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    return picture.convert("L" if picture.mode in ("1", "L") else "RGB")


def square(picture, side):
    """Return the middle of a grey or colour picture: uint8 (side, side), or (side, side, 3)."""
    from PIL import Image, ImageOps

    return np.asarray(ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS))


@contextmanager
def _quiet():
    """Hush Pillow's warnings on odd files; the one on decompression bombs becomes an error."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield
