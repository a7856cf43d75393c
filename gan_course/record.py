"""The record of what a learner committed and checked: in memory, and in a file if you name one."""

import json
import os
import warnings
from datetime import UTC, datetime
from pathlib import Path

RECORD_VARIABLE = "GAN_COURSE_RECORD"

_entries = []
_unwritable = set()


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
        _append(path, entry)
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
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
    except OSError as error:
        if path not in _unwritable:
            _unwritable.add(path)
            warnings.warn(
                f"{RECORD_VARIABLE} names {path}, which cannot be written "
                f"({error.strerror or error}). Your outcomes stay in memory. Name a file in a "
                "folder of yours, or unset the variable.",
                stacklevel=4,
            )
