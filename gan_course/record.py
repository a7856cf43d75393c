"""The record of what a learner committed and checked: in memory, and in a file if you name one."""

import json
import os
import warnings
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

RECORD_VARIABLE = "GAN_COURSE_RECORD"

_entries = []
_unwritable = set()
_opened = []  # at most one pair: the file's descriptor, and its path


def add_to_record(kind, exercise, status, message):
    """Add one entry to the record.

    When the environment variable `GAN_COURSE_RECORD` names a file, the entry is also added to that
    file as one line of JSON. A file that cannot be written never stops the learner's cell: there
    is one warning, and the entry stays in memory.

    Args:
        kind: `"exercise"` or `"prediction"`.
        exercise: What it belongs to, such as `"lesson_06.discriminator_loss"`.
        status: The outcome, such as `"correct"`.
        message: What the learner was told.

    Returns:
        The entry, a dict with the keys time (UTC, ISO 8601), kind, exercise, status, message.

    Example:
        >>> add_to_record("exercise", "lesson_06.loss", "correct", "Well done.")["status"]
        'correct'
    """
    entry = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "kind": kind,
        "exercise": exercise,
        "status": status,
        "message": message,
    }
    _entries.append(entry)
    path = os.environ.get(RECORD_VARIABLE)
    if path:
        _append(os.path.expanduser(path), entry)
    return dict(entry)


def record():
    """Return all entries of this session, oldest first.

    Returns:
        A list of dicts with the keys time, kind, exercise, status, message. Changing it changes
        nothing here.

    Example:
        >>> [entry["status"] for entry in record()]
        ['not attempted', 'correct']
    """
    return [dict(entry) for entry in _entries]


def clear_record():
    """Forget the entries in memory. A file named by `GAN_COURSE_RECORD` stays as it is."""
    _entries.clear()


def _append(path, entry):
    """Add one line to the file, or warn once for this file."""
    try:
        file = _open(path)
        line = _line(entry)
        while line:  # a full disk may take a part of it, and refuse the rest
            line = line[os.write(file, line) :]
    except OSError as error:
        _close()
        if path not in _unwritable:
            _unwritable.add(path)
            warnings.warn(
                f"{RECORD_VARIABLE} names {path}, which cannot be written "
                f"({error.strerror or error}). Your outcomes stay in memory. Name a file in a "
                "folder of yours, or unset the variable.",
                stacklevel=4,
            )


def _line(entry):
    """Return an entry as a line of JSON; what JSON cannot hold is written as its text."""
    try:
        text = json.dumps(entry, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError):
        text = json.dumps({key: str(value) for key, value in entry.items()}, ensure_ascii=False)
    return (text + "\n").encode("utf-8", "backslashreplace")  # half a character is \\udc80 in JSON


def _open(path):
    """Return the record file, open for adding; it stays open while it is the one that is named."""
    if _opened:
        file, known = _opened[0]
        with suppress(OSError):
            if known == path and os.path.samestat(os.fstat(file), os.stat(path)):
                return file
        _close()
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
    _opened.append((file, path))
    if os.fstat(file).st_size:
        os.lseek(file, -1, os.SEEK_END)
        if os.read(file, 1) != b"\n":  # its last line was never finished
            os.write(file, b"\n")
    return file


def _close():
    while _opened:
        with suppress(OSError):
            os.close(_opened.pop()[0])
