"""Paths and commands as one types them in a terminal."""

import argparse
import os
import shlex
import subprocess
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
