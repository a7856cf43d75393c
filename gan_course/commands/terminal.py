"""What is typed in a terminal, and what is told there."""

import argparse
import os
import shlex
import subprocess
import sys
from contextlib import suppress
from pathlib import Path


def a_path(text):
    """Return what was typed as a path; `~` is your home, in `--out=~/r` too."""
    if not text:
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(os.path.expanduser(text))


def command(*words):
    """Return a command of gan-course as one types it, with quotes where they are needed."""
    typed = [str(word) for word in words]
    for place, word in enumerate(words):
        if isinstance(word, Path) and typed[place].startswith("-"):
            typed[place] = f"./{word}"  # else it would be an option
    return (subprocess.list2cmdline if os.name == "nt" else shlex.join)(["gan-course", *typed])


def tell(text):
    """Print what went wrong or stopped. A terminal that was closed is no reason to fail."""
    with suppress(OSError):
        print(text, file=sys.stderr)
