"""Write files so that nothing is ever half written: to a temporary name first, then renamed."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path):
    """Open a temporary file beside `path`, and rename it to `path` once all is written.

    If anything fails, the temporary file goes and an older file at `path` stays as it was.

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
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
        temporary = None
    except OSError as error:
        raise type(error)(
            error.errno,
            f"Could not write {path}: {error.strerror or error}. Free some space or choose another "
            "folder; whatever was there before is untouched",
        ) from error
    finally:
        if temporary is not None and os.path.exists(temporary):
            os.unlink(temporary)


def _umask():
    """Return the process's umask: `mkstemp` ignores it, ordinary files obey it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
