"""Write files so that nothing is ever half written: to a temporary name first, then renamed."""

import glob
import os
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

PART = ".part"  # a hidden file with this ending is being written, or was when its writer was killed
ABANDONED = 3600  # seconds after which nobody writes it any more


@contextmanager
def replacing(path):
    """Open a temporary file beside `path`, and rename it to `path` once all is written.

    If anything fails, the temporary file goes and an older file at `path` stays as it was. What a
    writer of `path` left that was killed an hour ago goes too.

    Args:
        path: Where the file shall be. Its folder is made if need be.

    Yields:
        A file open for writing bytes.

    Raises:
        OSError: If the folder cannot be written or the disk is full; the message says which file
            and what to do.

    Example:
        >>> with replacing("page.png") as file:
        ...     file.write(png)
    """
    path = Path(path)
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        start = f".{path.name[:100]}."
        remove_parts(path.parent, start)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=start, suffix=PART)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
        temporary = None
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        if temporary is not None and os.path.exists(temporary):
            os.unlink(temporary)


def unwritable(path, error):
    """Return an OSError that says which file could not be written, why, and what to do.

    Args:
        path: The file.
        error: The OSError that writing it raised.
    """
    return type(error)(
        error.errno,
        f"Could not write {path}: {error.strerror or error}. Free some space or choose another "
        "folder; whatever was there before is untouched",
    )


def remove_parts(folder, start=".", seconds=ABANDONED):
    """Remove the hidden parts of files that killed writers left in a folder.

    Args:
        folder: The folder.
        start: How the names of the parts begin.
        seconds: How old they must be. 0 where nobody else writes here.
    """
    for part in Path(folder).glob(f"{glob.escape(start)}*{PART}"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime >= seconds:
                part.unlink()


def _umask():
    """Return the process's umask: `mkstemp` ignores it, ordinary files obey it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
